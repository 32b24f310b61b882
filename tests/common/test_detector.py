"""What may not go on a public page."""

import pytest
from django.core.exceptions import ValidationError

from common.publishing import findings, refuse_private

ID = "320123199001011234"  # its check digit fits


def wide(digits):
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


def luhn_card(prefix="622202000000000000"):
    total = sum(
        (value - 9 if (value := int(digit) * (2 - place % 2)) > 9 else value)
        for place, digit in enumerate(reversed(prefix))
    )
    return f"{prefix}{-total % 10}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"证号{ID}", "id"),
        ("11010519491231002X", "id"),
        ("11010519491231002x", "id"),
        (wide(ID), "id"),
        ("320123 19900101 1234", "id"),
        ("320123-19900101-1234", "id"),
        ("3201\u200b23199001011234", "id"),
        ("三二零一二三一九九零零一零一一二三四", "id"),
        (f"编号99{ID}88", "id"),
        ("找我13812345678", "phone"),
        ("找张三13812345678", "phone"),
        ("找张三 138 1234 5678 转二", "phone"),
        ("138 1234 5678", "phone"),
        ("138-1234-5678", "phone"),
        (wide("13812345678"), "phone"),
        ("+86 138 1234 5678", "phone"),
        ("1 3 8 1 2 3 4 5 6 7 8", "phone"),
        ("0518-81234567 13812345678", "phone"),
        ("卡号" + luhn_card(), "bank"),
        ("6222 0200 0000 0000 " + luhn_card()[16:], "bank"),
        ("好\u200b的", "hidden"),
        ("好\u200d的", "hidden"),
        ("abc\u202edcb", "bidi"),
    ],
)
def test_it_is_found_however_it_is_written(text, kind):
    assert kind in {one.kind for one in findings(text)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "咨询电话 0518-81234567，服务热线 12345",
        "320123199001011235",  # check digit does not fit
        "2026年9月28日 18:00 至 2026-09-30",
        "办件编号 20260928001234",
        "平均 5 个工作日，压缩到 3 个，比例 40.5%",
        "生僻字 䶮 𠮷 与表情 👍🏽 👨‍👩‍👧 都可以",
        "6222020000000000001",  # not a card number
        "400-800-8820",
        "85512345、85512346",
    ],
)
def test_ordinary_text_passes(text):
    assert findings(text) == []


def test_the_refusal_names_the_kind_and_not_the_number():
    with pytest.raises(ValidationError) as refused:
        refuse_private(f"电话13812345678，证号{ID}")

    assert refused.value.messages == ["这里会公开，请先删去：手机号138…78、身份证号320…34。"]
