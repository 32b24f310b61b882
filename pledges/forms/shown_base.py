"""What all forms of shown things share: where it hangs, and the guard against private numbers."""

from django import forms

from branches.models import Person, Window
from common.publishing import refuse_private_fields

SHARED = ("visibility", "shown_until")


def day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ShownForm(forms.ModelForm):
    """`organisations` is where the writer may write, `options` the scheme's settings for this kind."""

    def __init__(self, *args, organisations, options=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = options
        self.organisations = organisations
        if "organisation" in self.fields:
            self._offer_organisations()
        for name in ("window", "holder_window"):
            if name in self.fields:
                self.fields[name].queryset = Window.objects.open().filter(
                    organisation__in=organisations
                )
        for name in ("person", "holder_person"):
            if name in self.fields:
                self.fields[name].queryset = Person.objects.filter(
                    pk__in=_people_in(organisations)
                ).order_by("name_pinyin", "pk")

    def _offer_organisations(self):
        field = self.fields["organisation"]
        field.queryset, field.empty_label = self.organisations, None
        field.disabled = self.instance.version > 1  # a new version stays where the old one hangs

    def clean(self):
        cleaned = super().clean()
        texts = [
            name
            for name in self.fields
            if name not in self._meta.model.private_fields
            and isinstance(cleaned.get(name), str)
            and not getattr(self.fields[name], "choices", None)
        ]
        refuse_private_fields(self, texts)
        return cleaned


def _people_in(organisations):
    return organisations.filter(affiliations__ends_on=None).values("affiliations__person")
