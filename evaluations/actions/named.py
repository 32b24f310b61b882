"""记名互评: the same sheet under one's own name, for branches too small for sealed ballots (P10, design §6).

The form says so before anything is written. Nothing here has to do with sealed ballots.
"""

from django.db import transaction
from django.db.models.functions import Now

from campaigns.actions import fulfil_sealed
from evaluations.actions import paper as papers
from evaluations.actions.ballots import RoundIsOver
from evaluations.actions.paper import Rating
from evaluations.models import NamedRating, Round


@transaction.atomic
def rate_by_name(paper, *, ballot, by, at):
    """Store a whole sheet under the rater's name. True when it was taken now, False when one is in already."""
    if by.pk != paper.entry.person_id or paper.round.form != Round.Form.NAMED:
        raise papers.BallotRefused(["只能提交自己的记名互评表。"])
    papers.check(paper.round.sheet, ballot, rated=paper.positions)
    position = paper.entry.position
    found = Round.objects.select_for_update().filter(pk=paper.round.pk)
    taking = found.open().filter(closes_at__gt=Now()).first()
    if (taking or found.get()).has_mark(position):
        return False
    if taking is None:
        raise RoundIsOver
    found.update(marks=taking.marks_with(position))
    NamedRating.objects.bulk_create(_rows(paper, ballot, by=by, at=at))
    fulfil_sealed(period=paper.round.period, act="peer_ballot", people=[by.pk], at=at)
    return True


def _rows(paper, ballot, *, by, at):
    sheet = paper.round.sheet
    for entry in paper.others:
        rating = ballot[entry.position]
        yield NamedRating(
            round=paper.round,
            author=by,
            person_id=entry.person_id,
            levels={
                question.key: question.key_at(number)
                for question, number in zip(sheet.scale_questions, rating.levels, strict=True)
                if number
            },
            texts={
                question.key: text
                for question, text in zip(sheet.text_questions, rating.texts, strict=True)
            },
            comment=rating.comment,
            written_at=at,
        )


def sheets_of(round, roll):
    """What was rated by name as ballots: `{position: Rating}`, None for the rater himself."""
    positions = {entry.person_id: entry.position for entry in roll}
    rated = [entry.position for entry in roll if entry.is_rated]
    by_author = {}
    for row in NamedRating.objects.filter(round=round).order_by("author", "person"):
        ballot = by_author.setdefault(row.author_id, dict.fromkeys(rated))
        ballot[positions[row.person_id]] = Rating(
            levels=tuple(
                question.number_of(row.levels.get(question.key)) or 0
                for question in round.sheet.scale_questions
            )
        )
    return list(by_author.values())
