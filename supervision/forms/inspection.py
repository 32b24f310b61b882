from django import forms

from branches.models import Organisation, Window
from supervision.models import Draw, Inspection
from supervision.queries.inspections import fitting_lists, method_names

POINT_WORDS = [("met", "做到"), ("unmet", "没做到"), ("none", "不涉及")]
ANSWERS = {"met": True, "unmet": False, "none": None}


class DrawForm(forms.Form):
    subject = forms.ChoiceField(
        label="抽什么", choices=Draw.Subject, initial=Draw.Subject.WINDOW, required=False
    )
    count = forms.IntegerField(
        label="抽几个",
        min_value=1,
        max_value=100,
        initial=2,
        help_text="抽中次数少的先抽，次数相同的随机；每一次都留痕。",
    )

    def clean_subject(self):
        return self.cleaned_data["subject"] or Draw.Subject.WINDOW


class DemandForm(forms.ModelForm):
    """What was found; a problem asks for a demand and a date."""

    class Meta:
        model = Inspection
        fields = ["found", "guidance", "problem", "demand", "demand_due_on"]
        widgets = {
            "found": forms.Textarea(attrs={"rows": 3}),
            "guidance": forms.Textarea(attrs={"rows": 2}),
            "problem": forms.Textarea(attrs={"rows": 2}),
            "demand": forms.Textarea(attrs={"rows": 2}),
            "demand_due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "problem": "没有问题就留空。",
            "guidance": "给支部或窗口的建议，不是整改要求；可不填。",
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("problem"):
            for name, said in (
                ("demand", "发现问题要写明整改要求。"),
                ("demand_due_on", "请定一个整改时限。"),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, said)
        due_on = cleaned.get("demand_due_on")
        if due_on and due_on < self.today:
            self.add_error("demand_due_on", "整改时限不能早于今天。")
        return cleaned


class InspectionForm(DemandForm):
    """Where, how, and everything on one page, for those who sit at a desk."""

    target = forms.ChoiceField(label="检查对象")

    class Meta(DemandForm.Meta):
        fields = ["method", "target", *DemandForm.Meta.fields]

    def __init__(self, *args, campaign, today, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.plan = campaign.plan
        rules = self.plan.inspections
        self.fields["method"] = forms.ChoiceField(label="方式", choices=_methods(campaign))
        self.targets = targets_of(campaign)
        self.fields["target"].choices = [(key, str(one)) for key, one in self.targets.items()]
        self.points = (
            [point for checks in rules.checklists for point in checks.points] if rules else []
        )
        for point in self.points:
            self.fields[f"point_{point.key}"] = forms.ChoiceField(
                label=point.name, choices=POINT_WORDS, widget=forms.RadioSelect, required=False
            )
        self.order_fields(
            ["method", "target", *(f"point_{point.key}" for point in self.points), "found"]
        )

    def clean(self):
        """No point is answered by itself: those of the lists for what was looked at ask for a tap."""
        cleaned = super().clean()
        kind = cleaned.get("target", "").partition(":")[0]
        asked = fitting_lists(self.plan, "window" if kind == "window" else "branch")
        for name in [f"point_{point.key}" for one in asked for point in one.points] if kind else ():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "请选一项；用不上的选“不涉及”。")
        return cleaned

    @property
    def checked_points(self):
        """{point: met, not met, or None where it does not apply} in the scheme's keys."""
        said = {point.key: self.cleaned_data[f"point_{point.key}"] for point in self.points}
        return {key: ANSWERS[word] for key, word in said.items() if word}

    @property
    def chosen(self):
        """(organisation, window or None) of the chosen target."""
        one = self.targets[self.cleaned_data["target"]]
        return (one.organisation, one) if isinstance(one, Window) else (one, None)


class CheckingForm(forms.Form):
    """Begins a check on the spot: how and of what."""

    method = forms.ChoiceField(label="方式")
    target = forms.ChoiceField(label="检查对象")

    def __init__(self, *args, campaign, affiliation=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = _methods(campaign)
        self.targets = targets_of(campaign)
        labels = [(key, str(one)) for key, one in self.targets.items()]
        if affiliation is not None:
            key = f"person:{affiliation.person_id}"
            self.targets[key] = affiliation
            labels.insert(0, (key, f"{affiliation.person}（{affiliation.organisation}）"))
        self.fields["target"].choices = labels

    @property
    def chosen(self):
        """A window, an organisation, or the affiliation of a person."""
        return self.targets[self.cleaned_data["target"]]


def _methods(campaign):
    return list(method_names(campaign.plan).items())


def targets_of(campaign):
    """{"window:3": Window, "organisation:9": Organisation} below the campaign's organisation."""
    root = campaign.organisation
    windows = Window.objects.open().filter(organisation__path__startswith=root.path)
    branches = Organisation.objects.active().below(root).branches()
    found = {
        f"window:{one.pk}": one
        for one in windows.select_related("organisation").order_by("organisation__path", "pk")
    }
    return found | {f"organisation:{one.pk}": one for one in branches.order_by("path")}
