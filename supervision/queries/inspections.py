"""Whom a draw may meet, who was looked at how often, which points belong to what."""

from collections import Counter

from django.db.models import Count, Max, Q

from branches.models import Affiliation, Organisation, Window
from supervision.models import Draw, Inspection


def pool_of(period, subject):
    """[[number, name, how often drawn before in this campaign]] of all windows or people, by number."""
    root = period.campaign.organisation.path
    drawn = times_drawn(period.campaign_id, subject)
    if subject == Draw.Subject.WINDOW:
        rows = Window.objects.open().filter(organisation__path__startswith=root)
        rows = rows.order_by("pk").values_list("pk", "name")
    else:
        rows = Affiliation.objects.current(today=period.ends_on).filter(
            organisation__path__startswith=root
        )
        if not period.plan.includes_non_members:
            rows = rows.exclude(status=Affiliation.Status.STAFF)
        rows = rows.order_by("person").values_list("person", "person__name")
    return [[number, name, drawn[number]] for number, name in rows]


def times_drawn(campaign_id, subject):
    """Counter {number: draws that hit it}."""
    draws = Draw.objects.filter(campaign=campaign_id, subject=subject).order_by("pk")
    return Counter(entry[0] for draw in draws for entry in draw.drawn)


def checklists_for(plan, checking):
    """The scheme's check lists for what is looked at; all of them when none is made for it."""
    subject = "person" if checking.person_id else "window" if checking.window_id else "branch"
    return fitting_lists(plan, subject)


def fitting_lists(plan, subject):
    rules = plan.inspections
    if rules is None:
        return ()
    fitting = tuple(one for one in rules.checklists if one.subject == subject)
    return fitting or rules.checklists


def method_names(plan):
    """{key: name} of the ways to inspect, in the plan's words; a visit when the plan names none."""
    rules = plan.inspections
    found = {one.key: one.name for one in rules.methods} if rules else {}
    return found or {"visit": "实地检查"}


def unmet_points(inspection):
    """Names of the points that were looked at and not met."""
    rules = inspection.period.plan.inspections
    names = {p.key: p.name for one in rules.checklists for p in one.points} if rules else {}
    return [names.get(key, key) for key, met in inspection.points.items() if met is False]


def unanswered(checking):
    """Names of the points nobody tapped yet, in the order of the lists."""
    return [
        point.name
        for one in checklists_for(checking.period.plan, checking)
        for point in one.points
        if point.key not in checking.points
    ]


def coverage(period):
    """[{target, address key, drawn, total, in_period, last}], least looked at first (S02, S04).

    Windows, and branches when a rule of the plan asks to inspect each of them.
    """
    campaign = period.campaign
    counted = {
        "total": Count("inspections", filter=Q(inspections__campaign=campaign)),
        "in_period": Count("inspections", filter=Q(inspections__period=period)),
        "last": Max("inspections__inspected_at", filter=Q(inspections__campaign=campaign)),
    }
    drawn = times_drawn(campaign.pk, Draw.Subject.WINDOW)
    windows = Window.objects.open().filter(
        organisation__path__startswith=campaign.organisation.path
    )
    lines = [
        _line("window", one, drawn[one.pk])
        for one in windows.select_related("organisation").annotate(**counted).order_by("pk")
    ]
    if any(rule.about == "each_branch" for rule in period.plan.rules_for("inspect")):
        branches = Organisation.objects.active().below(campaign.organisation).branches()
        lines += [_line("organisation", one, None) for one in branches.annotate(**counted)]
    return sorted(lines, key=lambda line: (line["total"], line["drawn"] or 0, line["key"]))


def _line(kind, one, drawn):
    return {
        "target": str(one),
        "key": f"{kind}:{one.pk}",
        "drawn": drawn,
        "total": one.total,
        "in_period": one.in_period,
        "last": one.last,
    }


def ever_inspected(campaign):
    return Inspection.objects.filter(campaign=campaign).exists()
