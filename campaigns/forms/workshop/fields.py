"""A form field for a slot of a scheme, and what was typed as plain data again."""

import re

from django import forms

INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
SEPARATORS = re.compile(r"[,，、;；\s]+")
PAIR = re.compile("[:=：\uff1d]")
OTHERWISE = "其他"
MOST = 20_000  # characters of one field


def make_field(slot, choices, value, *, locked=False):
    """The field for one slot; a stored value that is in no list stays choosable."""
    options = {"label": slot.label, "help_text": slot.help, "required": False, "disabled": locked}
    if slot.kind == "check":
        return forms.BooleanField(**options)
    if choices is not None and slot.kind in ("lines", "choices"):
        return forms.MultipleChoiceField(
            choices=_with(choices, value or ()), widget=forms.CheckboxSelectMultiple, **options
        )
    if choices is not None:
        blank = [] if slot.kind == "choice" and slot.default is not None else [("", "（不选）")]
        known = _with(choices, [value] if value else [])
        return forms.ChoiceField(choices=blank + known, **options)
    widget = _widget(slot)
    return forms.CharField(widget=widget, max_length=MOST, strip=True, **options)


def _widget(slot):
    if slot.kind == "text":
        return forms.Textarea(attrs={"rows": 2})
    if slot.kind in ("lines", "pairs"):
        return forms.Textarea(attrs={"rows": 3})
    if slot.kind == "date":
        return forms.DateInput(attrs={"type": "date"})
    if slot.kind == "number":
        return forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.TextInput()


def _with(choices, values):
    known = set()
    for value, label in choices:
        known.update([value] if isinstance(label, str) else [inner for inner, _ in label])
    return list(choices) + [
        (value, f"{value}（方案里没有）") for value in values if value not in known
    ]


def as_typed(slot, value):
    """Stored data as the field shows it."""
    if value is None:
        return "" if slot.kind != "check" else False
    if slot.kind == "lines":
        return "\n".join(str(one) for one in value)
    if slot.kind == "pairs":
        return "\n".join(
            f"{_shown(key)}：{'' if one is None else one}" for key, one in value.items()
        )
    if slot.kind == "numbers":
        return ", ".join(str(one) for one in value)
    if slot.kind in ("check", "choices"):
        return list(value) if slot.kind == "choices" else value
    return str(value)


def as_data(slot, typed, *, loose, chosen):
    """What was typed as plain data; None when the field says nothing."""
    if slot.kind == "check":
        return bool(typed)
    if slot.kind in ("lines", "choices"):
        lines = typed if chosen else typed.splitlines()
        return [line.strip() for line in lines if line.strip()]
    if slot.kind == "numbers":
        return [_number(part) for part in SEPARATORS.split(typed) if part]
    if slot.kind == "pairs":
        return dict(_pair(line) for line in typed.splitlines() if line.strip())
    text = typed.replace("\r\n", "\n").strip()
    if not text:
        return None
    return _number(text) if slot.kind == "number" or loose else text


def _shown(key):
    return OTHERWISE if key == "otherwise" else key


def _pair(text):
    """名称：分值; the last sign divides, as a name may hold one."""
    *words, points = PAIR.split(text.strip())
    name = "：".join(words).strip() or points.strip()
    value = _number(points.strip()) if words else None
    return ("otherwise" if name == OTHERWISE else name), (None if value == "" else value)


def _number(text):
    return int(text) if INTEGER.fullmatch(text) else text


def says_nothing(slot, value):
    """Nothing, or what is meant anyway."""
    default = list(slot.default) if isinstance(slot.default, tuple) else slot.default
    if value is None or (value == default and not isinstance(value, int)):
        return True
    if isinstance(value, bool) and value is default:
        return True
    return (value is False or value in ([], {})) and slot.default is None


def says_default_number(slot, value):
    """`1` typed where 1 (as a decimal) is meant anyway."""
    return slot.kind == "number" and slot.default is not None and str(slot.default) == str(value)
