"""Appointing to a campaign's leading group and its office, and ending it (R01, R02)."""

from django.db import IntegrityError, transaction

from common import audit, notices
from supervision.models import LeadingGroup, Seat


class AppointmentRefused(Exception):
    """The text says why."""


@transaction.atomic
def appoint(campaign, person, place, *, remark, document, starts_on, by, at):  # noqa: PLR0913 (one appointment)
    """A dated seat; the portal's rights are granted apart, by whoever grants rights."""
    group, _ = LeadingGroup.objects.get_or_create(
        campaign=campaign, name=place.group, defaults={"kind": place.kind}
    )
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                group=group,
                person=person,
                position=place.key,
                title=place.title,
                remark=remark,
                document=document,
                starts_on=starts_on,
                appointed_at=at,
                appointed_by=by,
            )
    except IntegrityError as error:
        raise AppointmentRefused(f"{person}已在{group}任职，请先结束原来的任职。") from error
    notices.post(
        [person],
        event=f"seat:{seat.pk}",
        title=f"您担任{group}{seat.title}",
        body=remark,
        url=f"/leading/{campaign.slug}",
        at=at,
    )
    path = campaign.organisation.path
    audit.record("任命", seat, by=by, at=at, path=path, detail={"文号": document})
    return seat


@transaction.atomic
def end_seat(seat, *, ends_on, by, at):
    """The seat stays on record with its last day."""
    if ends_on < seat.starts_on:
        raise AppointmentRefused("任职止不能早于任职起。")
    moved = Seat.objects.filter(pk=seat.pk, ends_on=None).update(ends_on=ends_on)
    if not moved:
        raise AppointmentRefused("这个任职已经结束过了。")
    path = seat.group.campaign.organisation.path
    audit.record("免去任职", seat, by=by, at=at, path=path, detail={"任职止": f"{ends_on}"})
