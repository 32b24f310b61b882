from django import forms

from branches.models import Person
from common.publishing import refuse_private, refuse_private_fields
from pledges.models import Card, PrintBatch, Zone

CARDS = ("badge", "service_card")
SWITCHES = (
    "shows_party",
    "shows_motto",
    "shows_duties",
    "shows_zones",
    "shows_joined_on",
    "shows_phone",
)


class CardForm(forms.ModelForm):
    """The motto, and what the public board may show beside name, unit and post (L09)."""

    motto = forms.CharField(
        label="人生格言", max_length=120, required=False, help_text="自己写一句，可以不填。"
    )

    class Meta:
        model = Card
        fields = ["motto", *SWITCHES]
        labels = {
            "shows_party": "公示栏上显示政治面貌",
            "shows_motto": "公示栏上显示人生格言",
            "shows_duties": "公示栏上显示岗位职责",
            "shows_zones": "公示栏上显示责任区、先锋岗",
            "shows_joined_on": "公示栏上显示入党年份",
            "shows_phone": "公示栏和服务卡上显示本人电话",
        }

    def __init__(self, *args, shown=None, **kwargs):
        """Only the switches of what the plan shows at all; the others keep what they say."""
        super().__init__(*args, **kwargs)
        for name in SWITCHES:
            if shown is not None and name not in shown:
                del self.fields[name]

    def clean_motto(self):
        """It hangs on the board as soon as it is saved: no numbers, no hidden signs."""
        refuse_private(self.cleaned_data["motto"])
        return self.cleaned_data["motto"]


class ZoneForm(forms.ModelForm):
    """Kind in the plan's words, what is answered for, and by whom."""

    kind = forms.ChoiceField(label="种类")
    holders = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="责任人",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一名责任人。"},
    )

    class Meta:
        model = Zone
        fields = ["kind", "name", "place", "responsibility", "holders"]
        widgets = {"responsibility": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": "例如：大厅 1—4 号窗口、材料预审岗。",
            "responsibility": "写清楚管什么、做到什么程度，会公示。",
        }

    def __init__(self, *args, kinds, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind) for kind in kinds]
        self.fields["holders"].queryset = people
        if self.instance.pk:
            held = self.instance.holders.filter(ends_on=None)
            self.fields["holders"].initial = list(held.values_list("person", flat=True))

    def clean_name(self):
        """A fault at the field: the database would say it too, but of the whole form."""
        name = self.cleaned_data["name"].strip()
        same = Zone.objects.filter(
            organisation=self.instance.organisation, name=name, ends_on=None
        ).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError("本组织已有同名的责任区或岗位。")
        return name

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, ("name", "place", "responsibility"))
        return cleaned


class PrintForm(forms.Form):
    """Which of the listed things go into the file, and on which paper."""

    which = forms.ChoiceField(choices=[("selected", ""), ("needed", "")])
    layout = forms.ChoiceField(label="排版")
    subjects = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, kind, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.needed = [line.face.subject for line in lines if line.needs_printing]
        self.fields["layout"].choices = layouts_of(kind)
        self.fields["subjects"].choices = [
            (line.face.subject, line.face.title) for line in lines if not line.face.missing
        ]

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.get("subjects") or []
        if cleaned.get("which") == "needed":
            chosen = self.needed
        if not self.errors and not chosen:
            raise forms.ValidationError("没有选中要印的，请先勾选。")
        cleaned["subjects"] = chosen
        return cleaned


def layouts_of(kind):
    """The papers a kind may be laid on."""
    layouts = PrintBatch.Layout
    if kind in CARDS:
        chosen = (layouts.SHEET, layouts.SINGLE)
    elif kind in {"window_board", "result_board"}:
        chosen = (layouts.A4, layouts.A3)
    elif kind == "item_card":
        chosen = (layouts.A4, layouts.A5)
    else:
        chosen = (layouts.A4,)
    return [(layout.value, layout.label) for layout in chosen]
