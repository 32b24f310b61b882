"""What must agree within a person and between the people of a file."""

from __future__ import annotations

import re
from datetime import date, timedelta

from branches.excel.dates import PartialDate
from branches.excel.outcome import IMPORTED, RosterPerson, RowFate
from branches.excel.vocabulary import FULL_MEMBER, PROBATIONARY

NO_PROBATION = (date(1969, 4, 1), date(1977, 8, 31))  # members of these years had no probation
ADULT = 18
TELLING = ("id_number", "gender", "birth_date", "join_date", "phone", "work_no", "ethnicity")
USUAL_SAMPLES = re.compile(r"张三|李四|王五|赵六|某某|[一-鿿]某{1,2}|×+|[xX]{2,}")


def check_person(fate: RowFate, letters: dict[str, str | None], *, today: date) -> None:
    """`letters` are the columns of the dates, to point at."""
    person = fate.person
    if person is None or fate.fate != IMPORTED:
        return
    _check_age(fate, person, letters)
    _check_probation(fate, person, letters)
    _check_category(fate, person, letters, today)
    if USUAL_SAMPLES.fullmatch(person.name):
        fate.warn(letters.get("name"), f"“{person.name}”像是样例姓名，请核对", "sample_name")
    if not any(getattr(person, name) for name in TELLING):
        fate.warn(letters.get("name"), "此行除姓名外没有别的信息，请核对", "name_only")


def _years_after(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def _check_age(fate: RowFate, person: RosterPerson, letters: dict[str, str | None]) -> None:
    born, joined = person.birth_date, person.join_date
    if not born or not joined:
        return
    if joined.last < born.first:
        fate.reject(letters.get("join_date"), "入党日期早于出生日期", "date_order")
    elif joined.last < _years_after(born.first, ADULT):
        message = f"入党日期 {joined.value} 时未满 {ADULT} 岁（出生 {born.value}）"
        fate.reject(letters.get("join_date"), message, "joined_too_young")


def _check_probation(fate: RowFate, person: RosterPerson, letters: dict[str, str | None]) -> None:
    joined, regular = person.join_date, person.regular_date
    if not joined or not regular:
        return
    letter = letters.get("regular_date")
    if regular.last < joined.first:
        message = f"转正日期 {regular.value} 早于入党日期 {joined.value}"
        fate.reject(letter, message, "date_order")
        return
    if joined.last >= NO_PROBATION[0] and joined.first <= NO_PROBATION[1]:
        return
    if regular == joined:
        message = "转正日期与入党日期相同（应有一年预备期），请核对"
        fate.warn(letter, message, "regular_equals_join")
    elif joined.first.year > 1956 and regular.last < _years_after(joined.first, 1):
        fate.warn(letter, "入党到转正不满一年，请核对", "probation_short")
    elif regular.first > _years_after(joined.last, 2) + timedelta(days=62):
        fate.warn(letter, "入党到转正超过两年，请核对", "probation_long")


def _check_category(
    fate: RowFate, person: RosterPerson, letters: dict[str, str | None], today: date
) -> None:
    letter = letters.get("category")
    if person.category == PROBATIONARY and person.regular_date:
        fate.warn(letter, "预备党员却有转正日期，请核对", "probationary_with_regular")
    if person.category == PROBATIONARY and _older_than(person.join_date, 2, today):
        fate.warn(letter, "预备期已超过两年，请核对是否应已转正", "probation_overdue")
    recent = person.join_date and not _older_than(person.join_date, 1, today)
    if person.category == FULL_MEMBER and not person.regular_date and recent:
        fate.warn(letter, "入党未满一年却是正式党员，请核对", "full_too_early")
    if person.category is None:
        person.category = _likely_category(person, today)
        if person.category == PROBATIONARY:
            fate.warn(letter, "没有写人员类别，入党未满一年，按预备党员导入，请核对", "category")
        elif letters.get("category"):
            fate.warn(letter, "人员类别为空，按正式党员导入，请核对", "category")


def _older_than(day: PartialDate | None, years: int, today: date) -> bool:
    return bool(day) and _years_after(day.last, years) < today


def _likely_category(person: RosterPerson, today: date) -> str:
    if person.regular_date or not person.join_date:
        return FULL_MEMBER
    return FULL_MEMBER if _older_than(person.join_date, 1, today) else PROBATIONARY


class Doubles:
    """Refuses the second row with an ID number or work number; points at likely doubles."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], RowFate] = {}

    def check(self, fate: RowFate, letters: dict[str, str | None]) -> None:
        person = fate.person
        if person is None:
            return
        for field, label in (("id_number", "身份证号"), ("work_no", "工号")):
            value = getattr(person, field)
            first = self._seen.setdefault((field, value), fate) if value else fate
            if first is not fate:
                whose = f"（{first.person.name}）" if first.person else ""
                message = f"{label}与{place(first, fate)}{whose}重复"
                fate.reject(letters.get(field), message, f"duplicate_{field}_in_file")
                return
        self._check_likely(fate, person, letters)

    def _check_likely(
        self, fate: RowFate, person: RosterPerson, letters: dict[str, str | None]
    ) -> None:
        if fate.fate != IMPORTED or not person.name:
            return
        by_birth = ("name", person.name, person.birth_date.value if person.birth_date else "")
        first = self._seen.setdefault(by_birth, fate)
        if first is fate or not first.person:
            return
        if person.id_number and first.person.id_number:
            return  # two people of one name and birthday, told apart by their numbers
        message = f"与{place(first, fate)}同名同出生日期，可能是同一人，请核对"
        fate.warn(letters.get("name"), message, "likely_double")


def place(other: RowFate, seen_from: RowFate) -> str:
    sheet = "" if other.sheet == seen_from.sheet else f"工作表“{other.sheet}”"
    return f"{sheet}第 {other.row} 行"
