"""Desk signs and signs of a zone: an A5 face, printed twice on an A4 that is folded (L11, L08)."""

from common.print import Box
from common.print.pen import RED, SOFT
from pledges.tasks.cards import WHITE, foot, picture

ACROSS, DOWN = 210, 148.5


def desk_sign(pen, facts, sheet):
    """Of a person or of a window: who, then the plan's lines (主要职责, 受理的主要项目)."""
    pen.fill(Box(0, 0, ACROSS, 16), RED)
    pen.text(
        Box(12, 3, ACROSS - 24, 10), facts["unit"], size=20, least=8, bold=True, align="centre",
        middle=True, colour=WHITE,
    )  # fmt: skip
    has_photo = bool(facts["photo"])
    if has_photo:
        picture(pen, Box(14, 23, 30, 42), facts["photo"], sheet)
    left = 50 if has_photo else 14
    room = ACROSS - left - (46 if facts["qr"] else 14)
    pen.text(Box(left, 22, room, 19), facts["name"], size=46, least=10, bold=True, middle=True)
    pen.text(Box(left, 43, room, 11), facts["post"], size=22, least=8, middle=True)
    if facts["party"]:
        pen.text(Box(left, 55, room, 9), facts["party"], size=16, least=8, colour=RED, bold=True)
    if facts["qr"]:
        pen.qr(Box(ACROSS - 44, 22, 32, 32), sheet.base + facts["qr"])
        pen.text(Box(ACROSS - 44, 55, 32, 6), "扫码评价", size=11, align="centre", colour=SOFT)
    _parts(pen, facts["parts"], top=70, bottom=DOWN - 6)
    foot(pen, ACROSS, DOWN, sheet, left=14)


def _parts(pen, parts, *, top, bottom):
    """Equal shares of the lower half; a line without text is left to be written in by hand."""
    share = (bottom - top) / max(1, len(parts))
    for number, (name, words) in enumerate(parts):
        y = top + number * share
        pen.rule(14, y, ACROSS - 28)
        pen.text(Box(14, y + 2, 38, 10), name, size=15, least=7, bold=True, colour=RED)
        pen.text(Box(54, y + 2, ACROSS - 68, share - 4), words, size=26, least=7)


def zone_sign(pen, facts, sheet):
    """Which zone or post it is, what is answered for, by whom (L08)."""
    pen.fill(Box(0, 0, ACROSS, 30), RED)
    pen.text(
        Box(12, 4, ACROSS - 24, 22), facts["kind"], size=48, least=12, bold=True, align="centre",
        middle=True, colour=WHITE,
    )  # fmt: skip
    pen.text(
        Box(14, 34, ACROSS - 28, 16), facts["name"], size=32, least=10, bold=True, align="centre",
        middle=True,
    )  # fmt: skip
    pen.text(
        Box(14, 50, ACROSS - 28, 9), " · ".join(p for p in (facts["unit"], facts["place"]) if p),
        size=15, least=7, align="centre", colour=SOFT,
    )  # fmt: skip
    _parts(
        pen,
        [["责任内容", facts["responsibility"]], ["责任人", "、".join(facts["holders"])]],
        top=64,
        bottom=DOWN - 8,
    )
    foot(pen, ACROSS, DOWN, sheet, left=14)
