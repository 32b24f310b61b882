"""A scorecard opened: the explanation is made again from the stored inputs, byte for byte the same."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from json.encoder import encode_basestring as quoted

import scoring
from evaluations.queries.ratings import level_counts
from evaluations.queries.results import UNANIMITY_SHOWN_FROM
from supervision.models import Scorecard

SECRET = {
    "peers",
    "panel",
    "units",
    "inspectors",
    "members",
}  # rater classes whose single answers nobody may know
VEILED_KEEPS = {
    "kind", "label", "key", "value", "shown", "n", "weight", "contribution", "contribution_shown",
    "used_weight", "left_out", "reason",
}  # fmt: skip
FEW_ANSWERS = f"不足 {UNANIMITY_SHOWN_FROM} 票，只显示平均分"


def explain(card):
    """What `scoring` tells about the card, by the recipe of the wording its period ran with."""
    recipe = card.period.plan.scoring_recipes[card.subject]
    told = scoring.score(recipe, card.inputs, unit_type=card.unit_type or None).explanation
    return veiled(told, recipe, _small_secret_sources(card))


def _small_secret_sources(card):
    """Sealed or anonymous rater classes with so few answers that counts would name somebody (B13)."""
    secret = {one.key for one in card.period.plan.rater_classes if one.source in SECRET}
    return {
        source
        for source in secret & set(card.inputs)
        if any(
            0 < _answers(counts) < UNANIMITY_SHOWN_FROM for counts in card.inputs[source].values()
        )
    }


def _answers(counts):
    """How many answered a question with levels or figures; one rounded grade tells no number."""
    if not isinstance(counts, Mapping) or "grade" in counts:
        return 0
    return sum(counts.get("scores", counts).values())


def veiled(told, recipe, sources):
    """The explanation without the counts and sums that were made of these sources."""
    names = {_name(vars(node)) for node in recipe.nodes() if sources & set(node.sources())}

    def walk(node):
        if isinstance(node, list):
            return [walk(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "kind" in node and _name(node) in names and not node.get("parts"):
            kept = {key: value for key, value in node.items() if key in VEILED_KEEPS}
            return kept | {"note": FEW_ANSWERS}
        return {key: walk(value) for key, value in node.items()}

    return walk(told) if names else told


def _name(node):
    return node.get("kind"), node.get("label"), node.get("key") or ""


def channels_of(card):
    """([(channel, answers that came)], answers counted) when the plan counts fewer than came, else None (C6).

    A window that was rated through the open channel only would otherwise read as never rated.
    """
    plan, definition = card.period.plan, card.period.plan.satisfaction
    if definition is None or card.subject == Scorecard.Subject.PERSON:
        return None
    place = (
        {"window": card.window_id}
        if card.window_id
        else {"window__organisation": card.organisation_id}
    )
    came = Counter()
    rows = level_counts(card.period, question=definition.question, **place)
    for (_, channel, _, _), count in rows.items():
        came[channel] += count
    keys = [rater.key for rater in plan.rater_classes if rater.source == "public"]
    given = next((card.inputs[key] for key in keys if key in card.inputs), {})
    counted = sum(given.get(definition.question, {}).values())
    if sum(came.values()) == counted:
        return None
    names = {channel.key: channel.name for channel in plan.channels}
    return [(names.get(key, key), count) for key, count in sorted(came.items())], counted


def neighbours(card):
    """The cards of the same subject in other periods, newest first (纵向比)."""
    return (
        Scorecard.objects.latest()
        .filter(
            subject=card.subject, subject_id=card.subject_id, period__campaign=card.period.campaign
        )
        .select_related("period")
        .order_by("-period__starts_on")[:8]
    )


def versions_of(card):
    """The same card in every version of its period's closing, newest first; more than one after a reopening."""
    return (
        Scorecard.objects.filter(
            period=card.period, subject=card.subject, subject_id=card.subject_id
        )
        .select_related("closing")
        .order_by("-closing__version")
    )


def change_since(card, cards):
    """Points gained or lost against the period before, None when there is nothing to compare."""
    older = [one for one in cards if one.period.starts_on < card.period.starts_on]
    if not older or card.score is None or older[0].score is None:
        return None
    return card.score - older[0].score


def line_of(content):
    """What of a card must come out the same whenever it is computed again, as bytes: the JSON of this list.

    Put together by hand: `json.dumps` makes an encoder each time, which for 100,000 cards is a second.
    """
    kind, pk, organisation, group, inputs, score, *rest = content
    shown, band, rank = rest
    score = "null" if score is None else quoted(score)
    rank = "null" if rank is None else rank
    return (
        f'["{kind}", {pk}, {organisation}, {quoted(group)}, {quoted(inputs)}, {score}, '
        f"{quoted(shown)}, {quoted(band)}, {rank}]"
    ).encode()


def digest_of(closing):
    """The closing's digest made again from the stored cards: another one means that a card was changed."""
    found = hashlib.sha256()
    kinds = [part.subject for part in closing.period.plan.recipes]
    for kind in kinds:
        for card in closing.scorecards.filter(subject=kind).order_by("subject_id").iterator():
            text = json.dumps(card.inputs, sort_keys=True)
            score = None if card.score is None else f"{card.score:.6f}"
            parts = (score, card.shown, card.band, card.rank)
            content = (kind, card.subject_id, card.organisation_id, card.group, text, *parts)
            found.update(line_of(content))
    return found.hexdigest()
