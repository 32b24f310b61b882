import secrets

from django import forms
from django.core import signing

FORM_SECONDS = 3 * 3600
SALT = "rating-form"


def new_nonce():
    """A signed one-time name for one form."""
    return signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(16))


def check_nonce(nonce, expired):
    """The nonce as it came, when it is one of ours and not too old."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(nonce, max_age=FORM_SECONDS)
    except signing.BadSignature:
        raise forms.ValidationError(expired) from None
    return nonce


class TicketForm(forms.Form):
    count = forms.IntegerField(
        label="打印几张",
        min_value=1,
        max_value=120,
        initial=24,
        help_text="每张只能评一次，随办结回执交给群众；编码只在这一次显示。",
    )


class RatingForm(forms.Form):
    """Three taps: a level, send. Everything else may be left out. A ticket needs no nonce."""

    nonce = forms.CharField(max_length=200, widget=forms.HiddenInput)
    comment = forms.CharField(
        label="哪里好、哪里不好（可以不填）",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "最多 500 字，现在有 %(show_value)s 字。"},
    )

    def __init__(self, *args, plan, questionnaire, overall, ticket=False, **kwargs):
        super().__init__(*args, **kwargs)
        if ticket:
            del self.fields["nonce"]
        self.overall = overall
        self.questions = questionnaire.scale_questions
        for question in self.questions:
            scale = plan.scale_of(question)
            self.fields[f"q_{question.key}"] = forms.ChoiceField(
                label=question.name,
                required=question.required,
                choices=[(level.key, level.name) for level in scale.levels],
                widget=forms.RadioSelect,
                error_messages={"required": "请先点一个满意程度。"},
            )

    def clean_nonce(self):
        return check_nonce(self.cleaned_data["nonce"], "这张评价表已过期，请再提交一次。")

    @property
    def answers(self):
        """{question: level} of what was answered."""
        given = ((q.key, self.cleaned_data.get(f"q_{q.key}")) for q in self.questions)
        return {key: level for key, level in given if level}
