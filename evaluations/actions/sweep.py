"""What the sweeper does for peer rounds each minute. Safe to run twice or beside itself."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from branches.models import Person
from common import notices
from evaluations.actions import round_keys
from evaluations.actions.close import close_round
from evaluations.actions.rounds import RoundRefused, destroy_key
from evaluations.models import Round
from evaluations.queries import peer

REMIND_BEFORE = (timedelta(days=3), timedelta(hours=24))


def close_due_rounds(*, at):
    """Count every round whose deadline has passed by the database's clock."""
    return sum(_close(round, at=at) for round in Round.objects.past_deadline().order_by("pk"))


def _close(round, *, at):
    try:
        close_round(round, by=None, at=at)
    except RoundRefused:  # halted and alarmed; somebody has to look
        return 0
    return 1


def destroy_left_keys(*, at):
    """Repeat what a kill between commit and destruction left undone; remove keys of no round."""
    left = list(Round.objects.key_not_destroyed().values_list("pk", flat=True))
    done = sum(destroy_key(pk, at=at) for pk in left)
    if settings.ROUND_KEYS_DIR.exists():
        known = set(Round.objects.values_list("key_fingerprint", flat=True))
        for mark in round_keys.orphans(known, now=at):
            round_keys.destroy(mark)
    return done


def remind_voters(*, at):
    """Three days and one day before the deadline those without a mark hear of it, each once. Nobody sees the list.

    By day only, so that the mail goes out with it: one that waited for the morning would call on who voted at night,
    and one withdrawn because of the mark would tell when that was.
    """
    if notices.is_quiet(at):
        return 0
    first, last = REMIND_BEFORE
    soon = Round.objects.open().filter(closes_at__gt=at, closes_at__lte=at + first)
    soon = soon.exclude(form=Round.Form.PAPER)  # paper leaves no marks, nobody can be named late
    rounds = list(soon.select_related("period"))
    for round in rounds:
        until = date_format(timezone.localtime(round.closes_at), "n月j日 H:i")
        notices.post(
            list(Person.objects.filter(pk__in=peer.not_voted_person_ids(round), is_active=True)),
            event=f"round-closing:{round.pk}",
            step=int(round.closes_at <= at + last),
            title=f"{round.period.name}党员互评 {until} 截止，您还没有参评",
            url=reverse("evaluations:peer_ballot", args=[round.pk]),
            at=at,
        )
    return len(rounds)
