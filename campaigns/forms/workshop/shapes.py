"""What stands at a path of a scheme: which model, which fields, of which kind."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from campaigns.forms.workshop.labels import LABELS
from campaigns.forms.workshop.node_fields import Figures, Node, Row
from campaigns.forms.workshop.nodes import Formula, formula_model, node_model
from campaigns.models.document import MECHANISMS, Item, RecipePart, SchemeDocument
from campaigns.models.document.editing import value_at
from campaigns.models.document.mechanisms import Settings

LONG = 200  # characters from which a text gets several lines
SINGLE = {bool: "check", int: "number", Decimal: "number", date: "date"}


@dataclass(frozen=True)
class Slot:
    """One field of a model as the forms see it."""

    name: str
    model: str
    kind: str  # line text choice choices lines numbers number check date pairs part parts free
    inner: type | None = None
    values: tuple = ()
    default: Any = None
    required: bool = False
    title: str | None = None
    about: str | None = None

    @property
    def label(self):
        return self.title or self._words[0]

    @property
    def help(self):
        return (self.about or "") if self.title else self._words[1]

    @property
    def _words(self):
        return LABELS.get(f"{self.model}.{self.name}") or LABELS.get(self.name, (self.name, ""))


@lru_cache(maxsize=512)
def slots(model: type[BaseModel]) -> tuple[Slot, ...]:
    """The fields of a model in its order."""
    return tuple(_slot(model, name, field) for name, field in model.model_fields.items())


def slot_named(model, name):
    return next(one for one in slots(model) if one.name == name)


def _slot(model, name, field):
    kind, inner, values = _kind(field.annotation, field.metadata)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return Slot(
        name, model.__name__, kind, inner, values, default, field.is_required(), field.title,
        field.description,
    )  # fmt: skip


def _kind(annotation, metadata=()):
    """(kind, model of the part, fixed answers) of an annotation."""
    annotation, metadata = _bare(annotation, metadata)
    if get_origin(annotation) is Literal:
        return "choice", None, get_args(annotation)
    if get_origin(annotation) is tuple:
        return _kind_of_list(get_args(annotation)[0])
    if get_args(annotation) == (str, str):
        return "pairs", None, ()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "part", annotation, ()
    if annotation in SINGLE:
        return SINGLE[annotation], None, ()
    if annotation is str:
        longest = max((m.max_length or 0 for m in metadata if _is_text(m)), default=0)
        return ("text" if longest > LONG else "line"), None, ()
    return "free", None, ()


def _kind_of_list(entry):
    kind, inner, values = _kind(entry)
    if kind == "part":
        return "parts", inner, ()
    if kind == "choice":
        return "choices", None, values
    return ("numbers" if kind == "number" else "lines"), None, ()


def _bare(annotation, metadata):
    """Without Annotated and None."""
    metadata = tuple(metadata)
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            metadata = (*metadata, *more)
        elif get_origin(annotation) in (Union, UnionType):
            (annotation,) = (one for one in get_args(annotation) if one is not NoneType)
        else:
            return annotation, metadata


def _is_text(note):
    return isinstance(note, StringConstraints)


def has_own_page(model):
    """Entries that hold lists of their own, and nodes of a recipe, are edited on a page each."""
    if issubclass(model, Node):
        return True
    if issubclass(model, Row):
        return False
    inner = [one for one in slots(model) if one.inner]
    return any(
        one.kind == "parts" or one.inner is model or has_own_page(one.inner) for one in inner
    )


def resolve(model, raw, data):
    """The model itself; of a recipe's parts, the one that fits what stands there."""
    if model is Node:
        return node_model(raw, data)
    if model is Formula:
        return formula_model(raw, data)
    return model


def inner_model(model, raw, name):
    """The model behind a field; an item's settings follow its mechanism."""
    if model is Item and name == "settings":
        mechanism = MECHANISMS.get((raw or {}).get("mechanism") or "")
        return mechanism.settings if mechanism else Settings
    if model is RecipePart and name == "formula":
        return Formula
    return slot_named(model, name).inner


def model_at(data, path):
    """(model, raw data) of the part at the path; KeyError when a scheme has no such place."""
    model, raw = SchemeDocument, data
    for step in path:
        if model is Figures:
            model = Node
        elif isinstance(step, str):
            known = resolve(model, raw, data)
            if step not in known.model_fields:
                raise KeyError(step)
            model = inner_model(known, raw, step)
        if model is None:
            raise KeyError(step)
        raw = value_at(raw, (step,))
    return resolve(model, raw, data), raw
