"""Inspections: a random draw first, then visits; findings come with a demand."""

from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.dice import between, shuffled
from campaign_portal.demo.words.reviews import FOUND_BAD, FOUND_GOOD
from supervision.actions.inspections import add_inspection, draw_windows
from supervision.models import Inspection


def make_inspections(season):
    """All targets of the inspectors' duties, twice; while the period runs only those that were drawn."""
    rng = season.rng("inspections")
    inspectors = [player.person for player in season.scene.holders("inspector")]
    drawn = _drawn(season, inspectors[0])
    for at, (troupe, window, draw) in enumerate(_targets(season, drawn, rng)):
        moment = season.clock.at(between(rng, 0.55, 0.83))
        inspection = Inspection(
            campaign=season.scene.campaign,
            period=season.period,
            organisation=troupe.organisation,
            window=window,
            draw=draw,
            **facts_of(season, troupe, moment, rng, is_drawn=draw is not None),
        )
        add_inspection(inspection, by=inspectors[at % len(inspectors)], at=moment)


def _drawn(season, by):
    """{window: the draw that chose it}"""
    count = max(1, len(season.scene.windows) // 3)
    draw = draw_windows(season.period, count=count, by=by, at=season.clock.at(0.5))
    return {entry[0]: draw for entry in draw.drawn}


def _targets(season, drawn, rng):
    """(branch, window or None, draw or None)"""
    windows = [(troupe, window, drawn.get(window.pk)) for troupe, window, _ in season.scene.windows]
    rules = [rule for rule in season.plan.rules_for("inspect") if rule.frequency != "irregular"]
    if any(rule.about == "each_branch" for rule in rules):
        visits = [(troupe, None, None) for troupe in season.scene.troupes]
        targets = [one for one in windows if one[2]] + visits
    else:
        targets = windows
    if season.is_running:
        return [one for one in targets if one[2]][:2] + [one for one in targets if not one[2]][-1:]
    return shuffled(rng, targets) + shuffled(rng, [(*one[:2], None) for one in targets])


def facts_of(season, troupe, moment, rng, *, is_drawn):
    """What an inspection found: method, points, and now and then a problem with its demand."""
    rules = season.plan.inspections
    methods = [one.key for one in rules.methods if one.random_draw == is_drawn]
    points = [point.key for checks in rules.checklists for point in checks.points]
    facts = {"method": rng.choice(methods), "points": dict.fromkeys(points, True)}
    if rng.random() < troupe.branch.diligence - 0.05:
        return facts | {"found": rng.choice(FOUND_GOOD)}
    found, problem, demand = rng.choice(FOUND_BAD)
    facts["points"][rng.choice(points)] = False
    due_on = timezone.localdate(moment) + timedelta(days=14)
    return facts | {"found": found, "problem": problem, "demand": demand, "demand_due_on": due_on}
