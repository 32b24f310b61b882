"""T23, D3: whoever comes, goes, moves, is merged or split has exactly one scorecard in the quarter."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Affiliation
from supervision.actions.closing import close_period
from supervision.models import Scorecard
from tests.factories import (
    AffiliationFactory,
    OrganisationFactory,
    RollEntryFactory,
    RoundFactory,
    WindowFactory,
)


def middle(world):
    return world.period.starts_on + timedelta(days=40)


def home(world, name="member"):
    return Affiliation.objects.filter(person=getattr(world, name), ends_on=None)


def leave(world, name="member", on=None):
    home(world, name).update(ends_on=(on or middle(world)) - timedelta(days=1))


def move(world, name="member", to=None, on=None):
    leave(world, name, on)
    AffiliationFactory(
        person=getattr(world, name), organisation=to or world.south, starts_on=on or middle(world)
    )


def on_roll(world, organisation):
    round_ = RoundFactory(
        period=world.period,
        organisation=organisation,
        state="closed",
        closed_at=timezone.now(),
        ballots_counted=0,
    )
    RollEntryFactory(round=round_, person=world.member, period=world.period)


# Each answers with the branch that 钱一 counts for, or None when he has no card.
def stays(world):
    return world.north


def joins_late(world):
    home(world).update(starts_on=world.period.ends_on)
    return world.north


def comes_from_another_tree(world):
    home(world).delete()
    AffiliationFactory(person=world.member, organisation=world.far, ends_on=middle(world))
    AffiliationFactory(person=world.member, organisation=world.north, starts_on=middle(world))
    return world.north


def leaves(world):
    leave(world)


def leaves_on_the_last_day(world):
    leave(world, on=world.period.ends_on + timedelta(days=1))
    return world.north


def dies(world):
    leave(world)
    type(world.member).objects.filter(pk=world.member.pk).update(is_active=False)


def is_transferred(world):
    move(world)
    return world.south


def is_transferred_on_the_last_day(world):
    move(world, on=world.period.ends_on)
    return world.south


def is_transferred_after_the_roll_was_frozen(world):
    on_roll(world, world.north)
    move(world)
    return world.north


def goes_and_returns(world):
    move(world)
    Affiliation.objects.filter(person=world.member, ends_on=None).update(
        ends_on=middle(world) + timedelta(days=9)
    )
    AffiliationFactory(
        person=world.member,
        organisation=world.north,
        starts_on=middle(world) + timedelta(days=10),
    )
    return world.north


def moves_twice(world):
    move(world)
    third = OrganisationFactory(parent=world.root, name="第三支部")
    move(world, to=third, on=middle(world) + timedelta(days=10))
    return third


def is_admitted(world):
    """Staff to probationary member inside the branch."""
    home(world).update(status="staff", ends_on=middle(world) - timedelta(days=1))
    AffiliationFactory(
        person=world.member,
        organisation=world.north,
        status="probationary",
        starts_on=middle(world),
    )
    return world.north


def sees_his_branch_merged(world):
    for person in world.members(world.north):
        Affiliation.objects.filter(person=person, ends_on=None).update(
            ends_on=middle(world) - timedelta(days=1)
        )
        AffiliationFactory(person=person, organisation=world.south, starts_on=middle(world))
    type(world.north).objects.filter(pk=world.north.pk).update(dissolved_on=middle(world))
    return world.south


def sees_his_branch_split(world):
    new = OrganisationFactory(parent=world.root, name="第一支部分出", founded_on=middle(world))
    for name in ["member", "member2", "member3"]:
        move(world, name, to=new)
    return new


def sees_his_window_closed(world):
    type(world.window).objects.filter(pk=world.window.pk).update(closed_on=middle(world))
    WindowFactory(organisation=world.north, name="新窗口")
    return world.north


CASES = (
    stays, joins_late, comes_from_another_tree, leaves, leaves_on_the_last_day, dies,
    is_transferred, is_transferred_on_the_last_day, is_transferred_after_the_roll_was_frozen,
    goes_and_returns, moves_twice, is_admitted, sees_his_branch_merged, sees_his_branch_split,
    sees_his_window_closed,
)  # fmt: skip


def cards(world):
    found = Scorecard.objects.latest().filter(period=world.period, subject="person")
    return Counter(found.values_list("subject_id", flat=True)), found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_exactly_one_card_each(world, case):
    branch = case(world)

    close_period(world.period, by=world.committee_member, at=timezone.now())

    counted, found = cards(world)
    there = Affiliation.objects.current(today=world.period.ends_on).filter(
        organisation__path__startswith=world.root.path
    )
    assert set(counted) == set(there.values_list("person", flat=True))
    assert set(counted.values()) == {1}
    own = found.filter(subject_id=world.member.pk).values_list("organisation", flat=True)
    assert list(own) == ([branch.pk] if branch else [])


def test_two_homes_at_once_are_refused_by_the_database(world):
    """What the count of one rests on: without this constraint a person would stand there twice."""
    with pytest.raises(IntegrityError), transaction.atomic():
        AffiliationFactory(person=world.member, organisation=world.south, starts_on=middle(world))
