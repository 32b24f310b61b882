from django import forms

from branches.forms.fields import DateField, cleaned_name
from branches.models import Organisation
from common.dates import today


class OrganisationForm(forms.ModelForm):
    founded_on = DateField(label="成立时间", required=False)

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "unit_type", "domain", "motto", "founded_on"]

    def clean_name(self):
        return cleaned_name(self.cleaned_data["name"])


class OrganisationAddForm(OrganisationForm):
    class Meta(OrganisationForm.Meta):
        fields = ["name", "code", "kind", *OrganisationForm.Meta.fields[1:]]
        help_texts = {"code": "全门户唯一，例如 HB-010-03。"}


class OrganisationMoveForm(forms.Form):
    parent = forms.ModelChoiceField(
        Organisation.objects.none(), label="移到哪个组织之下", empty_label="请选择"
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = organisations


class OrganisationDissolveForm(forms.Form):
    on = DateField(label="撤销日期", initial=today)

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError("撤销日期不能在将来，请到那天再办。")
        return self.cleaned_data["on"]
