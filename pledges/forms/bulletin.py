from django import forms

from common.publishing import refuse_private_fields
from pledges.models import Bulletin


class BulletinForm(forms.ModelForm):
    """Heading, readers and which of the gathered rows are shown; figures themselves are not typed."""

    chosen = forms.MultipleChoiceField(
        label="公示哪些",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一条。"},
    )

    class Meta:
        model = Bulletin
        fields = ["title", "intro", "chosen", "visibility", "shown_until"]
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 3}),
            "shown_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "intro": "评议怎么开展的、口径是什么；可以不填。",
            "visibility": "本人：每人只看到自己那一份。公众：上公示页、大屏，可以打印张贴。",
        }

    def __init__(self, *args, rows=None, organisations=None, options=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = self.instance.rows if rows is None else rows
        self.fields["chosen"].choices = [
            (str(number), row_words(row)) for number, row in enumerate(self.rows)
        ]
        self.fields["chosen"].initial = [
            str(number) for number, row in enumerate(self.rows) if not row.get("note")
        ]
        if not any(row.get("person") for row in self.rows):
            readers = [choice for choice in Bulletin.Visibility.choices if choice[0] != "self"]
            self.fields["visibility"].choices = readers

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, ("title", "intro"))
        return cleaned

    def save(self, commit=True):
        wanted = set(self.cleaned_data["chosen"])
        self.instance.rows = [row for number, row in enumerate(self.rows) if str(number) in wanted]
        return super().save(commit)


def row_words(row):
    """One line that tells the row apart in a list of boxes."""
    if row.get("parts"):
        said = "；".join(text for _, text in row["parts"])[:60]
        return f"{row['subject']}（{row['by']}）：{said}"
    figure = row.get("value") or row.get("note") or "分布"
    who = f" · {row['rater']}" if row.get("rater") else ""
    return f"{row['group']} · {row['subject']}{who}：{figure}，{row['n']} 份"
