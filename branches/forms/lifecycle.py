"""Belonging, names and accounts over time."""

from django import forms

from branches.forms.fields import DateField, cleaned_name
from branches.models import Organisation, Person
from common.dates import today


class PastDateField(DateField):
    def clean(self, value):
        day = super().clean(value)
        if day and day > today():
            raise forms.ValidationError("日期不能在将来，请到那天再办。")
        return day


class SlipsForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="哪个组织",
        help_text="含下级组织。只给还没有设过密码的人签发，别人的密码不受影响。",
        empty_label=None,
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Organisation.objects.none(), label="并入哪个组织", empty_label="请选择"
    )
    on = PastDateField(label="从哪天起", initial=today)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = organisations


class SplitForm(forms.Form):
    name = forms.CharField(label="新组织名称", max_length=120)
    code = forms.CharField(label="组织代码", max_length=40, help_text="全门户唯一。")
    on = PastDateField(label="从哪天起", initial=today)
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="归入新组织的人", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people

    def clean_name(self):
        return cleaned_name(self.cleaned_data["name"])

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if Organisation.objects.filter(code=code).exists():
            raise forms.ValidationError("这个代码已被使用，请换一个。")
        return code


class PromoteForm(forms.Form):
    on = PastDateField(label="转正日期", initial=today, help_text="支部大会通过之日。")
