"""Reading the inputs of one subject: what is wrong is named, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from scoring.errors import InputError
from scoring.numbers import exact


def number_at(raw: object, path: str) -> Fraction:
    try:
        return exact(raw)
    except ValueError as error:
        raise InputError(path, str(error)) from None


def field_of(data: Any, name: str, path: str) -> Any:
    """One field of a source that is a mapping; the source itself when no field is asked for."""
    if not name or data is None:
        return data
    if not isinstance(data, Mapping):
        raise InputError(path, f"应为映射，含“{name}”")
    return data.get(name)


def mapping_at(data: Any, path: str, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise InputError(path, f"应为映射，含 {'、'.join(sorted(known))}")
    for key in data:
        if key not in known:
            raise InputError(f"{path}.{key}", f"不认识的键“{str(key)[:40]}”")
    return data
