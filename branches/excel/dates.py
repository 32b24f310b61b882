"""Dates in every way they are typed: what is written is kept, what is missing is not invented."""

# ruff: noqa: RUF001 — the signs people type instead of others are what this module is about

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from typing import NamedTuple

from branches.excel.text import NOTHING, QUOTES, folded, without_invisible
from common.excel.number_formats import DAY, MONTH, YEAR, date_precision, serial_date
from common.excel.workbook import BOOL, DATE, ERROR, FORMULA, NUMBER, Cell

NUMERALS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○Ｏ◯", 0
)
CHINESE = re.compile(r"[零〇○◯一二三四五六七八九十廿卅元正]+")
LONGEST = 60
SEPARATOR = r"[.\-/年、,·_~]"
FULL = re.compile(rf"([0-9]{{4}})({SEPARATOR})([0-9]{{1,2}})([.\-/月、,·_])([0-9]{{1,2}})[日号]?")
YEAR_MONTH = re.compile(rf"([0-9]{{4}}){SEPARATOR}([0-9]{{1,2}})(?:月份?)?")
COMPACT = re.compile(r"([0-9]{4})[.\-/年]?([0-9]{2})([0-9]{2})")
SHORT = re.compile(r"([0-9]{2})([.\-/年])([0-9]{1,2})(?:[.\-/月]([0-9]{1,2})?[日号]?)?")
LAST_FIRST = re.compile(r"([0-9]{1,2})[./\-]([0-9]{1,2})[./\-]([0-9]{4})")
MONTH_FIRST = re.compile(r"([0-9]{1,2})[./\-]([0-9]{4})")
SPACED = re.compile(r"([0-9]{4})\s+([0-9]{1,2})(?:\s+([0-9]{1,2}))?")
WEEKDAY = re.compile(r"\s*[（(]?(星期|礼拜|周)[一二三四五六日天][）)]?$")
DEED = re.compile(r"(?<=[0-9年月日号])\s*(出生|入党|转正|生)$")
CLOCK = re.compile(r"T?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.0+)?$")
YEAR_AS_SERIAL = (date(1905, 3, 1), date(1905, 9, 30))  # the numbers 1900 to 2100 seen as days


class BadDate(ValueError):
    """No date, or none that can be; the message says why."""


class PartialDate(NamedTuple):
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> str:
        return DAY if self.day else MONTH if self.month else YEAR

    @property
    def value(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in self[1:] if part]
        return "-".join(parts)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def agrees_with(self, other: PartialDate) -> bool:
        return all(a == b for a, b in zip(self, other, strict=True) if a and b)


class ReadDate(NamedTuple):
    date: PartialDate | None
    hint: str = ""


def read_date(cell: Cell | None, *, today: date) -> ReadDate:
    """The date of a cell; BadDate when it is none, impossible or still to come."""
    if cell is None:
        return ReadDate(None)
    if cell.kind == FORMULA:
        raise BadDate("单元格是公式且没有计算结果")
    if cell.kind == DATE:
        found = _from_calendar(str(cell.value), cell.format)
    elif cell.kind == NUMBER:
        found = _from_number(cell)
    elif cell.kind in (ERROR, BOOL) or str(cell.value).startswith("#"):
        raise BadDate(f"单元格是“{cell.value}”")
    else:
        found = _from_text(str(cell.value), today)
    return _checked(found, today)


def _checked(found: ReadDate, today: date) -> ReadDate:
    if found.date:
        if not 1900 <= found.date.year <= 9999:
            raise BadDate(f"年份 {found.date.year} 不合理")
        if found.date.first > today:
            raise BadDate(f"日期 {found.date.value} 晚于今天")
    return found


