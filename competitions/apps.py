from django.apps import AppConfig


class CompetitionsConfig(AppConfig):
    name = "competitions"
    verbose_name = "比与创"
    default_auto_field = "django.db.models.BigAutoField"
