"""What a field of a scheme may point at: the keys the draft itself defines, by their names."""

from functools import cached_property

from campaigns.forms.workshop.node_fields import Loose
from campaigns.forms.workshop.words import NODE_KINDS, word
from campaigns.models.document import ACTS, MEASURES, MECHANISMS
from campaigns.models.document.recipes import SOURCES

# field -> what it points at; `Model.field` first
POINTERS = {
    "scale": "scales", "questionnaire": "questionnaires", "rater_class": "rater_classes",
    "raters": "rater_classes", "channels": "channels", "titles": "titles", "criteria": "criteria",
    "registers": "registers", "methods": "methods", "checklists": "checklists",
    "required_for": "unit_types", "unit_types": "unit_types", "emphasis": "families",
    "source": "items", "sources": "sources", "of": "items", "tags": "items", "item": "items",
    "rule": "cadence", "stages": "stages", "same_as": "anything", "act": "acts",
    "mechanism": "mechanisms", "measure": "measures", "question": "questions", "levels": "levels", "satisfied": "levels",
    "bad": "levels", "excluded": "levels",
}  # fmt: skip
OF_RECIPES = {
    "source": "figures", "scale": "scales", "questions": "questionnaires", "question": "questions",
    "levels": "levels", "denominator": "figures", "what": "seen", "to": "keyed", "n_of": "keyed",
    "then": "keyed", "band": "bands", "overflow": "bands",
}  # fmt: skip
FAMILY_NAMES = {
    "show": "亮", "compare": "比", "review": "评", "attain": "创", "supervise": "督查与管理",
}  # fmt: skip


class Choices:
    """Lists to choose from, made once for a form."""

    def __init__(self, plan, path=()):
        self.plan = plan
        own = plan.questionnaires
        if path[:1] == ("questionnaires",):  # a quota speaks of its own questionnaire
            own = own[path[1] : path[1] + 1]
        self.questionnaires = own
        in_recipe = path[:1] == ("recipes",) and path[1] < len(plan.recipes)
        self.formula = plan.recipes[path[1]].formula if in_recipe else {}

    def of(self, model, slot):
        """[(value, word)] for a field, or None when it is free text."""
        if slot.values:
            return [(value, _answer(slot, value)) for value in slot.values]
        pointers = OF_RECIPES if issubclass(model, Loose) else POINTERS
        kind = pointers.get(slot.name) if slot.model != "SeatRule" else None  # bands: same page
        if kind is None or slot.kind not in ("line", "lines"):
            return None
        return getattr(self, f"_{kind}") if hasattr(self, f"_{kind}") else self._named(kind)

    def _named(self, kind):
        section = {
            "methods": "inspections",
            "checklists": "inspections",
            "sources": "rectification",
        }
        holder = getattr(self.plan, section[kind]) if kind in section else self.plan
        return [(part.key, part.name) for part in getattr(holder, kind, ())]

    @cached_property
    def _items(self):
        return [
            (item.key, f"{family.name} · {item.name}")
            for family in self.plan.families
            for item in family.walk()
        ]

    @cached_property
    def _anything(self):
        return self._named("families") + self._items + self._named("rater_classes")

    @cached_property
    def _acts(self):
        return [(key, _with_state(act)) for key, act in ACTS.items()]

    @cached_property
    def _measures(self):
        return list(MEASURES.items())

    @cached_property
    def _mechanisms(self):
        """Grouped by the chapter they usually belong to."""
        return [
            (name, [(key, _with_state(m)) for key, m in MECHANISMS.items() if m.family == family])
            for family, name in FAMILY_NAMES.items()
        ]

    @cached_property
    def _questions(self):
        return _once(
            (question.key, question.name)
            for questionnaire in self.questionnaires
            for question in questionnaire.scale_questions
        )

    @cached_property
    def _levels(self):
        asked = {q.scale for one in self.questionnaires for q in one.scale_questions}
        return _once(
            (level.key, level.name)
            for scale in self.plan.scales
            if scale.key in asked
            for level in scale.levels
        )

    @cached_property
    def _figures(self):
        people = [(rater.key, f"{rater.name}（评议）") for rater in self.plan.rater_classes]
        return people + [(key, label) for key, (label, _) in SOURCES.items()]

    # -- of the recipe itself

    @cached_property
    def _keyed(self):
        return _once(
            (one["key"], str(one.get("label") or one["key"])) for one in keyed_nodes(self.formula)
        )

    @cached_property
    def _seen(self):
        """What a condition may look at: figures of this recipe, and data."""
        figures = [(f"figure:{key}", label) for key, label in self._keyed]
        data = [(f"source:{key}", label) for key, label in self._figures]
        return [("得分", [*figures, ("figure:score", "总分")]), ("数据", data)]

    @cached_property
    def _bands(self):
        bands = self.formula.get("bands")
        entries = bands.get("list", bands) if isinstance(bands, dict) else bands
        if isinstance(entries, dict):
            return [(label, label) for label in entries]
        labels = [one.get("label") for one in entries or () if isinstance(one, dict)]
        return [(label, label) for label in labels if label]


def keyed_nodes(data):
    """Every part of a recipe that has a key and is computed; figures go by their place."""
    if isinstance(data, dict):
        if "kind" in data and isinstance(data.get("key"), str):
            yield data
        figures = data.get("figures") if "score" in data else None
        for key, one in (figures or {}).items():
            if isinstance(one, dict) and "key" not in one:
                yield one | {"key": key}
        data = list(data.values())
    if isinstance(data, list | tuple):
        for value in data:
            yield from keyed_nodes(value)


def _answer(slot, value):
    if slot.name == "kind" and slot.model.startswith("Node"):
        return NODE_KINDS.get(value, value)
    return word(slot.model, slot.name, value)


def _with_state(part):
    return part.label if part.enabled else f"{part.label}（未启用）"


def _once(pairs):
    """Each key once; keys that several lists use get all their names."""
    names = {}
    for key, name in pairs:
        names.setdefault(key, []).append(name)
    return [(key, " / ".join(dict.fromkeys(found))) for key, found in names.items()]
