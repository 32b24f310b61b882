from django import forms

from branches import actions
from branches.forms.fields import DateField, cleaned_name, cleaned_phone
from branches.models import Organisation, Person, mask_phone
from common.dates import today
from common.publishing import refuse_private


class PersonForm(forms.ModelForm):
    """What the keeper of the roster may write about a person."""

    joined_on = DateField(label="入党日期", required=False)
    regular_on = DateField(label="转正日期", required=False)

    class Meta:
        model = Person
        fields = [
            "name",
            "gender",
            "political_status",
            "joined_on",
            "regular_on",
            "party_position",
            "work_no",
            "phone",
            "email",
            "ethnicity",
            "education",
        ]

    def __init__(self, *args, masked=False, **kwargs):
        """With `masked` the telephone is written anew or stays as it is: it is not shown."""
        super().__init__(*args, **kwargs)
        self.kept_phone = self.instance.phone if masked else ""
        if self.kept_phone:
            self.initial["phone"] = ""
            shown = mask_phone(self.kept_phone)
            self.fields["phone"].help_text = f"现在是 {shown}；不改就留空，要删去写“无”。"

    def clean_name(self):
        return cleaned_name(self.cleaned_data["name"])

    def clean_phone(self):
        text = self.cleaned_data["phone"].strip()
        if self.kept_phone and text in ("", "无"):
            return "" if text else self.kept_phone
        return cleaned_phone(text)

    def clean(self):
        super().clean()
        joined, regular = self.cleaned_data.get("joined_on"), self.cleaned_data.get("regular_on")
        if joined and joined > today():
            self.add_error("joined_on", "入党日期还没到，请核对。")
        if joined and regular and regular < joined:
            self.add_error("regular_on", "转正日期不能早于入党日期。")


class PersonAddForm(PersonForm):
    starts_on = DateField(label="到本组织的日期", initial=today)

    class Meta(PersonForm.Meta):
        pass


class OwnForm(forms.ModelForm):
    """What people may change about themselves."""

    class Meta:
        model = Person
        fields = ["motto", "phone", "email"]
        help_texts = {
            "motto": "会显示在您的身份牌和窗口公示页上。",
            "phone": "只有您自己和支部书记看得到。",
            "email": "到期提醒会发到这里；不填就只在站内提醒。",
        }

    def clean_phone(self):
        return cleaned_phone(self.cleaned_data["phone"])

    def clean_motto(self):
        refuse_private(self.cleaned_data["motto"])
        return self.cleaned_data["motto"]


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label="照片",
        help_text="JPG 或 PNG，8 MB 以内；照片里的拍摄地点等信息会自动去掉。",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    consents = forms.BooleanField(
        label="我同意在窗口公示页、身份牌等公开场合使用这张照片（随时可以撤回）", required=False
    )

    def clean_photo(self):
        try:
            return actions.reencoded_photo(self.cleaned_data["photo"])
        except actions.PhotoRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class TransferForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="转入组织", empty_label="请选择"
    )
    on = DateField(label="从哪天起", initial=today)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class LeaveForm(forms.Form):
    on = DateField(label="最后一天", initial=today)
    reason = forms.CharField(label="原因", max_length=120, help_text="例如：退休、调出本系统。")

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError("最后一天不能在将来，请到那天再办。")
        return self.cleaned_data["on"]
