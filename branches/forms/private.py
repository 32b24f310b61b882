"""Looking at what is kept masked: only with a reason that stays in the audit."""

from django import forms

from branches.models import Organisation

SHORTEST = 4


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="用途",
        min_length=SHORTEST,
        max_length=100,
        help_text="如：办理组织关系转接，与本人核对。会连同您的姓名、时间记入审计。",
        error_messages={"min_length": f"请写清用途，至少 {SHORTEST} 个字。"},
    )


class RosterForm(forms.Form):
    """Which branches, and whether the numbers are wanted whole."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="哪个组织", help_text="含下级组织。", empty_label=None
    )
    whole = forms.BooleanField(
        label="身份证号、手机号不打码",
        required=False,
        help_text="只对您管理名册的人有效，别人的仍然打码；须写用途。",
    )
    reason = forms.CharField(
        label="用途",
        required=False,
        max_length=100,
        help_text="不打码时必填，会记入审计。",
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def clean(self):
        super().clean()
        reason = self.cleaned_data.get("reason", "")
        if self.cleaned_data.get("whole") and len(reason) < SHORTEST:
            self.add_error("reason", f"要看完整号码，请写清用途，至少 {SHORTEST} 个字。")
