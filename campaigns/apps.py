from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "活动方案"
    default_auto_field = "django.db.models.BigAutoField"
