"""Activities as the organiser records them; self-checks as each person answers them."""

from django.db import transaction

from campaigns.actions import fulfil
from common import audit
from competitions.actions.contests import Refused
from competitions.models import Activity, ActivityNote, ActivityPicture, Attendance, SelfCheck

ACTS = ("study", "activity")
MOST_PICTURES = 12


@transaction.atomic
def add_activity(activity, *, people, by, at):
    """The record, who was there, and the duty that it fulfils (R08, B12)."""
    activity.made_by, activity.made_at = by, at
    activity.full_clean(exclude=["tags", "co_organisers"])
    activity.save()
    note_attendance(activity, people=people, by=by, at=at)
    for act in _acts_of(activity):
        fulfil(
            campaign=activity.campaign, period=activity.period, act=act, by=by, at=at,
            about_organisation=activity.organisation,
        )  # fmt: skip
    audit.record("记录活动", activity, by=by, at=at, path=activity.organisation.path)
    return activity


def _acts_of(activity):
    """The acts whose rules ask for this item; a rule without an item asks for any."""
    rules = activity.period.plan.cadence
    return [
        act
        for act in ACTS
        if any(rule.act == act and rule.item in {None, activity.item} for rule in rules)
    ]


@transaction.atomic
def note_attendance(activity, *, people, by, at):
    """Who was there, as a whole list: those not on it were not."""
    Attendance.objects.filter(activity=activity).exclude(person__in=people).delete()
    Attendance.objects.bulk_create(
        [Attendance(activity=activity, person=person) for person in people], ignore_conflicts=True
    )
    audit.record("登记到会", activity, by=by, at=at, path=activity.organisation.path)


@transaction.atomic
def change_summary(activity, *, summary, by, at):
    Activity.objects.filter(pk=activity.pk).update(summary=summary)
    audit.record("补充活动情况", activity, by=by, at=at, path=activity.organisation.path)


@transaction.atomic
def add_note(activity, *, kind, done_on, whom, text, by, at):  # noqa: PLR0913 (a line of a log)
    """A line of the team's log: a task, or help for somebody it is paired with (B11)."""
    note = ActivityNote.objects.create(
        activity=activity,
        kind=kind,
        done_on=done_on,
        whom=whom,
        text=text,
        noted_by=by,
        noted_at=at,
    )
    audit.record("记工作日志", activity, by=by, at=at, path=activity.organisation.path)
    return note


@transaction.atomic
def add_activity_picture(activity, *, photo, caption, by, at):
    """A dozen at most; the lock keeps two who add at once from a thirteenth."""
    held = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if held.pictures.count() >= MOST_PICTURES:
        raise Refused(f"一次活动最多 {MOST_PICTURES} 张照片，请先移除一张。")
    picture = ActivityPicture(activity=held, caption=caption, added_by=by, added_at=at)
    picture.image.save(photo.name, photo, save=False)
    picture.save()
    audit.record("添加活动照片", activity, by=by, at=at, path=activity.organisation.path)
    return picture


@transaction.atomic
def remove_activity_picture(picture, *, by, at):
    """Somebody on it no longer agrees; the file goes once the row is gone for good."""
    activity, image = picture.activity, picture.image
    picture.delete()
    transaction.on_commit(lambda: image.delete(save=False))
    audit.record("移除活动照片", activity, by=by, at=at, path=activity.organisation.path)


@transaction.atomic
def write_self_check(*, period, item, person, answers, at):
    """Written again it replaces the former; the answers go nowhere else (B05)."""
    check, _ = SelfCheck.objects.update_or_create(
        period=period,
        item=item,
        person=person,
        defaults={"campaign": period.campaign, "answers": answers, "written_at": at},
    )
    fulfil(campaign=period.campaign, period=period, act="checklist", by=person, at=at)
    return check
