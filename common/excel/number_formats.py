"""Which number formats show a date, and how much of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

DAY, MONTH, YEAR = "day", "month", "year"

# Ids that need no definition in the file; 27 to 36 and 50 to 58 are those of Chinese Excel.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 49: "@",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def date_precision(code: str) -> str | None:
    """day, month or year when the format shows a date, else None."""
    if not code or code in ("General", "@"):
        return None
    letters = LITERALS.sub("", code.split(";")[0]).lower()
    if "d" in letters:
        return DAY
    if "y" in letters or re.search(r"(?<![0#.])e(?![+-])", letters):
        return MONTH if "m" in letters else YEAR
    if "m" in letters and not re.search(r"[hs]", letters):
        return MONTH
    return None


def serial_date(serial: float, *, since_1904: bool) -> date | None:
    """The day Excel shows for a serial number; None outside its calendar."""
    whole = int(serial)
    if not since_1904 and 0 < whole < 60:
        whole += 1  # Excel believes in 29 February 1900, number 60
    if not 1 <= whole <= 2_957_003:  # 31 December 9999 in the later of the two calendars
        return None
    return FIRST_DAY[since_1904] + timedelta(days=whole)
