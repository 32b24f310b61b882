from datetime import time

from django import forms

from evaluations.models import Kiosk


class KioskForm(forms.ModelForm):
    class Meta:
        model = Kiosk
        fields = ["name", "opens_at", "closes_at", "pause_seconds"]
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("opens_at", "closes_at")
        }

    pause_seconds = forms.IntegerField(
        label="两次评价至少隔几秒", min_value=5, max_value=600, initial=20
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The empty instance says None for both, and what the instance says goes first.
        for name, usual in (("opens_at", time(8, 30)), ("closes_at", time(17, 30))):
            self.initial[name] = self.initial.get(name) or usual
