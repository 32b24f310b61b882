from django import forms


class LateFilterForm(forms.Form):
    rule = forms.ChoiceField(label="事项", required=False)
    q = forms.CharField(label="责任人", required=False, max_length=60)

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", "全部"), *rules]


class UrgeAnswerForm(forms.Form):
    expected_on = forms.DateField(
        label="预计哪天完成",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请选预计完成的日期。"},
    )
    answer = forms.CharField(
        label="困难和说明",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="需要谁帮什么忙，写在这里；可不填。",
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_expected_on(self):
        expected_on = self.cleaned_data["expected_on"]
        if expected_on < self.today:
            raise forms.ValidationError("预计完成的日期不能早于今天。")
        return expected_on
