"""The project: knows every app, imported by none. Loads Celery so that @shared_task finds it."""

from campaign_portal.celery import app as celery_app

__all__ = ["celery_app"]
