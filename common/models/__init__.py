from common.models.audit import AuditEvent
from common.models.job import Job
from common.models.notice import Heartbeat, Notice

__all__ = ["AuditEvent", "Heartbeat", "Job", "Notice"]
