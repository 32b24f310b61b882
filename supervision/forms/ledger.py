from django import forms

from branches.models import Organisation, Person
from supervision.queries.ledger import words_of

LINES = forms.Textarea(attrs={"rows": 3})


def _day(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class LedgerAddForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="责任支部", empty_label="请选择"
    )
    source = forms.ChoiceField(label="问题来源")
    category = forms.ChoiceField(label="类别", required=False)
    problem = forms.CharField(
        label="问题", max_length=1000, widget=LINES, help_text="写清楚在哪里、谁、什么事。"
    )
    due_on = _day("整改时限")

    def __init__(self, *args, plan, organisations, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        words = words_of(plan)
        self.fields["organisation"].queryset = organisations
        self.fields["source"].choices = list(words["sources"].items())
        self.fields["category"].choices = [("", "先不分类"), *words["categories"].items()]

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError("整改时限不能早于今天。")
        return due_on


class LedgerPlanForm(forms.Form):
    checked = forms.CharField(
        label="核实情况",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="问题属实吗？向谁、怎样核实的。群众提的必须写。",
    )
    measure = forms.CharField(label="整改措施", max_length=1000, widget=LINES)
    owner = forms.ModelChoiceField(Person.objects.none(), label="责任人", empty_label="请选择")
    category = forms.ChoiceField(label="类别", required=False)
    due_on = _day("整改时限")
    reason = forms.CharField(
        label="推后时限的原因", max_length=200, required=False, help_text="只在推后原定时限时填写。"
    )

    def __init__(self, *args, plan, people, today, must_check=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["checked"].required = must_check
        self.fields["owner"].queryset = people
        self.fields["category"].choices = [("", "先不分类"), *words_of(plan)["categories"].items()]

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError("整改时限不能早于今天。")
        return due_on


class LedgerReportForm(forms.Form):
    evidence = forms.CharField(
        label="整改情况",
        max_length=2000,
        widget=LINES,
        help_text="做了什么、结果怎样、拿什么证明。",
    )


class LedgerSignOffForm(forms.Form):
    verdict = forms.ChoiceField(
        label="核查结果",
        choices=[("passed", "整改到位，销号"), ("returned", "没有到位，退回再改")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="核查意见", max_length=500, required=False, widget=LINES)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "returned" and not cleaned.get("note"):
            self.add_error("note", "退回时请写明哪里没有到位。")
        return cleaned


class LedgerAnswerForm(forms.Form):
    answer = forms.CharField(
        label="公开答复",
        max_length=1000,
        widget=LINES,
        help_text="提意见的群众凭回执码能看到；不要写个人信息。",
    )
