"""Cards and zones: what people show, and what they answer for."""

from django.db import transaction

from branches.actions import update_person
from campaigns.actions import fulfil
from common import audit
from common.dates import ONE_DAY
from pledges.models import Card, ZoneHolder


@transaction.atomic
def confirm_card(person, *, shown, motto, periods, today, by, at):  # noqa: PLR0913 (the whole card)
    """The person has looked at the card and found it right; that fulfils the duty to keep it (L09).

    `shown` maps the card's switches to True or False, `periods` are the running ones it counts in.
    """
    update_person(person, today=today, by=by, at=at, motto=motto)
    Card.objects.update_or_create(person=person, defaults={**shown, "confirmed_at": at})
    for period in periods:
        for act in ("update_card", "update_sign"):
            fulfil(
                campaign=period.campaign, period=period, act=act, by=by, at=at, about_person=person
            )
    audit.record("核对身份牌", person, by=by, at=at)


@transaction.atomic
def save_zone(zone, *, holders, today, by, at):
    """Stores a new or changed zone; who no longer answers for it keeps the days he did."""
    is_new = zone.pk is None
    if is_new:
        zone.starts_on = today
    zone.save()
    current = {held.person_id: held for held in zone.holders.filter(ends_on=None)}
    wanted = {person.pk for person in holders}
    for pk, held in current.items():
        if pk not in wanted:
            _end(held, today=today)
    ZoneHolder.objects.bulk_create(
        [
            ZoneHolder(zone=zone, person_id=pk, starts_on=today)
            for pk in sorted(wanted - set(current))
        ]
    )
    audit.record(
        "设立责任区" if is_new else "修改责任区", zone, by=by, at=at, path=zone.organisation.path
    )
    return zone


@transaction.atomic
def end_zone(zone, *, today, by, at):
    """Its last day was yesterday; what was before stays on record."""
    for held in zone.holders.filter(ends_on=None):
        _end(held, today=today)
    zone.ends_on = max(zone.starts_on, today - ONE_DAY)
    zone.save(update_fields=["ends_on"])
    audit.record("撤销责任区", zone, by=by, at=at, path=zone.organisation.path)


def _end(held, *, today):
    if held.starts_on >= today:
        held.delete()
        return
    held.ends_on = today - ONE_DAY
    held.save(update_fields=["ends_on"])
