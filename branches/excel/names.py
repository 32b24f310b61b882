"""Names of people: kept as they are written, only made clean."""

# ruff: noqa: RUF001 — the signs people type instead of others are what this module is about

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from branches.excel.text import QUOTES, tidy
from branches.excel.vocabulary import ETHNICITIES, ethnicity_of

DOTS = re.compile(r"\s*[·・•‧･∙⋅●﹒．.]\s*")
HAN = r"\u2E80-\u2FDF\u3007\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U000323AF"
CHINESE_NAME = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)*")
NOTE = re.compile(r"[（(]([^（()）]{1,20})[)）]$")
GONE = re.compile(r"转出|去世|死亡|病故|逝世|出党|除名|开除|退党|脱党|停止党籍|调离|注销")
SAMPLE = re.compile(r"示例|样例|例[:：]|^例|请删除|填写说明|范例")


LONGEST = 60
NUMBERED = re.compile(r"^([①-⑳⑴-⒇㈠-㈩]|[0-9]{1,3}[.、．)）])\s*(?=.{2})")
STANDING = ("预备", "正式", "在册", "预备期")


class BadName(ValueError):
    """Not a name of a person; the message says why."""


class Name(NamedTuple):
    value: str
    hints: tuple[str, ...] = ()
    gender: str = ""
    ethnicity: str = ""


def read_name(text: str) -> Name:
    name = tidy(text)[: LONGEST + 1].strip(QUOTES + "*★☆△▲※ ")
    name = NUMBERED.sub("", name)
    if SAMPLE.search(name):
        raise BadName(f"“{name}”是模板里的样例行，请删除")
    if len(name) > LONGEST:
        raise BadName(f"“{name[:20]}…”不像姓名")
    note = NOTE.search(name)
    if note:
        return _with_note(name[: note.start()].strip(), note[1])
    return _plain(name)


def _with_note(name: str, note: str) -> Name:
    """王某（女，回族）: the usual remarks are facts, others stay in the name to be looked at."""
    if GONE.search(note):
        raise BadName(f"姓名注有“{note}”，请核对此人是否仍在本支部")
    plain = _plain(name)
    words = [word for word in re.split(r"[,，、;；\s]+", note) if word]
    gender = next((word for word in words if word in ("男", "女")), "")
    ethnicity = next(
        (ethnicity_of(word) for word in words if ethnicity_of(word) in ETHNICITIES), ""
    )
    known = bool(gender) + bool(ethnicity)
    if known == len(words):
        return plain._replace(gender=gender, ethnicity=ethnicity)
    if known or note in STANDING or "党员" in note or "书记" in note or "委员" in note:
        hint = f"姓名后注有“{note}”，已去掉，请核对"
        return Name(plain.value, (*plain.hints, hint), gender, ethnicity)
    hint = f"姓名后注有“{note}”，按原样保留，请核对"
    return Name(f"{plain.value}（{note}）", (*plain.hints, hint))


def _plain(text: str) -> Name:
    name = _spaced(re.sub(DOTS, "·", text)) if re.search(rf"[{HAN}]", text) else text
    hints = []
    if any(unicodedata.category(sign) == "Co" for sign in name):
        hints.append("姓名含有造字（私用区字符），在别的电脑上可能显示不出，请核对")
    elif re.fullmatch(r"[A-Za-z][A-Za-z .'·-]{1,58}", name):
        hints.append("姓名不是汉字，请核对")
    elif not CHINESE_NAME.fullmatch(name):
        if " " not in name or not CHINESE_NAME.fullmatch(name.replace(" ", "")):
            raise BadName(f"“{name[:20]}”不像姓名")
        hints.append("姓名中间有空格，按原样保留，请核对")
    if len(name) == 1 or (len(name) > 6 and "·" not in name):
        hints.append("姓名的字数少见，请核对")
    return Name(name, tuple(hints))


def _spaced(name: str) -> str:
    """张 三 and 欧 阳 修 are padded; 古丽娜尔 买买提 is two words."""
    parts = name.split()
    if all(len(part) == 1 for part in parts) or len("".join(parts)) <= 4:
        return "".join(parts)
    return " ".join(parts)
