from django import forms
from django.db.models import Q

from branches.models import Affiliation, Organisation, Person, Window
from supervision.models import PointEntry

KINDS = (("person", "个人"), ("window", "窗口"), ("branch", "支部"))
NOT_FOUND = "这个活动里没有找到，请核对名称。"


class PointEntryForm(forms.ModelForm):
    """About whom, what, how many points, why and on what ground."""

    about = forms.ChoiceField(label="对象", choices=KINDS)
    who = forms.CharField(
        label="姓名或名称",
        max_length=60,
        help_text="个人有同名的，请填账号；窗口、支部写名称或代码。",
    )

    class Meta:
        model = PointEntry
        fields = ["kind", "about", "who", "name", "points", "happened_on", "reason", "evidence"]
        widgets = {
            "happened_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "points": forms.NumberInput(attrs={"inputmode": "decimal", "min": "0.01"}),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = Meta.fields

    def __init__(self, *args, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.period = period
        self.root = period.campaign.organisation.path
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if not self.period.starts_on <= day <= self.period.ends_on:
            raise forms.ValidationError(f"日期要在{self.period.name}以内。")
        return day

    def clean(self):
        data = super().clean()
        points, sanction = data.get("points"), data.get("kind") == PointEntry.Kind.DISCIPLINE
        if not sanction and data.get("kind") and points is None and "points" not in self.errors:
            self.add_error("points", "加分、扣分要写分值。")
        elif points is not None and points <= 0:
            self.add_error("points", "分值写正数，加还是扣看种类。")
        if sanction:
            data["points"] = None
        if data.get("about") and data.get("who"):
            data["subject"] = getattr(self, f"_{data['about']}")(data["who"].strip())
        return data

    def _only(self, found, tell):
        if not found:
            self.add_error("who", NOT_FOUND)
        elif len(found) > 1:
            self.add_error(
                "who", f"有 {len(found)} 个同名的，请填：{'、'.join(map(tell, found))}。"
            )
        return found[0] if len(found) == 1 else None

    def _person(self, who):
        homes = Affiliation.objects.current(today=self.period.ends_on).filter(
            organisation__path__startswith=self.root
        )
        people = Person.objects.filter(Q(name=who) | Q(username=who), affiliations__in=homes)
        one = self._only(list(people.distinct().order_by("pk")[:6]), lambda person: person.username)
        if one is None:
            return None
        home = homes.filter(person=one).select_related("organisation").order_by("pk").first()
        return {"person": one, "organisation": home.organisation}

    def _window(self, who):
        windows = Window.objects.filter(
            Q(name=who) | Q(code=who), organisation__path__startswith=self.root
        )
        found = list(windows.select_related("organisation").order_by("pk")[:6])
        one = self._only(found, lambda window: window.code)
        return one and {"window": one, "organisation": one.organisation}

    def _branch(self, who):
        places = Organisation.objects.filter(
            Q(name=who) | Q(code=who), kind="branch", path__startswith=self.root
        )
        one = self._only(list(places.order_by("pk")[:6]), lambda place: place.code)
        return one and {"organisation": one}


class PointDecisionForm(forms.Form):
    accept = forms.ChoiceField(
        label="结论",
        choices=[("yes", "签认，计入本期"), ("no", "不予认定")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项。"},
    )
    remark = forms.CharField(
        label="意见", max_length=200, required=False, help_text="不予认定时必须写明理由。"
    )
