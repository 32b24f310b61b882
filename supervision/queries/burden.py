"""减负体检: what the scheme asked of each role, what came of it, what stands there twice, what nobody used."""

from dataclasses import dataclass, field

from django.db.models import Count, Sum

from campaigns.models import Duty
from campaigns.models.document import ACTS
from campaigns.queries.handwork import busiest_months, citizen_seconds
from campaigns.queries.overview import ABOUT, WHO
from campaigns.queries.workshop import loads


@dataclass
class RuleUse:
    """One rule as it went: how much was asked, how much was done."""

    name: str
    who: str
    asked: int = 0
    done: int = 0
    late: int = 0
    people: int = 0
    minutes: int = 0

    @property
    def share(self):
        return self.done / self.asked if self.asked else None

    @property
    def hours(self):
        return round(self.minutes / 60, 1)


@dataclass
class Burden:
    loads: list
    handwork: list
    citizen: float | None
    uses: list
    unused: list = field(default_factory=list)
    twice: list = field(default_factory=list)
    same_questions: list = field(default_factory=list)

    @property
    def asked(self):
        return sum(use.asked for use in self.uses)

    @property
    def hours(self):
        return round(sum(use.minutes for use in self.uses) / 60)


def burden_of(campaign):
    """Three queries, whatever the number of people."""
    plan = campaign.plan
    uses = _uses(campaign, plan)
    by_rule = dict(zip([rule.key for rule in plan.cadence], uses, strict=True))
    began = campaign.periods.order_by("starts_on").values_list("state", flat=True)
    has_closed = "closed" in set(began)
    unused = [
        rule.name
        for rule in plan.cadence
        if ACTS[rule.act].makes_duties
        and plan.is_enabled(rule)
        and (by_rule[rule.key].asked and not by_rule[rule.key].done)
        and has_closed
    ]
    return Burden(
        loads=loads(plan),
        handwork=busiest_months(plan),
        citizen=citizen_seconds(plan),
        uses=[use for use in uses if use.asked],
        unused=unused,
        twice=_twice(plan),
        same_questions=_same_questions(plan),
    )


def _uses(campaign, plan):
    duties = Duty.objects.filter(campaign=campaign, waived_at=None)
    counted = duties.values("act", "rule").annotate(
        asked=Count("pk"),
        done=Count("done_at"),
        people=Count("assignee", distinct=True),
        total=Sum("minutes"),
    )
    rows = {row["rule"]: row for row in counted.order_by()}
    late = dict(duties.filter(is_late=True).values_list("rule").annotate(Count("pk")).order_by())
    uses = []
    for rule in plan.cadence:
        row = rows.get(rule.key, {})
        uses.append(
            RuleUse(
                name=rule.name,
                who="、".join(WHO[one] for one in rule.who),
                asked=row.get("asked", 0),
                done=row.get("done", 0),
                late=late.get(rule.key, 0),
                people=row.get("people", 0),
                minutes=row.get("total", 0) or 0,
            )
        )
    return uses


def _twice(plan):
    """Rules that ask the same of the same people about the same."""
    found = {}
    for rule in plan.cadence:
        for who in rule.who:
            found.setdefault((rule.act, who, rule.about), []).append(rule.name)
    return [
        (WHO[who], ABOUT.get(about, ""), names)
        for (_, who, about), names in found.items()
        if len(names) > 1
    ]


def _same_questions(plan):
    """Questions that stand under the same name in several forms."""
    found = {}
    for form in plan.questionnaires:
        for question in form.questions:
            found.setdefault(question.name, []).append(form.name)
    return [(name, forms) for name, forms in found.items() if len(set(forms)) > 1]
