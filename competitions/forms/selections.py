from django import forms

from branches.models import Organisation
from competitions.forms.common import LINES, SubjectForm, day_field
from competitions.models import Nomination


class SelectionForm(forms.Form):
    """A title of the scheme, and until when it takes nominations."""

    title = forms.ChoiceField(label="称号")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="评选单位", empty_label="请选择"
    )
    closes_on = day_field("推荐截止")

    def __init__(self, *args, titles, organisations, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["title"].choices = [(title.key, title.name) for title in titles]
        bare = "、".join(title.name for title in titles if not title.criteria)
        if bare:
            self.fields[
                "title"
            ].help_text = (
                f"标准未填：{bare}。光荣榜上说不出凭什么获得；请先在方案的这个称号里选上标准。"
            )
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].initial = organisations.first()

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        if day < self.today:
            raise forms.ValidationError("推荐截止日期不能早于今天。")
        return day


class ChangeSelectionForm(forms.Form):
    closes_on = day_field("推荐截止")
    reason = forms.CharField(label="原因", max_length=200, widget=LINES)


class NominateForm(SubjectForm):
    reason = forms.CharField(
        label="推荐理由", max_length=500, min_length=5, widget=LINES,
        help_text="写做了什么、效果怎样，请不要写电话、住址。",
    )  # fmt: skip


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(
        label="审核结果",
        choices=[("passed", "通过，列为候选"), ("declined", "不通过")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="审核意见", max_length=500, required=False, widget=LINES)
    shown = forms.ModelMultipleChoiceField(
        None, label="可以公开的群众推荐理由", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown"].queryset = waiting
        self.fields["shown"].initial = waiting.filter(is_shown=True)
        if not waiting.exists():
            del self.fields["shown"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "declined" and not cleaned.get("note"):
            self.add_error("note", "不通过时请写明原因。")
        return cleaned

    @property
    def values(self):
        return {
            "passed": self.cleaned_data["verdict"] == "passed",
            "note": self.cleaned_data["note"],
            "shown": list(self.cleaned_data.get("shown") or ()),
        }


class PubliciseForm(forms.Form):
    chosen = forms.ModelMultipleChoiceField(
        Nomination.objects.none(), label="拟表彰", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = candidates


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label="异议", max_length=1000, min_length=5, widget=LINES, help_text="写清楚是谁、什么事。"
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label="核查结果", max_length=1000, widget=LINES)


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label="表彰决定",
        max_length=2000,
        widget=LINES,
        help_text="哪次会议、怎么定的；和名单一起公开。",
    )
