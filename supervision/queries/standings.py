"""Evidence for 先进/中间/后进 (S06) and what each class is shown (S07). Figures in, reasons out; people decide."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q

from campaigns.models import Period
from evaluations.queries.ratings import level_counts, satisfaction_of
from supervision.models import Rectification, Rollup, Scorecard, Standing

FIGURES = {
    "score": ("得分", ""),
    "place": ("同类排在前", "%"),
    "bad": ("差评", " 件"),
    "overdue": ("超期整改", " 件"),
    "reopened": ("重开整改", " 件"),
    "people": ("人数", " 人"),
    "duty_rate": ("职责完成率", "%"),
}
# a place is better the smaller it is: 不多于 would read as a number of things
NAMES = {"place": "同类名次"}  # where the label is half a phrase
WORDS = {"place": ("前 {}% 以外", "要求前 {}%")}


@dataclass(frozen=True)
class Proposal:
    """What the scheme's conditions say of one branch or window; `key` is empty when they say nothing."""

    card: Scorecard
    key: str
    reasons: list
    figures: dict


def proposals(period):
    """A proposal for every branch (or window) with a scorecard, in the order of their places."""
    rules = period.plan.classification
    cards = (
        Scorecard.objects.latest()
        .filter(period=period, subject="window" if rules.subject == "window" else "branch")
        .select_related("organisation", "window")
        .order_by("group", "rank", "subject_id")
    )
    evidence = _evidence(period, cards)
    return [_proposal(rules, card, evidence[card.pk]) for card in cards]


def _proposal(rules, card, figures):
    """The worst class first, so that a good place does not hide an overdue item."""
    rest = next((one for one in rules.classes if not one.conditions), None)
    for one in (*reversed(rules.classes[1:]), rules.classes[0]):
        met = [
            _told(condition, figures) for condition in one.conditions if _holds(condition, figures)
        ]
        wanted = len(one.conditions) if one.needs == "all" else 1
        if one.conditions and len(met) >= wanted:
            return Proposal(card, one.key, met, figures)
    if rest is None:
        return Proposal(card, "", ["方案的条件都没有满足，请直接定类。"], figures)
    return Proposal(card, rest.key, _missed(rules.classes[0], figures), figures)


def _holds(condition, figures):
    value = figures.get(condition.figure)
    if value is None:
        return False
    above = condition.at_least is None or value >= condition.at_least
    return above and (condition.at_most is None or value <= condition.at_most)


def _told(condition, figures):
    label, unit = FIGURES[condition.figure]
    value = figures.get(condition.figure)
    limits = []
    least, most = WORDS.get(condition.figure, (f"不少于 {{}}{unit}", f"不多于 {{}}{unit}"))
    if condition.at_least is not None:
        limits.append(least.format(condition.at_least))
    if condition.at_most is not None:
        limits.append(most.format(condition.at_most))
    wanted = "、".join(limits)
    if value is None:
        return f"{NAMES.get(condition.figure, label)}还没有数（{wanted}）"
    return f"{label} {value}{unit}（{wanted}）"


def _missed(best, figures):
    """Why it is not in the best class: the gap, said in figures."""
    missing = [_told(one, figures) for one in best.conditions if not _holds(one, figures)]
    return [f"离“{best.name}”还差：{one}" for one in missing] or ["没有满足其他类别的条件"]


def _evidence(period, cards):
    """{card: {figure: number}}; a constant number of statements."""
    rollups = {row.organisation_id: row for row in Rollup.objects.filter(period=period)}
    lowest = _lowest_places(cards)
    if period.plan.classification.subject == "window":
        ratings, ledger = _bad_by_window(period), _ledger_by_window(period)
        return {
            card.pk: _of_card(card, lowest)
            | {"bad": ratings.get(card.window_id, 0)}
            | ledger.get(card.window_id, {"overdue": 0, "reopened": 0})
            for card in cards
        }
    return {
        card.pk: _of_card(card, lowest) | _of_rollup(rollups.get(card.organisation_id))
        for card in cards
    }


def _lowest_places(cards):
    found = {}
    for card in cards:
        if card.rank is not None:
            found[card.group] = max(found.get(card.group, 0), card.rank)
    return found


