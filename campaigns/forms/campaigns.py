"""Starting, ending and following campaigns; the plan of a branch."""

from django import forms

from branches.actions import pinyin_key
from campaigns.queries.branch_plans import PARTS, emphasis_of, lines_for

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LABELS = {"standard": "标准", "carrier": "载体", "measures": "措施"}
HELP = "小写字母、数字、连字符；留空由门户按名称取。"


class CampaignForm(forms.Form):
    """A scheme over an organisation from one day to another."""

    version = forms.ModelChoiceField(None, label="方案", empty_label=None)
    organisation = forms.ModelChoiceField(
        None, label="主办组织", empty_label=None, help_text="活动覆盖它和它下面的所有组织。"
    )
    name = forms.CharField(label="活动名称", max_length=120)
    slug = forms.SlugField(label="活动代号", max_length=60, required=False, help_text=HELP)
    starts_on = forms.DateField(label="开始", widget=DATE)
    ends_on = forms.DateField(label="结束", widget=DATE)

    def __init__(self, *args, versions, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions
        if organisations is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug:
            return slug
        name = pinyin_key(self.cleaned_data.get("name", ""))
        words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name)
        return "-".join(words.lower().split())[:60].strip("-") or "campaign"

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", "结束日期要晚于开始日期。")
        return cleaned


class ConcludeForm(forms.Form):
    """What was learned, and where the papers lie."""

    lessons = forms.CharField(
        label="经验和教训",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="哪些做法有效、哪些走了过场、下一轮怎么改；开下一轮时会带过去。",
    )
    archive_note = forms.CharField(
        label="材料归档",
        max_length=300,
        required=False,
        help_text="台账、影像、表彰决定放在哪里，由谁保管。",
    )


class VersionForm(forms.Form):
    version = forms.ModelChoiceField(
        None, label="下一期起用", required=False, empty_label="照旧，不换"
    )

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions


class BranchPlanForm(forms.Form):
    """Goal, and for each item of the scheme its standard, carrier and measures."""

    goal = forms.CharField(
        label="争创目标", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, scheme, plan, unit_type=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.families = lines_for(scheme, plan, unit_type=unit_type)
        self.stressed = emphasis_of(scheme, unit_type)
        self.initial.setdefault("goal", plan.goal if plan else "")
        self.initial.setdefault("revision", plan.revision if plan else 0)
        for _, lines in self.families:
            for item, written, suggested in lines:
                self._add_item(item, written, suggested)

    def _add_item(self, item, written, suggested):
        for part in PARTS:
            hint = f"方案：{suggested[part]}" if suggested[part] else ""
            self.fields[f"{item.key}-{part}"] = forms.CharField(
                label=LABELS[part],
                required=False,
                max_length=1000,
                initial=written.get(part, ""),
                help_text=hint,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def chapters(self):
        """[(family, [(item, bound fields)])] for the template."""
        return [
            (family, [(item, [self[f"{item.key}-{part}"] for part in PARTS]) for item, *_ in lines])
            for family, lines in self.families
        ]

    @property
    def lines(self):
        """What was written, items without a word left out."""
        found = {}
        for _, lines in self.families:
            for item, *_ in lines:
                said = {part: self.cleaned_data[f"{item.key}-{part}"] for part in PARTS}
                if any(said.values()):
                    found[item.key] = said
        return found


class DecideForm(forms.Form):
    remark = forms.CharField(
        label="审批意见", max_length=300, required=False, help_text="退回时必须写明要改什么。"
    )
