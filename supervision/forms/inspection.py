from django import forms

from branches.models import Organisation, Window
from supervision.models import Inspection


class DrawForm(forms.Form):
    count = forms.IntegerField(
        label="抽几个窗口",
        min_value=1,
        max_value=100,
        initial=2,
        help_text="从全部服务窗口里随机抽。",
    )


class InspectionForm(forms.ModelForm):
    """Where, how, what was found; a problem asks for a demand and a date."""

    target = forms.ChoiceField(label="检查对象")

    class Meta:
        model = Inspection
        fields = ["method", "target", "found", "problem", "demand", "demand_due_on"]
        widgets = {
            "found": forms.Textarea(attrs={"rows": 3}),
            "problem": forms.Textarea(attrs={"rows": 2}),
            "demand": forms.Textarea(attrs={"rows": 2}),
            "demand_due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"problem": "没有问题就留空。"}

    def __init__(self, *args, campaign, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        rules = campaign.plan.inspections
        methods = [(method.key, method.name) for method in rules.methods] if rules else []
        self.fields["method"] = forms.ChoiceField(
            label="方式", choices=methods or [("visit", "实地检查")]
        )
        self.targets = _targets(campaign.organisation)
        self.fields["target"].choices = [(key, str(one)) for key, one in self.targets.items()]
        self.points = (
            [point for checks in rules.checklists for point in checks.points] if rules else []
        )
        for point in self.points:
            self.fields[f"point_{point.key}"] = forms.BooleanField(label=point.name, required=False)
        self.order_fields(
            ["method", "target", *(f"point_{point.key}" for point in self.points), "found"]
        )

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

    @property
    def checked_points(self):
        """{point: met or not} in the scheme's keys."""
        return {point.key: self.cleaned_data[f"point_{point.key}"] for point in self.points}

    @property
    def chosen(self):
        """(organisation, window or None) of the chosen target."""
        one = self.targets[self.cleaned_data["target"]]
        return (one.organisation, one) if isinstance(one, Window) else (one, None)


def _targets(root):
    """{"window:3": Window, "organisation:9": Organisation} below the campaign's organisation."""
    windows = Window.objects.open().filter(organisation__path__startswith=root.path)
    branches = Organisation.objects.active().below(root).branches()
    found = {
        f"window:{one.pk}": one
        for one in windows.select_related("organisation").order_by("organisation__path", "pk")
    }
    return found | {f"organisation:{one.pk}": one for one in branches.order_by("path")}
