"""Sealed peer rounds: opened, voted in and counted by the real actions.

The database's own clock decides about deadlines, so in a round of the past people vote while the
deadline is put off to a day still to come; it is set back before the count.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.casts.model import SEALED
from campaign_portal.demo.clock import midnight
from campaign_portal.demo.dice import between, shuffled
from campaign_portal.demo.words.reviews import PEER_COMMENTS
from evaluations.actions.ballots import cast_ballot
from evaluations.actions.close import close_round
from evaluations.actions.comments import moderate_comment
from evaluations.actions.paper import Rating
from evaluations.actions.rounds import open_round
from evaluations.models import PeerComment, Round
from evaluations.queries.peer import paper_for
from evaluations.queries.rolls import peer_item
from evaluations.queries.rounds import last_due_day

MARGIN = timedelta(days=3)
EVENING = timedelta(hours=18)


def hold_rounds(season):
    """A round in each branch. While the period runs the last of several branches still waits for its own."""
    if peer_item(season.plan) is None:
        return
    troupes = [one for one in season.scene.troupes if one.branch.way == SEALED]
    if season.is_running and len(troupes) > 3:
        troupes = troupes[:-1]
    for troupe in troupes:
        round = _open(season, troupe)
        if season.is_running:
            _vote(season, troupe, round)
            continue
        with past_vote(season, round):
            _vote(season, troupe, round)
        count_round(season, troupe, round)


def closing_time(season):
    closes_at = midnight(last_due_day(season.period) or season.period.ends_on) + EVENING
    if not season.is_running:
        return closes_at
    return max(closes_at, midnight(timezone.localdate(season.clock.now)) + MARGIN + EVENING)


def _open(season, troupe):
    return open_round(
        season.period,
        troupe.organisation,
        closes_at=closing_time(season),
        by=season.scene.committee,
        at=season.clock.at(0.72),
    )


def _vote(season, troupe, round):
    """Everybody; now only half, and none of those a visitor signs in as."""
    rng = season.rng(f"votes {troupe.branch.name}")
    voters = shuffled(rng, troupe.members)
    if season.is_running:
        half = len(voters) // 2
        voters = [player for player in voters if not player.is_visitor][:half]
    talents = {player.person.pk: player.talent for player in troupe.players}
    for player in voters:
        paper = paper_for(player.person, round.pk)
        cast_ballot(paper, ballot=fill_in(paper, talents, rng), by=player.person)


def fill_in(paper, talents, rng):
    """A whole ballot; the same one whatever places the roll gave by lot."""
    sheet = paper.round.sheet
    severity = rng.gauss(0, 0.12)
    grades = {
        entry.position: [
            _grade(question, talents[entry.person_id] - severity, rng)
            for question in sheet.scale_questions
        ]
        for entry in sorted(paper.others, key=lambda one: one.person_id)  # positions are by lot
    }
    for quota in sheet.quotas:
        _keep_quota(sheet, quota, grades)
    if sheet.refuse_uniform and len({tuple(levels) for levels in grades.values()}) == 1:
        levels = next(iter(grades.values()))
        levels[0] = 1 if levels[0] == 2 else 2
    return {
        position: Rating(tuple(levels), comment=_comment(sheet, rng))
        for position, levels in grades.items()
    }


def _grade(question, talent, rng):
    """1-based number of a level."""
    if question.levels[-1].value is None and rng.random() < 0.04:
        return len(question.levels)  # 不了解
    best = sum(level.value is not None for level in question.levels)
    place = (1 - talent) * 2.1 + rng.gauss(0.15, 0.5)
    return min(max(round(place) + 1, 1), best)


def _keep_quota(sheet, quota, grades):
    """Too many of the limited levels: the last ones get the level below."""
    at = next(n for n, one in enumerate(sheet.scale_questions) if one.key == quota.question)
    question = sheet.scale_questions[at]
    limited = {question.number_of(key) for key in quota.levels}
    chosen = [position for position, levels in grades.items() if levels[at] in limited]
    if quota.at_most is not None:
        for position in chosen[quota.at_most :]:
            grades[position][at] = max(limited) + 1


def _comment(sheet, rng):
    return rng.choice(PEER_COMMENTS) if sheet.comment and rng.random() < 0.15 else ""


def move_deadline(round, closes_at):
    """The row only: what the object knows stays the true deadline."""
    Round.objects.filter(pk=round.pk).update(closes_at=closes_at)


@contextmanager
def past_vote(season, round):
    """The database's own clock decides, so a round of the past is voted in this way."""
    move_deadline(round, season.clock.now + MARGIN)
    yield
    move_deadline(round, round.closes_at)


def count_round(season, troupe, round):
    """Shortly after its end; the comments are read by the troupe's secretary."""
    at = round.closes_at + timedelta(minutes=5)
    close_round(round, by=season.scene.committee, at=at)
    _moderate(season, troupe, round)


def _moderate(season, troupe, round):
    """The secretary reads the comments about others; the newest few still wait for him."""
    rng = season.rng(f"moderate {troupe.branch.name}")
    at = season.clock.at(between(rng, 0.88, 0.92))
    comments = PeerComment.objects.filter(round=round).select_related("round__organisation")
    comments = list(comments.order_by("pk"))
    left = 2 if season.number else 0
    for comment in comments[left:]:
        by = troupe.secretary
        if comment.person_id == by.pk:
            by = season.scene.committee
        moderate_comment(comment, show=rng.random() < 0.93, by=by, at=at)
