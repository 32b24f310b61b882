"""Opening a closed period again (D10): a reason, everybody who runs the campaign is told, the old version stays."""

from django.db import transaction

from branches.models import Person
from campaigns.models import Period
from common import audit, locks, notices

RULERS = ("committee", "office")


class ReopeningRefused(Exception):
    """The text says why the period stays closed."""


@transaction.atomic
def reopen_period(period, *, reason, by, at):
    """The cards of the last closing stay in sight until the next version takes their place."""
    reason = reason.strip()
    if not reason:
        raise ReopeningRefused("重新打开要写明原因。")
    locks.hold(f"close:{period.pk}")
    held = (
        Period.objects.select_for_update(of=("self",))
        .select_related("campaign__organisation")
        .get(pk=period.pk)
    )
    if held.is_open:
        raise ReopeningRefused(f"{held.name}现在没有结算，不用重新打开。")
    if held.campaign.concluded_at is not None:
        raise ReopeningRefused("这一轮活动已经总结结束，结算不能再改。")
    held.state, held.closed_at, held.closed_by = Period.State.OPEN, None, None
    held.reopen_reason = reason
    held.save(update_fields=["state", "closed_at", "closed_by", "reopen_reason"])
    _tell(held, by=by, at=at)
    path = held.campaign.organisation.path
    audit.record("重新打开周期", held, by=by, at=at, path=path, detail={"原因": reason})
    return held


def _tell(period, *, by, at):
    """Those who close with him, so that nobody reopens unseen."""
    roles = period.campaign.organisation.roles.filter(kind__in=RULERS, ends_on=None)
    people = Person.objects.filter(pk__in=roles.values("person")).exclude(pk=by.pk)
    version = period.closings.count()
    notices.post(
        list(people),
        event=f"reopened:{period.pk}:{version}",
        title=f"{by}重新打开了{period.name}",
        body=f"原因：{period.reopen_reason}\n更正完成后要再结算一次；在那之前仍显示原来的得分。",
        url="/close",
        at=at,
    )
