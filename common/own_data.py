"""我的信息: what each app keeps about the one who asks, told by the app in its `queries.own` (PIPL 45).

An app says `tell("收到的点评", rows, {"heading": "attribute" or function of the row})`, where `rows(person)` is a
queryset in its order that brings along what the columns need. Only what the person may read already is told here.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

Columns = dict[str, str | Callable[[Any], Any]]


class OwnList(NamedTuple):
    title: str
    rows: Callable[[Any], Any]
    columns: Columns


_LISTS: dict[str, OwnList] = {}


def tell(title: str, rows: Callable[[Any], Any], columns: Columns) -> None:
    """Registers a list; the title is unique, and short enough to be the name of a sheet."""
    there = _LISTS.get(title)
    if there is not None and there.rows.__qualname__ != rows.__qualname__:
        raise ValueError(f"{title} is told already")
    _LISTS[title] = OwnList(title, rows, columns)


def sections(person: Any) -> list[dict[str, Any]]:
    """Of all apps from the ground up, those with anything in them."""
    autodiscover_modules("queries.own")
    apps_upwards = [config.name for config in reversed(list(apps.get_app_configs()))]
    ranked = sorted(_LISTS.values(), key=lambda one: apps_upwards.index(_app_of(one)))
    told = [section(one.title, one.rows(person), one.columns) for one in ranked]
    return [one for one in told if one["rows"]]


def section(title: str, rows: Iterable[Any], columns: Columns) -> dict[str, Any]:
    """{title, columns, rows}, values as texts."""
    lines = [[_value(row, column) for column in columns.values()] for row in rows]
    return {"title": title, "columns": list(columns), "rows": lines}


def _app_of(one: OwnList) -> str:
    return one.rows.__module__.split(".", 1)[0]


def written(value: Any) -> str:
    """A value as it is read: 是 and 否, local time, nothing for None."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def _value(row: Any, column: str | Callable[[Any], Any]) -> str:
    value = getattr(row, column) if isinstance(column, str) else column(row)
    return written(value() if callable(value) else value)
