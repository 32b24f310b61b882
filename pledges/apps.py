from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "亮"
    default_auto_field = "django.db.models.BigAutoField"
