import re
import unicodedata

from django import forms

PHONE = re.compile(r"[0-9+() -]{5,30}")


class DateField(forms.DateField):
    """A date with the browser's own picker."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


def cleaned_name(text):
    """One spelling of a name: no invisible characters, one kind of middle dot."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc"})
    return re.sub(r"\s*[·・•‧]\s*", "·", text).strip()


def cleaned_phone(text):
    text = unicodedata.normalize("NFKC", text).strip()
    if text and not PHONE.fullmatch(text):
        raise forms.ValidationError("电话只写数字，例如 13800001111 或 0518-81234567。")
    return text
