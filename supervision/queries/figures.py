"""Peer rounds that are answered with figures (0 to 100): what a recipe gets of them."""

from collections import Counter
from fractions import Fraction

import scoring
from evaluations.models import PeerTally
from evaluations.queries.results import scores_of
from scoring.numbers import text

CHUNK = 4_000  # rows fetched at a time


def asked_of(plan):
    """{question: Marks} of the peer questionnaire when it is answered with figures."""
    questionnaire = plan.questionnaire_for("peer_review")
    if questionnaire is None:
        return {}
    scales = {one.key: plan.scale_of(one) for one in questionnaire.scale_questions}
    return {
        key: scoring.Marks(Fraction(scale.lowest), Fraction(scale.highest))
        for key, scale in scales.items()
        if scale.is_numeric
    }


def peers_of(period, kind, place, asked):
    """{question: {scores: {figure: how often}}}; below ten ballots the explanation lists none (B13)."""
    rows = (
        PeerTally.objects.filter(round__period=period)
        .exclude(shown="nothing")
        .order_by("person", "question")
        .values_list("person", "question", "shown", "grade", "scores")
    )
    sums, grades = {}, {}
    for person, question, shown, grade, scores in rows.iterator(chunk_size=CHUNK):
        if shown == "grade" and kind == "person":
            grades[person] = {key: {"grade": text(m.tenth(grade - 1))} for key, m in asked.items()}
        elif shown == "histogram":
            for pk in place(person):
                sums.setdefault(pk, {}).setdefault(question, Counter()).update(scores or {})
    return {
        pk: {key: scores_of(counts) for key, counts in sorted(questions.items())}
        for pk, questions in sums.items()
    } | grades
