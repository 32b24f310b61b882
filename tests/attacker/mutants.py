"""Ways to keep ballots that look harmless and are not; the attackers must break every one of them."""

from django.db.models import F
from django.utils import timezone

from campaigns.models import Duty
from evaluations.actions import ballots, round_keys
from evaluations.models import PeerTally, RollEntry


def product(monkeypatch):
    """Nothing is changed."""


def plain_rows(monkeypatch):
    """Naive: a row without a name for each ballot, and not sealed."""
    monkeypatch.setattr(round_keys, "seal", lambda public, content: content)
    monkeypatch.setattr(round_keys, "opener", lambda public: lambda box: bytes(box))


def counters(monkeypatch):
    """No ballots at all: counters that go up with each vote, as EvaP keeps them."""
    real = ballots.cast_ballot

    def cast_and_count(paper, *, ballot, by):
        counted = real(paper, ballot=ballot, by=by)
        if counted:
            _count(paper, ballot)
        return counted

    monkeypatch.setattr(ballots, "cast_ballot", cast_and_count)


def _count(paper, ballot):
    people = dict(RollEntry.objects.filter(round=paper.round).values_list("position", "person"))
    for position, rating in ballot.items():
        for question, level in zip(paper.round.sheet.scale_questions, rating.levels, strict=True):
            row, _ = PeerTally.objects.get_or_create(
                round=paper.round,
                person_id=people[position],
                question=question.key,
                defaults={"shown": "histogram"},
            )
            PeerTally.objects.filter(pk=row.pk).update(
                **{f"level_{level}": F(f"level_{level}") + 1}
            )


def duty_done(monkeypatch):
    """The vote marks the voter's duty as done, with the time."""
    real = ballots.cast_ballot

    def cast_and_mark(paper, *, ballot, by):
        counted = real(paper, ballot=ballot, by=by)
        Duty.objects.filter(act="peer_ballot", assignee=by).update(
            done_at=timezone.now(), done_by=by
        )
        return counted

    monkeypatch.setattr(ballots, "cast_ballot", cast_and_mark)
