"""The form and the lists of a page as the templates read them."""

from dataclasses import dataclass

from campaigns.forms.workshop.choices import Choices
from campaigns.forms.workshop.layout import HIDDEN, WIDE, width
from campaigns.forms.workshop.node_fields import Figures, Node
from campaigns.forms.workshop.shapes import (
    has_own_page,
    inner_model,
    model_at,
    resolve,
    slot_named,
    slots,
)
from campaigns.forms.workshop.words import NODE_KINDS
from campaigns.models.document import SchemeDocument
from campaigns.models.document.editing import value_at

SUMMARISED = 4
LABEL_FIELDS = ("name", "label", "text", "title", "band")


def draw(form, group):
    """The group with its bound fields, for `campaigns/_group.html`."""
    return {
        "title": group.slot.label if group.slot else "",
        "help": group.slot.help if group.slot else "",
        "switch": _bound(form, f"{group.prefix}on"),
        "fields": [form[f"{group.prefix}{slot.name}"] for slot in group.fields],
        "fold": [form[f"{group.prefix}{slot.name}"] for slot in group.fold],
        "rest": _rest(form, f"{group.prefix}rest"),
        "is_folded": group.is_folded and not _has_errors(form, group.prefix),
        "gone": _bound(form, f"{group.prefix}gone"),
        "groups": [draw(form, inner) for inner in group.groups],
        "tables": [_draw_table(form, table) for table in group.tables],
    }


def _draw_table(form, table):
    rows = [draw(form, row) | {"number": number} for number, row in enumerate(table.rows)]
    return {
        "title": table.slot.label,
        "help": table.slot.help,
        "prefix": table.prefix,
        "count": form[f"{table.prefix}rows"],
        "rows": rows,
        "known": table.known,
    }


def _bound(form, name):
    return form[name] if name in form.fields else None


def _rest(form, name):
    """The text beside the fields, when there is something that no field shows."""
    bound = _bound(form, name)
    return bound if bound is not None and (bound.value() or bound.errors) else None


def _has_errors(form, prefix):
    return form.is_bound and any(name.startswith(prefix) for name in form.errors)


@dataclass(frozen=True)
class Entry:
    """A line of a list whose parts have a page each."""

    path: tuple
    title: str
    summary: str
    depth: int
    place: int
    last: bool
    adds: tuple  # ((label, path), …): what can be put below it
    movable: bool = True
    figure: str = ""  # the id of a node's live figure

    @property
    def where(self):
        return as_place(self.path)


def as_place(path):
    return "/".join(str(step) for step in path)


def as_path(place):
    return tuple(int(step) if step.isdecimal() else step for step in place.split("/") if step)


def title_of(raw, fallback="（未命名）"):
    if isinstance(raw, dict):
        for name in LABEL_FIELDS:
            if raw.get(name):
                return str(raw[name])[:60]
        if raw.get("kind"):
            return NODE_KINDS.get(raw["kind"], "（未命名）")
    return fallback


