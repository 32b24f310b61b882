from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = "评"
    default_auto_field = "django.db.models.BigAutoField"
