from django.apps import AppConfig

from common.wording import use_plain_words


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "公共"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        use_plain_words()
