from django import forms

from supervision.forms.ledger import LINES, _day
from supervision.models import Rectification
from supervision.queries.ledger import recheck_questions


class CallBackForm(forms.Form):
    whom = forms.CharField(
        label="回访谁",
        max_length=30,
        help_text="写称呼就行，如“张女士”；不写电话和证件号。匿名的写“办事群众”。",
    )
    how = forms.ChoiceField(
        label="怎样回访", choices=[(way, way) for way in ("电话", "当面", "上门", "网上")]
    )
    on = _day("回访日期")
    said = forms.CharField(label="对方怎么说", max_length=500, widget=LINES)
    satisfied = forms.ChoiceField(
        label="对整改结果",
        choices=[("yes", "满意"), ("no", "不满意")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self):
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError("回访日期不能晚于今天。")
        return self.cleaned_data["on"]


class VerdictForm(forms.Form):
    """Filled in by the citizen beside his receipt code."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="整改结果您满意吗", choices=Rectification.Verdict, widget=forms.RadioSelect
    )
    said = forms.CharField(
        label="还想说什么", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label="处理结果",
        max_length=1000,
        widget=LINES,
        help_text="谁作的决定、对谁、怎样处理。会留痕，支部书记能看到。",
    )


class RecheckDrawForm(forms.Form):
    days = forms.IntegerField(
        label="销号满多少天", min_value=0, max_value=366, help_text="一般 30 天、90 天各看一次。"
    )
    count = forms.IntegerField(label="抽几件", min_value=1, max_value=500)


class LedgerRecheckForm(forms.Form):
    """The scheme's recheck questions; "no" to any of them may reopen the item."""

    def __init__(self, *args, plan, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.questions = recheck_questions(plan)
        for question in self.questions:
            self.fields[f"q_{question.key}"] = forms.ChoiceField(
                label=question.name,
                choices=[("yes", "是"), ("no", "还没有")],
                widget=forms.RadioSelect,
            )
        self.fields["note"] = forms.CharField(
            label="复查情况", max_length=1000, required=False, widget=LINES
        )
        self.fields["reopen"] = forms.BooleanField(label="重新整改", required=False)
        self.fields["due_on"] = _day("重新整改的时限", required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reopen"):
            due_on = cleaned.get("due_on")
            if not due_on or due_on < self.today:
                self.add_error("due_on", "重新整改要定一个今天以后的时限。")
            if not cleaned.get("note"):
                self.add_error("note", "重新整改请写明原因。")
        return cleaned

    @property
    def answers(self):
        return {
            question.key: self.cleaned_data[f"q_{question.key}"] == "yes"
            for question in self.questions
        }
