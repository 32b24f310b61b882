"""Fields that several rooms share."""

from django import forms

from competitions.models import KINDS
from competitions.queries.finding import Directory

LINES = forms.Textarea(attrs={"rows": 4})


def day_field(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class SubjectForm(forms.Form):
    """Whom or what it is about: a kind and a name, found below an organisation."""

    kind = forms.ChoiceField(label="对象")
    who = forms.CharField(
        label="名称",
        max_length=120,
        help_text="个人写姓名，窗口、支部写名称；同名的写成“张三（一支部）”。",
    )

    def __init__(self, *args, kinds, organisation, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation, self.today = organisation, today
        self.fields["kind"].choices = [(kind, KINDS[kind]) for kind in kinds if kind in KINDS]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") and cleaned.get("who"):
            directory = Directory(cleaned["kind"], self.organisation, today=self.today)
            subject, problem = directory.find(cleaned["who"])
            if problem:
                self.add_error("who", problem)
            else:
                cleaned["subject"] = subject
                cleaned["place"] = directory.places[subject.pk]
        return cleaned


class ReadingForm(SubjectForm):
    measure = forms.ChoiceField(label="指标")
    value = forms.DecimalField(label="数值", max_digits=14, decimal_places=4)
    cases = forms.IntegerField(
        label="依据件数", min_value=1, max_value=10_000_000, required=False,
        help_text="这个数是多少件业务得出来的；公示时写在旁边。",
    )  # fmt: skip
    note = forms.CharField(label="说明", max_length=200, required=False)

    field_order = ("measure", "kind", "who", "value", "cases", "note")

    def __init__(self, *args, measures, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [
            (
                f"{item.key}/{measure.key}",
                f"{measure.name}（{measure.unit}）" if measure.unit else measure.name,
            )
            for item, measure in measures
        ]


class BenchmarkForm(forms.Form):
    kind = forms.ChoiceField(
        label="对照什么", choices=[("standard", "先进标准"), ("model", "先进典型")]
    )
    name = forms.CharField(label="名称", max_length=80)
    value = forms.DecimalField(label="数值", max_digits=14, decimal_places=4)
    source = forms.CharField(
        label="出处", max_length=200, help_text="文件号、单位或年份，让人查得到。"
    )


class TapForm(forms.Form):
    expected = forms.IntegerField(widget=forms.HiddenInput)
    worked_on = day_field("哪天的班")
    shifts = forms.IntegerField(label="无错班次", min_value=1, max_value=366, initial=1)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_worked_on(self):
        day = self.cleaned_data["worked_on"]
        if day > self.today:
            raise forms.ValidationError("不能登记以后的班次。")
        return day


class ResetForm(TapForm):
    shifts = None
    reason = forms.CharField(
        label="差错和原因", max_length=200, help_text="公开显示，请写清楚出了什么错。"
    )