class Lister:
    """Lines for lists with pages of their own, those below indented under them."""

    def __init__(self, draft):
        self.data = draft.document
        self.choices = Choices(draft.plan)

    def lists(self, layout):
        """[{title, help, add, entries}] of a layout's links and trees."""
        found = [
            {
                "title": slot.label,
                "help": slot.help,
                "add": as_place((*path, _next(raw))),
                "entries": list(self._entries(slot.inner, path, raw, 0)),
            }
            for slot, path, raw in layout.links
        ]
        for slot, path, raw in layout.trees:
            entries = list(self._node(path, raw, slot.label, 0)) if raw else []
            add = "" if raw else as_place(path)
            found.append({"title": slot.label, "help": "", "add": add, "entries": entries})
        for inner in layout.groups:
            found += self.lists(inner)
        return found

    def _entries(self, model, path, raws, depth):
        pairs = list(raws.items()) if isinstance(raws, dict) else list(enumerate(raws))
        for place, (step, raw) in enumerate(pairs):
            at = (*path, step)
            found = resolve(model, raw, self.data)
            yield Entry(
                path=at,
                title=title_of(raw, f"第 {place + 1} 项"),
                summary=self.summary(found, raw),
                depth=depth,
                place=place,
                last=place == len(raws) - 1,
                adds=tuple(self._adds(found, at, raw)),
                movable=isinstance(step, int),
                figure=figure_id(at) if issubclass(model, Figures | Node) else "",
            )
            yield from self._below(found, at, raw, depth + 1)

    def _node(self, path, raw, label, depth):
        found = resolve(Node, raw, self.data)
        yield Entry(
            path=path,
            title=str(raw.get("label") or label),
            summary=self.summary(found, raw),
            depth=depth,
            place=0,
            last=True,
            adds=tuple(self._adds(found, path, raw)),
            movable=False,
            figure=figure_id(path),
        )
        yield from self._below(found, path, raw, depth + 1)

    def _below(self, model, path, raw, depth):
        for slot in slots(model):
            inner = (raw or {}).get(slot.name)
            if slot.kind == "parts" and has_own_page(slot.inner) and isinstance(inner, list):
                yield from self._entries(slot.inner, (*path, slot.name), inner, depth)
            elif slot.inner is Node and slot.kind == "part" and isinstance(inner, dict):
                yield from self._node((*path, slot.name), inner, slot.label, depth)

    def _adds(self, model, path, raw):
        for slot in slots(model):
            inner = (raw or {}).get(slot.name)
            if slot.kind == "parts" and has_own_page(slot.inner):
                yield f"加{slot.label}", as_place((*path, slot.name, len(inner or [])))
            elif slot.inner is Node and slot.kind == "part" and not inner:
                yield f"写{slot.label}", as_place((*path, slot.name))

    def summary(self, model, raw):
        """The answers that tell most: kinds, sources, references, weights."""
        words = []
        for slot in slots(model):
            value = (raw or {}).get(slot.name)
            if slot.name in HIDDEN or value in (None, "", []) or len(words) >= SUMMARISED:
                continue
            if slot.name == "weight":
                words.append(f"权重 {value}")
            elif choices := self.choices.of(model, slot):
                words.append(_in_words(choices, value))
        return " · ".join(words)


def _in_words(choices, value):
    names = {}
    for key, label in choices:
        names.update({key: label} if isinstance(label, str) else dict(label))
    values = value if isinstance(value, list) else [value]
    return "、".join(str(names.get(one, one)) for one in values)


def page_of(data, path):
    """The path of the page on which a place is edited; () when a section's own form has it."""
    model, raw, page = SchemeDocument, data, ()
    for end, step in enumerate(path, start=1):
        model, is_page = _entered(model, raw, step, data, end)
        if model is None and not is_page:
            break
        page = path[:end] if is_page else page
        raw = value_at(raw, (step,))
    return page


def _entered(model, raw, step, data, depth):
    """(model behind the step, whether it has a page); (None, False) when there is no such place."""
    if model is Figures:
        return Node, True
    known = resolve(model, raw, data)
    if isinstance(step, str):
        if step not in known.model_fields:
            return None, False
        inner = inner_model(known, raw, step)
        return inner, inner is Node and slot_named(known, step).kind == "part"
    if depth == 1 or isinstance(raw, dict):
        return None, False
    return model, has_own_page(model) or (depth == 2 and width(model) > WIDE)


def _next(raw):
    """The place past the end of a list, or a name that a mapping does not have yet."""
    if isinstance(raw, list):
        return len(raw)
    return next(f"figure_{n}" for n in range(1, 10_000) if f"figure_{n}" not in raw)


def figure_id(path):
    return "-".join(("live", *(str(step) for step in path)))


def trail(data, path):
    """[(title, place)] of the pages around a place, outermost first."""
    found = []
    for end in range(1, len(path)):
        if page_of(data, path[:end]) == path[:end]:
            _, raw = model_at(data, path[:end])
            found.append((title_of(raw), as_place(path[:end])))
    return found
