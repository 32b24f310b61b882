from django import forms

from campaigns.models import WorkdayException


class WorkdayExceptionForm(forms.ModelForm):
    """A holiday or a make-up day."""

    KINDS = [("off", "放假"), ("on", "调休上班")]

    kind = forms.ChoiceField(label="怎么安排", choices=KINDS, widget=forms.RadioSelect)

    class Meta:
        model = WorkdayException
        fields = ["day", "name"]
        widgets = {"day": forms.DateInput(attrs={"type": "date"})}
        error_messages = {"day": {"unique": "这一天已经安排过了，要改请先删去原来的。"}}

    def save(self, commit=True):
        self.instance.is_working = self.cleaned_data["kind"] == "on"
        return super().save(commit)
