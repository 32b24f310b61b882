"""Every print measured: page size, text inside the page and in no other's box, long names, rare characters (L04, L07, L09, L11, L12, L26)."""

from copy import deepcopy

import pytest

from branches.models import Person, Window
from pledges.models import Bulletin, PrintRecord, ServiceItem
from tests import pdf
from tests.factories import PledgeFactory, ServiceItemFactory, WindowTextFactory
from tests.factories.branches import moment
from tests.pledges.test_prints import LIST, LONG, allow, newest, order

RARE = "龚䶮𠮷"
FOUR_LINES = "县政务服务中心\n综合受理窗口\n首席代表\n党员先锋岗"
SIZES = {
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "badge": (85.5, 54.0),
    "service_card": (90.0, 54.0),
}


def card(world, **changes):
    """A card that hangs, under a plan that asks for cards."""
    version = world.period.scheme_version
    version.document = deepcopy(version.document)
    item = {"key": "cards", "name": "亮服务", "mechanism": "service_item"}
    version.document["families"][0]["items"].append(item)
    version.digest = "with-cards"
    version.save(update_fields=["document", "digest"])
    return ServiceItemFactory(
        live=True, organisation=world.north, window=world.window, code="CARD2345", **changes
    )


def bulletin(world, rows=3):
    return Bulletin.objects.create(
        organisation=world.north, period=world.period, kind="results", title="三季度评议结果公示",
        rows=[
            {"group": "群众评议", "subject": f"{number}号窗口" * 4, "rater": "服务对象", "n": 120 + number,
             "value": "满意率 97.50%", "interval": "93.0% 至 99.1%", "note": "",
             "definition": "满意率为（非常满意、满意）占有效评价的比例",
             "bars": [["非常满意", 100], ["满意", 17], ["不满意", 3]]}
            for number in range(rows)
        ],
        code="RESULT23", state="live", visibility="public", written_by=world.secretary,
        written_at=moment(), proposed_by=world.secretary, checked_by=world.officer,
        published_at=moment(),
    )  # fmt: skip


def inside(content, size):
    across, down = size
    return all(
        word.left >= 0 and word.right <= across and word.top >= 0 and word.bottom <= down
        for word in pdf.words(content)
    )


def overlapping(content):
    """Pairs of texts that lie over each other on the same page."""
    words = pdf.words(content)
    return [
        (one.text, other.text)
        for at, one in enumerate(words)
        for other in words[at + 1 :]
        if one.page == other.page
        and min(one.right, other.right) - max(one.left, other.left) > 0.3
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
    ]


@pytest.mark.parametrize("layout", ["a4", "a5"])
def test_a_card_holds_its_eight_disclosures_on_one_page(world, as_person, layout):
    card(world, legal_days=9)

    order(as_person(world.secretary), kind="item_card", layout=layout)

    _, content = newest()
    assert pdf.sizes(content) == [SIZES[layout]]
    text = pdf.text_of(content)
    for words in (
        "办理的事项", "政策依据", "前置条件", "办理程序", "收费依据", "收费标准", "办理时限",
        "承办单位、承办人", "压缩 6 天", "CARD2345", "第 1 版",
    ):  # fmt: skip
        assert words in text
    assert inside(content, SIZES[layout])
    assert overlapping(content) == []


def test_the_longest_card_still_stays_on_its_page_and_says_what_was_cut(world, as_person):
    card(
        world, matter="长" * 120, basis="据" * 1000, preconditions="件" * 1000,
        materials="料\n" * 200, procedure="序" * 2000, handler_unit="单" * 120,
        handler_name=RARE * 20, service_standard="标" * 1000,
    )  # fmt: skip

    order(as_person(world.secretary), kind="item_card", layout="a5")

    batch, content = newest()
    assert pdf.sizes(content) == [SIZES["a5"]]
    assert inside(content, SIZES["a5"])
    assert overlapping(content) == []
    assert batch.shortened


def test_a_new_version_of_a_card_makes_the_print_stale(world, as_person):
    item = card(world)
    client = as_person(world.secretary)
    order(client, kind="item_card", layout="a4")
    address = f"{LIST}?kind=item_card"
    assert client.get(address).context["needed"] == 0

    ServiceItem.objects.filter(pk=item.pk).update(limit_days=1)

    assert client.get(address).context["stale"] == 1
    order(client, kind="item_card", layout="a4")
    versions = PrintRecord.objects.filter(subject="item:CARD2345").order_by("pk")
    assert [record.version for record in versions] == [1, 2]


@pytest.mark.parametrize(("layout", "rows", "pages"), [("a4", 3, 1), ("a3", 25, 3)])
def test_results_for_the_hall_have_n_beside_every_figure(world, as_person, layout, rows, pages):
    bulletin(world, rows)

    order(as_person(world.secretary), kind="result_board", layout=layout)

    _, content = newest()
    assert pdf.sizes(content) == [SIZES[layout]] * pages
    text = pdf.text_of(content)
    assert text.count("满意率 97.50%") == rows
    assert "120 份" in text
    assert "95% 区间 93.0% 至 99.1%" in text
    assert "占有效评价的比例" in text
    assert inside(content, SIZES[layout])
    assert overlapping(content) == []


@pytest.mark.parametrize("name", [LONG, RARE, "某" * 60])
@pytest.mark.parametrize(
    ("kind", "layout"),
    [("badge", "single"), ("service_card", "single"), ("person_sign", "a4"), ("window_sign", "a4"),
     ("window_board", "a3"), ("member_board", "a4")],
)  # fmt: skip
def test_long_and_rare_names_and_four_lines_stay_in_their_place(
    world, as_person, kind, layout, name
):
    allow(
        world, "badge", "service_card", "board",
        fields=["name", "unit", "post", "photo", "motto", "phone", "duties"],
    )  # fmt: skip
    Person.objects.filter(pk=world.member.pk).update(name=name, motto="为民" * 30)
    world.member.posts.update(title=FOUR_LINES, duties="受理、初审、告知。" * 20)
    Window.objects.filter(pk=world.window.pk).update(phone="0518-81234567")
    WindowTextFactory(
        window=world.window,
        services="结婚登记\n" * 20,
        procedure="受理。" * 100,
        flow="取号\n" * 20,
    )
    PledgeFactory(
        published=True, period=world.period, organisation=world.north, owner_person=None,
        owner_window=world.window, text="材料齐全当场办结。" * 20,
    )  # fmt: skip

    order(as_person(world.secretary), kind=kind, layout=layout)

    _, content = newest()
    size = SIZES[kind] if layout == "single" else SIZES[layout]
    assert set(pdf.sizes(content)) == {size}
    assert inside(content, size)
    assert overlapping(content) == []
    if kind != "window_sign":
        assert name[:1] in pdf.text_of(content)


def test_only_what_hangs_is_offered_for_printing(world, as_person):
    card(world)
    ServiceItemFactory(organisation=world.north, matter="还是草稿的事项")
    page = as_person(world.secretary).get(f"{LIST}?kind=item_card").content.decode()

    assert "服务项目明白卡" in page
    assert "还是草稿的事项" not in page


def test_the_plan_decides_what_is_offered(world, as_person):
    page = as_person(world.secretary).get(LIST).content.decode()

    assert "评议结果公示" in page
    assert "服务项目明白卡" not in page
