"""催办: calling on those who are late, and only on them; what stays late goes up step by step."""

from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from branches.models import Role
from campaigns.actions import SEALED
from campaigns.models import Duty, Period
from campaigns.queries.calendar import working_calendar
from common import audit, notices
from common.dates import add_working_days
from supervision.models import Urge

EVENT = "duty"  # the event of reminders: what is done before the mail goes out is not mailed
URGE_STEP = 2000  # from it on, days overdue: one message a day
ESCALATE_DAYS = (3, 7)
DAYS_OF_ACTS = {"leader_review": (3, 5)}  # a leader's lateness reaches the committee sooner (P15)
UPWARDS = ("secretary", "committee")  # whom the first and the second step reach
NAMED = 20
ONE_DAY_SECONDS = 24 * 3600


class UrgeRefused(Exception):
    """The text says what stands in the way."""


@transaction.atomic
def urge_late(period, lines, *, by, at):
    """Call on the people of these late lines. Returns how many were called; whoever was today stays so.

    The lines are asked anew under the same transaction, so what was done meanwhile is left in peace.
    """
    today = timezone.localdate(at)
    owed = _owed(period, today)
    lines = [line for line in lines if line.key in owed and line.person.pk != by.pk]
    before = Urge.objects.filter(period=period, day=today)
    done = set(before.values_list("rule", "due_on", "person"))
    new = [line for line in lines if line.key not in done]
    Urge.objects.bulk_create([_row(period, line, by, at) for line in new], ignore_conflicts=True)
    for line in new:
        notices.post(
            [line.person],
            event=f"{EVENT}:{period.pk}:{line.rule}:{line.due_on}",
            step=URGE_STEP + line.days,
            title=f"催办：{line.title}，已逾期 {line.days} 天",
            body=f"{by} 催办“{line.title}”。请尽快办理，或答复预计何时完成、有什么困难。",
            url="/",
            at=at,
        )
    if new:
        detail = {"人数": len({line.person.pk for line in new})}
        path = period.campaign.organisation.path
        audit.record("催办", period, by=by, at=at, path=path, detail=detail)
    return len(new)


def _row(period, line, by, at):
    return Urge(
        period=period,
        rule=line.rule,
        title=line.title,
        due_on=line.due_on,
        count=line.count,
        person=line.person,
        organisation=line.organisation,
        day=timezone.localdate(at),
        urged_by=by,
        urged_at=at,
    )


def _owed(period, today):
    late = Duty.objects.filter(period=period).overdue(today=today).exclude(act__in=SEALED)
    return set(late.values_list("rule", "due_on", "assignee").distinct())


@transaction.atomic
def answer_urge(urge, *, expected_on, answer, by, at):
    """预计何时完成、有什么困难: goes back to who asked; the newest answer stands."""
    held = Urge.objects.select_for_update().get(pk=urge.pk)
    if by.pk != held.person_id:
        raise UrgeRefused("这一条不是催办您的。")
    held.expected_on, held.answer, held.answered_at = expected_on, answer, at
    held.save(update_fields=["expected_on", "answer", "answered_at"])
    notices.post(
        [held.urged_by],
        event=f"urge-answer:{held.pk}:{at:%Y%m%d%H%M}",
        title=f"{by} 答复催办：{held.title}"[:120],
        body=f"预计 {expected_on.month}月{expected_on.day}日 完成。{answer}",
        url="/duties/late",
        at=at,
    )
    audit.record("答复催办", held, by=by, at=at, path=held.organisation.path)
    return held


def escalate_late(*, at):
    """The sweeper's step: duties late for so many working days go to the superiors, each step once."""
    if notices.is_quiet(at):
        return 0
    today = timezone.localdate(at)
    is_working_day = working_calendar()
    periods = Period.objects.filter(state=Period.State.OPEN).select_related(
        "campaign__organisation", "scheme_version"
    )
    return sum(
        _escalate(period, today, is_working_day, at=at)
        for period in periods.defer("scheme_version__document")
    )


def _escalate(period, today, is_working_day, *, at):
    days = {
        rule.key: rule.escalate_days or DAYS_OF_ACTS.get(rule.act, ESCALATE_DAYS)
        for rule in period.plan.cadence
    }
    late = Duty.objects.filter(period=period).overdue(today=today).exclude(act__in=SEALED)
    # What is older was told long ago; half a year bounds the work.
    late = late.filter(due_on__gte=today - timedelta(days=183))
    batches = late.values_list("rule", "due_on").order_by("due_on", "rule").distinct()
    told = 0
    for rule, due_on in batches:
        passed = [
            number
            for number, count in enumerate(sorted(days.get(rule, ESCALATE_DAYS))[: len(UPWARDS)])
            if add_working_days(due_on, count, is_working_day) <= today
        ]
        # Once a day is often enough; the cache only saves work, the event keeps it to one message.
        mark = f"told-up:{period.pk}:{rule}:{due_on}:{passed[-1] if passed else ''}:{today}"
        if passed and cache.get(mark) is None:
            owed = late.filter(rule=rule, due_on=due_on)
            told += _tell_superiors(period, owed, passed[-1], at=at, today=today)
            cache.set(mark, 1, ONE_DAY_SECONDS)
    return told


def _tell_superiors(period, owed, step, *, at, today):
    """One message to each superior about all his late people; those who have it get nothing new."""
    rows = list(
        owed.order_by("organisation__path", "assignee__name_pinyin", "pk").values_list(
            "rule", "due_on", "title", "assignee_id", "assignee__name", "organisation__path"
        )
    )
    roles = Role.objects.current(today=today).filter(
        kind=UPWARDS[step], organisation__path__startswith=period.campaign.organisation.path
    )
    told = 0
    for role in roles.select_related("organisation", "person").order_by("pk"):
        below = {
            row[3]: row
            for row in rows
            if row[5].startswith(role.organisation.path) and row[3] != role.person_id
        }
        if below:
            told += _tell(period, role.person, list(below.values()), step, at=at, today=today)
    return told


def _tell(period, superior, rows, step, *, at, today):  # noqa: PLR0913 (one message)
    rule, due_on, title = rows[0][:3]
    event = f"duty-up:{period.pk}:{rule}:{due_on}"
    if superior.notices.filter(event=event, step=step).exists():
        return 0
    names = "、".join(row[4] for row in rows[:NAMED]) + ("等" if len(rows) > NAMED else "")
    notices.post(
        [superior],
        event=event,
        step=step,
        title=f"逾期上报：{title}，{len(rows)} 人逾期 {(today - due_on).days} 天"[:120],
        body=f"还没办的：{names}。可以在“逾期名单”里一键催办。",
        url="/duties/late",
        at=at,
    )
    return 1


def withdraw_told_escalations(*, at):
    """The sweeper's step: mail about people who have all done it in the meantime does not go out."""
    stale = []
    for pk, event in notices.waiting_mail("duty-up:").values_list("pk", "event")[:500]:
        _, period, rule, due_on = event.split(":")
        if not Duty.objects.pending().filter(period=period, rule=rule, due_on=due_on).exists():
            stale.append(pk)
    return notices.withdraw_mail(stale)
