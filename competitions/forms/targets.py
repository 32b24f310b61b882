from django import forms

from branches.models import Organisation
from competitions.forms.common import LINES, SubjectForm, day_field
from competitions.models import Target


class TargetForm(SubjectForm):
    """What is aimed at; standard and measure are the scheme's unless somebody writes better ones."""

    item = forms.ChoiceField(label="争创什么")
    name = forms.CharField(
        label="目标", max_length=100, required=False, help_text="不写就用项目的名称。"
    )
    standard = forms.CharField(
        label="标准",
        max_length=1000,
        required=False,
        widget=LINES,
        help_text="不写就用方案的标准。",
    )
    measure = forms.CharField(label="怎么量", max_length=300, required=False)
    goal_of = forms.ModelChoiceField(
        Target.objects.none(), label="为哪个组织目标", required=False,
        empty_label="不对应组织目标",
        help_text="个人的目标和支部的目标成对。",
    )  # fmt: skip
    due_on = day_field("期限")

    field_order = ("item", "kind", "who", "name", "standard", "measure", "goal_of", "due_on")

    def __init__(self, *args, items, goals, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.words = {item.key: item for item in items}, words
        self.fields["item"].choices = [(item.key, item.name) for item in items]
        self.fields["goal_of"].queryset = goals

    def clean(self):
        cleaned = super().clean()
        item = self.items.get(cleaned.get("item"))
        if item is None:
            return cleaned
        cleaned["chosen"] = item
        if cleaned.get("kind") and cleaned["kind"] not in item.options.subjects:
            self.add_error("kind", "方案没有让这类对象争创这一项。")
        place = cleaned.get("place")
        if place and item.unit_types and place.unit_type_id not in item.unit_types:
            self.add_error("who", "方案的这一项不是给这类单位的。")
        cleaned["name"] = cleaned.get("name") or item.name
        for key, word in self.words(item).items():
            cleaned[key] = cleaned.get(key) or word
        if not cleaned.get("standard"):
            self.add_error("standard", "方案没有写标准，请写清楚达到什么算成。")
        return cleaned


class EverybodyForm(forms.Form):
    item = forms.ChoiceField(label="争创什么")
    due_on = day_field("期限")

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [(item.key, item.name) for item in items]


class CriteriaForm(forms.Form):
    """The plan's lists line by line, in their wording; what still waits for it cannot be ticked (C05, C07)."""

    def __init__(self, *args, criteria, noted=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        there = {(line["list"], line["text"]) for line in noted if line["met"]}
        said = {line["list"]: line.get("shown", "") for line in noted}
        for one in criteria:
            lines = [(str(number), text) for number, text in enumerate(one.lines)]
            if not lines:
                continue
            self.fields[f"criteria_{one.key}"] = forms.MultipleChoiceField(
                label=f"对照“{one.name}”，做到了哪几条", choices=lines, required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[number for number, text in lines if (one.name, text) in there],
            )  # fmt: skip
            self.fields[f"shown_{one.key}"] = forms.CharField(
                label=f"“{one.name}”怎么看得出做到了", max_length=1000, required=False, widget=LINES,
                initial=said.get(one.name, ""),
            )  # fmt: skip

    @property
    def criteria_met(self):
        """[{list, text, met, shown}] of every line there is."""
        found = []
        for one in self.criteria:
            met = set(self.cleaned_data.get(f"criteria_{one.key}", ()))
            shown = self.cleaned_data.get(f"shown_{one.key}", "")
            found += [
                {"list": one.name, "text": text, "met": str(number) in met, "shown": shown}
                for number, text in enumerate(one.lines)
            ]
        return found


class DeclareForm(CriteriaForm):
    evidence = forms.CharField(label="佐证", max_length=2000, widget=LINES)

    def __init__(self, *args, wanted, **kwargs):
        super().__init__(*args, **kwargs)
        if wanted:
            self.fields["evidence"].help_text = f"要有：{'、'.join(wanted)}。"
        self.order_fields([name for name in self.fields if name != "evidence"])

    @property
    def values(self):
        return {"evidence": self.cleaned_data["evidence"], "criteria_met": self.criteria_met}


class VerdictForm(forms.Form):
    """`words` = (what yes says, what no says); a no is reasoned."""

    verdict = forms.ChoiceField(label="结论", widget=forms.RadioSelect)
    note = forms.CharField(label="意见", max_length=500, required=False, widget=LINES)

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [("yes", words[0]), ("no", words[1])]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "no" and not cleaned.get("note"):
            self.add_error("note", "请写明原因。")
        return cleaned

    @property
    def is_yes(self):
        return self.cleaned_data["verdict"] == "yes"


class PairForm(forms.Form):
    stronger = forms.ModelChoiceField(
        Organisation.objects.none(), label="先进支部（帮）", empty_label="请选择"
    )
    weaker = forms.ModelChoiceField(
        Organisation.objects.none(), label="后进支部（赶）", empty_label="请选择"
    )
    plan = forms.CharField(label="帮扶计划", max_length=1000, widget=LINES)
    starts_on = day_field("开始")
    ends_on = day_field("结束")

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stronger"].queryset = self.fields["weaker"].queryset = organisations

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("stronger") and cleaned.get("stronger") == cleaned.get("weaker"):
            self.add_error("weaker", "自己不能帮自己，请选两个不同的支部。")
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "结束不能早于开始。")
        return cleaned


class VisitForm(forms.Form):
    visited_on = day_field("日期")
    text = forms.CharField(label="做了什么", max_length=500, widget=LINES)


class ResultForm(forms.Form):
    result = forms.CharField(label="成效", max_length=500, widget=LINES)
