from django import forms

from evaluations.forms.feedback import area
from evaluations.models import Appraisal


class ReplyForm(forms.Form):
    text = area("说明或申辩", most=1000, help_text="支部书记和上级能看到；可以再改。")


class AppraisalForm(forms.Form):
    """A grade for each member but oneself."""

    over_reason = area("优秀超过三分之一的理由", most=500, rows=2, required=False)

    def __init__(self, *args, people, grades, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        for person in people:
            self.fields[f"grade_{person.pk}"] = forms.ChoiceField(
                label=person.name,
                required=False,
                choices=Appraisal.Grade.choices,
                initial=grades.get(person.pk),
            )

    @property
    def rows(self):
        return [(person, self[f"grade_{person.pk}"]) for person in self.people]

    @property
    def grades(self):
        chosen = ((one, self.cleaned_data.get(f"grade_{one.pk}")) for one in self.people)
        return {person: grade for person, grade in chosen if grade}
