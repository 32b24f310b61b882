"""A year of plan A at browsers: lit windows, three reviews, an inspection by lot, a streak of 125, the end of the quarter.

Rows P01, P05, L03, L14, L15, B07, P10, P16, S01, S04, H06, T03, G10, R11.
"""

import zipfile

import pytest

from common.dates import today
from competitions.models import Streak
from evaluations.models import RatingCount
from supervision.models import Scorecard
from supervision.queries.lit import lights
from tests.browser.year import Visits, give_photos, played


@pytest.mark.timeout(900)
def test_the_year_of_plan_a(transactional_db, worker, visit):
    town = played("guanyun-weather", other="hengyang-bureau")
    give_photos(town)
    year = Visits(town, visit)
    expert = town.person("member2")

    # 亮: two pledges, a window with everything it must have
    year.pledges("member", "气象证明当场办结", judge="secretary")
    year.pledges("secretary", "窗口中午不关门", judge="committee",
                 about=f"?for=branch:{town.branch.pk}")  # fmt: skip
    year.citizen().opens(f"/w/{town.window.code}/").sees("气象服务窗口", "气象资料查询")
    _light_every_window(year, town)

    # 比: 125 shifts without an error
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
    year.reviews("leader", expert)
    draw = year.draws_and_inspects()
    year.selects("创先争优活动标兵", expert)
    assert RatingCount.objects.filter(
        campaign=town.campaign, channel="paper", level="very_satisfied"
    ).exists()
    assert round.state == "closed"
    assert draw.seed

    # the end of the quarter, what it came to, and the folder of the year
    year.closes()
    card = Scorecard.objects.get(period=town.period, person=expert)
    year.visit(expert, phone=True).opens(f"/scorecards/{card.pk}").sees(
        card.shown, "党员互评", "领导点评"
    )
    with zipfile.ZipFile(year.archives()) as folder:
        assert len(folder.namelist()) > 5
    assert not town.period.is_open


def _light_every_window(year, town):
    """The page says which window lacks a pledge; the secretary writes it from there."""
    dark = [one.window for one in lights(town.campaign, today=today()) if not one.is_lit]
    for window in dark:
        year.pledges("secretary", f"{window.name}午间有人", judge="committee",
                     about=f"?for=window:{window.pk}")  # fmt: skip
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
