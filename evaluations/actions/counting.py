"""The count of a round as pure functions: opened ballots in, what may be known out.

Everything is in a fixed order, so that a count that was killed and run again gives the same bytes.
"""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import scoring
from evaluations.models import PeerTally
from scoring.scales import parse_scale

Shown = PeerTally.Shown


class BoxMismatch(Exception):
    """Ballots and marks do not agree; the text says how."""


@dataclass(frozen=True)
class TallyLine:
    position: int
    question: str
    shown: str
    grade: int | None
    counts: tuple[int, ...]
    scores: dict | None = None  # of figures: {figure: how often}


@dataclass(frozen=True)
class CommentLine:
    position: int
    question: str
    text: str
    number: int  # among equal texts about the same person

    def id_in(self, round_id):
        """An id made of the content: ordering by it is an order that nobody's vote had a part in."""
        parts = [round_id, self.position, self.question, self.text, self.number]
        return uuid.UUID(bytes=hashlib.sha256(scoring.to_json(parts).encode()).digest()[:16])


def verify(ballots, *, marked, rated):
    """As many ballots as marks, and nobody's twice. Raises BoxMismatch."""
    if len(ballots) != len(marked):
        raise BoxMismatch(f"票箱里有 {len(ballots)} 张选票，参评标记有 {len(marked)} 个")
    own = [position for ballot in ballots for position in rated if ballot[position] is None]
    if len(own) != len(set(own)) or not set(own) <= set(marked):
        raise BoxMismatch("选票与参评名册对不上")


def tally(sheet, ballots, *, rated):
    """What may be known about each person: a histogram per question, or one grade, or nothing."""
    counts = {}
    for position in rated:
        ratings = [ballot[position] for ballot in ballots if ballot[position] is not None]
        counts[position] = _counts(sheet, ratings)
    return tally_counts(sheet, counts)


def tally_counts(sheet, counts):
    """The same from `{position: {question: {level: how many}}}`: paper comes as totals."""
    scales = {question.key: _scale(question) for question in sheet.scale_questions}
    weights = {question.key: question.weight for question in sheet.scale_questions}
    lines = []
    for position, found in counts.items():
        known = scoring.suppress(
            found,
            scales,
            weights=weights if all(weights.values()) else None,
            k=sheet.histogram_from,
            grade_from=sheet.grade_from,
        )
        lines += _lines(sheet, position, known)
    return lines


def _counts(sheet, ratings):
    """{question: {level: how many}} of one person's ratings."""
    chosen = {
        question.key: [rating.levels[at] for rating in ratings]
        for at, question in enumerate(sheet.scale_questions)
    }
    return {
        question.key: _counted(question, chosen[question.key]) for question in sheet.scale_questions
    }


def _counted(question, numbers):
    if question.is_numeric:
        return Counter(str(question.figure_at(number)) for number in numbers if number)
    return {level.key: numbers.count(number) for number, level in enumerate(question.levels, 1)}


def _lines(sheet, position, known):
    """The threshold is scoring's (design §6); what must not be known is not kept."""
    if "questions" in known:
        return [_histogram(position, question, known) for question in sheet.scale_questions]
    if "grade" in known:
        grade = _grade_number(sheet.scale_questions[0], known["grade"])
        return [TallyLine(position, PeerTally.OVERALL, Shown.GRADE, grade, ())]
    return [TallyLine(position, PeerTally.OVERALL, Shown.NOTHING, None, ())]


def _histogram(position, question, known):
    counts = known["questions"][question.key]
    if question.is_numeric:
        return TallyLine(position, question.key, Shown.HISTOGRAM, None, (), dict(counts))
    return TallyLine(position, question.key, Shown.HISTOGRAM, None, _in_order(question, counts))


def _grade_number(question, grade):
    """1-based: the level's place, or which tenth of the figures (`grade_text` reads it back)."""
    if not question.is_numeric:
        return question.number_of(grade)
    marks = _scale(question)
    return next(n for n in range(11) if marks.tenth(n) == Fraction(grade)) + 1


def _in_order(question, counts):
    return tuple(int(counts.get(level.key, 0)) for level in question.levels)


def _scale(question):
    if question.is_numeric:
        return scoring.Marks(Fraction(question.lowest), Fraction(question.highest))
    data = [
        {"key": level.key, "label": level.name, "value": level.value} for level in question.levels
    ]
    problems = []
    scale = parse_scale(data, question.key, problems)
    if problems:
        raise ValueError(problems)
    return scale


def comments(sheet, ballots, *, rated):
    """What was written about each person, torn from its ballot; nothing below the threshold."""
    lines = []
    for position in rated:
        ratings = [ballot[position] for ballot in ballots if ballot[position] is not None]
        if len(ratings) < sheet.comments_from:
            continue
        written = [("", rating.comment) for rating in ratings]
        for at, question in enumerate(sheet.text_questions):
            written += [(question.key, rating.texts[at]) for rating in ratings]
        lines += _numbered(position, [pair for pair in written if pair[1]])
    return lines


def _numbered(position, pairs):
    ordered = sorted(pairs)
    return [
        CommentLine(position, question, text, ordered[:at].count((question, text)))
        for at, (question, text) in enumerate(ordered)
    ]


def box_hash(boxes):
    """The same whatever order the boxes come in."""
    each = sorted(hashlib.sha256(box).digest() for box in boxes)
    return hashlib.sha256(b"".join(each)).hexdigest()


def result_hash(lines, remarks):
    content = [
        [
            [line.position, line.question, line.shown, line.grade, line.counts]
            + ([line.scores] if line.scores else [])
            for line in lines
        ],
        [[one.position, one.question, one.text, one.number] for one in remarks],
    ]
    return hashlib.sha256(scoring.to_json(content).encode()).hexdigest()
