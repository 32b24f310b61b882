"""Moves in the tree of a recipe: another kind, one layer more or less, under another part."""

from campaigns.forms.workshop.nodes import HOLDS_NODES, holds_one, holds_parts, keys_of_kind
from campaigns.forms.workshop.words import NODE_KINDS
from campaigns.models.document.editing import value_at, with_value, without

OF_PLACE = ("weight", "optional", "required")  # said where the part stands, not what it is
WRAPPERS = ("veto", "gate", "capped_bonus", "deduction", "scale", "relative", "weighted_sum", "sum",
            "first_of")  # fmt: skip


def refitted(node, kind):
    """(the node as it is now said to be of this kind, what had to go)."""
    found = dict(node)
    if holds_one(kind) and not holds_parts(kind) and "of" not in found:
        parts = found.get("parts")
        if isinstance(parts, list) and len(parts) == 1:
            found["of"] = found.pop("parts")[0]
    elif holds_parts(kind) and not holds_one(kind) and "of" in found:
        found["parts"] = [found.pop("of"), *(found.get("parts") or [])]
    known = keys_of_kind(kind)
    dropped = [key for key in found if key not in known and key not in HOLDS_NODES]
    return {key: one for key, one in found.items() if key not in dropped}, dropped


def wrapped(data, path, kind):
    """The document with one layer of this kind around the node."""
    node = dict(value_at(data, path))
    outer = {key: node.pop(key) for key in OF_PLACE if key in node}
    inside = {"of": node} if holds_one(kind) else {"parts": [node]}
    if kind == "weighted_sum":
        node["weight"] = "100%"
    return with_value(data, path, {"kind": kind, "label": NODE_KINDS[kind]} | outer | inside)


def unwrapped(data, path):
    """The document with what the node holds in its place; None when that is not one part."""
    node = value_at(data, path)
    held = [node["of"]] if isinstance(node.get("of"), dict) else []
    held += node.get("parts") or []
    if len(held) != 1 or not isinstance(held[0], dict):
        return None
    inner = {key: one for key, one in held[0].items() if key not in OF_PLACE}
    return with_value(data, path, inner | {key: node[key] for key in OF_PLACE if key in node})


def homes(data, path):
    """[(path of the list, label)] of the parts of this recipe that could hold the node."""
    tree = value_at(data, path[:3]) or {}
    tops = [((*path[:3], "score"), tree.get("score"))]
    tops += [((*path[:3], "figures", key), one) for key, one in (tree.get("figures") or {}).items()]
    return [
        ((*at, "parts"), label)
        for top, node in tops
        for at, label in _walk(top, node, path)
        if (*at, "parts") != path[:-1]
    ]


def _walk(at, node, moving):
    if not isinstance(node, dict) or at == moving:
        return
    kind = node.get("kind")
    if isinstance(kind, str) and holds_parts(kind) and "source" not in node:
        yield at, str(node.get("label") or NODE_KINDS.get(kind, kind))
    for name in HOLDS_NODES:
        inner = node.get(name)
        if isinstance(inner, list):
            for place, one in enumerate(inner):
                yield from _walk((*at, name, place), one, moving)
        else:
            yield from _walk((*at, name), inner, moving)


def transplanted(data, path, home):
    """The document with the node at the end of another list."""
    node, entries = value_at(data, path), value_at(data, home) or []
    grown = with_value(data, (*home, len(entries)), node)
    return without(grown, path)
