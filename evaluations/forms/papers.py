from django import forms

MOST = 5000


class PaperForm(forms.Form):
    """Totals of one pile: a figure per question and level."""

    slips = forms.IntegerField(label="这一叠有几张", min_value=1, max_value=MOST)

    def __init__(self, *args, form, is_new, targets=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet_form = form
        if is_new:
            self.fields["name"] = forms.ChoiceField(
                label="哪一种表", choices=[(name, name) for name in form.names]
            )
            self.fields["pile"] = forms.CharField(
                label="第几叠", max_length=40, help_text="写日期或编号；两个人录同一叠要写得一样。"
            )
            if targets:
                self.fields["target"] = forms.ChoiceField(label="评的是谁", choices=targets)
        for key, name, levels in form.questions:
            for level, label in levels:
                self.fields[f"{key}__{level}"] = forms.IntegerField(
                    label=f"{name} · {label}",
                    min_value=0,
                    max_value=MOST,
                    required=False,
                    initial=0,
                )
        self.order_fields(["name", "target", "pile", "slips"])

    @property
    def head(self):
        """What is asked once a pile."""
        return [self[name] for name in ("name", "target", "pile", "slips") if name in self.fields]

    @property
    def rows(self):
        """[(question, [(level, field)])]: a row of small boxes a question."""
        return [
            (name, [(label, self[f"{key}__{level}"]) for level, label in levels])
            for key, name, levels in self.sheet_form.questions
        ]

    def clean(self):
        cleaned = super().clean()
        self.totals = {}
        for key, name, levels in self.sheet_form.questions:
            counts = {level: cleaned.get(f"{key}__{level}") or 0 for level, _ in levels}
            if sum(counts.values()) > (cleaned.get("slips") or MOST):
                self.add_error("slips", f"“{name}”的票数合计比张数多，请核对。")
            self.totals[key] = {level: count for level, count in counts.items() if count}
        if not any(self.totals.values()) and not self.errors:
            raise forms.ValidationError("各档都是 0，没有可计的票。")
        return cleaned
