"""Who is late with what, by how long, when last called on, and what he answered."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min

from branches.models import Organisation, Person, scope_paths, under
from campaigns.actions import SEALED
from campaigns.models import Duty
from supervision.models import Urge
from supervision.permissions import URGING_ROLES


@dataclass
class Late:
    """One person's late duties of one rule with one due date."""

    rule: str
    title: str
    due_on: date
    person: Person
    organisation: Organisation
    count: int
    days: int
    first: int  # number of one of the duties
    urges: list = field(default_factory=list)

    @property
    def key(self):
        return (self.rule, self.due_on, self.person.pk)

    @property
    def last_urge(self):
        return self.urges[-1] if self.urges else None

    @property
    def answered(self):
        """The newest urge that was answered."""
        return next((urge for urge in reversed(self.urges) if urge.answered_at), None)


def late_duties(period, *, today):
    """What is overdue now; who has voted in a sealed round is not known before the count, so not those."""
    return Duty.objects.filter(period=period).overdue(today=today).exclude(act__in=SEALED)


def late_lines(person, period, *, today, rule="", q=""):
    """[Late] below the person's roles, the longest overdue first. Four queries."""
    duties = late_duties(period, today=today).filter(
        under(scope_paths(person, *URGING_ROLES), "organisation__path")
    )
    if rule:
        duties = duties.filter(rule=rule)
    if q:
        duties = duties.filter(assignee__name__contains=q)
    return lines_of(duties, period, today=today)


def lines_of(duties, period, *, today):
    rows = list(
        duties.values("rule", "title", "due_on", "assignee_id", "organisation_id")
        .annotate(count=Count("pk"), first=Min("pk"))
        .order_by("due_on", "organisation__path", "assignee__name_pinyin", "assignee_id", "rule")
    )
    people = Person.objects.in_bulk({row["assignee_id"] for row in rows})
    places = Organisation.objects.in_bulk({row["organisation_id"] for row in rows})
    urges = {}
    asked = Urge.objects.filter(period=period, person__in=people).select_related("urged_by")
    for urge in asked.order_by("day", "pk"):
        urges.setdefault((urge.rule, urge.due_on, urge.person_id), []).append(urge)
    return [
        Late(
            rule=row["rule"],
            title=row["title"],
            due_on=row["due_on"],
            person=people[row["assignee_id"]],
            organisation=places[row["organisation_id"]],
            count=row["count"],
            days=(today - row["due_on"]).days,
            first=row["first"],
            urges=urges.get((row["rule"], row["due_on"], row["assignee_id"]), []),
        )
        for row in rows
    ]


def open_urges(person, *, today):
    """Calls that wait for this person's answer, while the duty is still open."""
    urges = list(
        Urge.objects.filter(person=person)
        .unanswered()
        .filter(period__state="open")
        .select_related("urged_by", "period")
        .order_by("-day", "-pk")
    )
    if not urges:
        return []
    owed = set(
        Duty.objects.overdue(today=today)
        .filter(assignee=person)
        .values_list("period", "rule", "due_on")
    )
    newest = {}
    for urge in urges:
        key = (urge.period_id, urge.rule, urge.due_on)
        if key in owed:
            newest.setdefault(key, urge)
    return list(newest.values())
