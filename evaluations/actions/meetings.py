"""Recording meetings: who came, what was said of whom, what was agreed; publishing comes last (L25)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import fulfil
from common import audit, notices
from common.publishing import findings
from evaluations.models import Attendance, FollowUp, Meeting, MeetingComment


class MeetingMoved(Exception):
    """Somebody else acted in the meantime; the text is shown."""


@transaction.atomic
def record_meeting(meeting, *, came, called, by, at):
    """Keep or change the record; the duty to hold it is fulfilled with it."""
    is_new = meeting.pk is None
    if is_new:
        meeting.written_at = at
    else:
        _held(meeting)
    meeting.save()
    meeting.attendance.all().delete()
    present = {person.pk for person in came}
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=person, came=person.pk in present) for person in called
    )
    if is_new:
        fulfil(
            campaign=meeting.campaign,
            period=meeting.period,
            act="meeting",
            by=by,
            at=at,
            about_organisation=meeting.organisation,
        )
    audit.record("登记会议", meeting, by=by, at=at, path=meeting.organisation.path)
    return meeting


@transaction.atomic
def comment_people(meeting, *, comments, by, at):
    """[(person, levels, texts)] of the whole form: what is empty is taken away."""
    held = _held(meeting)
    for person, levels, texts in comments:
        if not levels and not texts:
            MeetingComment.objects.filter(meeting=held, person=person).delete()
            continue
        MeetingComment.objects.update_or_create(
            meeting=held, person=person, defaults={"levels": levels, "texts": texts, "by": by}
        )
    audit.record("会议点评", held, by=by, at=at, path=held.organisation.path)


def _refuse_private(meeting):
    """The publishing gate: no ID, mobile or bank numbers and no hidden signs before the public."""
    texts = [meeting.summary, meeting.minutes]
    for said in meeting.comments.order_by("pk").values_list("texts", flat=True):
        texts += [text for text in said.values() if isinstance(text, str)]
    found = dict.fromkeys(f"{one.label}{one.sample}" for text in texts for one in findings(text))
    if found:
        raise MeetingMoved(f"点评和记录里有{'、'.join(found)}，请先删去再给公众看。")


@transaction.atomic
def publish_meeting(meeting, *, visibility, by, at):
    """Show the comments to whom the meeting decided, once; those commented on hear of it."""
    held = _held(meeting)
    if visibility == "public":
        _refuse_private(held)
    held.visibility, held.published_at, held.published_by = visibility, at, by
    held.save(update_fields=["visibility", "published_at", "published_by"])
    people = [one.person for one in held.comments.select_related("person").order_by("person")]
    notices.post(
        people,
        event=f"meeting:{held.pk}",
        title=f"{held.kind}上对您的点评可以看了",
        url=reverse("evaluations:meeting_detail", args=[held.pk]),
        at=at,
    )
    fulfil(
        campaign=held.campaign,
        period=held.period,
        act="publish_comments",
        by=by,
        at=at,
        about_organisation=held.organisation,
    )
    detail = {"范围": held.get_visibility_display()}
    audit.record("公开会议点评", held, by=by, at=at, path=held.organisation.path, detail=detail)


@transaction.atomic
def agree_follow_up(follow_up, *, by, at):
    """Advice that was agreed gets a person and a date (P25)."""
    follow_up.agreed_by, follow_up.agreed_on = by, timezone.localdate(at)
    follow_up.save()
    notices.post(
        [follow_up.person],
        event=f"follow-up:{follow_up.pk}",
        title=f"有一条改进意见请您在 {follow_up.due_on:%-m月%-d日} 前落实",
        body=follow_up.advice,
        url=reverse("evaluations:follow_up_list"),
        at=at,
    )
    audit.record("商定落实事项", follow_up, by=by, at=at, path=follow_up.organisation.path)


@transaction.atomic
def do_follow_up(follow_up, *, change, by, at):
    """What changed since."""
    moved = FollowUp.objects.filter(pk=follow_up.pk, done_on=None).update(
        change=change, done_on=timezone.localdate(at)
    )
    if not moved:
        raise MeetingMoved("这一条已经登记落实了。")
    audit.record("落实改进意见", follow_up, by=by, at=at, path=follow_up.organisation.path)


def _held(meeting):
    held = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("organisation", "period")
        .get(pk=meeting.pk)
    )
    if held.is_published:
        raise MeetingMoved("点评已经公开，会议记录不能再改。")
    return held
