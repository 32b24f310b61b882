"""D4: nobody puts himself on the list, honours himself or answers what was said against his own list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.dates import today
from competitions.actions import selections as actions
from competitions.actions.contests import Refused, decide_tie
from competitions.models import Award, Objection, Selection
from tests.competitions.test_selections import past
from tests.factories.competitions import ContestFactory, EntrantFactory, SelectionFactory


@pytest.fixture
def candidate(fair):
    """The secretary runs the branch's selection and was recommended by a colleague, accepted by the office."""
    selection = SelectionFactory(
        period=fair.period, organisation=fair.north, title="pacesetter", name="岗位标兵",
        subject="person", places=2, closes_on=today() + timedelta(days=9),
    )  # fmt: skip
    now = {"at": timezone.now()}
    nomination = actions.nominate(
        selection, kind="person", subject=fair.secretary, place=fair.north, reason="带头办件",
        by=fair.member, **now,
    )  # fmt: skip
    actions.review_nomination(nomination, passed=True, note="", shown=[], by=fair.officer, **now)
    return nomination


def test_the_list_with_oneself_on_it_is_made_public_by_another(fair, candidate):
    now = {"chosen": [candidate], "days": 1, "at": timezone.now()}

    with pytest.raises(Refused, match="有您自己"):
        actions.publicise(candidate.selection, by=fair.secretary, **now)
    assert Selection.objects.get().state == "nominating"

    actions.publicise(candidate.selection, by=fair.officer, **now)
    assert Selection.objects.get().state == "publicised"


def test_nor_is_it_decided_or_defended_by_oneself(fair, candidate):
    now = {"at": timezone.now()}
    actions.publicise(candidate.selection, chosen=[candidate], days=1, by=fair.officer, **now)
    objection = actions.raise_objection(
        candidate.selection, text="材料不实", by=fair.member2, **now
    )

    with pytest.raises(Refused, match="有您自己"):
        actions.answer_objection(objection, answer="属实", by=fair.secretary, **now)
    actions.answer_objection(objection, answer="查过了，属实", by=fair.officer, **now)
    past(candidate.selection)
    with pytest.raises(Refused, match="有您自己"):
        actions.award(candidate.selection, decision="支委会决定", by=fair.secretary, **now)
    assert not Award.objects.exists()

    actions.award(candidate.selection, decision="党委决定", by=fair.officer, **now)
    assert Award.objects.get().person == fair.secretary
    assert Objection.objects.get().answered_by == fair.officer


def test_a_tie_is_not_decided_by_one_of_the_tied(fair):
    contest = ContestFactory(
        campaign=fair.campaign, period=fair.period, organisation=fair.north, state="ranked"
    )
    tied = [
        EntrantFactory(contest=contest, person=person, label=person.name, is_tied=True)
        for person in (fair.secretary, fair.member)
    ]
    order = {one.pk: number for number, one in enumerate(tied, 1)}

    with pytest.raises(Refused, match="有您自己"):
        decide_tie(contest, order=order, reason="年长者先", by=fair.secretary, at=timezone.now())
