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
        self.fields["opens_at"].initial = time(8, 30)
        self.fields["closes_at"].initial = time(17, 30)
