"""The count of a round as pure functions: opened ballots in, what may be known out.

Everything is in a fixed order, so that a count that was killed and run again gives the same bytes.
"""

import hashlib
import uuid
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import scoring
from evaluations.models import PeerTally

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
    """One line per person and question, after suppression."""
    lines = []
    for position in rated:
        ratings = [ballot[position] for ballot in ballots if ballot[position] is not None]
        for at, question in enumerate(sheet.scale_questions):
            chosen = [rating.levels[at] for rating in ratings]
            counts = [chosen.count(number) for number in range(1, len(question.levels) + 1)]
            lines.append(_line(sheet, position, question, counts))
    return lines


def _line(sheet, position, question, counts):
    """The threshold counts answers of others; what must not be known is not kept."""
    answers = sum(counts)
    if answers >= sheet.histogram_from:
        return TallyLine(position, question.key, Shown.HISTOGRAM, None, tuple(counts))
    grade = rounded_grade(question, counts, least=sheet.grade_from)
    shown = Shown.NOTHING if grade is None else Shown.GRADE
    return TallyLine(position, question.key, shown, grade, ())


def rounded_grade(question, counts, *, least):
    """The level nearest to the mean, the lower of two equally near; 不了解 does not count."""
    valued = [
        (number, Fraction(Decimal(level.value)), count)
        for number, (level, count) in enumerate(zip(question.levels, counts, strict=True), 1)
        if level.value is not None
    ]
    answers = sum(count for _, _, count in valued)
    if answers < least:
        return None
    mean = sum(value * count for _, value, count in valued) / answers
    return min(valued, key=lambda one: (abs(one[1] - mean), one[1]))[0]


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
        [[line.position, line.question, line.shown, line.grade, line.counts] for line in lines],
        [[one.position, one.question, one.text, one.number] for one in remarks],
    ]
    return hashlib.sha256(scoring.to_json(content).encode()).hexdigest()
