"""Starting a draft, and its text as a whole."""

from django import forms

from branches.actions import pinyin_key
from campaigns.forms.scheme_yaml import MAX_BYTES, SchemeFileError, read_draft
from campaigns.models.document import SchemeDocument

LONGEST_SLUG = 50


class NewSchemeForm(forms.Form):
    """Name of the new plan and what it is made after; `document` is what the draft begins with."""

    source = forms.ModelChoiceField(
        None,
        label="以哪份方案为底稿",
        required=False,
        empty_label="从空白开始",
        help_text="底稿的内容整份抄来，随便改；原来的方案不动。",
    )
    file = forms.FileField(
        label="或者上传一份 YAML",
        required=False,
        help_text="照下载的方案文件改写的；选了就以它为准。",
    )
    name = forms.CharField(label="方案全称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=60, help_text="如：两亮一评")
    slug = forms.SlugField(
        label="方案代号",
        max_length=LONGEST_SLUG,
        required=False,
        help_text="小写字母、数字、连字符；留空由门户按全称取。",
    )
    organisation = forms.ModelChoiceField(None, label="拟稿组织", empty_label=None)

    def __init__(self, *args, versions, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = versions
        self.fields["organisation"].queryset = organisations
        self.document, self.problems = None, ()

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        return slug or _slug_of(self.cleaned_data.get("name", ""))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            try:
                self.document, _ = read_draft(file.read(MAX_BYTES + 1))
            except SchemeFileError as error:
                self.problems = error.problems
                raise forms.ValidationError(
                    f"这份文件有 {len(error.problems)} 处写法不对，没有存成草稿。"
                ) from None
        return file

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if self.document is None and cleaned["source"]:
            self.document = cleaned["source"].plan
        content = self.document.model_dump() if self.document else _empty()
        content |= {name: cleaned[name] for name in ("slug", "name", "short_name")}
        self.document = SchemeDocument.model_validate(content)
        return cleaned


class SchemeTextForm(forms.Form):
    """A draft as YAML, typed or as a file; what is merely inconsistent is kept and told."""

    text = forms.CharField(
        label="方案原文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 28, "class": "code", "spellcheck": "false"}),
    )
    file = forms.FileField(label="或者用一个文件替换", required=False, allow_empty_file=True)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.document, self.problems = None, ()

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        file = cleaned.get("file")
        source = file.read(MAX_BYTES + 1) if file else cleaned["text"]
        try:
            self.document, self.problems = read_draft(source)
        except SchemeFileError as error:
            self.problems = error.problems
            raise forms.ValidationError(
                f"有 {len(error.problems)} 处写法不对，没有保存；原来的草稿不动。请按行号改好再存。"
            ) from None
        return cleaned


def _slug_of(name):
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in pinyin_key(name))
    initials = "-".join(words.lower().split())
    return initials[:LONGEST_SLUG].strip("-") or "scheme"


def _empty():
    """The least that is a plan: one part without items."""
    return {
        "participants": ["members"],
        "families": [{"key": "show", "name": "亮", "role": "show", "items": []}],
    }
