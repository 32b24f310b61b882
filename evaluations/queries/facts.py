"""What stands beside a reviewer's form: what the person promised, did, and was told (P14, P16)."""

from django.db.models import Count, Q

from campaigns.models import Duty
from evaluations.models import FollowUp, MeetingComment, SelfReview
from evaluations.queries.appraisals import public_voices
from evaluations.queries.reviews import facts_about

MOST = 3


def beside_the_form(person, period, *, today):
    """Pledges and earlier reviews, and lines of (what, words, self-review to open or None)."""
    return facts_about(person, period) | {"facts": list(_lines(person, period, today))}


def _lines(person, period, today):
    own = SelfReview.objects.filter(person=person, period=period).first()
    yield "自评", "已写" if own else "还没写", own
    yield "职责", _duties(person, period, today), None
    for voice in public_voices(period, person, today):
        yield voice.name, voice.said, None
    for comment in _comments(person, period):
        words = "；".join(text for text in comment.texts.values() if text)
        if words:
            yield f"{comment.meeting.kind} {comment.meeting.held_on:%-m月%-d日}", words, None
    left = FollowUp.objects.running().filter(person=person).count()
    if left:
        yield "落实事项", f"{left} 件还没落实", None


def _duties(person, period, today):
    """Without the ballot: whether he has voted is nobody's business here."""
    duties = Duty.objects.filter(period=period, assignee=person, waived_at=None)
    found = duties.exclude(act="peer_ballot").aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(done_at__isnull=False)),
        late=Count("pk", filter=Q(done_at=None, due_on__lt=today)),
    )
    late = f"，逾期 {found['late']}" if found["late"] else ""
    return f"应办 {found['all']}，已办 {found['done']}{late}" if found["all"] else "本期没有"


def _comments(person, period):
    rows = MeetingComment.objects.filter(
        person=person, meeting__period=period, meeting__published_at__isnull=False
    )
    return rows.select_related("meeting").order_by("-meeting__held_on", "-pk")[:MOST]
