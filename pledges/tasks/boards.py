"""Boards for the wall: of a window on A3 or A4 (L03), of an organisation's members on A4 (L09)."""

from common.print import A4, Box
from common.print.pen import RED, SOFT
from pledges.tasks.cards import WHITE, foot, picture

PEOPLE_IN_A_ROW = 5
MEMBERS_ON_A_PAGE = 12
LEAST_BLOCK = 11  # mm: a heading always has its line


def window_board(pen, facts, sheet):
    """Drawn for A4; on A3 everything is as much bigger as the paper is."""
    across, down = A4
    head(pen, facts["name"], facts["unit"], across)
    pen.text(
        Box(14, 36, across - 28, 6),
        "   ".join(part for part in (facts["place"], facts["hours"]) if part),
        size=11, least=6, align="centre", colour=SOFT,
    )  # fmt: skip
    y = _staff(pen, facts["staff"], sheet, across, top=44)
    bottom = down - 46
    pledges = [["公开承诺", _pledges(facts["pledges"])]] if facts["pledges"] else []
    blocks(pen, facts["parts"] + pledges, across, top=y, bottom=bottom)
    pen.rule(14, bottom + 2, across - 28)
    pen.qr(Box(across - 46, bottom + 4, 32, 32), sheet.base + facts["qr"])
    pen.text(Box(14, bottom + 8, 120, 12), "您的评价，我们改进的方向", size=20, bold=True)
    pen.text(
        Box(14, bottom + 22, 120, 7), f"扫码评价，不用登录；也可以输入短码 {facts['code']}", size=11
    )
    foot(pen, across, down, sheet, left=14)


def head(pen, title, unit, across):
    pen.fill(Box(0, 0, across, 34), RED)
    pen.text(
        Box(14, 5, across - 28, 8), unit, size=14, least=7, align="centre", middle=True,
        colour=WHITE,
    )  # fmt: skip
    pen.text(
        Box(14, 13, across - 28, 17), title, size=32, least=9, bold=True, align="centre",
        middle=True, colour=WHITE,
    )  # fmt: skip


def _staff(pen, staff, sheet, across, *, top):
    """Up to ten people in two rows; whoever comes after is named in one line."""
    width, height = (across - 28) / PEOPLE_IN_A_ROW, 50
    shown = staff[: 2 * PEOPLE_IN_A_ROW]
    for number, one in enumerate(shown):
        row, column = divmod(number, PEOPLE_IN_A_ROW)
        in_row = min(PEOPLE_IN_A_ROW, len(shown) - row * PEOPLE_IN_A_ROW)
        x = 14 + column * width + (PEOPLE_IN_A_ROW - in_row) * width / 2
        _one_of_staff(pen, one, sheet, Box(x, top + row * height, width, height))
    y = top + height * -(-len(shown) // PEOPLE_IN_A_ROW)
    if len(staff) > len(shown):
        rest = "、".join(one["name"] for one in staff[len(shown) :])
        pen.text(Box(14, y, across - 28, 6), f"还有：{rest}", size=10, least=6)
        y += 7
    return y + 2


def _one_of_staff(pen, one, sheet, box):
    photo = Box(box.x + box.across / 2 - 11, box.y + 2, 22, 30.8)
    picture(pen, photo, one["photo"], sheet)
    pen.text(
        Box(box.x + 1, box.y + 33.5, box.across - 2, 6), one["name"], size=13, least=6, bold=True,
        align="centre",
    )  # fmt: skip
    words = one["post"] + (" · 党员" if one["party"] else "")
    pen.text(
        Box(box.x + 1, box.y + 40, box.across - 2, 8), words, size=9, least=5, align="centre",
        colour=SOFT,
    )  # fmt: skip


def _pledges(pledges):
    return "\n".join(f"{number}. {text}" for number, (_, text, _) in enumerate(pledges, 1))


def blocks(pen, parts, across, *, top, bottom):
    """Each part gets room by how much it says; none less than a heading and two lines."""
    weights = [max(0.5, len(words) / 34 + words.count("\n")) for _, words in parts]
    least = min(LEAST_BLOCK, (bottom - top) / max(1, len(parts)))
    y, free = top, bottom - top - least * len(parts)
    for (name, words), weight in zip(parts, weights, strict=True):
        share = least + free * weight / sum(weights)
        pen.rule(14, y, across - 28)
        pen.text(Box(14, y + 2, 34, 8), name, size=13, least=7, bold=True, colour=RED)
        pen.text(Box(50, y + 2, across - 64, share - 4), words, size=18, least=6)
        y += share


def member_pages(facts):
    """The members cut into pages; each is drawn by `member_board`."""
    members = facts["members"]
    starts = range(0, max(1, len(members)), MEMBERS_ON_A_PAGE)
    return [facts | {"members": members[at : at + MEMBERS_ON_A_PAGE]} for at in starts]


def member_board(pen, facts, sheet):
    across, down = A4
    head(pen, "党员公示栏", facts["name"], across)
    width, height = (across - 24) / 3, 58
    for number, member in enumerate(facts["members"]):
        row, column = divmod(number, 3)
        _member(pen, member, sheet, Box(12 + column * width, 37 + row * height, width, height))
    pen.qr(Box(across - 32, down - 28, 22, 22), sheet.base + facts["qr"])
    pen.text(Box(14, down - 20, 140, 8), facts["motto"] or "亮明身份，接受监督", size=14, bold=True)
    foot(pen, across, down, sheet, left=14)


def _member(pen, member, sheet, box):
    box = box.inside(1.5)
    pen.frame(box)
    picture(pen, Box(box.x + 2, box.y + 2, 17, 23.8), member["photo"], sheet)
    left, room = box.x + 21, box.across - 22.5
    pen.text(Box(left, box.y + 2, room, 7), member["name"], size=14, least=6, bold=True)
    pen.text(Box(left, box.y + 9.5, room, 8), member["post"], size=9, least=5)
    line = " ".join(
        part
        for part in (member["party"], f"{member['joined']} 年入党" if member["joined"] else "")
        if part
    )
    pen.text(Box(left, box.y + 18, room, 7.5), line, size=8, least=5, colour=RED)
    words = [*member["zones"], member["duties"], member["motto"], member["phone"]]
    pen.text(
        Box(box.x + 2, box.y + 27.5, box.across - 4, box.down - 29),
        "\n".join(part for part in words if part), size=8.5, least=5,
    )  # fmt: skip
