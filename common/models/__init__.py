from common.models.audit import AuditEvent
from common.models.job import Job
from common.models.notice import Heartbeat, Notice
from common.models.publication import Publishable, PublishableQuerySet

__all__ = ["AuditEvent", "Heartbeat", "Job", "Notice", "Publishable", "PublishableQuerySet"]
