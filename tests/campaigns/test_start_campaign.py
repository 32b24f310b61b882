from datetime import date

import pytest

from campaigns.actions import CampaignRefused, open_next_period, start_campaign
from campaigns.models import Campaign
from common.models import AuditEvent
from tests.factories import OrganisationFactory, SchemeVersionFactory
from tests.factories.branches import moment
from tests.factories.document import plan


def started(*, starts_on, ends_on, today, slug="campaign", **parts):
    version = SchemeVersionFactory(document=plan(**parts))
    organisation = OrganisationFactory(kind="committee")
    return start_campaign(
        version,
        slug=slug,
        name="活动",
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        by=None,
        at=moment(today),
    )


def periods(campaign):
    return list(
        campaign.periods.order_by("starts_on").values_list("key", "name", "starts_on", "ends_on")
    )


def test_every_quarter_begun_by_today_is_there(db):
    campaign = started(
        starts_on=date(2026, 5, 15), ends_on=date(2027, 12, 31), today=date(2026, 8, 1)
    )

    assert periods(campaign) == [
        ("2026-Q2", "2026年二季度", date(2026, 5, 15), date(2026, 6, 30)),
        ("2026-Q3", "2026年三季度", date(2026, 7, 1), date(2026, 9, 30)),
    ]


@pytest.mark.parametrize(
    ("kind", "key", "name", "ends_on"),
    [
        ("month", "2026-07", "2026年7月", date(2026, 7, 31)),
        ("quarter", "2026-Q3", "2026年三季度", date(2026, 9, 30)),
        ("half", "2026-H2", "2026年下半年", date(2026, 12, 31)),
        ("year", "2026", "2026年", date(2026, 12, 31)),
    ],
)
def test_the_plan_says_what_a_period_is(db, kind, key, name, ends_on):
    day = date(2026, 7, 1)

    campaign = started(starts_on=day, ends_on=date(2027, 6, 30), today=day, periods={"kind": kind})

    assert periods(campaign) == [(key, name, day, ends_on)]


def test_a_campaign_of_next_month_has_its_first_period_already(db):
    campaign = started(
        starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31), today=date(2026, 9, 1)
    )

    assert [key for key, *_ in periods(campaign)] == ["2026-Q4"]


def test_the_next_period_opens_on_its_first_day_and_only_once(db):
    campaign = started(
        starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31), today=date(2026, 7, 1)
    )

    on_the_eve = open_next_period(campaign, today=date(2026, 9, 30), at=moment(date(2026, 9, 30)))
    first = open_next_period(campaign, today=date(2026, 10, 1), at=moment(date(2026, 10, 1)))
    again = open_next_period(campaign, today=date(2026, 10, 1), at=moment(date(2026, 10, 1)))
    after = open_next_period(campaign, today=date(2027, 1, 1), at=moment(date(2027, 1, 1)))

    assert (on_the_eve, first.key, again, after) == (None, "2026-Q4", None, None)


def test_a_version_that_ran_is_locked(db):
    day = date(2026, 7, 1)

    campaign = started(starts_on=day, ends_on=date(2026, 12, 31), today=day)

    campaign.scheme_version.refresh_from_db()
    assert campaign.scheme_version.locked_at == moment(day)


STAGES = [
    {"key": "one", "name": "第一阶段", "starts_on": "2026-07-01", "ends_on": "2026-07-31"},
    {"key": "two", "name": "第二阶段", "starts_on": "2026-08-01", "ends_on": "2026-12-31"},
]


def test_stages_lie_on_the_days_of_the_plan(db):
    day = date(2026, 7, 1)

    campaign = started(starts_on=day, ends_on=date(2026, 12, 31), today=day, stages=STAGES)

    rows = campaign.stages.order_by("order").values_list("key", "name", "starts_on", "ends_on")
    assert list(rows) == [
        ("one", "第一阶段", day, date(2026, 7, 31)),
        ("two", "第二阶段", date(2026, 8, 1), date(2026, 12, 31)),
    ]


def test_stages_of_another_year_share_the_campaign_equally(db):
    day = date(2027, 1, 1)

    campaign = started(starts_on=day, ends_on=date(2027, 1, 10), today=day, stages=STAGES)

    rows = campaign.stages.order_by("order").values_list("starts_on", "ends_on")
    assert list(rows) == [
        (date(2027, 1, 1), date(2027, 1, 5)),
        (date(2027, 1, 6), date(2027, 1, 10)),
    ]


def test_a_slug_in_use_is_refused_and_nothing_is_kept(db):
    day = date(2026, 7, 1)
    started(starts_on=day, ends_on=date(2026, 12, 31), today=day)
    events = AuditEvent.objects.count()

    with pytest.raises(CampaignRefused, match="代号“campaign”已经有别的活动在用"):
        started(starts_on=day, ends_on=date(2026, 12, 31), today=day)

    assert Campaign.objects.count() == 1
    assert AuditEvent.objects.count() == events


def test_an_end_before_the_start_is_refused(db):
    with pytest.raises(CampaignRefused, match="结束日期要晚于开始日期"):
        started(starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 1), today=date(2026, 7, 1))
