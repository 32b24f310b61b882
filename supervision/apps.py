import importlib

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "督查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Lower apps show what is known here through their registries."""
        importlib.import_module("supervision.queries.evidence")
