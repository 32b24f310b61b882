from django import forms

from branches.models import CorrectionRequest


class CorrectionForm(forms.ModelForm):
    class Meta:
        model = CorrectionRequest
        fields = ["about", "wanted"]
        help_texts = {"wanted": "写清正确的内容；不要写完整的身份证号，把证件给书记看即可。"}


class CorrectionAnswerForm(forms.Form):
    is_corrected = forms.ChoiceField(
        label="结果",
        choices=[("1", "已更正"), ("0", "不更正")],
        widget=forms.RadioSelect,
        initial="1",
    )
    answer = forms.CharField(label="答复", max_length=200, help_text="本人会看到。")

    def clean_is_corrected(self):
        return self.cleaned_data["is_corrected"] == "1"
