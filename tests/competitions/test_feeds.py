"""What scorecards get from contests, activities, streaks, honours, indicators and targets."""

from datetime import timedelta

from campaigns.models import Period
from competitions.models import Attendance, Award, Benchmark, Milestone, Reading
from competitions.queries.feeds import FEEDS
from supervision.queries.inputs import PLAIN
from tests.factories import PeriodFactory
from tests.factories.branches import moment
from tests.factories.competitions import (
    ActivityFactory,
    ContestFactory,
    EntrantFactory,
    SelectionFactory,
    ShiftFactory,
    StreakFactory,
    TargetFactory,
)


def test_every_feed_is_in_the_closing(fair):
    assert {key: PLAIN[key] for key in FEEDS} == FEEDS


def test_what_was_done_in_the_period_counts(fair):
    period, member = Period.objects.get(pk=fair.period.pk), fair.member
    contest = ContestFactory(period=period, state="published", published_at=moment())
    EntrantFactory(contest=contest, person=member, place=2)
    EntrantFactory(contest=ContestFactory(period=period), person=member, place=1)  # not published
    Attendance.objects.create(activity=ActivityFactory(period=period), person=member)
    shift = ShiftFactory(streak=StreakFactory(campaign=fair.campaign, person=member))
    for day in (period.starts_on, period.starts_on - timedelta(days=1)):
        Milestone.objects.create(
            streak=shift.streak, shift=shift, threshold=(day - period.starts_on).days + 100,
            name="百班无错", reached_on=day,
        )  # fmt: skip
    Award.objects.create(
        campaign=fair.campaign, period=period, selection=SelectionFactory(period=period), person=member,
        organisation=fair.north, title="pacesetter", name="活动标兵", granted_on=period.starts_on,
    )  # fmt: skip
    TargetFactory(period=period, branch=None, person=member)

    found = {key: feed(period, "person").get(member.pk) for key, feed in FEEDS.items()}

    assert found == {
        "contests": [{"place": 2}], "activities": 1, "streaks": 1, "awards": 1, "indicators": None,
        "targets": {"done": 0, "total": 1},
    }  # fmt: skip


def test_an_indicator_comes_with_its_benchmark_and_the_figure_before(fair):
    period = Period.objects.get(pk=fair.period.pk)
    earlier = PeriodFactory(
        campaign=fair.campaign, key="earlier",
        starts_on=period.starts_on - timedelta(days=200), ends_on=period.starts_on - timedelta(days=150),
    )  # fmt: skip
    for of, value in ((earlier, "9.5"), (period, "12")):
        Reading.objects.create(
            campaign=fair.campaign, period=of, item="style", measure="efficiency", window=fair.window,
            organisation=fair.north, subject_key=f"window:{fair.window.pk}", value=value,
            noted_at=moment(),
        )  # fmt: skip
    Benchmark.objects.create(
        campaign=fair.campaign, organisation=fair.root, item="style", measure="efficiency",
        name="市局", value="15", source="通报", set_at=moment(),
    )  # fmt: skip

    assert FEEDS["indicators"](period, "window") == {
        fair.window.pk: {"value": "12", "previous": "9.5", "target": "15"}
    }
