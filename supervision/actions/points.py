"""Points by hand and sanctions: entered by one right holder, signed by another; only then they count."""

from django.db import transaction

from campaigns.models import Period
from common import audit
from supervision.models import PointEntry


class EntryRefused(Exception):
    """The text says why not."""


@transaction.atomic
def add_entry(period, *, kind, subject, name, points, happened_on, reason, evidence, by, at):  # noqa: PLR0913
    """`subject` is {person|window|organisation: …, organisation: where it belongs}."""
    _refuse_closed(period)
    if subject.get("person") and subject["person"].pk == by.pk:
        raise EntryRefused("不能给自己登记，请由别人登记。")
    entry = PointEntry.objects.create(
        campaign_id=period.campaign_id,
        period=period,
        kind=kind,
        name=name,
        points=None if kind == PointEntry.Kind.DISCIPLINE else points,
        happened_on=happened_on,
        reason=reason,
        evidence=evidence,
        entered_at=at,
        entered_by=by,
        **subject,
    )
    _record("登记加减分和处分", entry, by=by, at=at)
    return entry


@transaction.atomic
def decide_entry(entry, *, accept, remark, by, at):
    """Sign it or refuse it, once; what was signed counts from the next closing on."""
    held = PointEntry.objects.select_for_update().get(pk=entry.pk)
    _refuse_closed(held.period)
    if not held.is_waiting:
        raise EntryRefused("这一条已经有人签认过了。")
    if by.pk in {held.entered_by_id, held.person_id}:
        raise EntryRefused("不能签认自己登记的、或关于自己的事项。")
    if not accept and not remark:
        raise EntryRefused("不予认定要写明理由。")
    held.state = PointEntry.State.SIGNED if accept else PointEntry.State.REFUSED
    held.decided_at, held.decided_by, held.remark = at, by, remark
    held.save(update_fields=["state", "decided_at", "decided_by", "remark"])
    _record("签认加减分和处分" if accept else "不予认定加减分和处分", held, by=by, at=at)
    return held


def _refuse_closed(period):
    """Under the lock that closing takes, so that nothing slips in behind a closing."""
    if not Period.objects.select_for_update(of=("self",)).get(pk=period.pk).is_open:
        raise EntryRefused("这一期已经结算；要改请先重新打开。")


def _record(what, entry, *, by, at):
    detail = {"种类": entry.get_kind_display(), "事项": entry.name, "分值": entry.shown_points}
    audit.record(what, entry, by=by, at=at, path=entry.organisation.path, detail=detail)
