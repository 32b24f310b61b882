"""台账中心: the standard ledgers for a period and an organisation, in the layout of offices."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from common.models import AuditEvent
from supervision.actions import rectifications
from supervision.models import Rectification
from supervision.views.book import BOOKS
from tests.factories import PledgeFactory, ReviewFactory, ScorecardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(world):
    """A pledge of each branch, a review, an item of the ledger and two scorecards."""
    for organisation, owner in [(world.north, world.member), (world.south, world.neighbour1)]:
        PledgeFactory(
            period=world.period, organisation=organisation, owner_person=owner,
            text=f"{owner.name}：材料一次告知", status="submitted",
        )  # fmt: skip
    ReviewFactory(
        period=world.period, organisation=world.north, person=world.member, author=world.leader
    )
    rectifications.add_rectification(
        Rectification(
            campaign=world.campaign, period=world.period, organisation=world.north,
            source="self_found", problem="窗口排队时间长", due_on=world.period.ends_on,
        ),
        by=world.secretary, at=timezone.now(),
    )  # fmt: skip
    ScorecardFactory(period=world.period, organisation=world.north, person=world.member)
    return world


def url(key, organisation, period):
    query = f"?organisation={organisation.pk}&period={period.key}"
    return reverse("supervision:book_export", args=[key]) + query


def rows(response):
    """Dicts of the rows between heading and line to sign."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    lines = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert lines[-1][0].startswith("填表人：")
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:-1]]


def test_the_page_counts_what_is_there(kept, as_person):
    response = as_person(kept.secretary).get(reverse("supervision:book_list"))

    counted = {key: count for key, _, count in response.context["lines"]}
    assert (counted["pledges"], counted["reviews"], counted["rectifications"]) == (1, 1, 1)
    assertContains(response, "党员名册")
    assertNotContains(response, kept.south.name)
    above = as_person(kept.committee_member).get(reverse("supervision:book_list"))
    assert {key: count for key, _, count in above.context["lines"]}["pledges"] == 2


@pytest.mark.parametrize(
    ("key", "heading", "value"),
    [
        ("pledges", "承诺事项", "钱一：材料一次告知"),
        ("reviews", "被点评人", "钱一"),
        ("rectifications", "问题", "窗口排队时间长"),
        ("scores-person", "名称", "钱一"),
    ],
)
def test_each_ledger_numbers_its_rows_and_says_what_is_asked(kept, as_person, key, heading, value):
    response = as_person(kept.secretary).get(url(key, kept.north, kept.period))

    (line,) = rows(response)
    assert (line["序号"], line[heading]) == (1, value)
    event = AuditEvent.objects.order_by("-number").first()
    assert event.verb == f"导出{BOOKS[key].name}"
    assert event.detail["organisation"] == "第一支部"


def test_a_branch_is_chosen_and_another_tree_is_not_there(kept, as_person):
    client = as_person(kept.committee_member)
    (line,) = rows(client.get(url("pledges", kept.south, kept.period)))
    assert line["所在组织"] == "第二支部"
    assert len(rows(client.get(url("pledges", kept.root, kept.period)))) == 2

    assert client.get(url("pledges", kept.far, kept.period)).status_code == 404
    assert client.get(url("nothing", kept.north, kept.period)).status_code == 404
    secretary = as_person(kept.secretary)
    assert secretary.get(url("pledges", kept.south, kept.period)).status_code == 404


def test_another_period_has_its_own_ledger(kept, as_person):
    response = as_person(kept.committee_member).get(url("pledges", kept.root, kept.closed_period))

    assert rows(response) == []


def test_a_ledger_is_ruled_and_lies_across(kept, as_person):
    response = as_person(kept.secretary).get(url("pledges", kept.north, kept.period))

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    assert sheet["A1"].value == "承诺台账"
    assert sheet["A2"].value.startswith(f"单位：第一支部　　周期：{kept.period.name}")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet["B4"].border.left.style == "thin"


def test_drafts_are_nobodys_ledger(kept, as_person):
    PledgeFactory(
        period=kept.period, organisation=kept.north, owner_person=kept.member2, status="draft"
    )

    assert len(rows(as_person(kept.secretary).get(url("pledges", kept.north, kept.period)))) == 1
