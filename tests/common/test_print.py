"""Printed things: real sizes, text that stays in its box, names that no usual font has (issue 4)."""

import pytest
from PIL import Image

from common import print as printing
from common.print import BADGE, Box, Document, fitted, unprintable
from tests import pdf

BOX = Box(10, 8, 50, 12)


def one_page(text, *, size=14, **how):
    document = Document("试印")
    document.page(BADGE, lambda pen: pen.text(BOX, text, size=size, **how))
    return document.finished(), document.shortened


def stays_inside(content, box=BOX):
    return all(
        word.left >= box.x - 0.05
        and word.right <= box.x + box.across + 0.05
        and word.top >= box.y - 0.05
        and word.bottom <= box.y + box.down + 0.05
        for word in pdf.words(content)
    )


def test_a_badge_page_is_a_badge():
    content, _ = one_page("王某某")

    assert pdf.sizes(content) == [(85.5, 54.0)]
    assert pdf.text_of(content) == "王某某"


TEXTS = {
    "short": "王某某",
    "long name": "阿卜杜热合曼·买买提依明·古丽巴哈尔江" * 3,
    "300 characters": "某" * 300,
    "four lines": "县政务服务中心\n婚姻登记综合受理窗口\n首席代表\n党员先锋岗负责人",
    "latin": "Alexander.Konstantinopolsky@government.example " * 4,
    "one endless word": "A" * 200,
}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_text_never_leaves_its_box(kind, align):
    content, _ = one_page(TEXTS[kind], align=align, middle=True, bold=True)

    assert stays_inside(content)


def test_what_fits_when_smaller_is_complete_and_the_rest_is_told():
    content, shortened = one_page(TEXTS["four lines"], size=9, least=5)
    cut, told = one_page(TEXTS["300 characters"])

    assert pdf.text_of(content) == TEXTS["four lines"].replace("\n", "")
    assert shortened == []
    assert pdf.text_of(cut).endswith("…")
    assert told == [TEXTS["300 characters"]]


def test_rare_characters_of_names_are_embedded_and_emoji_are_told():
    content, _ = one_page("䶮𠮷镕堃王", size=10)

    assert pdf.text_of(content) == "䶮𠮷镕堃王"
    assert unprintable("李四😀䶮𠮷") == "😀"
    assert pdf.text_of(one_page("李四😀")[0]) == "李四〓"
    assert pdf.text_of(one_page("李\u202e四\u200b")[0]) == "李四"


def test_no_comma_begins_a_line():
    fit = fitted("一二三四五，六七八九十。一二", across=50.1, down=200, size=10, least=10)

    assert [line[0] for line in fit.lines if line[0] in "，。"] == []
    assert "".join(fit.lines) == "一二三四五，六七八九十。一二"


def test_the_same_cards_give_the_same_bytes():
    assert one_page("王某某")[0] == one_page("王某某")[0]


def test_cards_lie_on_a4_with_marks_or_each_on_its_own_page():
    draws = [lambda pen, n=n: pen.text(BOX, f"第{n}人", size=12) for n in range(12)]
    sheets, single = Document("证件"), Document("证件")

    sheets.cards(draws, BADGE, on_sheets=True)
    single.cards(draws, BADGE, on_sheets=False)

    content = sheets.finished()
    assert pdf.sizes(content) == [(210.0, 297.0)] * 2
    assert pdf.sizes(single.finished()) == [(85.5, 54.0)] * 12
    first, second = [word for word in pdf.words(content) if word.page == 0][:2]
    assert round(second.left - first.left, 1) == 85.5


def test_a_desk_sign_reads_from_both_sides():
    document = Document("台签")
    document.folded(lambda pen: pen.text(Box(20, 20, 100, 20), "主要职责", size=30))

    content = document.finished()

    assert pdf.sizes(content) == [(210.0, 297.0)]
    turned, upright = pdf.words(content)
    assert upright.top == pytest.approx(148.5 + 20, abs=6)
    assert turned.bottom == pytest.approx(148.5 - 20, abs=6)
    assert turned.right == pytest.approx(210 - 20, abs=0.1)


def test_a_photo_fills_its_box_and_a_qr_is_drawn(tmp_path):
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (800, 400), "grey").save(path)
    document = Document("照片")

    def draw(pen):
        with path.open("rb") as file:
            pen.photo(Box(5, 5, 20, 28), file)
        pen.qr(Box(40, 5, 20, 20), "https://portal.example/w/NORTH2/")
        pen.no_photo(Box(65, 5, 15, 20))

    document.page(BADGE, draw)

    assert b"/Subtype /Image" in document.finished()
    assert printing.BADGE == (85.5, 54)
