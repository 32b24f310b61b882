import uuid

from django import forms

from branches.models import Organisation, Person, Window
from common.publishing import refuse_private, refuse_private_fields
from pledges.models import FirstAsked, ServiceReport, Whereabouts

LONGEST = 300


def _day():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _moment():
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class FirstAskedForm(forms.ModelForm):
    class Meta:
        model = FirstAsked
        fields = [
            "organisation", "window", "asked_on", "visitor", "matter", "first_by", "handed_to",
            "due_on",
        ]  # fmt: skip
        widgets = {"asked_on": _day(), "due_on": _day()}

    def __init__(self, *args, organisations, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = None
        self.fields["window"].queryset = Window.objects.open().filter(
            organisation__in=organisations
        )
        self.fields["window"].empty_label = "不在窗口"
        staff = organisations.filter(affiliations__ends_on=None).values("affiliations__person")
        people = Person.objects.filter(pk__in=staff, is_active=True)
        self.fields["first_by"].queryset = people.order_by("name_pinyin", "pk")

    def clean_asked_on(self):
        asked_on = self.cleaned_data["asked_on"]
        if asked_on > self.today:
            raise forms.ValidationError("来访日期不能晚于今天。")
        return asked_on

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, ["visitor", "matter", "handed_to"])
        return cleaned


class FirstAskedFinishForm(forms.Form):
    done_on = forms.DateField(label="办结日期", widget=_day())
    result = forms.CharField(
        label="办理结果", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, entry, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry, self.today = entry, today

    def clean_done_on(self):
        done_on = self.cleaned_data["done_on"]
        if not self.entry.asked_on <= done_on <= self.today:
            raise forms.ValidationError("办结日期要在来访日期和今天之间。")
        return done_on

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, ["result"])
        return cleaned


class WhereaboutsForm(forms.ModelForm):
    class Meta:
        model = Whereabouts
        fields = ["text", "away_at", "back_at", "ask"]
        widgets = {"away_at": _moment(), "back_at": _moment()}
        help_texts = {"text": "例如：到社区送证、开会、培训。会写在窗口公示页上。"}

    def __init__(self, *args, colleagues, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["ask"].queryset = colleagues
        self.fields["ask"].empty_label = "按 B 岗安排"

    def clean_text(self):
        refuse_private(self.cleaned_data["text"])
        return self.cleaned_data["text"]

    def clean_back_at(self):
        back_at = self.cleaned_data["back_at"]
        if back_at <= self.now:
            raise forms.ValidationError("预计返回要晚于现在。")
        return back_at


class RegisterLineForm(forms.Form):
    """One text field for each column that the plan gives the book."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="组织", empty_label=None
    )

    def __init__(self, *args, organisations, columns, is_public, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns, self.is_public = columns, is_public
        self.fields["organisation"].queryset = organisations
        for number, column in enumerate(columns):
            self.fields[f"column{number}"] = forms.CharField(
                label=column, max_length=LONGEST, required=number == 0
            )

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, [f"column{number}" for number in range(len(self.columns))])
        return cleaned

    @property
    def values(self):
        return {
            column: self.cleaned_data[f"column{number}"]
            for number, column in enumerate(self.columns)
        }


class ServiceReportForm(forms.Form):
    kind = forms.ChoiceField(
        label="反映什么", choices=ServiceReport.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="具体情况（可不填）",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：承诺 3 个工作日，第 6 天才办好。不要写姓名、电话、证件号。",
    )
    number = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_text(self):
        refuse_private(self.cleaned_data["text"])
        return self.cleaned_data["text"]


class ReportReceiptForm(forms.Form):
    code = forms.CharField(label="回执码", max_length=20)


class ReportAnswerForm(forms.Form):
    answer = forms.CharField(label="答复", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_answer(self):
        refuse_private(self.cleaned_data["answer"])
        return self.cleaned_data["answer"]


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="撤下原因", max_length=200, help_text="本人会看到。")
