"""A scorecard opened: the explanation is made again from the stored inputs, byte for byte the same."""

import hashlib
import json

import scoring
from supervision.models import Scorecard


def explain(card):
    """What `scoring` tells about the card, by the recipe of the wording its period ran with."""
    recipe = card.period.plan.scoring_recipes[card.subject]
    return scoring.score(recipe, card.inputs, unit_type=card.unit_type or None).explanation


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


def change_since(card, cards):
    """Points gained or lost against the period before, None when there is nothing to compare."""
    older = [one for one in cards if one.period.starts_on < card.period.starts_on]
    if not older or card.score is None or older[0].score is None:
        return None
    return card.score - older[0].score


def line_of(content):
    """What of a card must come out the same whenever it is computed again, as bytes."""
    return json.dumps(content, ensure_ascii=False).encode()


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
