"""Recording meetings: who came, what was said of whom, what was agreed; publishing comes last (L25)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import fulfil
from common import audit, notices
from common.publishing import NotReady
from evaluations.models import Attendance, FollowUp, Meeting, MeetingComment
from evaluations.queries.meetings import bulletin_rows
from pledges.actions.shown import propose_shown, save_shown
from pledges.models import Bulletin


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


@transaction.atomic
def publish_meeting(meeting, *, visibility, by, at):
    """Show the comments to whom the meeting decided, once; those commented on hear of it.

    To everybody: one's own people read them at once, the public when another has signed.
    """
    held = _held(meeting)
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
    detail = {"范围": held.get_visibility_display()}
    audit.record("公开会议点评", held, by=by, at=at, path=held.organisation.path, detail=detail)
    if visibility == Meeting.Visibility.PUBLIC:
        offer_meeting(held, by=by, at=at)
        return
    fulfil(
        campaign=held.campaign,
        period=held.period,
        act="publish_comments",
        by=by,
        at=at,
        about_organisation=held.organisation,
    )


@transaction.atomic
def offer_meeting(meeting, *, by, at):
    """提出: the comments as a bulletin for everybody, frozen as they were published (L25).

    Another checks it, and it can be taken down with a reason; the duty is done when it hangs.
    """
    held = _locked(meeting)
    if not held.is_published:
        raise MeetingMoved("先公开点评，再给公众看。")
    if not held.may_be_offered:
        raise MeetingMoved("点评已经提出公示，请看那一份。")
    rows = bulletin_rows(held)
    if not rows:
        raise MeetingMoved("还没有逐人点评，没有可以给公众看的内容。")
    bulletin = Bulletin(
        organisation=held.organisation,
        period=held.period,
        kind=Bulletin.Kind.COMMENTS,
        title=f"{held.held_on:%-m月%-d日}{held.kind}点评",
        rows=rows,
    )
    try:
        save_shown(bulletin, by=by, at=at)
        propose_shown(bulletin, by=by, at=at)
    except NotReady as stopped:
        raise MeetingMoved(f"还不能给公众看。{stopped}。") from stopped
    held.bulletin, held.visibility = bulletin, Meeting.Visibility.PUBLIC
    held.save(update_fields=["bulletin", "visibility"])


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
    held = _locked(meeting)
    if held.is_published:
        raise MeetingMoved("点评已经公开，会议记录不能再改。")
    return held


def _locked(meeting):
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("organisation", "campaign", "period__scheme_version", "bulletin")
        .get(pk=meeting.pk)
    )
