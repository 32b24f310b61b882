from django import forms

from pledges.models import SelfExamination


class SelfExaminationForm(forms.ModelForm):
    class Meta:
        model = SelfExamination
        fields = ["problem", "cause", "plan", "is_shared"]
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 4}),
            "cause": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "problem": "对照岗位和承诺，写具体的事，不写空话。",
            "plan": "以后可以一键转成公开承诺。",
            "is_shared": "勾上后本支部的同志和书记能看；不勾只有自己能看。上级看不到。",
        }
