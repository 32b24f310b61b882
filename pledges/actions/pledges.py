"""The life of a pledge: 草稿 → 待审核 → 已公示 → 已兑现 / 未兑现."""

from django.db import transaction
from django.db.models import Q

from campaigns.actions import fulfil
from common import audit, notices
from pledges.actions.appearances import note_appearances
from pledges.models import Appearance, Pledge, PledgeProgress, PledgeVersion, ProgressFile

FROZEN_FIELDS = ("text", "baseline", "target", "due_on")


class PledgeMoved(Exception):
    """Somebody else acted on the pledge in the meantime; the text says what to do."""


@transaction.atomic
def save_pledge(pledge, *, by, at):
    """Store a draft, new or changed. The caller has cleaned the fields."""
    is_new = pledge.pk is None
    if is_new:
        pledge.written_by, pledge.written_at = by, at
    else:
        _claim(pledge, "draft", "returned")
    pledge.save()
    audit.record(
        "写承诺" if is_new else "改承诺", pledge, by=by, at=at, path=pledge.organisation.path
    )
    return pledge


@transaction.atomic
def submit_pledge(pledge, *, by, at):
    """Hand a draft in for review; this fulfils the duty to write one."""
    _move(pledge, "draft", "returned", to=Pledge.Status.SUBMITTED, submitted_at=at)
    fulfil(
        campaign=pledge.campaign,
        period=pledge.period,
        act="write_pledge",
        by=by,
        assignee=pledge.owner_person,
        at=at,
        **_about(pledge),
    )
    audit.record("提交承诺", pledge, by=by, at=at, path=pledge.organisation.path)


@transaction.atomic
def publish_pledge(pledge, *, by, at, note=""):
    """Approve and put on the public board."""
    _move(
        pledge,
        "submitted",
        to=Pledge.Status.PUBLISHED,
        reviewed_at=at,
        reviewed_by=by,
        review_note=note,
        published_at=pledge.published_at or at,
    )
    place = f"{pledge.organisation}网页公示栏"
    note_appearances([pledge.pk], channel=Appearance.Channel.WEB, place=place, at=at)
    _reviewed(pledge, by=by, at=at)
    audit.record("公示承诺", pledge, by=by, at=at, path=pledge.organisation.path)


@transaction.atomic
def return_pledge(pledge, *, by, at, note):
    """Send it back to its writer with what to change."""
    _move(
        pledge,
        "submitted",
        to=Pledge.Status.RETURNED,
        reviewed_at=at,
        reviewed_by=by,
        review_note=note,
    )
    _reviewed(pledge, by=by, at=at)
    notices.post(
        [pledge.written_by],
        event=f"pledge-returned:{pledge.pk}:{pledge.version}:{at:%Y%m%d%H%M%S}",
        title="您的承诺被退回修改",
        body=f"《{pledge.text}》\n意见：{note}",
        url=f"/pledges/{pledge.pk}",
        at=at,
    )
    audit.record("退回承诺", pledge, by=by, at=at, path=pledge.organisation.path)


@transaction.atomic
def revise_pledge(pledge, *, changes, reason, by, at):
    """Change a published pledge: the old wording stays readable, the new one waits for approval (D6).

    `changes` maps frozen field names to new values.
    """
    _claim(pledge, "published")
    old = {name: getattr(pledge, name) for name in FROZEN_FIELDS}
    PledgeVersion.objects.create(
        pledge=pledge, number=pledge.version, reason=reason, changed_at=at, changed_by=by, **old
    )
    for name in FROZEN_FIELDS:
        setattr(pledge, name, changes[name])
    pledge.version += 1
    pledge.status, pledge.submitted_at = Pledge.Status.SUBMITTED, at
    pledge.save()
    audit.record(
        "修改已公示承诺",
        pledge,
        by=by,
        at=at,
        path=pledge.organisation.path,
        detail={"原因": reason},
    )


@transaction.atomic
def note_progress(pledge, *, note, by, at, attachments=()):
    """A dated note, with evidence that was cleaned before (`common.attachments`)."""
    _claim(pledge, "published")
    progress = PledgeProgress.objects.create(pledge=pledge, note=note, noted_at=at, noted_by=by)
    for one in attachments:
        ProgressFile.objects.create(
            progress=progress, file=one.content, name=one.name, is_picture=one.is_picture
        )
    fulfil(campaign=pledge.campaign, period=pledge.period, act="report_pledge", by=by, at=at)


@transaction.atomic
def conclude_pledge(pledge, *, kept, explanation, by, at):
    """The verdict: kept, or unkept with an explanation that the public reads."""
    _move(
        pledge,
        "published",
        to=Pledge.Status.KEPT if kept else Pledge.Status.UNKEPT,
        concluded_at=at,
        concluded_by=by,
        explanation=explanation,
    )
    audit.record("认定承诺", pledge, by=by, at=at, path=pledge.organisation.path)


@transaction.atomic
def withdraw_pledge(pledge, *, by, at):
    """Take a draft out of the way; nothing is deleted."""
    _move(pledge, "draft", "returned", to=Pledge.Status.WITHDRAWN)
    audit.record("撤下承诺", pledge, by=by, at=at, path=pledge.organisation.path)


@transaction.atomic
def take_down_pledge(pledge, *, reason, by, at):
    """Off the board at once; its public page goes on to say so, and why."""
    _move(
        pledge,
        "published",
        to=Pledge.Status.WITHDRAWN,
        down_at=at,
        down_by=by,
        down_reason=reason,
    )
    detail = {"原因": reason}
    audit.record(
        "撤下公示的承诺", pledge, by=by, at=at, path=pledge.organisation.path, detail=detail
    )


def _claim(pledge, *states):
    """Lock the row and refuse when it is no longer in one of the states."""
    current = Pledge.objects.select_for_update().get(pk=pledge.pk)
    if current.status not in states:
        raise PledgeMoved(f"这项承诺现在是“{current.get_status_display()}”，请刷新页面再看。")


def _move(pledge, *states, to, **changes):
    _claim(pledge, *states)
    pledge.status = to
    for name, value in changes.items():
        setattr(pledge, name, value)
    pledge.save(update_fields=["status", *changes])


def _reviewed(pledge, *, by, at):
    """The reviewer's duty is done once nothing of the branch waits for him; his own waits for others."""
    waiting = Pledge.objects.filter(
        period=pledge.period, organisation=pledge.organisation, status=Pledge.Status.SUBMITTED
    ).exclude(Q(written_by=by) | Q(owner_person=by))
    if not waiting.exists():
        fulfil(campaign=pledge.campaign, period=pledge.period, act="review_pledges", by=by, at=at)


def _about(pledge):
    """What a duty to write this pledge may be about."""
    if pledge.owner_window_id:
        return {"about_window": pledge.owner_window}
    if pledge.owner_organisation_id:
        return {"about_organisation": pledge.owner_organisation}
    return {}
