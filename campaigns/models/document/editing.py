"""Moves on the plain data of a document: read, write, take out, push up and down at a path."""

from copy import deepcopy
from typing import Any

from campaigns.models.document.reasons import Path


def value_at(data: Any, path: Path) -> Any:
    """What stands at the path; None when nothing does."""
    for step in path:
        if isinstance(step, int):
            if not isinstance(data, list) or step >= len(data):
                return None
            data = data[step]
        elif isinstance(data, dict):
            data = data.get(step)
        else:
            return None
    return data


def with_value(data: dict, path: Path, value: Any) -> dict:
    """A copy with the value at the path; one past the end of a list appends."""
    copied = deepcopy(data)
    if not path:
        return value
    *way, last = path
    holder = copied
    for step, following in zip(way, path[1:], strict=True):
        holder = _enter(holder, step, [] if isinstance(following, int) else {})
    if isinstance(last, int) and last == len(holder):
        holder.append(value)
    else:
        holder[last] = value
    return copied


def without(data: dict, path: Path) -> dict:
    """A copy that lacks what stands at the path."""
    copied = deepcopy(data)
    holder = value_at(copied, path[:-1])
    if value_at(copied, path) is not None:
        del holder[path[-1]]
    return copied


def moved(data: dict, path: Path, step: int) -> dict:
    """A copy in which the list entry has changed places with a neighbour."""
    copied = deepcopy(data)
    entries, place = value_at(copied, path[:-1]), path[-1]
    other = place + step
    if isinstance(entries, list) and 0 <= other < len(entries) and place < len(entries):
        entries[place], entries[other] = entries[other], entries[place]
    return copied


def _enter(holder: Any, step: str | int, fresh: Any) -> Any:
    if isinstance(step, int):
        if step == len(holder):
            holder.append(fresh)
        return holder[step]
    if holder.get(step) is None:
        holder[step] = fresh
    return holder[step]
