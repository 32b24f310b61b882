"""Writing into the registers, and the public's reports about a card."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Person
from campaigns.actions import fulfil
from common import audit, notices
from common.receipts import new_receipt, receipt_hash
from pledges.models import FirstAsked, RegisterLine, ServiceReport, Whereabouts

FORMS = uuid.UUID("5c2f4d53-6f4b-4a4e-9d0a-7a5f5d1f8e11")  # namespace of form numbers


class AlreadyDone(Exception):
    """Somebody was quicker, or the button was pressed twice."""


@transaction.atomic
def register_first_asked(entry, *, by, at):
    entry.written_by, entry.written_at = by, at
    entry.save()
    audit.record("登记首问事项", entry, by=by, at=at, path=entry.organisation.path)
    return entry


@transaction.atomic
def finish_first_asked(entry, *, done_on, result, by, at):
    moved = FirstAsked.objects.filter(pk=entry.pk, done_on=None).update(
        done_on=done_on, result=result
    )
    if not moved:
        raise AlreadyDone("这件事已经办结。")
    audit.record("办结首问事项", entry, by=by, at=at, path=entry.organisation.path)


@transaction.atomic
def leave_note(note, *, at):
    """A new note takes the place of the one before."""
    Person.objects.select_for_update().get(pk=note.person_id)
    Whereabouts.objects.filter(person=note.person, ended_at=None, back_at__gt=at).update(
        ended_at=at
    )
    note.save()
    audit.record("写去向留言", note, by=note.person, at=at, path=note.organisation.path)


@transaction.atomic
def come_back(person, *, at):
    """Ends the person's notes that still run; how many there were."""
    running = Whereabouts.objects.filter(person=person, ended_at=None, back_at__gt=at)
    return running.update(ended_at=at)


@transaction.atomic
def withdraw_note(note, *, reason, by, at):
    """Off the window's page at once; its writer is told why (G05)."""
    moved = (
        Whereabouts.objects.running(at=at)
        .filter(pk=note.pk)
        .update(ended_at=at, withdrawn_by=by, withdrawn_reason=reason)
    )
    if not moved:
        raise AlreadyDone("这条去向留言已经不显示了。")
    detail = {"原因": reason}
    audit.record("撤下去向留言", note, by=by, at=at, path=note.organisation.path, detail=detail)
    notices.post(
        [note.person],
        event=f"whereabouts-withdrawn:{note.pk}",
        title="您的去向留言被撤下",
        body=f"“{note.text}”\n原因：{reason}",
        url="/registers/cover",
        at=at,
    )


@transaction.atomic
def write_line(line, *, by, at, period=None):
    line.written_by, line.written_at = by, at
    line.save()
    if period is not None:
        fulfil(campaign=line.campaign, period=period, act="fill_register", by=by, at=at)
    audit.record("填写登记簿", line, by=by, at=at, path=line.organisation.path)


def report_service(item, *, kind, text, form_number, today):
    """Keeps the report and returns its receipt; None when this very form was sent before (no identity, no time)."""
    receipt = new_receipt()
    report = ServiceReport(
        pk=uuid.uuid5(FORMS, form_number),
        item=item,
        kind=kind,
        text=text,
        week_on=today - timedelta(days=today.weekday()),
        receipt_hash=receipt_hash(receipt, kind="service"),
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        return None
    return receipt


@transaction.atomic
def answer_report(report, *, answer, by, at):
    moved = ServiceReport.objects.filter(pk=report.pk, answered_on=None).update(
        answer=answer, answered_on=timezone.localdate(at), answered_by=by
    )
    if not moved:
        raise AlreadyDone("这条反映已经答复过。")
    path = report.item.organisation.path
    audit.record("答复超时超收反映", report, by=by, at=at, path=path)


def line_of(campaign, organisation, register, values):
    return RegisterLine(
        campaign=campaign, organisation=organisation, register=register, values=values
    )
