"""Badge and service card, drawn in mm. `facts` come from queries.faces; `draw.photo(name)` opens a file."""

from common.print import Box
from common.print.pen import GOLD, RED, SOFT

WHITE = "#FFFFFF"
PHOTO = Box(5, 13.5, 22.4, 31.4)
BADGE_LINES = (("name", "姓名"), ("unit", "单位"), ("post", "职务"))


def badge(pen, facts, sheet):
    """姓名, 单位, 职务, 照片 and nothing else that tells about the person (L04)."""
    across, down = 85.5, 54
    pen.fill(Box(0, 0, across, 10.5), RED)
    pen.text(
        Box(4, 1, across - 8, 8.5), sheet.heading, size=13, bold=True, align="centre",
        middle=True, colour=WHITE,
    )  # fmt: skip
    has_photo = "photo" in facts
    if has_photo:
        picture(pen, PHOTO, facts["photo"], sheet)
    left = 31 if has_photo else 6
    qr = 14 if facts.get("qr") else 0
    _badge_lines(pen, facts, left, across)
    if qr:
        pen.qr(Box(across - qr - 4, 37.5, qr, qr), sheet.base + facts["qr"])
        pen.text(
            Box(left, 45.2, across - qr - left - 5, 4), "扫码评价 接受监督", size=7, colour=SOFT
        )
    if facts.get("emblem"):
        _member_mark(pen, left, facts["emblem"])
    foot(pen, across, down, sheet)


def _badge_lines(pen, facts, left, across):
    y = 13.5
    for key, label in BADGE_LINES:
        if key not in facts:
            continue
        down = 9.4 if key == "name" else 7.2
        pen.text(Box(left, y + (3.4 if key == "name" else 2), 9, 4), label, size=7, colour=SOFT)
        pen.text(
            Box(left + 9, y, across - left - 13, down), facts[key],
            size=17 if key == "name" else 10, least=5, bold=key == "name", middle=True,
        )  # fmt: skip
        y += down


def _member_mark(pen, left, status):
    """What the person is, a probationary member too; the emblem itself is worn, not printed."""
    pen.fill(Box(left, 39.4, 19, 4.6), GOLD)
    pen.text(
        Box(left, 39.4, 19, 4.6), status, size=8, bold=True, align="centre", middle=True,
        colour=WHITE,
    )  # fmt: skip


def service_card(pen, facts, sheet):
    """Duty, contact and a code to rate by, as the plan's fields say (L07)."""
    across, down = 90, 54
    pen.fill(Box(0, 0, 3, down), RED)
    left = 7
    if "photo" in facts:
        picture(pen, Box(7, 6, 17, 23.8), facts["photo"], sheet)
        left = 28
    pen.text(Box(left, 5.5, 34, 8), facts.get("name", ""), size=17, least=6, bold=True)
    pen.text(Box(left, 14, 58 - (left - 28), 5.5), facts.get("post", ""), size=10, least=5)
    pen.text(
        Box(left, 19.7, 58 - (left - 28), 5.5), facts.get("unit", ""), size=9, least=5,
        colour=SOFT,
    )  # fmt: skip
    mark = facts.get("party_member") or facts.get("emblem", "")
    pen.text(Box(63, 6.5, 23, 5), mark, size=9, bold=True, align="right", colour=RED)
    if facts.get("motto"):
        pen.text(Box(left, 25.4, 58 - (left - 28), 4.6), facts["motto"], size=7.5, least=5)
    pen.rule(7, 31.5, across - 11)
    _service_lines(pen, facts, across)
    if facts.get("qr"):
        pen.qr(Box(across - 21, 32.5, 17, 17), sheet.base + facts["qr"])
    foot(pen, across, down, sheet, left=7)


def _service_lines(pen, facts, across):
    room = across - 11 - (20 if facts.get("qr") else 0)
    y = 33
    if facts.get("phone"):
        pen.text(Box(7, y, room, 4.5), f"电话  {facts['phone']}", size=9, least=6)
        y += 5
    if facts.get("zone"):
        pen.text(Box(7, y, room, 4.2), f"责任区  {facts['zone']}", size=8, least=5)
        y += 4.6
    if facts.get("duties"):
        pen.text(Box(7, y, room, 49 - y), facts["duties"], size=8, least=5)


def picture(pen, box, name, sheet):
    """The photo while there is consent and a file; else a frame to glue one into."""
    file = sheet.photo(name) if name else None
    if file is None:
        pen.no_photo(box)
        return
    with file:
        pen.photo(box, file)


def foot(pen, across, down, sheet, left=5):
    """Every print says which version it is and of which day."""
    pen.text(
        Box(left, down - 3.6, across - left - 5, 2.6), sheet.stamp, size=5, least=4, colour=SOFT
    )
