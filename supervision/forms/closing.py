from django import forms


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label="重新打开的原因",
        min_length=5,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明错在哪里、要更正什么；会写进新的一版结算，一直保留。",
        error_messages={
            "required": "重新打开要写明原因。",
            "min_length": "请把原因写清楚，至少 5 个字。",
        },
    )
