"""Password rules beyond Django's: the mix that 等保 asks for, and what Chinese users choose first."""

import re
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")


class MixValidator:
    """Three of four kinds of signs (等保 8.1.4.1a); a long phrase of 16 may do with two."""

    def validate(self, password, user=None):
        kinds = sum(bool(re.search(sign, password)) for sign in CLASSES)
        if kinds < (2 if len(password) >= 16 else 3):
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self):
        return "大写字母、小写字母、数字、符号中至少用三种。"


class ChinesePasswordValidator:
    """Common passwords of Chinese sites, and a common one with a year or a few digits behind it."""

    def validate(self, password, user=None):
        plain = password.lower()
        stem = re.sub(r"[^a-z]+$", "", plain)
        if plain in common_passwords() or (stem in common_stems() and len(plain) - len(stem) <= 8):
            raise ValidationError("这个密码太常见，请换一个。", code="password_too_common")

    def get_help_text(self):
        return "不要用常见密码、姓名拼音加年份之类。"


@cache
def common_passwords():
    return frozenset(_lines("passwords.txt"))


@cache
def common_stems():
    """Letters that common passwords begin with before their digits: woaini1314 -> woaini."""
    return frozenset(
        stem for line in common_passwords() if len(stem := re.sub(r"[^a-z]+$", "", line)) >= 2
    )


def _lines(name):
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
