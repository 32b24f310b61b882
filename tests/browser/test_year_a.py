"""A year of plan A at browsers: lit windows, three reviews, an inspection by lot, a streak of 125, the end of the quarter.

Rows P01, P05, L03, L14, L15, B01, B04, B07, P10, P16, S01, S04, H06, T03, G10, P17, R11.
"""

import pytest

from campaign_portal.demo.comparing import hold_contest, measure_windows
from common.dates import today
from competitions.models import Activity, Reading, Streak
from evaluations.models import RatingCount, Review
from supervision.models import Scorecard
from supervision.queries.lit import lights
from tests.browser.year import Visits, give_photos, played


@pytest.mark.timeout(900)
def test_the_year_of_plan_a(transactional_db, request, visit):
    town = played("guanyun-weather", other="hengyang-bureau")
    request.getfixturevalue("worker")  # not before: it would close the past itself
    give_photos(town)
    year = Visits(town, visit)
    expert = town.person("member2")

    # 亮: two pledges, a window with everything it must have
    year.pledges("member", "气象证明当场办结", judge="secretary")
    year.pledges("secretary", "窗口中午不关门", judge="committee",
                 about=f"?for=branch:{town.branch.pk}")  # fmt: skip
    year.citizen().opens(f"/w/{town.window.code}/").sees("气象服务窗口", "气象资料查询")
    _light_every_window(year, town)

    # 比: windows side by side and each with its own past, training, a contest, 125 shifts without an error
    _compares(year, town)
    _trains(year, town)
    _competes(year, town)
    secretary = year.at("secretary").opens("/streaks/add")
    secretary.writes({"名称": expert.name}).presses("开始计数")
    secretary.follows("登记一班").writes({"无错班次": 125}).presses("登记一班")
    secretary.sees("达到“百班无错”", "125")
    streak = Streak.objects.get(person=expert, campaign=town.campaign)
    assert (streak.count, streak.milestones.get().name) == (125, "百班无错")

    # 评: the public by phone and on paper, the peers sealed, a leader by name
    year.rates(town.window)
    _paper(year, town)
    round = year.holds_round()
    year.reviews("leader", expert, occasion="年度工作考核")
    year.appraises()
    draw = year.draws_and_inspects()
    year.selects("创先争优活动标兵", expert)
    assert RatingCount.objects.filter(
        campaign=town.campaign, channel="paper", level="very_satisfied"
    ).exists()
    assert round.state == "closed"
    given = Review.objects.get(period=town.period, person=expert)
    assert (given.kind, given.occasion) == ("leader", "年度工作考核")
    assert draw.seed
    assert len(draw.drawn) == 1

    # the end of the quarter, what it came to, and the folder of the year
    year.closes()
    card = Scorecard.objects.get(period=town.period, person=expert)
    year.visit(expert, phone=True).opens(f"/scorecards/{card.pk}").sees(
        card.shown, "党员互评", "领导点评"
    )
    year.archives_everything()
    assert not town.period.is_open


def _compares(year, town):
    """横向 with windows of the same kind, 纵向 a window with its own last quarter (B04)."""
    measure_windows(town.season)
    item = town.campaign.plan.item("style")
    measure = item.options.measures[0]
    committee = year.at("committee").opens(f"/indicators/{item.key}/{measure.key}")
    committee.sees("横向：和同类比").follows(town.window.name)
    committee.sees(f"纵向：{town.window.name} 和自己比")
    own = Reading.objects.filter(campaign=town.campaign, window=town.window, measure=measure.key)
    assert own.count() == 2


def _trains(year, town):
    """One training with who was there (B01)."""
    secretary = year.at("secretary").opens("/activities/add")
    secretary.chooses("业务培训", of="种类")
    secretary.writes({"名称": "观测规范培训", "开始日期": f"{today():%Y-%m-%d}"})
    secretary.page.get_by_label("参加的人").fill(town.person("member2").name)
    secretary.presses("记下").sees("观测规范培训", town.person("member2").name)
    training = Activity.objects.get(name="观测规范培训")
    assert training.attendance.get().person == town.person("member2")


def _competes(year, town):
    """A contest judged by three, its places read on a phone."""
    contest = hold_contest(town.season, town.campaign.plan.item("skill_contest"), "天气预报")
    contest.refresh_from_db()
    best = contest.entrants.order_by("place", "number").first()
    year.at("member", phone=True).opens(f"/contests/{contest.pk}").sees(best.label, "天气预报")
    assert (contest.state, best.place) == ("published", 1)


def _light_every_window(year, town):
    """The page says which window lacks a pledge, and whose; the secretary writes it from there."""
    lacking = [
        (one.window, part.url)
        for one in lights(town.campaign, today=today())
        for part in one.parts
        if not part.is_there
    ]
    for window, url in lacking:
        asked = url.removeprefix("/pledges/add")
        year.pledges("secretary", f"{window.name}午间有人", judge="committee", about=asked)
    total = len(town.scene.windows)
    secretary = year.at("secretary").opens(f"/lit/{town.campaign.slug}")
    secretary.sees(f"{total} 个窗口，{total} 个亮起来了")


def _paper(year, town):
    """The same pile typed by two people, blind; only then it counts."""
    for name in ("secretary", "committee"):
        typist = year.at(name).opens(f"/windows/{town.window.pk}/paper")
        typist.writes({"第几叠": "第一叠", "这一叠有几张": 10})
        typist.page.get_by_label("非常满意").first.fill("9")
        typist.presses("录入")
    typist.sees("两次一致，已计入")
