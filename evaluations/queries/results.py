"""What a closed round says about a person. Everything shown of it, page or export, comes from here."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import scoring
from evaluations.models import NamedRating, PeerComment, PeerTally, SelfReview
from scoring.numbers import text

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
    told: str = ""  # instead of a mean: what figures near an end come to

    @property
    def summary(self):
        """The question's result as one line of text, no more than the page shows."""
        if self.bars:
            return "、".join(f"{bar.name} {bar.count}" for bar in self.bars)
        mean = self.told or ("" if self.mean is None else f"均值 {self.mean}")
        return f"{mean}，{self.answers} 票" if mean else "不显示"


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
            of_figures(question, tallies[question.key].scores or {}, levels.get(question.key))
            if question.is_numeric
            else _result(question, tallies[question.key].counts, levels.get(question.key))
            for question in round.sheet.scale_questions
        )
        return PersonResult(PeerTally.Shown.HISTOGRAM, tuple(questions))
    return PersonResult(
        overall.shown, grade=grade_text(round.sheet.scale_questions[0], overall.grade)
    )


def grade_text(question, grade):
    """The one grade that is left of a small round: a level's name, or a tenth of the range of figures."""
    if not grade:
        return ""
    if question.is_numeric:
        return f"约 {text(marks_of(question).tenth(grade - 1))} 分"
    return question.levels[grade - 1].name


def scores_of(counts):
    """{figure: how often} as a recipe reads it and a scorecard keeps it; below ten nobody lists them (B13)."""
    told = {"scores": {figure: counts[figure] for figure in sorted(counts, key=Fraction)}}
    return told | ({"quiet": True} if sum(counts.values()) < UNANIMITY_SHOWN_FROM else {})


def marks_of(question):
    return scoring.Marks(Fraction(question.lowest), Fraction(question.highest))


def people_with_results(round, homes):
    """Everybody rated of these organisations, with how much of his result may be shown, by name."""
    entries = of_homes(round, homes).filter(is_rated=True).select_related("person")
    shown = dict(PeerTally.objects.filter(round=round).values_list("person_id", "shown"))
    words = dict(PeerTally.Shown.choices)
    lines = [(entry.person, words.get(shown.get(entry.person_id), "")) for entry in entries]
    return sorted(lines, key=lambda line: (line[0].name_pinyin, line[0].pk))


def of_homes(round, homes):
    """The roll as far as it belongs to these organisations; only joint rounds have several."""
    return round.roll.filter(organisation__in=homes) if round.is_joint else round.roll.all()


def named_about(round, person):
    """[(who, [(question, level or text)], comment)]: what was said about him by name, after the close."""
    rows = NamedRating.objects.filter(round=round, person=person).select_related("author")
    return [
        (row.author, answers_of(round.sheet, row), row.comment)
        for row in rows.order_by("author__name_pinyin", "author_id")
    ]


def answers_of(sheet, row):
    for question in sheet.questions:
        number = question.number_of(row.levels.get(question.key))
        said = question.word_at(number) if number else row.texts.get(question.key, "")
        if said:
            yield question.name, said


def comments_for(round, person):
    """Comments that were let through, in the order of their content's hash."""
    return PeerComment.objects.filter(
        round=round, person=person, state=PeerComment.State.SHOWN
    ).order_by("pk")


def waiting_comments(round, homes, *, reader):
    """Comments to be judged; nobody sees those about himself before they are let through."""
    people = of_homes(round, homes).values("person")
    return (
        PeerComment.objects.filter(round=round, state=PeerComment.State.WAITING, person__in=people)
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


def of_figures(question, scores, own):
    """Below ten ballots a mean without a distribution; near an end of the range not even that (B13)."""
    counts = {Fraction(figure): times for figure, times in scores.items()}
    total = sum(counts.values())
    if not total:
        return QuestionResult(question.name)
    exact = sum((figure * times for figure, times in counts.items()), Fraction(0)) / total
    few = total < UNANIMITY_SHOWN_FROM
    told = _near_an_end(marks_of(question), exact) if few else ""
    mean = None if told else _tenths(exact)
    own = Decimal(own) if question.number_of(own) else None
    return QuestionResult(
        question.name,
        bars=() if few else _segments(marks_of(question), counts, total),
        answers=total,
        mean=mean,
        own="" if own is None else str(own),
        gap=None if own is None or mean is None else own - mean,
        told=told,
    )


def _near_an_end(marks, mean):
    """A mean in the outermost twentieth would say that everybody gave nearly the same."""
    twentieth = (marks.highest - marks.lowest) / 20
    if mean >= marks.highest - twentieth:
        return f"{text(marks.highest - twentieth)} 分以上"
    if mean <= marks.lowest + twentieth:
        return f"{text(marks.lowest + twentieth)} 分以下"
    return ""


def _segments(marks, counts, total):
    """Ten half-open segments of the range, the best first; empty ones at both ends are left out."""
    places = Counter()
    for figure, times in counts.items():
        share = (figure - marks.lowest) * 10 / (marks.highest - marks.lowest)
        places[min(int(share), 9)] += times
    return tuple(
        Bar(
            f"{text(marks.tenth(at))} 到 {text(marks.tenth(at + 1))}{'' if at == 9 else ' 以下'}",
            places[at],
            places[at] / total,
        )
        for at in range(max(places), min(places) - 1, -1)
    )


def bars(question, counts):
    """The histogram as it may be looked at: a small unanimous one is shown with its neighbours."""
    names = [level.name for level in question.levels]
    total = sum(counts)
    if is_unanimous(counts):
        start, end = _neighbours(counts.index(total), len(names))
        names = [*names[:start], "或".join(names[start:end]), *names[end:]]
        counts = [*counts[:start], sum(counts[start:end]), *counts[end:]]
    return tuple(
        Bar(name, count, count / total if total else 0)
        for name, count in zip(names, counts, strict=True)
    )


def is_unanimous(counts):
    """Few answers, all in one level: they are never shown as such (B13)."""
    return max(counts) == sum(counts) < UNANIMITY_SHOWN_FROM


def _neighbours(at, levels):
    """The levels shown as one: the same pairs whichever was chosen, the last three of an odd number."""
    start = at - at % 2
    if levels % 2 and start >= levels - 3:
        return max(levels - 3, 0), levels
    return start, start + 2


def _mean(question, counts):
    """Mean value with one decimal, not shown where the histogram hides unanimity."""
    if is_unanimous(counts):
        return None
    valued = [
        (Fraction(Decimal(level.value)), count)
        for level, count in zip(question.levels, counts, strict=True)
        if level.value is not None
    ]
    answers = sum(count for _, count in valued)
    if not answers:
        return None
    return _tenths(sum(value * count for value, count in valued) / answers)


def _tenths(mean):
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
