from django import forms
from django.db.models import Q

from branches.models import Person
from supervision.models import Seat


class SeatForm(forms.ModelForm):
    """Who, as what, since when. A name that several bear is told apart by the work number."""

    place = forms.ChoiceField(label="职务")
    who = forms.CharField(label="姓名或账号", max_length=60, help_text="有同名的，请填账号。")

    class Meta:
        model = Seat
        fields = ["place", "who", "remark", "document", "starts_on"]
        widgets = {"starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, places, root, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in places}
        self.root = root
        self.fields["place"].choices = [
            (
                one.key,
                f"{one.group} · {one.title}" + (f"（{one.held_by}）" if one.held_by else ""),
            )
            for one in places
        ]

    def clean_who(self):
        who = self.cleaned_data["who"].strip()
        inside = Q(affiliations__organisation__path__startswith=self.root.path) | Q(
            roles__organisation__path__startswith=self.root.path
        )
        found = list(
            Person.objects.filter(inside, Q(name=who) | Q(username=who), is_active=True)
            .distinct()
            .order_by("pk")[:6]
        )
        if not found:
            raise forms.ValidationError("这个活动的组织里没有这个人，请核对姓名。")
        if len(found) > 1:
            accounts = "、".join(person.username for person in found)
            raise forms.ValidationError(f"有 {len(found)} 个同名的人，请填账号：{accounts}。")
        return found[0]

    @property
    def chosen(self):
        return self.places[self.cleaned_data["place"]]


class SeatEndForm(forms.Form):
    ends_on = forms.DateField(
        label="任职止", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
