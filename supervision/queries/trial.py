"""按上期数据会得多少: a draft's recipe over the inputs that the last closing stored. Writes nothing."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import scoring
from campaigns.models import Period
from supervision.models import Scorecard

MOST = 5000  # cards one trial reads
EXPLAINED = 200  # cards whose parts are averaged
CENT = Decimal("0.01")


class TrialRefused(Exception):
    """The recipe cannot be computed; the text says why."""


@dataclass
class Trial:
    """What came out then and what would come out now."""

    period: Period
    subject: str
    lines: list = field(default_factory=list)  # (card, new result, new band, new place)
    bands: list = field(default_factory=list)  # (band, then, now)
    parts: list = field(default_factory=list)  # (place, label, average, subjects with a figure)
    then: Decimal | None = None
    now: Decimal | None = None
    unscored: int = 0


def last_closed(person, draft, subject):
    """The newest settled period of the draft's own scheme with such cards; else of any campaign."""
    cards = Scorecard.objects.visible_to(person).latest().filter(subject=subject)
    periods = Period.objects.visible_to(person).filter(
        state=Period.State.CLOSED, pk__in=cards.values("period")
    )
    scheme = draft.scheme_id or (draft.based_on and draft.based_on.scheme_id)
    own = periods.filter(scheme_version__scheme=scheme).order_by("-ends_on").first()
    return own or (None if scheme else periods.order_by("-ends_on").first())


def try_recipe(person, draft, part, period):
    """Every card of the period computed again by the draft's recipe."""
    try:
        recipe = scoring.parse_recipe(draft.plan.formula_of(part))
    except scoring.RecipeError as error:
        raise TrialRefused(f"计分办法还算不了：{error.problems[0][1]}。") from error
    cards = list(
        Scorecard.objects.visible_to(person)
        .latest()
        .filter(period=period, subject=part.subject)
        .order_by("subject_id")[:MOST]
    )
    try:
        return _computed(Trial(period, part.subject), recipe, cards)
    except scoring.ScoringError as error:
        raise TrialRefused(f"新办法要的数据和上期存的对不上：{error}。") from error


def _computed(trial, recipe, cards):
    given = {str(card.pk): card.inputs for card in cards}
    inputs = scoring.with_groups(recipe, given)
    plans = {kind: scoring.compile(recipe, unit_type=kind or None) for kind in _types(cards)}
    results = {str(card.pk): plans[card.unit_type].result(inputs[str(card.pk)]) for card in cards}
    groups = {str(card.pk): card.group for card in cards}
    places = scoring.rank(results, recipe.rank, groups=groups)
    final = scoring.apply_quota(results, recipe, groups=groups)
    for card in cards:
        key = str(card.pk)
        band = (final.get(key) or {}).get("band") or results[key].band or ""
        trial.lines.append((card, results[key], band, places.get(key)))
    trial.lines.sort(key=lambda line: (line[1].value is None, -(line[1].value or 0), line[0].pk))
    trial.then = _average([card.score for card in cards])
    trial.now = _average([result.value for result in results.values()])
    trial.unscored = sum(1 for result in results.values() if result.value is None)
    trial.bands = _bands(trial.lines)
    trial.parts = _parts(recipe, cards[:EXPLAINED], inputs)
    return trial


def _types(cards):
    return {card.unit_type for card in cards}


def _average(values):
    """Exact until the last step; only what has a figure."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    total = sum(known)
    mean = total / len(known)
    if not isinstance(mean, Decimal):
        mean = Decimal(mean.numerator) / Decimal(mean.denominator)
    return mean.quantize(CENT, rounding=ROUND_HALF_UP)


def _bands(lines):
    then = Counter(card.band for card, *_ in lines if card.band)
    now = Counter(band for *_, band, _ in lines if band)
    return [(band, then[band], now[band]) for band in dict.fromkeys([*now, *then])]


def _parts(recipe, cards, inputs):
    """The average of each node, in the order of the tree: one sees what a weight does."""
    found = {}
    for card in cards:
        values = scoring.values_by_place(
            recipe, inputs[str(card.pk)], unit_type=card.unit_type or None
        )
        for place, value in values.items():
            found.setdefault(place, []).append(value)
    return [
        (node.path, node.label or node.key, _average(found[node.path]), _known(found[node.path]))
        for node in recipe.nodes()
        if node.path in found
    ]


def _known(values):
    return sum(value is not None for value in values)
