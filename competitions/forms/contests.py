from decimal import Decimal

from django import forms

from branches.models import Organisation
from competitions.forms.names import NamesField, found_in
from competitions.models import KINDS
from competitions.queries.ranking import full_of, questions_of

LINES = forms.Textarea(attrs={"rows": 3})
TEAM = ("team", "团队")
ROOM_LENGTH = 20


def day_field(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class ContestForm(forms.Form):
    """The scheme says which contests there are; the organiser names one and sets the day."""

    item = forms.ChoiceField(label="竞赛")
    name = forms.CharField(label="名称", max_length=80, help_text="如：2026 年天气预报技能竞赛。")
    subject = forms.ChoiceField(label="谁参加")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="主办", empty_label="请选择"
    )
    held_on = day_field("举办日期")
    place = forms.CharField(label="地点", max_length=80, required=False)

    def __init__(self, *args, items, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = {item.key: item for item in items}
        self.fields["item"].choices = list(_contests(items))
        self.fields["subject"].choices = list(_subjects(items))
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].initial = organisations.first()

    def clean(self):
        cleaned = super().clean()
        key, _, series = cleaned.get("item", "").partition("/")
        cleaned["chosen"], cleaned["series"] = self.items.get(key), series
        if cleaned["chosen"] and cleaned.get("subject"):
            allowed = {*cleaned["chosen"].options.subjects}
            allowed |= {"team"} if cleaned["chosen"].options.teams else set()
            if cleaned["subject"] not in allowed:
                self.add_error("subject", "方案没有让这类对象参加这项竞赛。")
        return cleaned


def _contests(items):
    for item in items:
        for series in item.options.series or ("",):
            yield f"{item.key}/{series}", f"{item.name} · {series}" if series else item.name


def _subjects(items):
    words = dict([*KINDS.items(), TEAM])
    wanted = [s for item in items for s in item.options.subjects if s in words]
    wanted += ["team"] if any(item.options.teams for item in items) else []
    return [(key, words[key]) for key in dict.fromkeys(wanted)]


class ChangeContestForm(forms.Form):
    """What may still change; the rules are the scheme's."""

    name = forms.CharField(label="名称", max_length=80)
    held_on = day_field("举办日期")
    place = forms.CharField(label="地点", max_length=80, required=False)


class EntrantsForm(forms.Form):
    names = NamesField(
        label="参赛者",
        required=False,
        help_text="每行一个；分考场的在名称后写逗号和考场号，如“张三，1”。可以从表格里粘贴。",
    )
    everybody = forms.BooleanField(label="主办范围内全部参加", required=False)

    def __init__(self, *args, directory=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.directory = directory  # None: teams, which are just names
        if directory is None:
            del self.fields["everybody"]

    def clean(self):
        cleaned = super().clean()
        lines = cleaned.get("names") or []
        if not lines and not cleaned.get("everybody"):
            self.add_error("names", "请写出参赛者，或选择全部参加。")
        if any(len(room) > ROOM_LENGTH for _, room in lines):
            self.add_error("names", f"考场号最多 {ROOM_LENGTH} 个字。")
        cleaned["entries"] = self._entries(lines, everybody=cleaned.get("everybody"))
        return cleaned

    def _entries(self, lines, *, everybody):
        if self.directory is None:
            return [(name[:120], {}, room) for name, room in dict(lines).items()]
        found, problems = found_in(self.directory, lines)
        for problem in problems:
            self.add_error("names", problem)
        if everybody:
            there = {subject.pk for subject, _ in found}
            found += [(one, "") for one in self.directory.everybody() if one.pk not in there]
        return [(self.label(one), {self.directory.kind: one}, room) for one, room in found]

    def label(self, subject):
        """Two of one name are told apart by their branch."""
        _, problem = self.directory.find(str(subject))
        place = self.directory.places[subject.pk]
        return f"{subject}（{place.label}）" if problem else str(subject)


class JudgesForm(forms.Form):
    names = NamesField(
        label="评委", help_text="每行一个姓名；只评一个考场的在姓名后写逗号和考场号。"
    )

    def __init__(self, *args, directory, **kwargs):
        super().__init__(*args, **kwargs)
        self.directory = directory

    def clean_names(self):
        found, problems = found_in(self.directory, self.cleaned_data["names"])
        if problems:
            raise forms.ValidationError(problems)
        return found


class SheetForm(forms.Form):
    """A judge's sheet: a field for each entrant and question, named as in the Excel sheet."""

    def __init__(self, *args, judge, entrants, marks, **kwargs):
        super().__init__(*args, **kwargs)
        rules = judge.contest.rules
        self.questions = questions_of(rules)
        self.entrants = list(entrants)
        for entrant in self.entrants:
            for key, name, _ in self.questions:
                self.fields[f"m_{entrant.pk}_{key}"] = mark_field(
                    f"{entrant} {name}", rules, marks.get((entrant.pk, key))
                )

    @property
    def rows(self):
        return [
            (entrant, [self[f"m_{entrant.pk}_{key}"] for key, _, _ in self.questions])
            for entrant in self.entrants
        ]

    @property
    def marks(self):
        """{(entrant pk, question): value} of what was filled."""
        found = {}
        for entrant in self.entrants:
            for key, _, _ in self.questions:
                value = self.cleaned_data.get(f"m_{entrant.pk}_{key}")
                if value is not None:
                    found[entrant.pk, key] = value
        return found


def mark_field(label, rules, value):
    full = Decimal(str(full_of(rules)))
    field = forms.DecimalField(
        label=label,
        min_value=0,
        max_value=full,
        decimal_places=3,
        required=False,
        initial=value,
        error_messages={
            "min_value": "不能低于 0 分。",
            "max_value": f"不能高于满分 {full} 分。",
            "invalid": "请写数字。",
            "max_decimal_places": "最多三位小数。",
        },
    )
    field.widget.attrs |= {"class": "form-control num", "aria-label": label}
    return field


class UploadSheetForm(forms.Form):
    file = forms.FileField(label="填好的评分表", help_text="先下载评分表，填好分数再传回来。")


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200, widget=LINES)


class ConfirmForm(forms.Form):
    """A deed without anything to fill in."""


class TieForm(forms.Form):
    """An order for each of those who are tied, and why."""

    def __init__(self, *args, tied, **kwargs):
        super().__init__(*args, **kwargs)
        self.tied = tied
        for entrant in tied:
            self.fields[f"o_{entrant.pk}"] = forms.IntegerField(
                label=f"{entrant}（{entrant.score} 分）排第几", min_value=1, max_value=len(tied)
            )
        self.fields["reason"] = forms.CharField(label="理由", max_length=300, widget=LINES)

    def clean(self):
        cleaned = super().clean()
        order = [cleaned.get(f"o_{entrant.pk}") for entrant in self.tied]
        if None not in order and len(set(order)) != len(order):
            raise forms.ValidationError("每位的先后次序不能相同。")
        return cleaned

    @property
    def order(self):
        return {entrant.pk: self.cleaned_data[f"o_{entrant.pk}"] for entrant in self.tied}
