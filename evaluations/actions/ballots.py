"""Casting a sealed ballot: the one write in the portal that must not leave a trace of its order.

No duty, notice, message, audit event, job or cache entry is written here (docs/ballots.md).
"""

from django.db import transaction
from django.db.models.functions import Now
from django.views.decorators.debug import sensitive_variables

from evaluations.actions import paper as papers
from evaluations.actions import round_keys
from evaluations.models import Ballot, Round


class RoundIsOver(Exception):
    """The round takes no ballots any more; nothing was stored."""


@sensitive_variables()
def cast_ballot(paper, *, ballot, by):
    """Check, seal and store a whole ballot. True when it was counted now, False when one is in already."""
    if by.pk != paper.entry.person_id:
        raise papers.BallotRefused(["只能提交自己的选票。"])
    round = paper.round
    papers.check(round.sheet, ballot, rated=paper.positions)
    content = papers.pack(ballot, rated=paper.rated, size=round.ballot_bytes)
    return _store(round.pk, paper.entry.position, box=round_keys.seal(round.public_key, content))


@transaction.atomic
def _store(round_id, position, *, box):
    """The lock makes the close wait for this ballot or this ballot see the close (T6)."""
    held = Round.objects.filter(pk=round_id).only("marks")
    taking = held.select_for_update().open().filter(closes_at__gt=Now()).first()
    if (taking or held.get()).has_mark(position):
        return False
    if taking is None:
        raise RoundIsOver
    Round.objects.filter(pk=round_id).update(marks=taking.marks_with(position))
    Ballot.objects.create(round_id=round_id, box=box)
    return True
