"""The end of the quarter: one button, a real worker, scorecards that open, a dashboard, a workbook."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from common.models import Job
from supervision.actions.rollups import refresh_open_rollups, refresh_rollups
from supervision.models import Scorecard
from tests.factories import PledgeFactory, RatingCountFactory, ReviewFactory, SelfReviewFactory


@pytest.fixture
def worked(centre):
    """A quarter in which something of everything was done, and satisfied citizens the quarter before."""
    for person in centre.members(centre.north):
        where = {"period": centre.period, "organisation": centre.north, "person": person}
        SelfReviewFactory(**where, levels={"overall": "qualified"})
        ReviewFactory(**where, author=centre.leader, levels={"overall": "excellent"})
        PledgeFactory(
            published=True,
            status="kept",
            period=centre.period,
            organisation=centre.north,
            owner_person=person,
        )
    rated(centre, centre.period, very_satisfied=30, satisfied=10, dissatisfied=2)
    rated(centre, centre.closed_period, very_satisfied=20, dissatisfied=8)
    for period in (centre.period, centre.closed_period):
        refresh_rollups(period, at=timezone.now())
    return centre


def rated(centre, period, **levels):
    for level, count in levels.items():
        RatingCountFactory(
            campaign=centre.campaign,
            window=centre.window,
            day=period.starts_on + timedelta(days=1),
            channel="paper",
            question="overall",
            level=level,
            count=count,
        )


def test_committee_closes_the_quarter_with_one_button(worked, worker, visit):
    committee = visit(worked.committee_member).opens("/close").sees("本期还没有结束，剩余天数")

    committee.is_asked_and_presses(f"结算{worked.period.name}")

    bar = committee.page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(committee.page.get_by_text("已完成")).to_be_visible(timeout=30_000)
    assert Job.objects.get(kind="close_period").state == Job.State.DONE
    committee.follows("查看结果").sees("第一支部", "第二支部")


def test_scorecard_opens_to_the_figures_it_came_from(worked, worker, visit):
    committee = visit(worked.committee_member).opens("/close")
    committee.is_asked_and_presses(f"结算{worked.period.name}")
    expect(committee.page.get_by_text("已完成")).to_be_visible(timeout=30_000)

    member = visit(worked.member, phone=True).opens("/notices")
    member.presses("去办理", within=worked.period.name)  # beside it stand reminders, by the day
    card = Scorecard.objects.get(person=worked.member, period=worked.period)
    member.sees(card.shown, "领导点评", "承诺兑现")
    member.page.locator(".tree summary", has_text="领导点评").first.click()
    member.sees("优秀")

    window = visit(worked.secretary).opens("/scorecards?subject=window").follows("婚姻登记窗口")
    window.page.locator(".tree summary", has_text="群众测评").first.click()
    window.sees("(5×30 + 4×10 + 2×2) ÷ 42")


def test_dashboard_shows_figures_charts_and_the_tables_beside_them(worked, visit):
    committee = visit(worked.committee_member).opens("/dashboard")

    committee.sees("职责完成", "n=42", "对比期")
    expect(committee.page.locator("[data-chart] svg")).to_have_count(2)
    for summary in committee.page.locator("summary", has_text="看数字").all():
        summary.click()
    committee.sees("71.4", "95.2")
    committee.follows("第一支部").sees("看全部支部")


def test_dashboard_leaves_as_a_workbook(worked, visit):
    committee = visit(worked.committee_member).opens("/dashboard")

    with committee.page.expect_download() as download:
        committee.page.get_by_role("link", name="导出").click()

    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    cells = [[cell.value for cell in row] for row in book["各支部"].iter_rows()]
    heads = next(row for row in cells if "支部" in row)
    north = next(row for row in cells if any("第一支部" in str(value) for value in row))
    shown = dict(zip(heads, north, strict=True))
    assert (shown["群众评价数"], shown["满意数"], shown["差评数"]) == (42, 40, 2)


def test_figures_move_when_the_sweeper_comes_by(centre, visit):
    committee = visit(centre.committee_member).opens("/dashboard")
    committee.sees("数据每分钟汇总一次")

    refresh_open_rollups(at=timezone.now())

    committee.opens("/dashboard").sees("数据截至")
