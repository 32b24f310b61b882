import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_portal.settings")

application = get_wsgi_application()

# Every view is loaded before gunicorn forks, and the collector leaves it alone: workers share it.
get_resolver().url_patterns  # noqa: B018
gc.freeze()
