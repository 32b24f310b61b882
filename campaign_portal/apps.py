from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "campaign_portal"
    verbose_name = "门户"

    def ready(self):
        # Importing registers the checks and what stages are measured by; models are loaded by now.
        from campaign_portal import checks  # noqa: F401, PLC0415
        from supervision.queries import stage_measures, year_evidence  # noqa: F401, PLC0415
