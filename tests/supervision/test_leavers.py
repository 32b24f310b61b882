"""I5: what somebody wrote for himself in any app goes two years after him, as /privacy says; results stay."""

from datetime import date

import pytest

from branches import actions
from branches.actions.leavers import leavers_due, purge_leavers
from common.models import AuditEvent
from common.personal import AFTER_LEAVING, CLEARED, inventories, texts_of_leavers
from competitions.models import SelfCheck
from pledges.models import SelfExamination
from tests.factories import PersonFactory, PledgeFactory
from tests.factories.branches import moment
from tests.factories.supervision import UrgeFactory

LEFT, DUE = date(2024, 3, 5), date(2026, 3, 5)
AT = moment(DUE)
HIDDEN = "家里老人住院，照看不过来"


@pytest.fixture
def leaver(world):
    person = PersonFactory(name="赵离开", organisation=world.north)
    about = {"person": person, "period": world.period}
    SelfExamination.objects.create(
        **about,
        organisation=world.north,
        problem=HIDDEN,
        cause=HIDDEN,
        plan=HIDDEN,
        written_at=moment(),
    )
    SelfCheck.objects.create(
        **about, campaign=world.campaign, item="six", answers={"1": HIDDEN}, written_at=moment()
    )
    UrgeFactory(
        **about, organisation=world.north, urged_by=world.secretary, answer=HIDDEN, expected_on=DUE,
        answered_at=moment(),
    )  # fmt: skip
    PledgeFactory(
        published=True, period=world.period, organisation=world.north, owner_person=person
    )
    actions.leave_person(person, on=LEFT, reason="调出", by=person, at=moment(LEFT))
    return person


def test_his_own_texts_go_and_the_results_stay(leaver):
    assert purge_leavers(at=AT) == 1

    own = leaver.self_examinations.get()
    assert (own.problem, own.cause, own.plan) == (CLEARED, "", CLEARED)
    assert leaver.self_checks.get().answers == {}
    urge = leaver.urges.get()
    assert (urge.answer, urge.expected_on) == ("", DUE)
    assert leaver.pledges.get().text
    assert AuditEvent.objects.get(verb="清除离开人员资料").detail["texts"] == 3


def test_twice_is_once_and_another_keeps_his(leaver, world):
    UrgeFactory(
        person=world.member, period=world.period, organisation=world.north, answer=HIDDEN,
        expected_on=DUE, answered_at=moment(),
    )  # fmt: skip
    purge_leavers(at=AT)

    assert purge_leavers(at=AT) == 0
    assert not leavers_due(today=DUE).exists()
    assert world.member.urges.get().answer == HIDDEN


def test_privacy_says_of_each_that_it_goes(db):
    said = {
        inventory.label_of(kept.model): kept.until
        for inventory in inventories()
        for kept in inventory.kept
    }

    for model, _, _ in texts_of_leavers():
        assert AFTER_LEAVING in said[f"{model._meta.app_label}.{model.__name__}"]
