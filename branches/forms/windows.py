from django import forms

from branches.forms.fields import DateField
from branches.models import Person, Window
from common.dates import today
from common.publishing import refuse_private_fields


class WindowForm(forms.ModelForm):
    """Facts of a window, shown as soon as they are saved; its words go through the publishing gate."""

    class Meta:
        model = Window
        fields = [
            "name",
            "number",
            "place",
            "phone",
            "opens_at",
            "closes_at",
        ]
        widgets = {
            "opens_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean(self):
        super().clean()
        opens_at, closes_at = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "结束时间要晚于开始时间。")
        refuse_private_fields(self, ("name", "number", "place"))


class PostForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label="人员", empty_label="请选择")
    title = forms.CharField(label="岗位职务", max_length=60)
    duties = forms.CharField(
        label="主要职责", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cover = forms.ModelChoiceField(
        Person.objects.none(),
        label="B 岗",
        required=False,
        empty_label="暂不安排",
        help_text="本人不在岗时由谁顶上。",
    )
    starts_on = DateField(label="从哪天起", initial=today)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = self.fields["cover"].queryset = people

    def clean(self):
        super().clean()
        if self.cleaned_data.get("cover") and self.cleaned_data["cover"] == self.cleaned_data.get(
            "person"
        ):
            self.add_error("cover", "B 岗要是另一个人。")
        refuse_private_fields(self, ("title", "duties"))
