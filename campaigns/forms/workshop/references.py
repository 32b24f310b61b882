"""Who points at whom in a draft: so that a new key is followed, and a deletion names where it hurts."""

from copy import deepcopy

from campaigns.forms.workshop.choices import POINTERS
from campaigns.forms.workshop.node_fields import Loose
from campaigns.forms.workshop.shapes import inner_model, resolve, slots
from campaigns.models.document import RecipePart, SchemeDocument
from campaigns.models.document.editing import value_at

NAMED = {"families", "stages", "rater_classes", "scales", "questionnaires", "channels", "titles",
         "criteria", "registers", "cadence", "unit_types"}  # fmt: skip
INSIDE = {("inspections", "methods"): "methods", ("inspections", "checklists"): "checklists",
          ("rectification", "sources"): "sources"}  # fmt: skip
ANYTHING = {"families", "items", "rater_classes"}  # what an alias may stand for
OF_FORMULA = {"source": "rater_classes", "denominator": "rater_classes", "scale": "scales",
              "questions": "questionnaires", "figure": "nodes", "to": "nodes", "n_of": "nodes"}  # fmt: skip


def kind_of(path):
    """The collection whose entry stands at the path; None when its key means something only nearby."""
    if not path or not isinstance(path[-1], int):
        return None
    if len(path) == 2 and path[0] in NAMED:
        return path[0]
    if path[0] == "families" and path[-2] == "items":
        return "items"
    return INSIDE.get(path[:2]) if len(path) == 3 else None


def uses(data, kind, key):
    """Paths of every place that says the key; the last step of a mapping's key is the key itself."""
    found = [
        path
        for points, path, said in _said(SchemeDocument, data, (), data)
        if said == key and (points == kind or (points == "anything" and kind in ANYTHING))
    ]
    for place, recipe in enumerate(data.get("recipes") or []):
        at = ("recipes", place, "formula")
        found += _in_formula(recipe.get("formula") or {}, at, kind, key)
    return found


def is_mentioned(data, key):
    """Whether anything speaks of a question or level called so: limits in ballots, 满意率, recipes."""
    places = [one.get("ballot") for one in data.get("questionnaires") or []]
    places += [data.get("satisfaction"), data.get("recipes")]
    return any(_mentions(place, key) for place in places)


def _mentions(value, key):
    if isinstance(value, dict):
        return any(name == key or _mentions(one, key) for name, one in value.items())
    if isinstance(value, list | tuple):
        return any(_mentions(one, key) for one in value)
    return value == key


def _said(model, raw, path, data):
    """(what is pointed at, where, key) of every reference outside the recipes."""
    if not isinstance(raw, dict) or issubclass(model, Loose):
        return
    known = resolve(model, raw, data)
    for slot in slots(known):
        value, at = raw.get(slot.name), (*path, slot.name)
        if value is None or (model is RecipePart and slot.name == "formula"):
            continue
        if slot.kind in ("line", "lines"):
            yield from _of_slot(slot, value, at)
        elif slot.kind == "parts":
            for place, one in enumerate(value):
                yield from _said(slot.inner, one, (*at, place), data)
        elif slot.kind in ("part", "free"):
            yield from _said(inner_model(known, raw, slot.name), value, at, data)


def _of_slot(slot, value, at):
    points = POINTERS.get(slot.name)
    if points and slot.kind == "line":
        yield points, at, value
    elif points:
        yield from ((points, (*at, place), one) for place, one in enumerate(value))


def _in_formula(value, at, kind, key):
    """A recipe is searched as it is written."""
    if isinstance(value, list):
        for place, one in enumerate(value):
            plain = at[-1] == "then" and kind == "nodes" and one == key
            yield from [(*at, place)] if plain else _in_formula(one, (*at, place), kind, key)
    if not isinstance(value, dict):
        return
    for name, one in value.items():
        if (OF_FORMULA.get(name) == kind and one == key) or (name == key and _is_key_of(at, kind)):
            yield (*at, name)
        yield from _in_formula(one, (*at, name), kind, key)


def _is_key_of(at, kind):
    """Mappings whose keys point: emphasis by unit type and part, a matrix's weights by rater."""
    if at[-1] == "emphasis":
        return kind == "unit_types"
    if at[-2:-1] == ("emphasis",):
        return kind == "nodes"
    return (at[-1] == "raters" and kind == "rater_classes") or (
        at[-1] == "figures" and kind == "nodes"
    )


def following(data, kind, old, new, *, within=()):
    """A copy in which everything that said `old` says `new`."""
    changed = deepcopy(data)
    for path in uses(changed, kind, old):
        if path[: len(within)] != within:
            continue
        holder, last = value_at(changed, path[:-1]), path[-1]
        if last == old and isinstance(holder, dict) and holder[last] != old:
            entries = [(new if name == old else name, one) for name, one in holder.items()]
            holder.clear()
            holder.update(entries)
        else:
            holder[last] = new
    return changed
