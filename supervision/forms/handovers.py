from django import forms

from branches.forms.fields import DateField
from branches.models import Person
from common.dates import today


class HandoverForm(forms.Form):
    """Who takes over, from when, and which things: all that may pass are ticked."""

    heir = forms.ModelChoiceField(
        Person.objects.none(),
        label="接手人",
        empty_label="请选一位",
        help_text="同一范围内的在册人员。",
    )
    on = DateField(
        label="从哪天起",
        help_text="角色和岗位从这一天起归接手人；整改事项和群众意见立即转给接手人。",
    )
    things = forms.MultipleChoiceField(label="移交哪些", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, people, things, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = people
        self.fields["on"].initial = today
        self.possible = [thing for thing in things if thing.may]
        choices = [(thing.key, f"{thing.label}（{thing.detail}）") for thing in self.possible]
        self.fields["things"].choices = choices
        self.fields["things"].initial = [key for key, _ in choices]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < today():
            raise forms.ValidationError("不能早于今天，过去的记录不改。")
        return day

    def chosen(self):
        wanted = set(self.cleaned_data["things"])
        return [thing for thing in self.possible if thing.key in wanted]
