"""The form of any part of a scheme, made from its model: one mechanism for the whole workshop."""

import yaml
from django import forms
from pydantic import ValidationError

from campaigns.forms.plain_yaml import read_plain_yaml
from campaigns.forms.workshop.choices import Choices
from campaigns.forms.workshop.collecting import Collector
from campaigns.forms.workshop.fields import as_typed, make_field
from campaigns.forms.workshop.folding import folded, unfolded
from campaigns.forms.workshop.layout import lay_out
from campaigns.forms.workshop.node_fields import Node
from campaigns.forms.workshop.references import following, is_mentioned, kind_of
from campaigns.forms.workshop.shapes import slots
from campaigns.forms.workshop.trees import refitted
from campaigns.forms.workshop.words import NODE_KINDS
from campaigns.models.document import SchemeDocument, problems_from
from campaigns.models.document.editing import with_value

MOST_ROWS = 120
BLANK_ROWS = 1
MISSING = "请填写这一项。"
REST_HELP = "表单里没有的写法，照 docs/scoring.md 写在这里，一行一个“键: 值”。"


class PartForm(forms.Form):
    """Edits what stands at `path` of a draft; `document` is the whole draft after the change."""

    def __init__(self, data=None, *, draft, path, model, raw, only=None, more="", kind=""):  # noqa: PLR0913
        super().__init__(data)
        self.draft, self.path, self.model = draft, path, model
        self.whole = draft.document
        self.more, self.kind = more, kind
        self.choices = Choices(draft.plan, path)
        self.is_new = raw is None
        self.raw = raw
        shown = unfolded(model, raw) if raw is not None else {"kind": kind} if kind else None
        self.layout = lay_out(self.whole, path, model, shown, only=only, rows=self._rows)
        self.document, self.dropped = None, []
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=draft.revision
        )
        self._add_group(self.layout)

    # -- building

    def _rows(self, prefix, known):
        """As many rows as were sent; at first those that are there and a blank one."""
        if self.is_bound:
            sent = self.data.get(f"{prefix}rows", "")
            return min(int(sent), MOST_ROWS) if sent.isdecimal() and len(sent) < 5 else known
        return known + (BLANK_ROWS if known else 2) + (3 if self.more == prefix else 0)

    def _add_group(self, group):
        for slot in group.slots:
            value = group.raw.get(slot.name, slot.default)
            chosen = self.choices.of(group.model, slot)
            locked = slot.name == "key" and self._is_fixed(group)
            name = f"{group.prefix}{slot.name}"
            self.fields[name] = make_field(slot, chosen, value, locked=locked)
            self.initial[name] = as_typed(slot, value) if chosen is None else value
        if group.needs_switch:
            there = group.slot.name in self._holder(group)
            self.fields[f"{group.prefix}on"] = forms.BooleanField(
                label=f"有“{group.slot.label}”", required=False, initial=there
            )
        if group.rest is not None:
            self._add_rest(group)
        for inner in group.groups:
            self._add_group(inner)
        for table in group.tables:
            self._add_table(table)

    def _is_fixed(self, group):
        """A key that no form follows (a level, a question) stays as it is while anything speaks of it."""
        if not group.raw or group.is_loose or kind_of(group.path) is not None:
            return False
        return is_mentioned(self.whole, group.raw.get("key"))

    def _holder(self, group):
        """The raw part around a nested group."""
        found = self.whole
        for step in group.path[:-1]:
            found = found[step] if isinstance(step, int) else (found.get(step) or {})
        return found

    def _add_table(self, table):
        self.fields[f"{table.prefix}rows"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=len(table.rows)
        )
        self.initial[f"{table.prefix}rows"] = len(table.rows)
        for number, row in enumerate(table.rows):
            self._add_group(row)
            if number < table.known:
                self.fields[f"{row.prefix}gone"] = forms.BooleanField(label="删去", required=False)

    def _add_rest(self, group):
        name = f"{group.prefix}rest"
        self.fields[name] = forms.CharField(
            label="其余写法（YAML）",
            help_text=REST_HELP,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "class": "code"}),
        )
        self.initial[name] = _as_text(group.rest)

    # -- checking

    def clean(self):
        super().clean()
        for name, field in self.fields.items():
            if name.endswith("rest") and isinstance(field.widget, forms.Textarea):
                self._clean_rest(name)
        if self.errors:
            return
        collector = Collector(self)
        part = folded(self.model, collector.collect(self.layout), self.raw)
        self.dropped = collector.dropped
        if issubclass(self.model, Node):
            part = self._as_node(part, collector)
        self._check(part, collector)

    def _as_node(self, part, collector):
        """Another way to compute: what that way does not know goes, and is told."""
        if self.path[-2:-1] != ("figures",):
            collector.name_node(part, self.path)
        kind, before = part.get("kind"), (self.raw or {}).get("kind")
        if before and kind in NODE_KINDS and kind != before:
            part, gone = refitted(part, kind)
            self.dropped = [word_of(self.model, name) for name in gone]
        return part

    def _clean_rest(self, name):
        found = read_plain_yaml(self.cleaned_data.get(name, ""))
        for problem in found.problems:
            self.add_error(name, f"第 {problem.line} 行：{problem.reason}")
        if found.data is not None and not isinstance(found.data, dict):
            self.add_error(name, "应是一组“键: 值”。")
        if name in self.cleaned_data:
            self.cleaned_data[name] = found.data or {}

    def _check(self, part, collector):
        """The whole draft with the new part in it, read by the models themselves."""
        if self.path and collector.is_empty:
            self.add_error(None, "什么也没有填。")
            return
        data = self._followed(with_value(self.whole, self.path, part), part, collector)
        try:
            self.document = SchemeDocument.model_validate(data)
        except ValidationError as error:
            for problem, found in zip(problems_from(error), error.errors(), strict=True):
                self._tell(collector, problem, found["type"])
        for problem in collector.problems:
            self._tell(collector, problem, "")
        if self.errors:
            self.document = None

    def _followed(self, data, part, collector):
        """A new key is followed by everything that said the old one."""
        for kind, old, new, name in collector.renames:
            if new in collector.keys_of(kind):
                self.add_error(name, f"代号“{new}”已经有别的一项在用，请换一个。")
            data = following(data, kind, old, new)
        old, new = (self.raw or {}).get("key"), part.get("key")
        if issubclass(self.model, Node) and old and new and old != new:
            data = following(data, "nodes", old, new, within=self.path[:2])
        return data

    def _tell(self, collector, problem, kind):
        reason = MISSING if kind == "missing" else problem.reason
        name = collector.field_at(problem.path)
        self.add_error(name, reason if name else f"{problem.place}：{reason}")


def word_of(model, name):
    return next((slot.label for slot in slots(model) if slot.name == name), name)


def _as_text(rest):
    if not rest:
        return ""
    return yaml.safe_dump(rest, allow_unicode=True, sort_keys=False, default_flow_style=None)
