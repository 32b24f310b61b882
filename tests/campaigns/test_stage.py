"""Stages with entry and exit conditions, met or not, and what is missing (T05)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from campaigns.actions import StageRefused, confirm_condition, enter_stage
from campaigns.models.document import MEASURES, SchemeDocument, problems_of
from campaigns.models.document.families import Condition
from campaigns.queries.stages import Counted, check, measures, stage_states, unmet_before
from tests.factories import (
    CampaignFactory,
    DutyFactory,
    PeriodFactory,
    PledgeFactory,
    SchemeVersionFactory,
    StageFactory,
)
from tests.factories.branches import moment
from tests.factories.document import plan

TODAY = date(2026, 8, 10)
STAGES = [
    {
        "key": "pledge",
        "name": "定诺公开",
        "exit": [
            {"text": "承诺公示过半", "measure": "pledges_published", "at_least": 50},
            {"text": "点评完成", "rule": "the_rule", "at_least": 100},
        ],
    },
    {
        "key": "carry",
        "name": "组织实施",
        "entry": [{"text": "动员会已开"}],
        "items": [{"item": "pledge", "name": "亮措施"}, {"item": "leader"}],
    },
]
RULE = {
    "key": "the_rule", "name": "点评", "act": "leader_review", "item": "leader_review",
    "who": ["leader"], "frequency": "quarterly", "due": {"day": -1},
}  # fmt: skip


@pytest.fixture
def campaign(world):
    version = SchemeVersionFactory(document=plan(stages=STAGES))
    campaign = CampaignFactory(
        organisation=world.root, scheme_version=version, starts_on=date(2026, 7, 1),
        ends_on=date(2026, 12, 31),
    )  # fmt: skip
    for order, (key, first, last) in enumerate(
        [("pledge", date(2026, 7, 1), date(2026, 8, 31)),
         ("carry", date(2026, 9, 1), date(2026, 12, 31))], start=1,
    ):  # fmt: skip
        name = STAGES[order - 1]["name"]
        StageFactory(
            campaign=campaign, key=key, name=name, starts_on=first, ends_on=last, order=order
        )
    return campaign


def states(campaign):
    return stage_states(campaign, campaign.plan, today=TODAY)


def enter(campaign, **more):
    stage = campaign.stages.get(key="carry")
    unmet = [one.condition.text for one in unmet_before(states(campaign), stage)]
    said = {"unmet": unmet, "reason": "", "by": None, "at": moment(TODAY), "today": TODAY}
    return enter_stage(stage, **said | more)


def test_every_measure_of_the_vocabulary_is_counted_by_an_app_above():
    assert measures() == set(MEASURES)


def test_every_measure_counts_and_leads_somewhere(campaign):
    stage = campaign.stages.get(key="pledge")
    for key in MEASURES:
        part = Condition(text="x", measure=key)
        found = check(campaign, stage, part, today=TODAY)

        assert found.counted.total == 0
        assert found.counted.url


def test_conditions_are_counted_from_what_happened(world, campaign):
    period = PeriodFactory(
        campaign=campaign, key="2026-Q3", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30)
    )
    PledgeFactory(period=period, published=True)
    PledgeFactory(period=period)
    DutyFactory(period=period, assignee=world.leader, organisation=world.root, rule="the_rule",
                due_on=date(2026, 8, 1))  # fmt: skip

    published, reviewed = states(campaign)[0].exit

    assert (published.is_met, published.says) == (True, "2 件中 1 件")
    assert (reviewed.is_met, reviewed.says) == (False, "1 件中 0 件，还差 1 件")


@pytest.mark.parametrize(
    ("condition", "done", "total", "met"),
    [
        ({"at_least": 90}, 9, 10, True),
        ({"at_least": 90}, 8, 9, False),
        ({}, 9, 10, False),
        ({}, 0, 0, False),
        ({"at_most": 0}, 0, 0, True),
        ({"at_most": 1}, 3, 5, False),
    ],
)
def test_when_a_condition_is_met(condition, done, total, met):
    found = Condition(text="x", measure="problems_closed", **condition)

    assert found.is_met(Counted(done, total).done, total) is met


def test_moving_on_before_they_are_met_asks_for_a_reason(world, campaign):
    by = world.committee_member
    with pytest.raises(StageRefused, match="3 个条件"):
        enter(campaign, by=by)
    assert campaign.stages.get(key="carry").entered_on is None

    enter(campaign, by=by, reason="上级要求提前")

    first, second = campaign.stages.order_by("order")
    assert (first.ends_on, second.starts_on) == (date(2026, 8, 9), TODAY)
    assert (second.entered_by, second.entered_reason) == (by, "上级要求提前")
    enter(campaign, by=by, reason="再来一次")
    assert campaign.stages.get(key="carry").entered_reason == "上级要求提前"


def test_what_nothing_measures_is_confirmed_by_the_committee(world, campaign):
    stage = campaign.stages.get(key="carry")

    confirm_condition(stage, "动员会已开", by=world.committee_member, at=moment(TODAY), today=TODAY)

    found = states(campaign)[1].entry[0]
    assert found.is_met
    assert world.committee_member.name in found.says


@time_machine.travel("2026-08-10 09:00+08:00")
def test_the_timeline_says_what_is_missing_and_lets_the_committee_move_on(
    world, campaign, as_person
):
    """L02: each stage under its own names."""
    url = reverse("campaigns:stage_list", args=[campaign.slug])
    seen = as_person(world.member).get(url).content.decode()
    assert "承诺公示过半" in seen
    assert "本阶段：亮措施、" in seen
    assert "转入“组织实施”" not in seen

    client = as_person(world.committee_member)
    page = client.get(url).content.decode()
    assert "还有 3 个条件没有满足" in page
    stage = campaign.stages.get(key="carry")
    client.post(reverse("campaigns:stage_confirm", args=[stage.pk]), {"text": "动员会已开"})
    client.post(reverse("campaigns:stage_confirm", args=[stage.pk]), {"text": "别的"})
    client.post(reverse("campaigns:stage_enter", args=[stage.pk]), {"reason": ""})
    stage.refresh_from_db()
    assert (list(stage.confirmed), stage.entered_on) == (["动员会已开"], None)

    client.post(reverse("campaigns:stage_enter", args=[stage.pk]), {"reason": "先行一步"})

    assert "先行一步" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"text": "x", "measure": "moon"}, "没有“moon”这种数"),
        ({"text": "x", "at_most": 3}, "请写明说的是哪条节奏规则（rule）或哪种数"),
        ({"text": "x", "measure": "rounds_closed", "rule": "the_rule"}, "只能写一个"),
        ({"text": "x", "measure": "rounds_closed", "at_least": 9, "at_most": 3}, "只能写一个"),
    ],
)
def test_a_condition_that_cannot_be_checked_is_refused(condition, reason):
    stages = [{"key": "one", "name": "一", "exit": [condition]}]

    found = problems_of(SchemeDocument.model_validate(plan(stages=stages, cadence=[RULE])))

    assert any(reason in problem.reason for problem in found)
