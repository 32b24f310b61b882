from django import forms

from common.dates import today
from evaluations.forms.feedback import area
from evaluations.forms.polls import day_input
from evaluations.models import FollowUp, Meeting


class MeetingForm(forms.ModelForm):
    came = forms.ModelMultipleChoiceField(
        queryset=None, label="到会的人", widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Meeting
        fields = ["held_on", "place", "chair", "recorder", "guests", "summary", "minutes"]
        widgets = {
            "held_on": day_input(),
            "summary": forms.Textarea(attrs={"rows": 5}),
            "minutes": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args, kinds, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label="会议种类", choices=[(f"{item}:{kind}", kind) for item, kind in kinds]
        )
        for name in ("chair", "recorder", "came"):
            self.fields[name].queryset = people
        self.order_fields(["kind", "held_on"])

    def clean_held_on(self):
        if self.cleaned_data["held_on"] > today():
            raise forms.ValidationError("会还没开，开了再登记。")
        return self.cleaned_data["held_on"]

    def clean(self):
        cleaned = super().clean()
        if "kind" in cleaned:
            self.instance.item, _, self.instance.kind = cleaned["kind"].partition(":")
        same = Meeting.objects.filter(
            organisation=self.instance.organisation,
            campaign=self.instance.campaign,
            kind=self.instance.kind,
            held_on=cleaned.get("held_on"),
        ).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("held_on", "这一天的这种会议已经登记过了。")
        return cleaned


class CommentsForm(forms.Form):
    """Everybody on one page: a level and a line for each aspect of the scheme (P18).

    Before anything is written it starts from the levels of the meeting before (`last`): only what changed is tapped.
    """

    def __init__(self, *args, plan, questions, people, comments, last=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.people = questions, people
        last = {} if comments else last or {}
        self.starts_from_last = bool(last)
        for person in people:
            told = comments.get(person.pk)
            levels = told.levels if told else last.get(person.pk, {})
            for question in questions:
                self._add(plan, person, question, told, levels)

    def _add(self, plan, person, question, told, known):
        key = f"p{person.pk}_{question.key}"
        if question.kind != "text":
            levels = plan.scale_of(question).levels
            self.fields[key] = forms.ChoiceField(
                label=question.name,
                required=False,
                choices=[("", "—"), *((level.key, level.name) for level in levels)],
                initial=known.get(question.key, ""),
            )
        if question.kind == "text" or question.comment:
            self.fields[f"{key}_text"] = forms.CharField(
                label=f"{question.name}：点评",
                required=False,
                max_length=300,
                initial=told.texts.get(question.key, "") if told else "",
            )

    @property
    def rows(self):
        for person in self.people:
            prefix = f"p{person.pk}_"
            yield person, [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def comments(self):
        """[(person, levels, texts)] as the action takes it."""
        data = self.cleaned_data
        found = []
        for person in self.people:
            key = f"p{person.pk}_"
            levels = {q.key: data.get(f"{key}{q.key}") for q in self.questions}
            texts = {q.key: data.get(f"{key}{q.key}_text") for q in self.questions}
            found.append((person, _filled(levels), _filled(texts)))
        return found


def _filled(values):
    return {key: value for key, value in values.items() if value}


class MeetingPublishForm(forms.Form):
    visibility = forms.ChoiceField(
        label="点评给谁看", choices=Meeting.Visibility.choices, widget=forms.RadioSelect,
        help_text="公开后会议记录不能再改。选公众：全单位现在就能看到，另一位同志审核后才上公示栏。",
    )  # fmt: skip


class FollowUpForm(forms.ModelForm):
    class Meta:
        model = FollowUp
        fields = ["person", "advice", "due_on"]
        widgets = {"due_on": day_input(), "advice": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def clean_due_on(self):
        if self.cleaned_data["due_on"] < today():
            raise forms.ValidationError("日期不能早于今天。")
        return self.cleaned_data["due_on"]


class FollowUpDoneForm(forms.Form):
    change = area("后来改了什么", most=500)
