"""Importing this package registers what can be imported."""

from competitions.excel import readings

__all__ = ["readings"]
