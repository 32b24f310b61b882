"""Messages about duties that are due soon or overdue: each (event, person, step) once (D11)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from branches.models import Person
from campaigns.actions.duties import SEALED
from campaigns.models import Duty, Period
from common import notices
from common.models import Notice

DAYS_BEFORE = (3,)
DAYS_AFTER = (1, 7, 21)
EVENT = "duty"
LATE_STEP = 1000  # steps below it are days before the due date, from it on days after


def remind_due(*, at, today):
    """Tell those whose duties are due in a few days, or overdue. Asks the rows anew each time it runs."""
    if notices.is_quiet(at):
        return 0
    sent = 0
    open_periods = Period.objects.filter(state=Period.State.OPEN)
    for period in open_periods.select_related("scheme_version").defer("scheme_version__document"):
        days = _days_of(period.plan)
        for batch in _batches(period, days, today):
            sent += _remind(period, batch, today=today, at=at)
    return sent


def withdraw_stale_mail():
    """A reminder whose duty was done or waived before the mail went out is not mailed any more."""
    waiting = notices.waiting_mail(f"{EVENT}:")
    rows = list(waiting.values_list("pk", "event", "recipient_id")[:1000])
    periods = {int(event.split(":")[1]) for _, event, _ in rows}
    open_now = {
        (_event(period, rule, due_on), person)
        for period, rule, due_on, person in Duty.objects.pending()
        .filter(period__in=periods, assignee__in={person for _, _, person in rows})
        .values_list("period", "rule", "due_on", "assignee")
    }
    stale = [pk for pk, event, person in rows if (event, person) not in open_now]
    return notices.withdraw_mail(stale)


def _days_of(plan):
    """Rule → days before the due date on which to remind."""
    return {rule.key: rule.remind_days or DAYS_BEFORE for rule in plan.cadence}


def _batches(period, days, today):
    """What falls due on a day that asks for a message today: one row per rule and due date."""
    soonest = today - timedelta(days=max(DAYS_AFTER) + 6)
    latest = today + timedelta(days=max((max(each) for each in days.values()), default=0))
    found = (
        Duty.objects.pending()
        .filter(period=period, due_on__range=(soonest, latest), starts_on__lte=today)
        .values("rule", "act", "title", "due_on")
        .order_by("due_on", "rule")
        .distinct()
    )
    for batch in found:
        step = _step((batch["due_on"] - today).days, days.get(batch["rule"], DAYS_BEFORE))
        if step is not None and batch["act"] not in SEALED:  # a round reminds its own voters
            yield batch | {"step": step}


def _step(left, days):
    """The last step whose day has come: missed sweeps send one message, not all of them."""
    if left >= 0:
        return min((day for day in days if left <= day), default=None)
    return max((LATE_STEP + day for day in DAYS_AFTER if -left >= day), default=None)


def _remind(period, batch, *, today, at):
    event = _event(period.pk, batch["rule"], batch["due_on"])
    told = Notice.objects.filter(recipient=OuterRef("pk"), event=event, step=batch["step"])
    owing = Duty.objects.pending().filter(period=period, rule=batch["rule"], due_on=batch["due_on"])
    people = list(
        Person.objects.filter(is_active=True, pk__in=owing.values("assignee"))
        .exclude(Exists(told))
        .only("pk", "email")
    )
    if people:
        text = _text(batch, owing, today)
        notices.post(people, event=event, step=batch["step"], at=at, url="/", **text)
    return len(people)


def _event(period_id, rule, due_on):
    return f"{EVENT}:{period_id}:{rule}:{due_on}"


def _text(batch, owing, today):
    left = (batch["due_on"] - today).days
    day = f"{batch['due_on'].month}月{batch['due_on'].day}日"
    when = f"{day}截止" if left > 0 else f"今天（{day}）截止" if left == 0 else f"已逾期 {-left} 天"
    body = f"“{batch['title']}”{when}，请到“今天要办”办理。"
    return {"title": f"{'催办' if left < 0 else '提醒'}：{batch['title']}，{when}", "body": body}
