"""A judge's sheet as a workbook, and back. A stranger's name, a mark out of range or twice is refused."""

import re
from decimal import Decimal, InvalidOperation

from branches.excel.headings import plain_heading
from branches.excel.listing import BadValue, ListColumn, read_listing, text_of
from branches.excel.outcome import IMPORTED, REJECTED
from common import downloads
from common.excel.reading import read_workbook
from competitions.queries.ranking import full_of, questions_of

NUMBER, NAME = "序号", "参赛者"
SHOWN = 8


class SheetRefused(Exception):
    """Nothing of the file was taken; `reasons` say why, with rows and columns."""

    def __init__(self, reasons):
        super().__init__("；".join(reasons))
        self.reasons = reasons


def sheet_workbook(judge, entrants, marks):
    """Numbers, names and the marks given so far; the judge fills the rest."""
    asked = questions_of(judge.contest.rules)
    rows = (
        [entrant.number, entrant.label, *(marks.get((entrant.pk, key)) for key, _, _ in asked)]
        for entrant in entrants
    )
    return downloads.workbook(
        f"评分表_{judge.contest}_{judge.person}",
        [NUMBER, NAME, *(name for _, name, _ in asked)],
        rows,
        title=f"{judge.contest} 评分表（评委 {judge.person}）",
    )


def read_sheet(data, judge, entrants):
    """{(entrant pk, question): value} of the whole file, or SheetRefused."""
    asked = questions_of(judge.contest.rules)
    listing = read_listing(read_workbook(data), _columns(asked, judge.contest.rules), noun="参赛者")
    if listing.file_errors:
        raise SheetRefused(listing.file_errors)
    known = {entrant.label: entrant for entrant in entrants}
    reasons, marks, seen = [], {}, {}
    for fate in listing.fates:
        if fate.fate == REJECTED:
            reasons += [f"第 {fate.row} 行：{problem.message}" for problem in fate.errors]
        if fate.fate == IMPORTED and fate.person:
            reasons += _take(fate.person, known, seen, marks, asked)
    if reasons:
        more = [f"共 {len(reasons)} 处"] if len(reasons) > SHOWN else []
        raise SheetRefused(reasons[:SHOWN] + more)
    return marks


def _take(row, known, seen, marks, asked):
    name = row.values["name"]
    entrant = known.get(name)
    if entrant is None:
        return [f"第 {row.row} 行：“{name[:40]}”不在您的评分名单里"]
    if entrant.pk in seen:
        return [f"第 {row.row} 行：“{name}”在第 {seen[entrant.pk]} 行已经评过"]
    seen[entrant.pk] = row.row
    for key, _, _ in asked:
        if row.values.get(key) is not None:
            marks[entrant.pk, key] = row.values[key]
    return []


def _columns(asked, rules):
    return [
        ListColumn("number", NUMBER, r"序号|编号|号码"),
        ListColumn("name", NAME, r"参赛者|姓名|名称|参赛单位|参赛人", required=True, longest=120),
        *(
            ListColumn(key, name, re.escape(plain_heading(name)), read=mark_reader(full_of(rules)))
            for key, name, _ in asked
        ),
    ]


def mark_reader(full):
    """Reads a mark from 0 to the full one, three digits at most."""

    def read(cell):
        text = text_of(cell)
        if text is None:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise BadValue(f"“{text[:20]}”不是分数") from None
        if not value.is_finite() or not 0 <= value <= Decimal(str(full)):
            raise BadValue(f"{text[:20]} 分不在 0 到 {full} 之间")
        if value != value.quantize(Decimal("0.001")):
            raise BadValue(f"{text[:20]} 最多三位小数")
        return value

    return read
