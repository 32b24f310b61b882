"""The scorecards of a closing: computed once for each different set of inputs, written in bulk.

What is stored of a card is what it was made of; its explanation is made from that when somebody opens
it (queries/scorecards.py). The same inputs give the same lines, whatever the order of the rows was.
"""

import json

import scoring
from common import sql
from scoring.numbers import Rounding, as_decimal
from supervision.models import Scorecard
from supervision.queries.inputs import inputs_of
from supervision.queries.scorecards import line_of
from supervision.queries.subjects import subjects

STORED = Rounding(6)  # for sorting in SQL; ranks are made from the exact fraction
COLUMNS = [
    "closing_id", "period_id", "is_latest", "subject", "subject_id", "subject_name", "person_id",
    "window_id", "organisation_id", "group", "unit_type", "inputs", "score", "shown", "band", "rank",
    "group_size",
]  # fmt: skip


def write_cards(closing, period, kind, digest):
    """Write the cards of one kind in the order of their subjects, feed the digest, tell how many."""
    recipe = period.plan.scoring_recipes[kind]
    found = list(subjects(period, kind))
    texts, results = _computed(recipe, found, inputs_of(period, kind, found))
    groups = {str(one.pk): one.group for one in found}
    places = scoring.rank(results, recipe.rank, groups=groups)
    bands = _bands(recipe, results, groups)
    sizes = _sizes(found)
    head = (closing.pk, closing.period_id, True, kind)

    def lines():
        for one in found:
            key = str(one.pk)
            result = results[key]
            parts = (
                None if result.value is None else str(as_decimal(result.value, STORED)),
                "" if result.rounded is None else str(result.rounded),
                bands.get(key) or result.band or "",
                places.get(key),
            )
            content = (kind, one.pk, one.organisation_id, one.group, texts[key], *parts)
            digest.update(line_of(content))
            yield (*head, *_place(one), texts[key], *parts, sizes[one.group])

    sql.fill(Scorecard, COLUMNS, lines())
    return len(found)


def _computed(recipe, found, given):
    """({subject: its inputs as text}, {subject: result}); each different set of inputs is scored once."""
    inputs = scoring.with_groups(recipe, {str(one.pk): given[one.pk] for one in found})
    kinds = {one.unit_type for one in found}
    plans = {kind: scoring.compile(recipe, unit_type=kind or None) for kind in kinds}
    texts, results, known = {}, {}, {kind: {} for kind in kinds}
    for one in found:
        key = str(one.pk)
        data = inputs.pop(key)
        text = texts[key] = json.dumps(data, sort_keys=True)
        alike = known[one.unit_type]
        if text not in alike:
            alike[text] = plans[one.unit_type].result(data)
        results[key] = alike[text]
    return texts, results


def _bands(recipe, results, groups):
    """Bands after the quotas; nothing when the recipe has none: then the result's own holds."""
    if not recipe.quotas:
        return {}
    graded = scoring.apply_quota(results, recipe, groups=groups)
    return {key: told["band"] for key, told in graded.items()}


def _place(one):
    """(subject id, name, person, window, organisation, group, unit type)"""
    person = one.pk if one.kind == "person" else None
    window = one.pk if one.kind == "window" else None
    return one.pk, one.name, person, window, one.organisation_id, one.group, one.unit_type


def _sizes(found):
    sizes = {}
    for one in found:
        sizes[one.group] = sizes.get(one.group, 0) + 1
    return sizes
