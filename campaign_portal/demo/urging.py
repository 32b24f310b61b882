"""The secretary has called on somebody who is late, and got an answer."""

from datetime import timedelta

from django.utils import timezone

from supervision.actions.urging import answer_urge, urge_late
from supervision.models import Urge
from supervision.queries.late import late_lines

DAYS_AGO = 2
TO_CALL = 3


def call_on_the_late(season):
    """Only in the running quarter; the visitors' own accounts are left in peace."""
    if not season.is_running:
        return
    committee, now = season.scene.committee, season.clock.now
    at = now - timedelta(days=DAYS_AGO)
    at = timezone.localtime(at).replace(hour=9, minute=30)
    free = {player.person.pk for player in season.scene.players if not player.is_visitor}
    lines = late_lines(committee, season.period, today=timezone.localdate(at))
    urge_late(
        season.period, [line for line in lines if line.person.pk in free][:TO_CALL],
        by=committee, at=at,
    )  # fmt: skip
    urge = Urge.objects.filter(period=season.period).select_related("person").order_by("pk").first()
    if urge is not None:
        answer_urge(
            urge, expected_on=timezone.localdate(now) + timedelta(days=3),
            answer="上周在县里集中学习，回来就办。", by=urge.person, at=min(at + timedelta(hours=3), now),
        )  # fmt: skip
