"""How the form of a part is laid out: fields, nested groups, tables of small parts, links to large ones."""

from dataclasses import dataclass, field
from typing import Any

from campaigns.forms.workshop.node_fields import Figures, Loose, Node
from campaigns.forms.workshop.nodes import IN_FOLD as FOLD_OF_NODES
from campaigns.forms.workshop.shapes import has_own_page, inner_model, resolve, slots

HIDDEN = {"rows", "format"}
IN_FOLD = {"key", "note", "placeholder", "max_length"}
WIDE = 4  # entries of a section's list with more fields than this get a page each


@dataclass
class Group:
    """One part in a form; names of form fields are `prefix` + the name of the slot."""

    path: tuple
    prefix: str
    model: type
    raw: dict
    slot: Any = None
    fields: list = field(default_factory=list)  # slots
    fold: list = field(default_factory=list)  # slots that are shown on demand
    groups: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    links: list = field(default_factory=list)  # (slot, path, raw list or mapping): own pages each
    trees: list = field(default_factory=list)  # (slot, path, raw): single nodes of a recipe
    rest: dict | None = None  # what the form does not know, of a recipe

    @property
    def is_loose(self):
        return issubclass(self.model, Loose)

    @property
    def is_optional(self):
        return self.slot is not None and self.slot.default is None

    @property
    def needs_switch(self):
        """Whether "there, with everything as usual" differs from "not there" and must be asked."""
        required = any(slot.required for slot in slots(self.model))
        return self.is_optional and not required and not self.is_loose and not self.is_in_table

    @property
    def is_in_table(self):
        return any(isinstance(step, int) for step in self.path[-2:-1])

    @property
    def is_folded(self):
        """A group that nobody needs at first opens on demand."""
        is_the_point = self.prefix == "when-"  # of a rule's own page
        return self.is_loose and self.is_optional and not self.raw and not is_the_point

    @property
    def slots(self):
        return self.fields + self.fold


@dataclass
class Table:
    """Small parts one under the other in the same form."""

    slot: Any
    path: tuple
    prefix: str
    rows: list  # Group; those past `known` are blank
    known: int


def lay_out(data, path, model, raw, *, only=None, rows=None, prefix="", slot=None):  # noqa: PLR0913
    """The group for a part; `rows(prefix, known)` tells how many rows a table has."""
    raw = raw if isinstance(raw, dict) else {}
    group = Group(path, prefix, model, raw, slot)
    in_row = bool(path) and isinstance(path[-1], int) and bool(prefix)
    for one in slots(model):
        if one.name in HIDDEN or (only is not None and one.name not in only):
            continue
        _place(group, one, data, rows, in_row)
    if group.is_loose:
        group.rest = _rest(group)
        if not group.rest and getattr(model, "is_plain", False):
            group.rest = None
    return group


def _place(group, one, data, rows, in_row):
    raw, path = group.raw.get(one.name), (*group.path, one.name)
    if one.kind == "parts":
        if not group.is_loose or isinstance(raw, list | None):
            _place_list(group, one, raw or [], data, rows)
    elif one.kind in ("part", "free"):
        model = inner_model(group.model, group.raw, one.name)
        if issubclass(model, Node):
            group.trees.append((one, path, raw))
        elif model is Figures:
            group.links.append((one, path, raw or {}))
        elif not group.is_loose or isinstance(raw, dict | None):
            prefix = f"{group.prefix}{one.name}-"
            found = resolve(model, raw, data)
            group.groups.append(lay_out(data, path, found, raw, rows=rows, prefix=prefix, slot=one))
    elif group.is_loose and not _fits(one, raw):
        return  # written in another way than the form knows: it stays in the rest
    else:
        (group.fold if _folds(group, one, in_row) else group.fields).append(one)


def _fits(one, raw):
    """Whether the field can show what is written."""
    if raw is None:
        return True
    if one.kind == "pairs":
        return isinstance(raw, dict) and not any(isinstance(v, dict | list) for v in raw.values())
    if one.kind in ("lines", "choices", "numbers"):
        return isinstance(raw, list) and not any(isinstance(v, dict | list) for v in raw)
    return not isinstance(raw, dict | list)


def _folds(group, one, in_row):
    """What is seldom asked is shown on demand."""
    if group.is_loose:
        of_node = issubclass(group.model, Node)
        asked_in_rows = not of_node and one.name in ("key", "field")
        return (of_node or in_row) and one.name in FOLD_OF_NODES and not asked_in_rows
    return one.name in IN_FOLD and (in_row or one.name == "key")


def _place_list(group, one, raw, data, rows):
    path = (*group.path, one.name)
    if has_own_page(one.inner) or (not group.path and width(one.inner) > WIDE):
        group.links.append((one, path, raw))
        return
    prefix = f"{group.prefix}{one.name}-"
    count = rows(prefix, len(raw))
    entries = [
        lay_out(
            data,
            (*path, number),
            one.inner,
            raw[number] if number < len(raw) else {},
            rows=rows,
            prefix=f"{prefix}{number}-",
        )
        for number in range(count)
    ]
    group.tables.append(Table(one, path, prefix, entries, len(raw)))


def width(model):
    return sum(1 for one in slots(model) if one.name not in HIDDEN | {"key"})


def _rest(group):
    known = {one.name for one in group.slots}
    known |= {inner.slot.name for inner in group.groups}
    known |= {table.slot.name for table in group.tables}
    known |= {slot.name for slot, *_ in (*group.links, *group.trees)}
    return {key: value for key, value in group.raw.items() if key not in known}
