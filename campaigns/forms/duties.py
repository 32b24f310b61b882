from django import forms

REVIEWS = "reviews"  # every rule of the plan that asks for a review


class DutyFilterForm(forms.Form):
    """The filter row of the duty list; what it does not know is ignored."""

    STATES = [
        ("", "全部"),
        ("open", "未办"),
        ("late", "已逾期"),
        ("done", "已办"),
        ("owed", "应办（不含免办）"),
        ("waived", "免办"),
    ]

    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    rule = forms.ChoiceField(label="事项", required=False)
    q = forms.CharField(label="责任人", required=False, max_length=60)

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", "全部"), *rules, (REVIEWS, "各级点评")]


class DutyWaiveForm(forms.Form):
    reason = forms.CharField(
        label="免办原因",
        max_length=200,
        help_text="写明为什么可以不办，例如：长期病假至 9 月 30 日。责任人和上级都看得到。",
        error_messages={"required": "请写明免办原因。"},
    )
