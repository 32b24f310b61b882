"""明白卡 and published results for the wall, drawn for A4 and made smaller or bigger (L12, L26)."""

from common.print import A4, Box
from common.print.pen import RED, SOFT
from pledges.tasks.boards import blocks, head
from pledges.tasks.cards import foot

ROWS_ON_A_PAGE = 11
COLUMNS = ((14, 62, "对象"), (78, 30, "谁评的"), (110, 66, "结果"), (178, 18, "份数"))


def item_card(pen, facts, sheet):
    """The eight disclosures and what the plan adds; as much room for each as it says (L12)."""
    across, down = A4
    head(pen, "服务项目明白卡", facts["unit"], across)
    bottom = down - 44
    blocks(pen, facts["parts"], across, top=38, bottom=bottom)
    pen.rule(14, bottom + 2, across - 28)
    pen.qr(Box(across - 46, bottom + 4, 32, 32), sheet.base + facts["qr"])
    pen.text(Box(14, bottom + 8, 120, 10), "扫码看最新内容", size=18, bold=True)
    pen.text(Box(14, bottom + 20, 120, 7), f"也可以在网页上查短码 {facts['code']}", size=11)
    foot(pen, across, down, sheet, left=14)


def result_pages(facts):
    """The rows cut into pages; each is drawn by `result_board`."""
    rows = facts["rows"]
    starts = range(0, max(1, len(rows)), ROWS_ON_A_PAGE)
    return [facts | {"rows": rows[at : at + ROWS_ON_A_PAGE]} for at in starts]


def result_board(pen, facts, sheet):
    """A table that is read from two steps away; no figure without its n (L26)."""
    across, down = A4
    head(pen, facts["name"], facts["unit"], across)
    pen.text(Box(14, 36, across - 28, 10), facts["intro"], size=11, least=6, colour=SOFT)
    for x, room, name in COLUMNS:
        pen.text(Box(x, 47, room, 6), name, size=11, bold=True, colour=RED)
    height = (down - 44 - 54) / ROWS_ON_A_PAGE
    for number, row in enumerate(facts["rows"]):
        y = 54 + number * height
        pen.rule(14, y, across - 28)
        for (x, room, _), words in zip(COLUMNS, row, strict=True):
            pen.text(Box(x, y + 1, room, height - 2), words, size=12, least=5, middle=True)
    bottom = down - 42
    pen.rule(14, bottom, across - 28)
    pen.text(
        Box(14, bottom + 3, across - 64, 24), "\n".join(facts["definitions"]), size=10, least=5,
        colour=SOFT,
    )  # fmt: skip
    pen.qr(Box(across - 46, bottom + 3, 32, 32), sheet.base + facts["qr"])
    foot(pen, across, down, sheet, left=14)
