from django import forms

from branches.models import Person
from supervision.models import GuideVisit, Standing


class StandingForm(forms.ModelForm):
    """The committee's decision; whether a reason is needed is for the action to say."""

    class Meta:
        model = Standing
        fields = ["decided", "why", "plan", "plan_due_on", "guide"]
        widgets = {
            "plan": forms.Textarea(attrs={"rows": 3}),
            "plan_due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "why": "和建议不同或改类时必填。",
            "guide": "给力量薄弱的定一位联系人，由他记指导记录。",
        }

    def __init__(self, *args, rules, root, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [(one.key, f"{one.name}：{one.treatment}") for one in rules.classes]
        self.fields["decided"] = forms.ChoiceField(
            label="定为", choices=choices, widget=forms.RadioSelect
        )
        self.order_fields(self.Meta.fields)
        self.fields["guide"].empty_label = "暂不指定"
        self.fields["guide"].queryset = (
            Person.objects.filter(is_active=True, roles__organisation__path__startswith=root.path)
            .distinct()
            .order_by("name_pinyin", "pk")
        )

    def clean_plan_due_on(self):
        due_on = self.cleaned_data["plan_due_on"]
        if due_on and due_on < self.today:
            raise forms.ValidationError("完成期限不能早于今天。")
        return due_on


class StandingAnswerForm(forms.Form):
    answer = forms.CharField(
        label="支部回应",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="认可的写打算怎么做，有不同意见的写明事实。写下后不能再改。",
    )


class GuideVisitForm(forms.ModelForm):
    class Meta:
        model = GuideVisit
        fields = ["visited_on", "found", "next_step"]
        widgets = {
            "visited_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "found": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_visited_on(self):
        visited_on = self.cleaned_data["visited_on"]
        if visited_on > self.today:
            raise forms.ValidationError("到访日期不能晚于今天。")
        return visited_on
