from django import forms

from evaluations.forms.figures import answer_field

ADVICE_STATES = (("changed", "已改"), ("partly", "正在改"), ("unchanged", "还没改"))


class SelfReviewForm(forms.Form):
    """For each advice of last period 改了没有？, then the scheme's self questionnaire."""

    def __init__(self, *args, plan, questionnaire, advice=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questionnaire.questions
        self.advice = list(advice)
        for one in self.advice:
            self.fields[f"advice_{one['review']}"] = forms.ChoiceField(
                label=f"{one['whose']}的建议：{one['advice']}",
                choices=ADVICE_STATES,
                widget=forms.RadioSelect,
                error_messages={"required": "请选：改了没有？"},
            )
            self.fields[f"note_{one['review']}"] = forms.CharField(
                label="怎么改的（或为什么没改）", required=False, max_length=300
            )
        for question in self.questions:
            self.fields[question.key] = _field(plan, question)

    def answers(self):
        """What the model stores."""
        data = self.cleaned_data
        scales = [question for question in self.questions if question.kind != "text"]
        return {
            "levels": {one.key: data[one.key] for one in scales if data[one.key]},
            "texts": {one.key: data[one.key] for one in self.questions if one.kind == "text"},
            "follow_ups": [
                {
                    **one,
                    "state": data[f"advice_{one['review']}"],
                    "note": data[f"note_{one['review']}"],
                }
                for one in self.advice
            ],
        }


def initial_of(review):
    follow_ups = {
        f"{name}_{one['review']}": one[key]
        for one in review.follow_ups
        for name, key in (("advice", "state"), ("note", "note"))
    }
    return {**review.levels, **review.texts, **follow_ups}


def _field(plan, question):
    common = {
        "label": question.name,
        "required": question.required,
        "help_text": question.note or "",
    }
    if question.kind == "text":
        return forms.CharField(
            max_length=question.max_length, widget=forms.Textarea(attrs={"rows": 4}), **common
        )
    if question.kind == "check":
        choices = [("yes", "是"), ("no", "否")]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return answer_field(plan.scale_of(question), about_oneself=True, **common)
