"""One answer on a scale of the scheme: a level to choose, or a figure to write."""

from decimal import Decimal

from django import forms
from django.core.validators import StepValueValidator

from campaigns.models.document.parts import plain_number


class FigureField(forms.DecimalField):
    """A figure within the scale's range and steps; kept as text, as levels are."""

    def __init__(self, *, scale, **kwargs):
        step = scale.step or Decimal(1)
        mode = "numeric" if step == step.to_integral_value() else "decimal"
        widget = forms.NumberInput(attrs={"inputmode": mode, "class": "figure-field"})
        super().__init__(
            min_value=scale.lowest,
            max_value=scale.highest,
            step_size=step,
            max_digits=12,
            widget=widget,
            error_messages={"invalid": "请写一个数。", "min_value": "不能低于 %(limit_value)s 分。",
                            "max_value": "不能高于 %(limit_value)s 分。"},
            **kwargs,
        )  # fmt: skip
        self.validators = [
            one for one in self.validators if not isinstance(one, StepValueValidator)
        ]
        in_steps = StepValueValidator(step, offset=scale.lowest)
        in_steps.message = f"每 {plain_number(step)} 分一档。"  # an offset brings words of its own
        self.validators.append(in_steps)

    def clean(self, value):
        figure = super().clean(value)
        return "" if figure is None else str(plain_number(figure.normalize()))


def answer_field(scale, *, about_oneself=False, **common):
    """The form field for one question on this scale; nobody answers 不了解 about himself (P12)."""
    if scale.is_numeric:
        return FigureField(scale=scale, **common)
    choices = [
        (level.key, level.name)
        for level in scale.levels
        if not about_oneself or level.value is not None
    ]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