def _of_card(card, lowest):
    """Score, and the place as a share of the last place: 1 of 3 is 33 %, 3 of 3 is 100 %."""
    place = None if card.rank is None else -(-card.rank * 100 // lowest[card.group])
    if card.rank == 1 and lowest[card.group] == 1:
        place = None  # alone, or all alike: a place says nothing
    return {"score": None if card.score is None else float(card.score), "place": place}


def _of_rollup(row):
    if row is None:
        return {}
    rate = row.duties_done * 100 // row.duties if row.duties else None
    return {
        "bad": row.ratings_bad,
        "overdue": row.ledger_overdue,
        "reopened": row.ledger_reopened,
        "people": row.people,
        "duty_rate": rate,
    }


def _bad_by_window(period):
    definition = period.plan.satisfaction
    if definition is None:
        return {}
    counts = {}
    for (window, _, question, level), n in level_counts(period).items():
        if question == definition.question:
            own = counts.setdefault(window, {})
            own[level] = own.get(level, 0) + n
    return {window: satisfaction_of(definition, own)[2] for window, own in counts.items()}


def _ledger_by_window(period):
    running = ~Q(state=Rectification.State.SIGNED_OFF)
    rows = (
        Rectification.objects.filter(campaign=period.campaign_id, window__isnull=False)
        .filter(found_at__date__lte=period.ends_on)
        .values("window")
        .annotate(
            overdue=Count("pk", filter=running & Q(due_on__lt=period.ends_on)),
            reopened=Count("pk", filter=Q(reopened__gt=0)),
        )
    )
    return {row.pop("window"): row for row in rows}


# -- what is shown


def period_to_class(campaign, *, key=""):
    """The newest settled period, or the settled one of this key: classes follow from settled figures only."""
    settled = (
        Period.objects.filter(campaign=campaign, state=Period.State.CLOSED)
        .select_related("campaign__organisation", "scheme_version")
        .order_by("-ends_on")
    )
    return settled.filter(key=key[:20]).first() or settled.first() if key else settled.first()


def lines(period, standings):
    """Standings with the scheme's class beside the key, best class first."""
    rules = period.plan.classification
    order = {one.key: number for number, one in enumerate(rules.classes)}
    found = sorted(standings, key=lambda one: (order.get(one.decided or one.proposed, 99), one.pk))
    before = previous_classes(period)
    for one in found:
        one.class_proposed = rules.class_of(one.proposed)
        one.class_decided = rules.class_of(one.decided)
        one.movement = _movement(
            order, before.get((one.organisation_id, one.window_id)), one.decided
        )
    return found


def previous_classes(period):
    """{(organisation, window): class} of the last period in which classes were decided."""
    earlier = Standing.objects.decided().filter(
        period__campaign=period.campaign_id, period__ends_on__lt=period.starts_on
    )
    last = earlier.aggregate(last=Max("period__ends_on"))["last"]
    rows = earlier.filter(period__ends_on=last) if last else earlier.none()
    return {(row.organisation_id, row.window_id): row.decided for row in rows}


def _movement(order, then, now):
    """ "up", "down", "same", or "" when there is nothing to compare."""
    if not then or not now or then not in order or now not in order:
        return ""
    step = order[then] - order[now]
    return "up" if step > 0 else "down" if step < 0 else "same"


def honoured(period):
    """The decided of the best class, for the honour page (S07)."""
    best = period.plan.classification.classes[0]
    return Standing.objects.filter(period=period, decided=best.key).select_related(
        "organisation", "window__organisation"
    )


def gap_to_next(standing):
    """[what is still missing for the next better class]; empty for the best and where no condition is written."""
    rules = standing.period.plan.classification
    keys = [one.key for one in rules.classes]
    place = keys.index(standing.decided) if standing.decided in keys else 0
    if place == 0:
        return []
    better = next((one for one in reversed(rules.classes[:place]) if one.conditions), None)
    if better is None:
        return []
    return [
        _told(one, standing.figures)
        for one in better.conditions
        if not _holds(one, standing.figures)
    ]
