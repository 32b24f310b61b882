"""Duties counted by what is asked: constant numbers of queries, whatever the number of duties."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, Sum

from branches.models import scope_paths
from campaigns.models import Duty, Period

PENDING = Q(done_at=None, waived_at=None)
AMBER_DAYS = 7


@dataclass
class DutyLine:
    """All duties of one person from one rule with one due date: what a line of 今天要办 says."""

    campaign_id: int
    period_id: int
    rule: str
    act: str
    title: str
    starts_on: date
    due_on: date
    total: int
    done: int
    left: int
    late: int
    minutes: int
    last_done_at: datetime | None
    person_id: int | None
    person: str | None
    window_id: int | None
    window: str | None
    organisation_id: int | None
    organisation: str | None

    @property
    def is_batch(self):
        return self.total > 1

    @property
    def subject(self):
        """Whom or what the next open one is about."""
        return self.person or self.window or self.organisation or ""


def duty_lines(person):
    """The person's duties in open periods of all campaigns, one row per rule and due date."""
    mine = Duty.objects.filter(assignee=person, period__state=Period.State.OPEN, waived_at=None)
    rows = (
        mine.values("campaign_id", "period_id", "rule", "act", "title", "due_on")
        .annotate(
            total=Count("pk"),
            done=Count("done_at"),
            left=Count("pk", PENDING),
            late=Count("pk", Q(is_late=True)),
            minutes=Sum("minutes", filter=PENDING, default=0),
            starts_on=Min("starts_on"),
            last_done_at=Max("done_at"),
            **_next("person", "about_person"),
            **_next("window", "about_window"),
            **_next("organisation", "about_organisation"),
        )
        .order_by("due_on", "rule")
    )
    return [
        DutyLine(**{name.removeprefix("next_"): value for name, value in row.items()})
        for row in rows
    ]


def _next(name, field):
    """Number and name of one subject that still waits; the name belongs to it when it is alone."""
    return {
        f"next_{name}_id": Min(field, filter=PENDING),
        f"next_{name}": Min(f"{field}__name", filter=PENDING),
    }


def rule_progress(period, *, paths=None, today):
    """Rule → how many of how many are done (P14), for the whole period or below some paths."""
    duties = Duty.objects.filter(period=period, waived_at=None)
    if paths is not None:
        duties = duties.filter(_under(paths))
    counted = duties.values("rule").annotate(
        total=Count("pk"),
        done=Count("done_at"),
        overdue=Count("pk", PENDING & Q(due_on__lt=today)),
        due_on=Min("due_on", filter=PENDING),
    )
    return {row["rule"]: row for row in counted.order_by()}


def _under(paths):
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(organisation__path__startswith=path)
    return found


def leader_clock(period, *, today):
    """Each leader's review clock (P15): last review ever, next due date, how it stands in words."""
    this = Q(period=period)
    clock = (
        Duty.objects.filter(campaign=period.campaign_id, act="leader_review", waived_at=None)
        .values("assignee_id", "assignee__name")
        .annotate(
            owed=Count("pk", this),
            done=Count("done_at", this),
            last_at=Max("done_at"),
            due_on=Min("due_on", filter=PENDING & this),
        )
        .filter(owed__gt=0)
        .order_by("due_on", "assignee__name_pinyin", "assignee_id")
    )
    return [row | _light(row["due_on"], today) for row in clock]


def _light(due_on, today):
    if due_on is None:
        return {"state": "ok", "word": "已点评"}
    left = (due_on - today).days
    if left < 0:
        return {"state": "late", "word": f"已逾期 {-left} 天"}
    if left <= AMBER_DAYS:
        return {"state": "due", "word": f"还剩 {left} 天" if left else "今天到期"}
    return {"state": "info", "word": "未到期"}


def oversees(person):
    """Whether the person sees duties of others."""
    return bool(scope_paths(person, "secretary", "committee", "office", "inspector", "leader"))
