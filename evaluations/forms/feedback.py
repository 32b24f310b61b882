from django import forms

from common.dates import today
from common.publishing import refuse_private_fields
from evaluations.forms.rating import check_nonce

PHONE = r"^1\d{10}$|^0\d{2,3}-?\d{7,8}$"


def area(label, *, most, rows=4, **extra):
    too_long = f"最多 {most} 字，请删短一些。"
    errors = {"max_length": too_long, **extra.pop("errors", {})}
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=errors,
        **extra,
    )


def phone_field(**extra):
    return forms.RegexField(
        PHONE,
        label="电话",
        error_messages={"invalid": "请写 11 位手机号，或带区号的座机号。"},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        **extra,
    )


class SuggestionForm(forms.Form):
    """意见箱: what one has to say; name and phone only who wants to be called back."""

    nonce = forms.CharField(max_length=200, widget=forms.HiddenInput)
    text = area("您的意见或建议", most=500, rows=5, errors={"required": "请写下您的意见。"})
    name = forms.CharField(label="怎么称呼您（可不填）", max_length=40, required=False)
    phone = phone_field(
        required=False, help_text="可不填，想要回访才填；加密保存，窗口和支部的人看不到。"
    )

    def __init__(self, *args, anonymous, **kwargs):
        super().__init__(*args, **kwargs)
        if not anonymous:
            self.fields["name"].required = True
            self.fields["name"].label = "您的姓名"

    def clean_nonce(self):
        return check_nonce(self.cleaned_data["nonce"], "这张意见表已过期，请再提交一次。")


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label="回执码",
        max_length=20,
        help_text="评价后给您的那串字母和数字，例如 7K3Q-9F2M-X4AB。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class VerdictForm(forms.Form):
    solved = forms.ChoiceField(choices=[("yes", "已解决"), ("no", "没解决")])
    note = forms.CharField(required=False, max_length=300)


class ContactForm(forms.Form):
    name = forms.CharField(label="怎么称呼您（可不填）", max_length=40, required=False)
    phone = phone_field()


class FeedbackAnswerForm(forms.Form):
    answer = area(
        "答复",
        most=1000,
        help_text="提意见的群众凭回执码能看到。请写明怎么处理的、结果怎样。",
    )


class FeedbackAssignForm(forms.Form):
    owner = forms.ModelChoiceField(queryset=None, label="责任人", empty_label="请选择")
    due_on = forms.DateField(
        label="答复时限", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people

    def clean_due_on(self):
        if self.cleaned_data["due_on"] < today():
            raise forms.ValidationError("时限不能早于今天。")
        return self.cleaned_data["due_on"]


class FeedbackAppealForm(forms.Form):
    reason = area(
        "申诉理由", most=1000, help_text="写明为什么这条差评不符合事实或是恶意的，由上级复核。"
    )


class FeedbackDecideForm(forms.Form):
    verdict = forms.ChoiceField(
        label="复核结果",
        choices=[("rejected", "申诉不成立，照计"), ("upheld", "申诉成立，不计入评价")],
        widget=forms.RadioSelect,
    )
    decision = area("复核理由", most=1000, help_text="窗口和支部能看到。")


class FeedbackCallForm(forms.Form):
    note = area("回访记录", most=500, help_text="群众怎么说。保存后电话号码即删除。")


class FeedbackTakeDownForm(forms.Form):
    reason = area("撤下原因", most=200, help_text="写进办理经过。")


class FeedbackPublishForm(forms.Form):
    question = area("公开的意见", most=500, help_text="去掉姓名、电话等能认出人的内容。")
    answer = area("公开的答复", most=1000)

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, ("question", "answer"))
        return cleaned
