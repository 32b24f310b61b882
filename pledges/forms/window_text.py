from django import forms

from pledges.forms.shown_base import ShownForm, day_input
from pledges.models import WindowText
from pledges.models.window_text import OWN


class WindowTextForm(ShownForm):
    """One window's words in public: its own three texts, then one for each heading of the plan."""

    class Meta:
        model = WindowText
        fields = [*OWN, "shown_until"]
        widgets = {
            "shown_until": day_input(),
            **{name: forms.Textarea(attrs={"rows": 4}) for name in OWN},
        }
        help_texts = {
            "services": "一项写一行。",
            "procedure": "办这件事要符合什么、先后经过谁、凭什么办。",
            "flow": "群众到窗口后一步一步怎么走，每步一行。",
        }

    def __init__(self, *args, headings, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = {f"part{number}": name for number, name in enumerate(headings)}
        for field, name in self.headings.items():
            self.fields[field] = forms.CharField(
                label=name,
                max_length=2000,
                required=False,
                initial=self.instance.part(name),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.order_fields([*OWN, *self.headings, "shown_until"])
        self._tell_of_the_list()

    def _tell_of_the_list(self):
        """A list may have brought newer words than those that hang: say so, take nothing over unasked."""
        for name in OWN:
            brought, written = getattr(self.instance.window, name), getattr(self.instance, name)
            if brought.strip() and brought.strip() != written.strip():
                self.fields[name].help_text += f" 窗口名单里导入的是：{brought.strip()[:200]}"

    def save(self, commit=True):
        texts = {name: self.cleaned_data[field].strip() for field, name in self.headings.items()}
        self.instance.parts = [{"name": name, "text": text} for name, text in texts.items() if text]
        return super().save(commit)
