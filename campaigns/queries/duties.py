"""Duties counted by what is asked: constant numbers of queries, whatever the number of duties."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Count, Max, Min, Q

from branches.models import Organisation, under
from campaigns.models import Duty

PENDING = Q(done_at=None, waived_at=None)
AMBER_DAYS = 7
REVIEW_ACTS = ("branch_review", "leader_review")


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
    last_done_at: datetime | str | None
    person_id: int | None
    person: str | None
    window_id: int | None
    window: str | None
    organisation_id: int | None
    organisation: str | None

    def __post_init__(self):
        if isinstance(self.last_done_at, str):  # SQLite gives the greatest moment as text, in UTC
            self.last_done_at = datetime.fromisoformat(self.last_done_at).replace(tzinfo=UTC)

    @property
    def is_batch(self):
        return self.total > 1

    @property
    def subject(self):
        """Whom or what the next open one is about."""
        return self.person or self.window or self.organisation or ""


# Written out because 今天要办 is the most opened page: building this by the ORM costs more than asking it.
LINES = """
    SELECT d.campaign_id, d.period_id, d.rule, d.act, d.title, d.starts_on, d.due_on,
           COUNT(*), COUNT(d.done_at), COUNT(*) - COUNT(d.done_at),
           SUM(CASE WHEN d.is_late THEN 1 ELSE 0 END),
           SUM(CASE WHEN d.done_at IS NULL THEN d.minutes ELSE 0 END),
           MAX(d.done_at),
           MIN(CASE WHEN d.done_at IS NULL THEN d.about_person_id END),
           MIN(CASE WHEN d.done_at IS NULL THEN person.name END),
           MIN(CASE WHEN d.done_at IS NULL THEN d.about_window_id END),
           MIN(CASE WHEN d.done_at IS NULL THEN w.name END),
           MIN(CASE WHEN d.done_at IS NULL THEN d.about_organisation_id END),
           MIN(CASE WHEN d.done_at IS NULL THEN o.name END)
    FROM campaigns_duty d
    JOIN campaigns_period p ON p.id = d.period_id AND p.state = 'open'
    LEFT JOIN branches_person person ON person.id = d.about_person_id
    LEFT JOIN branches_window w ON w.id = d.about_window_id
    LEFT JOIN branches_organisation o ON o.id = d.about_organisation_id
    WHERE d.assignee_id = %s AND d.waived_at IS NULL
    GROUP BY d.campaign_id, d.period_id, d.rule, d.act, d.title, d.starts_on,
             d.due_on
    ORDER BY d.due_on, d.rule
"""


def duty_lines(person):
    """The person's duties in open periods of all campaigns, one row per rule and due date.

    Of a batch, number and name are those of one that still waits; they belong together when it is alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINES, [person.pk])
        return [DutyLine(*row) for row in cursor.fetchall()]


def rule_progress(period, *, paths=None, today):
    """Rule → how many of how many are done (P14), for the whole period or below some paths."""
    duties = Duty.objects.filter(period=period, waived_at=None)
    if paths is not None:  # by organisation, so that the index of a branch is used
        duties = duties.filter(organisation__in=Organisation.objects.filter(under(paths)))
    # A rule has one act; named first, it keeps SQLite from walking the period in order of rules.
    counted = duties.values("act", "rule").annotate(
        total=Count("pk"),
        done=Count("done_at"),
        overdue=Count("pk", PENDING & Q(due_on__lt=today)),
        due_on=Min("due_on", filter=PENDING),
    )
    return {row["rule"]: row for row in counted.order_by()}


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
