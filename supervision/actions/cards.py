"""The scorecards of a closing: worked out in columns, written in bulk.

What is stored of a card is what it was made of; its explanation is made from that when somebody opens
it (queries/scorecards.py). The same inputs give the same lines, whatever the order of the rows was.
"""

from collections import Counter
from itertools import chain

import scoring
from common import sql
from scoring.numbers import Rounding
from supervision.models import Scorecard
from supervision.queries.gathering import Gathered
from supervision.queries.inputs import Facts
from supervision.queries.scorecards import line_of

STORED = Rounding(6)  # for sorting in SQL; ranks are made from the exact fraction
COLUMNS = [
    "subject", "subject_id", "subject_name", "person_id", "window_id", "organisation_id", "group",
    "unit_type", "inputs", "score", "shown", "band", "rank", "group_size",
]  # fmt: skip


def write_cards(closing, kinds, digest, *, report):
    """Write the cards kind by kind in the order of their subjects, feed the digest, tell how many of each."""
    facts, scored = Facts(closing.period), []
    for number, kind in enumerate(kinds):
        report(number, len(kinds) + 1, f"计算{Scorecard.Subject(kind).label}得分")
        scored.append(_scored(facts, kind))
    same = {"closing_id": closing.pk, "period_id": closing.period_id, "is_latest": True}
    lines = chain.from_iterable(_lines(*one, digest) for one in scored)
    sql.fill(Scorecard, COLUMNS, lines, same=same)
    return {kind: len(table) for kind, (_, table, _) in zip(kinds, scored, strict=True)}


def _scored(facts, kind):
    """(subjects with their inputs, their results in the same order, {group: size})"""
    found = Gathered(facts, kind)
    table, plans, groups = scoring.Table(found.recipe, STORED), {}, []
    for row in found.rows:
        one = found.subject(row)
        if one.unit_type not in plans:
            plans[one.unit_type] = scoring.compile(found.recipe, unit_type=one.unit_type or None)
        table.add(plans[one.unit_type], found.inputs(row))
        groups.append(one.group)
    table.settle(groups)
    return found, table, Counter(groups)


def _lines(found, table, sizes, digest):
    for index, row in enumerate(found.rows):
        kind, pk, name, home, unit_type, group = found.subject(row)
        text, rank = found.text(row), table.places[index]
        score, shown, band = table.line(index)
        digest.update(line_of((kind, pk, home, group, text, score, shown, band, rank)))
        person, window = pk if kind == "person" else None, pk if kind == "window" else None
        yield (
            kind, pk, name, person, window, home, group, unit_type, text, score, shown, band, rank,
            sizes[group],
        )  # fmt: skip
