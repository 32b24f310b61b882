from datetime import timedelta

from django import forms

from campaigns.models.document.parts import plain_number
from common.dates import today
from evaluations.forms.feedback import area
from evaluations.forms.figures import FigureField
from evaluations.forms.rating import check_nonce
from evaluations.models import Poll, Supervisor

LONGEST = timedelta(days=92)


def day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PollForm(forms.ModelForm):
    """Which item of the scheme, about whom, until when."""

    offer = forms.ChoiceField(label="按方案的哪一项")
    organisations = forms.ModelMultipleChoiceField(
        queryset=None,
        label="评哪些组织（评人就评其中每个人，评窗口就评其中每个窗口）",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Poll
        fields = ["name", "occasion", "opens_on", "closes_on", "sample_size"]
        widgets = {"opens_on": day_input(), "closes_on": day_input()}
        help_texts = {
            "sample_size": "抽样调查写发出多少份，结果页一并公布；其他不用填。",
            "occasion": "例如 民主评议党员、行风评议；可不填。",
        }

    field_order = ("offer", "name")

    def __init__(self, *args, offers, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {f"{offer.kind}:{offer.item.key}": offer for offer in offers}
        self.fields["offer"].choices = [
            (key, f"{offer.item.name}（{Poll.Kind(offer.kind).label}，{offer.questionnaire.name}）")
            for key, offer in self.offers.items()
        ]
        self.fields["organisations"].queryset = organisations

    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and not today() <= closes <= opens + LONGEST:
            self.add_error("closes_on", "截止要在今天以后、开始后三个月以内。")
        return cleaned


class PassForm(forms.Form):
    rater_class = forms.ChoiceField(label="发给谁")
    count = forms.IntegerField(label="打印几张", min_value=1, max_value=300, initial=12)

    def __init__(self, *args, classes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rater_class"].choices = classes


class PollAnswerForm(forms.Form):
    """A row per subject, a choice per question; whoever is not known may be left out."""

    nonce = forms.CharField(max_length=200, widget=forms.HiddenInput)
    remark = area("意见和建议（可不填）", most=500, rows=3, required=False)

    def __init__(self, *args, plan, questionnaire, subjects, by_code, **kwargs):
        super().__init__(*args, **kwargs)
        if by_code:
            del self.fields["nonce"]
        self.subjects, self.questions = subjects, questionnaire.scale_questions
        for subject in subjects:
            for question in self.questions:
                self.fields[self.key(subject, question)] = _answer(
                    plan.scale_of(question), question
                )

    @staticmethod
    def key(subject, question):
        return f"s{subject.position}_{question.key}"

    @property
    def rows(self):
        """(subject, its bound fields)"""
        return [
            (subject, [self[self.key(subject, question)] for question in self.questions])
            for subject in self.subjects
        ]

    def clean_nonce(self):
        return check_nonce(self.cleaned_data["nonce"], "这张评议表已过期，请再提交一次。")

    def clean(self):
        cleaned = super().clean()
        self.answers, halves = {}, []
        for subject in self.subjects:
            given = {q.key: cleaned.get(self.key(subject, q)) for q in self.questions}
            filled = {key: level for key, level in given.items() if level}
            if filled and any(q.required and not given[q.key] for q in self.questions):
                halves.append(subject.name)
            elif filled:
                self.answers[subject.position] = filled
        if halves and not self.errors:
            raise forms.ValidationError(f"{'、'.join(halves[:5])}只评了一部分，请评完或都不评。")
        if not self.answers and not self.errors:
            raise forms.ValidationError("还没有评任何一项，请至少评一个。")
        return cleaned


def _answer(scale, question):
    """A level to choose, or a figure to write; either may be left out."""
    if scale.is_numeric:
        span = f"{plain_number(scale.lowest)} 到 {plain_number(scale.highest)} 分"
        return FigureField(scale=scale, label=f"{question.name}（{span}）", required=False)
    choices = [(level.key, level.name) for level in scale.levels]
    return forms.ChoiceField(label=question.name, required=False, choices=choices)


class SupervisorForm(forms.ModelForm):
    class Meta:
        model = Supervisor
        fields = ["name", "unit", "rater_class", "letter_no", "starts_on", "ends_on"]
        widgets = {"starts_on": day_input(), "ends_on": day_input()}

    def __init__(self, *args, classes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rater_class"] = forms.ChoiceField(label="身份", choices=classes)

    def clean_letter_no(self):
        """The campaign is not a field of the form, so its constraint is asked here."""
        number = self.cleaned_data["letter_no"]
        given = Supervisor.objects.filter(campaign=self.instance.campaign, letter_no=number)
        if given.exists():
            raise forms.ValidationError("这个聘书编号已经用过。")
        return number
