"""Importing this package registers what can be imported."""

from competitions.excel import readings, shifts

__all__ = ["readings", "shifts"]
