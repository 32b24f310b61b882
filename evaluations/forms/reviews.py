from django import forms

from evaluations.forms.figures import answer_field
from evaluations.queries.reviews import review_form


class ReviewForm(forms.Form):
    """The written parts and grades that the scheme asks for, under its own words."""

    def __init__(self, *args, plan, kind, occasions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.parts, self.questions = review_form(plan, kind)
        if occasions:
            self.fields["occasion"] = forms.ChoiceField(
                label="场合", choices=[(name, name) for name in occasions]
            )
        for part in self.parts:
            self.fields[f"text_{part.key}"] = forms.CharField(
                label=part.name,
                required=part.required,
                max_length=part.max_length,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for question in self.questions:
            self.fields[f"level_{question.key}"] = answer_field(
                plan.scale_of(question), label=question.name, required=question.required
            )

    @property
    def texts(self):
        return {part.key: self.cleaned_data[f"text_{part.key}"] for part in self.parts}

    @property
    def levels(self):
        answers = ((q.key, self.cleaned_data[f"level_{q.key}"]) for q in self.questions)
        return {key: level for key, level in answers if level}