def valid(year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """A date that exists; a zero for month or day means that it was not known."""
    if month is not None and not 0 <= month <= 12:
        raise BadDate(f"{year}年没有{month}月")
    if not month:
        return PartialDate(year)
    if day is not None and not 0 <= day <= calendar.monthrange(max(year, 1), month)[1]:
        raise BadDate(f"{year}年{month}月没有{day}日")
    return PartialDate(year, month, day or None)


def _from_calendar(iso: str, code: str) -> ReadDate:
    try:
        day = date.fromisoformat(iso)
    except ValueError as error:
        raise BadDate(f"“{iso}”不是日期") from error
    if YEAR_AS_SERIAL[0] <= day <= YEAR_AS_SERIAL[1]:
        raise BadDate(f"显示为 {iso}，疑似把年份填进了日期格式的单元格，请改为文本重填")
    precision = date_precision(code) or DAY
    if precision == YEAR:
        return ReadDate(PartialDate(day.year))
    return ReadDate(PartialDate(day.year, day.month, day.day if precision == DAY else None))


def _from_number(cell: Cell) -> ReadDate:
    number = float(cell.value)  # type: ignore[arg-type]
    decimals = re.fullmatch(r"[#0,]*0\.(0+)_?\s*", cell.format)
    text = f"{number:.{len(decimals[1])}f}" if decimals else str(cell.value)
    if 10_000 <= number <= 60_000:
        day = serial_date(number, since_1904=False)
        assert day  # noqa: S101 — the range above lies inside the calendar
        found = PartialDate(day.year, day.month, day.day)
        return ReadDate(found, f"单元格是数字 {text}，按 Excel 日期序号读作 {found.value}")
    if re.fullmatch(r"(19|20)[0-9]{2}\.1", text):
        year = int(text[:4])
        hint = f"数字 {text} 可能是1月也可能是10月，只取年份，请改为文本重填"
        return ReadDate(PartialDate(year), hint)
    return _from_digits(text)


def _from_digits(text: str) -> ReadDate:
    if number := re.fullmatch(r"([0-9]{4})(?:\.0+)?", text):
        return ReadDate(valid(int(number[1])))
    if full := COMPACT.fullmatch(text):
        return ReadDate(valid(*map(int, full.groups())))
    if month := re.fullmatch(r"([0-9]{4})\.?([0-9]{2})", text):
        return ReadDate(valid(int(month[1]), int(month[2])))
    if month := re.fullmatch(r"([0-9]{4})\.([0-9])", text):
        return ReadDate(valid(int(month[1]), int(month[2])))
    raise BadDate(f"“{text}”不是能识别的日期")


def _from_text(raw: str, today: date) -> ReadDate:
    text = _cleaned(raw)
    if text.upper() in NOTHING:
        return ReadDate(None)
    if full := FULL.fullmatch(text):
        year, first, month, second, day = full.groups()
        if first == second or (first == "年") == (second == "月"):
            return ReadDate(valid(int(year), int(month), int(day)))
    if month := YEAR_MONTH.fullmatch(text):
        return ReadDate(valid(int(month[1]), int(month[2])))
    if last := LAST_FIRST.fullmatch(text):
        return _from_last_first(*map(int, last.groups()))
    if last := MONTH_FIRST.fullmatch(text):
        return ReadDate(valid(int(last[2]), int(last[1])))
    if short := SHORT.fullmatch(text):
        return _from_short(short, today)
    return _from_bare_digits(text.removesuffix("年"))


def _cleaned(raw: str) -> str:
    """Half-width, Arabic, without clock, quotes and closing points."""
    if len(raw) > LONGEST:
        raise BadDate(f"“{raw[:30]}…”不是能识别的日期")
    raw = _parted(DEED.sub("", CLOCK.sub("", WEEKDAY.sub("", without_invisible(raw).strip()))))
    text = arabic(folded(CLOCK.sub("", without_invisible(raw).strip())).strip(QUOTES))
    return text.replace("。", ".").replace("—", "-").replace("–", "-").rstrip(".,;-/、")


def _parted(raw: str) -> str:
    """“2005 1 1” are year, month and day; run together they would be November."""
    text = unicodedata.normalize("NFKC", raw).strip()
    spaced = SPACED.fullmatch(text)
    if spaced:
        return "-".join(part for part in spaced.groups() if part)
    if re.search(r"[0-9]\s+[0-9]", text):
        raise BadDate(f"“{raw[:30]}”的数字之间有空格，分不清年月日，请写成年-月-日")
    return raw


def _from_bare_digits(text: str) -> ReadDate:
    if not re.fullmatch(r"[0-9.]{4,10}", text):
        raise BadDate(f"“{text[:30]}”不是能识别的日期")
    if re.fullmatch(r"[0-9]{5}(\.0+)?", text):
        day = serial_date(float(text), since_1904=False)
        if day:
            found = PartialDate(day.year, day.month, day.day)
            return ReadDate(found, f"“{text}”按 Excel 日期序号读作 {found.value}")
    return _from_digits(text)


def _from_last_first(a: int, b: int, year: int) -> ReadDate:
    """5/20/1990 can only be May; 5/6/1990 can be two days."""
    if a <= 12 and b <= 12 and a != b:
        raise BadDate(f"“{a}/{b}/{year}”分不清月和日，请写成年-月-日")
    month, day = (a, b) if a <= 12 else (b, a)
    return ReadDate(valid(year, month, day))


def _from_short(match: re.Match[str], today: date) -> ReadDate:
    short = int(match[1])
    year = short + (1900 if short > today.year % 100 else 2000)
    found = valid(year, int(match[3]), int(match[4]) if match[4] else None)
    return ReadDate(found, f"“{match[0]}”的年份只有两位，读作 {found.value}，请核对")


def arabic(text: str) -> str:
    """一九九〇年五月十二日 → 1990年5月12日."""
    return CHINESE.sub(lambda match: _arabic(match[0]), text)


def _arabic(numeral: str) -> str:
    if numeral in ("元", "正"):
        return "1"
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    if "十" not in numeral:
        return "".join(str(NUMERALS.get(sign, "")) for sign in numeral)
    tens, _, ones = numeral.partition("十")
    return str(NUMERALS.get(tens, 1) * 10 + NUMERALS.get(ones, 0))
