from django import forms

from branches.actions import PhotoRefused, reencoded_photo
from branches.models import Organisation
from competitions.forms.common import LINES, day_field


class CaseForm(forms.Form):
    kind = forms.ChoiceField(
        label="种类",
        choices=[("model", "先进典型"), ("warning", "警示案例（只在内部看，不写真实姓名）")],
        widget=forms.RadioSelect,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="整理单位", empty_label="请选择"
    )
    name = forms.CharField(label="题目", max_length=100)
    text = forms.CharField(
        label="事迹或经过", max_length=4000, widget=forms.Textarea(attrs={"rows": 10})
    )
    lesson = forms.CharField(label="经验或教训", max_length=500, required=False, widget=LINES)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].initial = organisations.first()


class ChangeCaseForm(forms.Form):
    name = forms.CharField(label="题目", max_length=100)
    text = forms.CharField(
        label="事迹或经过", max_length=4000, widget=forms.Textarea(attrs={"rows": 10})
    )
    lesson = forms.CharField(label="经验或教训", max_length=500, required=False, widget=LINES)


class PictureForm(forms.Form):
    photo = forms.FileField(
        label="照片",
        help_text="JPG 或 PNG，8 MB 以内；照片里的拍摄地点等信息会自动去掉。",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    caption = forms.CharField(
        label="照片说明", max_length=80, help_text="谁在做什么；看不见照片的人听到的就是这一句。"
    )
    agreed = forms.BooleanField(label="照片里认得出的人都同意公开")

    def __init__(self, *args, agreed="", **kwargs):
        super().__init__(*args, **kwargs)
        if agreed:
            self.fields["agreed"].label = agreed

    def clean_photo(self):
        try:
            return reencoded_photo(self.cleaned_data["photo"])
        except PhotoRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class SpreadForm(forms.Form):
    way = forms.ChoiceField(label="方式")
    spread_on = day_field("日期")
    where = forms.CharField(
        label="在哪里", max_length=120, help_text="哪家媒体、哪次会、哪个单位。"
    )
    reached = forms.IntegerField(
        label="受众人数", min_value=1, max_value=10_000_000, required=False
    )

    def __init__(self, *args, ways, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(way, way) for way in ways]
