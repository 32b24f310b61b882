from django import forms

from branches.forms.fields import DateField
from branches.models import Organisation, Role
from common.dates import today


class RoleForm(forms.Form):
    kind = forms.ChoiceField(label="角色")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="管到哪里",
        empty_label="请选择",
        help_text="含这个组织和它下面的所有组织。",
    )
    title = forms.CharField(label="职务名称", max_length=60, required=False)
    starts_on = DateField(label="任期起", initial=today)
    ends_on = DateField(label="任期止", required=False, help_text="不填就是没有期限。")

    def __init__(self, *args, kinds, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind, label) for kind, label in Role.Kind.choices if kind in kinds
        ]
        self.fields["organisation"].queryset = organisations

    def clean(self):
        super().clean()
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "任期止不能早于任期起。")


class RoleEndForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=120, help_text="例如：任期届满、工作调动。")
