"""What a closed round says about a person. Everything shown of it, page or export, comes from here."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from evaluations.models import PeerComment, PeerTally, SelfReview

UNANIMITY_SHOWN_FROM = 10  # below it, "all five gave the same" would tell what each one gave (B13)


@dataclass(frozen=True)
class Bar:
    name: str
    count: int
    share: float


@dataclass(frozen=True)
class QuestionResult:
    name: str
    bars: tuple[Bar, ...] = ()
    answers: int = 0
    mean: Decimal | None = None
    own: str = ""
    gap: Decimal | None = None


@dataclass(frozen=True)
class PersonResult:
    shown: str = ""  # histogram: `questions`; grade: `grade`; nothing
    questions: tuple[QuestionResult, ...] = ()
    grade: str = ""


def result_of(round, person):
    """The person's result as far as it may be known; empty before the close."""
    if not round.is_closed:
        return PersonResult()
    tallies = PeerTally.objects.filter(round=round, person=person)
    return of_tallies(round, tallies, own=lambda: _own_levels(round, person))


def of_tallies(round, tallies, *, own):
    """The result that a closed round's rows about one person add up to; `own()` gives his own levels."""
    tallies = {tally.question: tally for tally in tallies}
    overall = tallies.get(PeerTally.OVERALL)
    if overall is None:
        levels = own()
        questions = (
            _result(question, tallies[question.key].counts, levels.get(question.key))
            for question in round.sheet.scale_questions
        )
        return PersonResult(PeerTally.Shown.HISTOGRAM, tuple(questions))
    levels = round.sheet.scale_questions[0].levels
    grade = levels[overall.grade - 1].name if overall.grade else ""
    return PersonResult(overall.shown, grade=grade)


def people_with_results(round):
    """Everybody rated, with how much of his result may be shown, by name."""
    entries = round.roll.filter(is_rated=True).select_related("person")
    shown = dict(PeerTally.objects.filter(round=round).values_list("person_id", "shown"))
    words = dict(PeerTally.Shown.choices)
    lines = [(entry.person, words.get(shown.get(entry.person_id), "")) for entry in entries]
    return sorted(lines, key=lambda line: (line[0].name_pinyin, line[0].pk))


def comments_for(round, person):
    """Comments that were let through, in the order of their content's hash."""
    return PeerComment.objects.filter(
        round=round, person=person, state=PeerComment.State.SHOWN
    ).order_by("pk")


def waiting_comments(round, *, reader):
    """Comments to be judged; nobody sees those about himself before they are let through."""
    return (
        PeerComment.objects.filter(round=round, state=PeerComment.State.WAITING)
        .exclude(person=reader)
        .select_related("person", "round__organisation")
        .order_by("pk")
    )


def _own_levels(round, person):
    review = SelfReview.objects.filter(period=round.period_id, person=person).first()
    return review.levels if review else {}


def _result(question, counts, own_key):
    counts = counts[: len(question.levels)]
    number = question.number_of(own_key)
    own = question.levels[number - 1] if number else None
    mean = _mean(question, counts)
    known = mean is not None and own is not None and own.value is not None
    return QuestionResult(
        question.name,
        bars=bars(question, counts),
        answers=sum(counts),
        mean=mean,
        own=own.name if own else "",
        gap=Decimal(own.value) - mean if known else None,
    )


def bars(question, counts):
    """The histogram as it may be looked at: a small unanimous one is shown with its neighbour."""
    names = [level.name for level in question.levels]
    total = sum(counts)
    if total < UNANIMITY_SHOWN_FROM and max(counts) == total:
        at = min(counts.index(total), len(names) - 2)
        at -= at % 2  # the same pairs whichever of the two was chosen
        names = [*names[:at], f"{names[at]}或{names[at + 1]}", *names[at + 2 :]]
        counts = [*counts[:at], counts[at] + counts[at + 1], *counts[at + 2 :]]
    return tuple(
        Bar(name, count, count / total if total else 0)
        for name, count in zip(names, counts, strict=True)
    )


def _mean(question, counts):
    """Mean value with one decimal, not shown where the histogram hides unanimity."""
    total = sum(counts)
    if total < UNANIMITY_SHOWN_FROM and max(counts) == total:
        return None
    valued = [
        (Fraction(Decimal(level.value)), count)
        for level, count in zip(question.levels, counts, strict=True)
        if level.value is not None
    ]
    answers = sum(count for _, count in valued)
    if not answers:
        return None
    mean = sum(value * count for value, count in valued) / answers
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
