import json

from django import forms

from common.attachments import ALLOWED
from common.publishing import refuse_private, refuse_private_fields
from pledges.forms.files import MOST_FILES, FilesField
from pledges.models import Pledge

THEMES_OF = {"person": "个人承诺的主题", "branch": "组织承诺的主题", "window": "窗口承诺的主题"}


class PledgeForm(forms.ModelForm):
    """Baseline, target, deadline and evidence are asked for: what citizens miss in a pledge."""

    owner = forms.ChoiceField(label="谁的承诺")

    class Meta:
        model = Pledge
        fields = ["owner", "theme", "text", "baseline", "target", "due_on", "evidence_plan"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "text": "一件事写一条，写清楚为谁做什么。",
            "baseline": "现在是什么样？例如：平均办理 5 个工作日。",
            "target": "做到什么程度？例如：平均不超过 3 个工作日。",
            "evidence_plan": "到时候拿什么证明，例如：系统办件统计、服务对象评价。",
        }

    def __init__(self, *args, owners, themes, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.period = period
        self.themes = themes
        self.fields["owner"].choices = owners
        self.fields["theme"] = forms.ChoiceField(
            label="主题", required=False, choices=self._theme_choices(owners)
        )
        self.fields["theme"].widget.attrs["data-groups"] = json.dumps(THEMES_OF)
        self.fields["evidence_plan"].required = True
        if len(owners) == 1:
            self.fields["owner"].initial = owners[0][0]
            self.fields["owner"].widget = forms.HiddenInput()

    def _theme_choices(self, owners):
        """Those of each kind of owner one may write for, under its name; the page shows the chosen one's."""
        kinds = dict.fromkeys(value.split(":")[0] for value, _ in owners)
        found = [
            (THEMES_OF[kind], [(name, name) for name in self.themes[kind]])
            for kind in kinds
            if self.themes.get(kind)
        ]
        return [("", "不选主题"), *found]

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.period.starts_on:
            raise forms.ValidationError(
                f"完成时限不能早于本期开始（{self.period.starts_on:%Y-%m-%d}）。"
            )
        return due_on

    def clean(self):
        cleaned = super().clean()
        kind = (cleaned.get("owner") or "").split(":")[0]
        allowed = self.themes.get(kind, ())
        if cleaned.get("theme") and cleaned["theme"] not in allowed:
            self.add_error("theme", f"这个主题不用于此类承诺，可选：{'、'.join(allowed) or '无'}。")
        refuse_private_fields(self, ("text", "baseline", "target", "evidence_plan"))
        return cleaned


class PledgeReviewForm(forms.Form):
    note = forms.CharField(
        label="审核意见",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="退回时必填：告诉填写人怎么改。",
    )
    verdict = forms.ChoiceField(
        label="审核结果",
        choices=[("publish", "同意公示"), ("return", "退回修改")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, points=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.points = list(points)
        if self.points:
            self.fields["met"] = forms.MultipleChoiceField(
                label="逐项对照，符合的打勾",
                choices=list(enumerate(self.points)),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.order_fields(["met", "verdict", "note"])

    @property
    def unmet(self):
        met = self.cleaned_data.get("met", [])
        return [point for number, point in enumerate(self.points) if str(number) not in met]

    def clean(self):
        cleaned = super().clean()
        self._compare(cleaned)
        if cleaned.get("verdict") == "return" and not cleaned.get("note"):
            self.add_error("note", "退回时请写明需要怎样修改。")
        return cleaned

    def _compare(self, cleaned):
        """Item by item: nothing is published that misses one, and what misses goes back to the writer."""
        if not self.unmet:
            return
        if cleaned.get("verdict") == "publish":
            self.add_error("met", f"还有 {len(self.unmet)} 项没有打勾：符合就打勾，不符合请退回。")
        elif cleaned.get("verdict") == "return":
            missed = f"未达到：{'；'.join(self.unmet)}"
            cleaned["note"] = "。".join(filter(None, [cleaned.get("note"), missed]))[:300]


class PledgeReviseForm(forms.ModelForm):
    reason = forms.CharField(label="修改原因", max_length=200, help_text="会和原来的内容一起公开。")

    class Meta:
        model = Pledge
        fields = ["text", "baseline", "target", "due_on"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.instance.starts_on:
            raise forms.ValidationError("完成时限不能早于承诺的开始日期。")
        return due_on

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, ("text", "baseline", "target", "reason"))
        return cleaned


class PledgeProgressForm(forms.Form):
    note = forms.CharField(
        label="进展",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="做到哪一步了？有数就写数。会公开。",
    )

    files = FilesField(
        label="佐证文件",
        required=False,
        help_text=f"{ALLOWED}，一次最多 {MOST_FILES} 个。登录后能看到这项承诺的同志可以看，不对外公开。",
    )

    def clean_note(self):
        refuse_private(self.cleaned_data["note"])
        return self.cleaned_data["note"]


class PledgeConcludeForm(forms.Form):
    verdict = forms.ChoiceField(
        label="是否兑现",
        choices=[("kept", "已兑现"), ("unkept", "未兑现")],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label="依据或说明",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="未兑现必须说明原因，会在公示栏公开。",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "unkept" and not cleaned.get("explanation"):
            self.add_error("explanation", "未兑现须说明原因。")
        refuse_private_fields(self, ("explanation",))
        return cleaned
