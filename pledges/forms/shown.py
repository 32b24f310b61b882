"""Forms for what a unit shows; one class a kind, all with the same guard against private numbers."""

from django import forms
from django.core.validators import URLValidator

from common.publishing import refuse_private_fields
from pledges.forms.bulletin import BulletinForm
from pledges.forms.shown_base import SHARED, ShownForm, day_input
from pledges.forms.window_text import WindowTextForm
from pledges.models import Brand, Plaque, ServiceItem, StandingText, Story


class ServiceItemForm(ShownForm):
    class Meta:
        model = ServiceItem
        fields = [
            "organisation", "window", "matter", "basis", "preconditions", "materials", "procedure",
            "charges", "fee_basis", "fee_standard", "limit_days", "legal_days", "is_fast_track",
            "fast_days", "handler_unit", "handler_name", "contact", "contact_is_office",
            "service_standard", *SHARED,
        ]  # fmt: skip
        widgets = {
            "shown_until": day_input(),
            "charges": forms.RadioSelect,
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("basis", "preconditions", "materials", "procedure")
            },
            **{
                name: forms.Textarea(attrs={"rows": 2})
                for name in ("fee_basis", "fee_standard", "service_standard")
            },
        }
        help_texts = {
            "basis": "写文件名和条款，例如：《婚姻登记条例》第四条。",
            "preconditions": "没有前置条件就写“无”。",
            "materials": "一样写一行；一次性告知单就从这里勾选。",
            "procedure": "一步写一行。",
            "limit_days": "从受理算起；当场办结填 0。",
            "legal_days": "压缩前或法定的时限；填了就公开“压缩了几天”。",
            "contact": "填窗口或办公室电话。不是办公电话的，公示时只显示首尾。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["charges"].choices = ServiceItem.Charges.choices
        self.fields["window"].empty_label = "不分窗口"
        track = getattr(self.options, "fast_track", None)
        if track:
            self.fields["is_fast_track"].label = track
            self.fields["fast_days"].label = f"{track}时限（工作日）"
        elif not self.instance.is_fast_track:
            del self.fields["is_fast_track"], self.fields["fast_days"]

    def clean(self):
        cleaned = super().clean()
        window, organisation = cleaned.get("window"), cleaned.get("organisation")
        if window and organisation and window.organisation_id != organisation.pk:
            self.add_error("window", f"这个窗口属于{window.organisation}，请选同一组织。")
        if cleaned.get("is_fast_track") and cleaned.get("fast_days") is None:
            self.add_error("fast_days", "走快速通道的，请填它自己的时限。")
        self._clean_fees(cleaned)
        if organisation:
            self._require_for(organisation, cleaned)
        return cleaned

    def _clean_fees(self, cleaned):
        if cleaned.get("charges") == ServiceItem.Charges.FREE:
            for name in ("fee_basis", "fee_standard"):
                if cleaned.get(name):
                    self.add_error(name, "选了“不收费”，这里请留空；要收费请选“收费”。")

    def _require_for(self, organisation, cleaned):
        """L13: for these unit types procedure and fees are no matter of choice, even in a draft."""
        asked = getattr(self.options, "required_for", ())
        if organisation.unit_type_id not in asked:
            return
        kind = organisation.unit_type.name
        if not cleaned.get("procedure"):
            self.add_error("procedure", f"{kind}单位必须公开办理程序。")
        if not cleaned.get("charges"):
            self.add_error("charges", f"{kind}单位必须公开收费；不收费请选“不收费”。")


class PlaqueForm(ShownForm):
    class Meta:
        model = Plaque
        fields = [
            "organisation", "name", "holder_person", "holder_window", "awarded_by", "criteria",
            "starts_on", "ends_on", "visibility",
        ]  # fmt: skip
        widgets = {
            "starts_on": day_input(),
            "ends_on": day_input(),
            "criteria": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holder_person"].empty_label = "不是个人"
        self.fields["holder_window"].empty_label = "不是窗口"
        names = getattr(self.options, "plaques", ())
        if names:
            self.fields["name"].help_text = f"方案里有：{'、'.join(names)}。"

    def save(self, commit=True):
        self.instance.shown_until = self.instance.ends_on
        return super().save(commit)


class StoryForm(ShownForm):
    link = forms.URLField(
        label="报道网址",
        required=False,
        assume_scheme="https",
        max_length=200,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="以 https:// 开头的完整网址。",
    )

    class Meta:
        model = Story
        fields = ["organisation", "title", "summary", "body", "person", "medium", "link", *SHARED]
        widgets = {"shown_until": day_input(), "body": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"person": "写集体的不选。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].empty_label = "集体"
        media = getattr(self.options, "media", ())
        if media:
            self.fields["medium"].help_text = f"例如：{'、'.join(media)}。"


class BrandForm(ShownForm):
    class Meta:
        model = Brand
        fields = ["organisation", "name", "slogan", "meaning", "measures", "results", *SHARED]
        widgets = {
            "shown_until": day_input(),
            **{
                name: forms.Textarea(attrs={"rows": 4})
                for name in ("meaning", "measures", "results")
            },
        }


class StandingTextForm(ShownForm):
    class Meta:
        model = StandingText
        fields = ["organisation", "kind", "title", "body", *SHARED]
        widgets = {"shown_until": day_input(), "body": forms.Textarea(attrs={"rows": 8})}


FORMS = {
    "item": ServiceItemForm,
    "plaque": PlaqueForm,
    "story": StoryForm,
    "brand": BrandForm,
    "text": StandingTextForm,
    "bulletin": BulletinForm,
    "window": WindowTextForm,
}


class ShownJudgeForm(forms.Form):
    verdict = forms.ChoiceField(
        label="意见",
        choices=[("agree", "同意"), ("return", "退回修改")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="退回时必填：告诉填写人怎么改。",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "return" and not cleaned.get("note"):
            self.add_error("note", "退回时请写明需要怎样修改。")
        return cleaned


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label="撤下原因", max_length=200, help_text="会写在原来的公示页上，请写清楚。"
    )

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, ["reason"])
        return cleaned
