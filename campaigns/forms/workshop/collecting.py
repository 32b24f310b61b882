"""From a cleaned form to plain data, remembering which field says what."""

from django import forms
from pydantic import ValidationError

from branches.actions import pinyin_key
from campaigns.forms.workshop.fields import as_data, says_default_number, says_nothing
from campaigns.forms.workshop.references import kind_of
from campaigns.models.document import MECHANISMS, Item, problems_from
from campaigns.models.document.editing import value_at
from campaigns.models.document.mechanisms import Settings

TOLERATED = {"missing", "too_short"}  # of settings: the check of the whole draft tells them
LONGEST_KEY = 40


class Collector:
    """Reads `form.cleaned_data` along the form's layout."""

    def __init__(self, form):
        self.form = form
        self.cleaned = form.cleaned_data
        self.fields_at = {}  # path -> name of the field
        self.problems = []
        self.dropped = []
        self.renames = []  # (collection, old key, new key, name of the field)
        self.is_empty = False
        self.do = form.data.get("do", "")

    def collect(self, group):
        part = self._part(group, group.path)
        self.is_empty = not part
        if group.model is Item:
            self._settle_settings(part, group.path)
        return part

    def field_at(self, path):
        """The field for a place, or the nearest one around or inside it."""
        for end in range(len(path), len(self.form.path), -1):
            if path[:end] in self.fields_at:
                return self.fields_at[path[:end]]
        inside = (name for at, name in self.fields_at.items() if at[: len(path)] == path)
        return next(inside, None) if path != self.form.path else None

    # -- parts

    def _part(self, group, path):
        part = {} if group.rest is not None else self._kept(group)
        for slot in group.slots:
            self._slot(part, group, slot, path)
        for inner in group.groups:
            self._group(part, inner, path)
        for table in group.tables:
            self._table(part, table, path)
        for slot, _, raw in (*group.links, *group.trees):
            if raw or (slot.required and slot.kind == "parts"):
                part[slot.name] = raw
        if group.rest is not None:
            part |= self.cleaned.get(f"{group.prefix}rest") or {}
            self.fields_at.setdefault((*path,), f"{group.prefix}rest")
        self._give_key(part, group, path)
        return part

    def _kept(self, group):
        """What no field of this form shows."""
        shown = {slot.name for slot in group.slots} | {inner.slot.name for inner in group.groups}
        shown |= {table.slot.name for table in group.tables}
        return {key: value for key, value in group.raw.items() if key not in shown}

    def _slot(self, part, group, slot, path):
        """What was not touched stays exactly as it was written."""
        name = f"{group.prefix}{slot.name}"
        self.fields_at[(*path, slot.name)] = name
        field, typed = self.form.fields[name], self.cleaned.get(name)
        if slot.name == "key" and group.raw.get("key") and kind_of(path):
            typed = self._key(group.raw["key"], typed, path, name)
        if slot.name in group.raw and not field.has_changed(self.form.initial[name], typed):
            part[slot.name] = group.raw[slot.name]
            return
        chosen = isinstance(field, forms.MultipleChoiceField)
        value = as_data(slot, typed, loose=group.is_loose, chosen=chosen)
        if (slot.required and isinstance(value, list)) or (
            not says_nothing(slot, value) and not says_default_number(slot, value)
        ):
            part[slot.name] = value

    def _group(self, part, inner, path):
        name = inner.slot.name
        if not group_wanted(self.cleaned, inner):
            return
        value = self._part(inner, (*path, name))
        always = inner.needs_switch or (inner.slot.required and inner.slot.kind == "free")
        if always or any(one != [] for one in value.values()):
            part[name] = value

    # -- tables

    def _table(self, part, table, path):
        entries, at = [], (*path, table.slot.name)
        for number, row in enumerate(table.rows):
            if self.cleaned.get(f"{row.prefix}gone") or self._is_blank(row, number >= table.known):
                continue
            entries.append((number, self._part(row, (*at, len(entries)))))
        self._move(table, entries)
        values = [value for _, value in entries]
        self._give_keys(values)
        if values or table.slot.required:
            part[table.slot.name] = values
        if table.rows and at not in self.fields_at:
            first = table.rows[0]
            self.fields_at[at] = f"{first.prefix}{first.slots[0].name}"

    def _is_blank(self, row, new):
        """Whether nobody typed anything into a row."""
        if not new:
            return False
        for name in self._names(row):
            field = self.form.fields[name]
            typed, usual = self.cleaned.get(name), self.form.get_initial_for_field(field, name)
            if isinstance(typed, str):
                usual = "" if usual is None else str(usual)
            if isinstance(typed, dict | list) and not typed and not usual:
                continue
            if typed != usual and not (isinstance(field, forms.ChoiceField) and not typed):
                return False
        return True

    def _names(self, group):
        names = [f"{group.prefix}{slot.name}" for slot in group.slots]
        if group.rest is not None:
            names.append(f"{group.prefix}rest")
        for inner in group.groups:
            names += self._names(inner)
        return names

    def _move(self, table, entries):
        """`do` is `up:<prefix>:<row>` or `down:…`."""
        verb, _, rest = self.do.partition(":")
        prefix, _, number = rest.rpartition(":")
        if verb not in ("up", "down") or prefix != table.prefix:
            return
        place = next((at for at, (row, _) in enumerate(entries) if str(row) == number), None)
        other = None if place is None else place + (1 if verb == "down" else -1)
        if other is not None and 0 <= other < len(entries):
            entries[place], entries[other] = entries[other], entries[place]

    # -- keys

    def _key(self, old, typed, path, name):
        """A key may change, and everything follows it; taken out, it stays."""
        new = (typed or "").strip() or old
        if new != old:
            self.renames.append((kind_of(path), old, new, name))
        return new

    def keys_of(self, kind):
        """The keys of a collection as they were."""
        plan = self.form.draft.plan
        if kind == "items":
            return {item.key for item in plan.items()}
        holders = {"methods": plan.inspections, "checklists": plan.inspections,
                   "sources": plan.rectification}  # fmt: skip
        return {part.key for part in getattr(holders.get(kind, plan), kind, ())}

    def _give_keys(self, values):
        taken = {value.get("key") for value in values}
        for value in values:
            if value.get("key") == "":
                value["key"] = new_key(value["name"], taken)
                taken.add(value["key"])

    def _give_key(self, part, group, path):
        """A key from the name, in pinyin; rows get theirs when the whole table is known."""
        fields = group.model.model_fields
        if group.is_loose or "key" not in fields or part.get("key") or not part.get("name"):
            return
        if group.prefix and isinstance(path[-1], int):
            part["key"] = ""
        else:
            part["key"] = new_key(str(part["name"]), set(every_key(self.form.whole)))

    def name_node(self, part, path):
        """A new node gets a key from its label, so that conditions and emphasis can speak of it."""
        label = part.get("label")
        if self.form.raw is not None or not label or part.get("key"):
            return
        recipe = value_at(self.form.whole, path[:2]) or {}
        part["key"] = new_key(str(label), {"score", *every_key(recipe)})

    # -- settings

    def _settle_settings(self, part, path):
        """Settings that the (new) mechanism does not know go; wrong ones are told."""
        mechanism = MECHANISMS.get(part.get("mechanism") or "")
        known = (mechanism.settings if mechanism else Settings).model_fields
        settings = part.get("settings") or {}
        self.dropped = [key for key in settings if key not in known or not mechanism]
        kept = {key: value for key, value in settings.items() if key not in self.dropped}
        part.pop("settings", None)
        if kept:
            part["settings"] = kept
        if mechanism:
            try:
                mechanism.settings.model_validate(kept)
            except ValidationError as error:
                told = zip(problems_from(error, (*path, "settings")), error.errors(), strict=True)
                self.problems += [one for one, found in told if found["type"] not in TOLERATED]


def group_wanted(cleaned, group):
    return not group.needs_switch or bool(cleaned.get(f"{group.prefix}on"))


def every_key(data):
    """All keys used anywhere in a document."""
    if isinstance(data, dict):
        if isinstance(data.get("key"), str):
            yield data["key"]
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from every_key(value)


def new_key(name, taken):
    """亮承诺 -> liang_cheng_nuo, with a number when that is taken."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in pinyin_key(name))
    stem = "_".join(words.lower().split())[: LONGEST_KEY - 4].strip("_")
    if not stem or not stem[0].isalpha():
        stem = f"x_{stem}".strip("_")
    if stem not in taken:
        return stem
    return next(f"{stem}_{n}" for n in range(2, 10_000) if f"{stem}_{n}" not in taken)
