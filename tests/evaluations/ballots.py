"""Opening rounds and filling in ballots, shared by the tests of peer rounds."""

from datetime import timedelta

from django.utils import timezone

from evaluations.actions.ballots import cast_ballot
from evaluations.actions.paper import Rating
from evaluations.actions.rounds import open_round
from evaluations.models import Round
from evaluations.queries.peer import paper_for
from tests.factories import PersonFactory

A_WEEK = timedelta(days=7)


def opened(world, organisation=None, **changes):
    """A real round of the first branch, key file and all."""
    at = timezone.now()
    options = {"closes_at": at + A_WEEK, "by": world.secretary, "at": at} | changes
    return open_round(world.period, organisation or world.north, **options)


def grown(world, people):
    """The first branch with so many members who vote."""
    now = len(world.members(world.north))
    for _ in range(people - now):
        PersonFactory(organisation=world.north)
    return world


def voters(round):
    entries = round.roll.filter(is_voter=True).select_related("person")
    return [entry.person for entry in entries.order_by("position")]


def ballot_of(paper, levels=2, comment="", **special):
    """Everybody gets `levels` on each question; `special={"p3": 1}` for position 3 something else."""
    return {
        position: Rating(
            levels=(special.get(f"p{position}", levels),) * len(paper.round.sheet.scale_questions),
            texts=("",) * len(paper.round.sheet.text_questions),
            comment=comment,
        )
        for position in paper.positions
    }


def vote(round, person, **how):
    paper = paper_for(person, round.pk)
    return cast_ballot(paper, ballot=ballot_of(paper, **how), by=person)


def posted(paper, level="good", **special):
    """The same as form data."""
    data = {}
    for position in paper.positions:
        for question in paper.round.sheet.scale_questions:
            data[f"p{position}-{question.key}"] = special.get(f"p{position}", level)
    return data


def past_deadline(round):
    """Move the deadline, as time would: the actions go by the clock of the database."""
    now = timezone.now()
    Round.objects.filter(pk=round.pk).update(
        opens_at=now - A_WEEK, closes_at=now - timedelta(seconds=1)
    )
    round.refresh_from_db()
    return round
