"""查摆: written for oneself or the branch; what comes of it is a pledge (L20)."""

from django.db import transaction

from pledges.actions.pledges import save_pledge
from pledges.models import Pledge, SelfExamination


class AlreadyPledged(Exception):
    """A pledge has come of it before."""


def save_examination(examination):
    """Not in the audit: what somebody finds wanting in himself is nobody's record."""
    examination.save()
    return examination


@transaction.atomic
def pledge_from(examination, *, by, at):
    """A draft with what he means to change; he completes and submits it himself."""
    current = (
        SelfExamination.objects.select_for_update(of=("self",))
        .select_related("period__campaign", "organisation")
        .get(pk=examination.pk)
    )
    if current.pledge_id:
        raise AlreadyPledged("已经转成承诺了。")
    period = current.period
    pledge = Pledge(
        campaign=period.campaign,
        period=period,
        organisation=current.organisation,
        owner_person=by,
        text=current.plan,
        starts_on=period.starts_on,
        due_on=period.ends_on,
    )
    current.pledge = save_pledge(pledge, by=by, at=at)
    current.save(update_fields=["pledge"])
    return pledge
