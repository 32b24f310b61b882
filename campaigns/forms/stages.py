from django import forms


class EnterStageForm(forms.Form):
    """Moving on; the reason is asked for when something is not met."""

    reason = forms.CharField(
        label="条件还没有全部满足，为什么现在转入",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
