"""A scorecard opened: the explanation is made again from the stored inputs, byte for byte the same."""

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
