from django import forms

from common.publishing import refuse_private_fields


class WindowPartsForm(forms.Form):
    """One text for each heading that the plan names and the window has no field for."""

    def __init__(self, *args, names, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = dict(enumerate(names))
        for number, name in self.names.items():
            self.fields[f"part{number}"] = forms.CharField(
                label=name,
                max_length=2000,
                required=False,
                initial=texts.get(name, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self):
        cleaned = super().clean()
        refuse_private_fields(self, list(self.fields))
        return cleaned

    def texts(self):
        return {name: self.cleaned_data[f"part{number}"] for number, name in self.names.items()}
