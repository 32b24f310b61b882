"""JSON lines for machines. What people typed never reaches a log: no bodies, no parameters."""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """One JSON object a line.

    An exception is shown by its class and frames: its text may quote what somebody wrote
    (PostgreSQL puts the offending values into it), so that is shown to developers only.
    """

    def __init__(self, *, with_messages=False):
        super().__init__()
        self.with_messages = with_messages

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message_of(record),
            "process": record.process,
        }
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "method"):
            line["request"] = f"{request.method} {route_of(request)}"
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["frames"] = frames_of(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)

    def message_of(self, record):
        if self.with_messages:
            return super().format(record)
        if record.name.startswith("celery.") and record.exc_info:
            data = getattr(record, "data", None) or {}
            return f"task failed: {data.get('name', '?')} {data.get('id', '')}".strip()
        message, request = record.getMessage(), getattr(record, "request", None)
        if hasattr(request, "path"):
            message = message.replace(request.path, route_of(request))
        return message


def route_of(request):
    """The route as written in urls.py: a path may hold a ticket or a receipt code."""
    match = getattr(request, "resolver_match", None)
    return match.route if match else "?"


def frames_of(trace):
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
