"""Finds what must not go on a public page: ID, mobile and bank numbers, and signs nobody sees (I1, A9).

Numbers are looked for the way people hide them: full-width digits, Chinese digits, blanks or dashes in between.
Check digits keep receipt numbers and dates from being taken for them.
"""

import re
import unicodedata
from typing import NamedTuple

from django.core.exceptions import ValidationError

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINER = "\u200d"  # also holds a family emoji together: there it stays
HIDDEN = set(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
)
CHINESE_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
GAP = r"[\s\-\uff0d\u2013—_.·•*]{0,3}"
DIGIT_RUN = re.compile(rf"[0-9](?:{GAP}[0-9])+(?:{GAP}[Xx])?")
DATE = r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ID_NUMBER = re.compile(rf"[1-9]\d{{5}}{DATE}\d{{3}}[\dX]")
OLD_ID_NUMBER = re.compile(r"[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
LONGEST = 19
BANK_CARD = re.compile(r"[3-69]\d{14,18}")


class Finding(NamedTuple):
    kind: str  # id | phone | bank | hidden | bidi
    label: str
    sample: str  # masked: the warning itself must not repeat the number


def findings(text):
    """Everything in the text that must not be shown in public, each kind of number once per place."""
    return _signs(text) + _numbers(text)


def refuse_private(text):
    """For forms: a plain sentence that says what to take out."""
    found = findings(text or "")
    if found:
        named = "、".join(dict.fromkeys(f"{one.label}{one.sample}" for one in found))
        raise ValidationError(f"这里会公开，请先删去：{named}。", code="private")


def refuse_private_fields(form, names):
    """Adds the sentence to each of the form's fields that needs it; what was typed stays."""
    for name in names:
        try:
            refuse_private(form.cleaned_data.get(name))
        except ValidationError as error:
            form.add_error(name, error)


def _signs(text):
    found = []
    if BIDI & set(text):
        found.append(Finding("bidi", "改变文字方向的控制符", ""))
    if HIDDEN & set(text) or _stray_joiner(text):
        found.append(Finding("hidden", "看不见的字符", ""))
    return found


def _stray_joiner(text):
    """A joiner that does not stand between two pictures."""
    spots = [at for at, sign in enumerate(text) if sign == JOINER]
    return any(not (_is_picture(text, at - 1) and _is_picture(text, at + 1)) for at in spots)


def _is_picture(text, at):
    return 0 <= at < len(text) and unicodedata.category(text[at]) in {"So", "Sk", "Mn"}


def _plain(text):
    """As the eye reads it: no hidden signs, half-width."""
    seen = "".join(sign for sign in text if sign not in HIDDEN | BIDI | {JOINER})
    return unicodedata.normalize("NFKC", seen)


def _numbers(text):
    """Twice: “张三13812345678” hides its number once 三 is read as a figure, “一三八…” unless it is."""
    plain = _plain(text)
    found = []
    for reading in (plain, plain.translate(CHINESE_DIGITS)):
        for run in DIGIT_RUN.finditer(reading):
            found += _in_groups(re.findall(r"[0-9]+[Xx]?|[Xx]", run.group()))
    return list(dict.fromkeys(found))


def _in_groups(groups):
    """“138 1234 5678” is one number, “0518 81234567 13812345678” has one in it: try neighbours together."""
    found, start = [], 0
    while start < len(groups):
        ends = range(min(len(groups), start + LONGEST), start, -1)
        hit = next(
            ((kind, end) for end in ends if (kind := _number("".join(groups[start:end])))), None
        )
        if hit:
            found.append(hit[0])
        start = hit[1] if hit else start + 1
    return found


def _number(digits):
    digits = digits.upper()
    if len(digits) > LONGEST:
        return _glued(digits)
    if _is_id(digits):
        return Finding("id", "身份证号", _masked(digits))
    if MOBILE.fullmatch(digits):
        return Finding("phone", "手机号", _masked(digits[-11:]))
    if BANK_CARD.fullmatch(digits) and _luhn(digits):
        return Finding("bank", "银行卡号", _masked(digits))
    return None


def _glued(digits):
    """An ID number with something written right before or after it."""
    for match in re.finditer(rf"(?=({ID_NUMBER.pattern}))", digits):
        if _is_id(match.group(1)):
            return Finding("id", "身份证号", _masked(match.group(1)))
    return None


def _is_id(digits):
    if ID_NUMBER.fullmatch(digits):
        total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
        return CHECK_DIGITS[total % 11] == digits[-1]
    return bool(OLD_ID_NUMBER.fullmatch(digits))


def _luhn(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _masked(digits):
    return f"{digits[:3]}…{digits[-2:]}"
