"""Polls: what the scheme lets one open, whom they judge, what may be known after the close."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import scoring
from branches.models import Affiliation, Organisation, Window
from evaluations.models import Poll, PollCount
from evaluations.queries.results import marks_of, of_figures, scores_of
from evaluations.queries.sheets import question_of
from scoring import wilson_interval

KINDS = {"panel": Poll.Kind.PANEL, "survey": Poll.Kind.SURVEY, "public_rating": Poll.Kind.VOTE}
SAMPLE = "sample"  # the class of a survey's sample, where the scheme names none
ANYBODY = "open"


@dataclass(frozen=True)
class Offer:
    """An item of the scheme on which a poll can be opened."""

    item: object
    kind: str
    questionnaire: object
    classes: tuple  # (key, name) of the raters
    access: str


def offers(plan):
    """Panels and surveys the scheme asks for, and an online vote where it has such a channel."""
    found = []
    for mechanism, kind in KINDS.items():
        if kind == Poll.Kind.VOTE and not _has_votes(plan):
            continue
        for item in plan.items_with(mechanism):
            sheet = plan.questionnaire(item.options.questionnaire)
            found.append(Offer(item, kind, sheet, _classes(plan, item, kind), _access(item, kind)))
    return found


def _has_votes(plan):
    return any(channel.kind == "vote" for channel in plan.channels)


def _access(item, kind):
    if kind == Poll.Kind.PANEL:
        return Poll.Access.CODE
    is_open = kind == Poll.Kind.VOTE or item.options.sample == "open"
    return Poll.Access.OPEN if is_open else Poll.Access.CODE


def _classes(plan, item, kind):
    """(key, name) of who answers."""
    if kind == Poll.Kind.PANEL:
        keys = item.options.raters or tuple(rater.key for rater in plan.rater_classes_from("panel"))
        return tuple((key, plan.rater_class(key).name) for key in keys)
    if kind == Poll.Kind.SURVEY and item.options.sample == "sampled":
        return ((SAMPLE, "抽样对象"),)
    return ((ANYBODY, "公开参加"),)


def offer_of(poll):
    """The scheme's words for this poll; its version is that of the period."""
    plan = poll.period.plan
    return next(
        offer for offer in offers(plan) if offer.item.key == poll.item and offer.kind == poll.kind
    )


def subjects_of(period, questionnaire, organisations, *, today):
    """What the questionnaire judges within the organisations: people, windows, or they themselves."""
    if questionnaire.subject == "person":
        return [{"person": one, "name": one.name} for one in _people(period, organisations, today)]
    if questionnaire.subject == "window":
        windows = Window.objects.open().filter(organisation__in=organisations)
        rows = windows.order_by("organisation__path", "number", "pk")
        return [{"window": one, "name": one.name} for one in rows]
    return [{"organisation": one, "name": one.label} for one in organisations]


def _people(period, organisations, today):
    statuses = {Affiliation.Status.MEMBER, Affiliation.Status.PROBATIONARY}
    if period.plan.includes_non_members:
        statuses.add(Affiliation.Status.STAFF)
    rows = (
        Affiliation.objects.current(today=today)
        .filter(organisation__in=organisations, status__in=statuses, person__is_active=True)
        .select_related("person")
        .order_by("organisation__path", "person__name_pinyin", "person")
    )
    return list({row.person_id: row.person for row in rows}.values())


def organisations_for(campaign, scopes):
    below = Organisation.objects.active().filter(path__startswith=campaign.organisation.path)
    return below.filter(scopes).exclude(kind=Organisation.Kind.GROUP)


def turnout(poll):
    """[(class name, forms given in, codes issued)]: all that is known before the close."""
    given = dict(poll.counts.filter(question=PollCount.FORMS).values_list("rater_class", "count"))
    issued = Counter(poll.passes.values_list("rater_class", flat=True))
    return [(name, given.get(key, 0), issued.get(key, 0)) for key, name in offer_of(poll).classes]


@dataclass(frozen=True)
class Line:
    """What may be known of one subject by one class."""

    subject: str
    rater: str
    known: dict  # of scoring.suppress
    questions: (
        list  # name, bars [(level name, count, share)], n, low, high, satisfied; mean of figures
    )


def results(poll):
    """Lines by class and subject, suppressed below the thresholds; empty before the close."""
    if poll.state != Poll.State.CLOSED:
        return []
    plan, offer = poll.period.plan, offer_of(poll)
    counts = counts_of(poll)
    names = dict(poll.subjects.values_list("position", "name"))
    return [
        line_of(plan, offer, (name, key, label), counts.get((position, key), {}))
        for position, name in sorted(names.items())
        for key, label in offer.classes
    ]


def counts_of(poll):
    """{(position, class): {question: {level: count}}}"""
    found = defaultdict(lambda: defaultdict(dict))
    rows = poll.counts.exclude(question=PollCount.FORMS).order_by("pk")
    for position, rater, question, level, count in rows.values_list(
        "position", "rater_class", "question", "level", "count"
    ):
        found[position, rater][question][level] = count
    return found


def line_of(plan, offer, who, counts):
    """What may be known of (subject, class key, class name)."""
    name, key, label = who
    asked = offer.questionnaire.scale_questions
    scales = {question.key: _asked(plan.scale_of(question)) for question in asked}
    filled = {question: counts.get(question, {}) for question in scales}
    known = scoring.suppress(filled, scales, k=_least(plan, offer, key), grade_from=3)
    if "grade" in known:
        scale, grade = plan.scale_of(asked[0]), known["grade"]
        name = f"约 {grade} 分" if scale.is_numeric else scale.level(grade).name
        known = known | {"grade_name": name}
    shown = [
        (_figures if plan.scale_of(question).is_numeric else _question)(
            plan, question, filled[question.key]
        )
        for question in asked
        if "questions" in known
    ]
    return Line(name, label, known, shown)


def _asked(scale):
    """The scale as scoring's thresholds read it."""
    return marks_of(scale) if scale.is_numeric else scale.as_data()


def _least(plan, offer, key):
    """The class's own minimum, never below the scheme's threshold for a histogram."""
    own = [rater.min_n for rater in plan.rater_classes if rater.key == key]
    return max([plan.thresholds.histogram, *own])


def _question(plan, question, counts):
    scale = plan.scale_of(question)
    n = sum(counts.values())
    bars = [
        (level.name, counts.get(level.key, 0), counts.get(level.key, 0) / n if n else 0)
        for level in scale.levels
    ]
    definition = plan.satisfaction
    satisfied, low, high = None, None, None
    if definition and set(definition.satisfied) <= {level.key for level in scale.levels} and n:
        happy = sum(counts.get(level, 0) for level in definition.satisfied)
        counted = n - sum(counts.get(level, 0) for level in definition.excluded)
        if counted:
            low, high = (float(end) for end in wilson_interval(happy, counted))
            satisfied = happy / counted
    return {
        "name": question.name, "bars": bars, "n": n, "low": low, "high": high,
        "satisfied": satisfied,
    }  # fmt: skip


def _figures(plan, question, counts):
    """Written figures: a mean, and from ten forms on how they are spread; never single ones (B13)."""
    found = of_figures(question_of(plan, question), counts, None)
    mean = found.told or ("" if found.mean is None else f"均值 {found.mean}")
    bars = [(bar.name, bar.count, bar.share) for bar in found.bars]
    return {
        "name": question.name, "bars": bars, "n": found.answers, "mean": mean, "low": None,
        "high": None, "satisfied": None,
    }  # fmt: skip


def class_counts(period, kind, rater_class):
    """{subject pk: {question: {level: count}} or {"grade": level}} of closed polls, for scorecards.

    No finer than the poll's own page: below its thresholds one grade or nothing. Votes never count.
    """
    field = {"person": "person", "window": "window", "branch": "organisation"}[kind]
    polls = Poll.objects.filter(period=period, state=Poll.State.CLOSED).exclude(kind=Poll.Kind.VOTE)
    merged, grades, figures = defaultdict(lambda: defaultdict(Counter)), {}, set()
    for poll in polls.order_by("pk").prefetch_related("subjects", "counts"):
        places = {one.position: getattr(one, f"{field}_id") for one in poll.subjects.all()}
        given = _counts_by(poll, rater_class)
        figures |= _written(poll) if given else set()
        for position, counts in given.items():
            subject = places.get(position)
            known = _known(poll, rater_class, counts) if subject else {}
            if "questions" in known:
                for question, levels in counts.items():
                    merged[subject][question].update(levels)
            elif "grade" in known:
                grades[subject] = {"grade": known["grade"]}
    return grades | {
        pk: {
            question: scores_of(levels) if question in figures else dict(sorted(levels.items()))
            for question, levels in sorted(found.items())
        }
        for pk, found in merged.items()
    }


def _written(poll):
    """Keys of the questions that are answered with figures."""
    plan, asked = poll.period.plan, offer_of(poll).questionnaire.scale_questions
    return {question.key for question in asked if plan.scale_of(question).is_numeric}


def _counts_by(poll, rater_class):
    """{position: {question: {level: count}}} of one class, out of what was fetched with the poll."""
    found = defaultdict(lambda: defaultdict(dict))
    for row in poll.counts.all():
        if row.rater_class == rater_class and row.question:
            found[row.position][row.question][row.level] = row.count
    return found


def _known(poll, rater_class, counts):
    offer = offer_of(poll)
    return line_of(poll.period.plan, offer, ("", rater_class, ""), counts).known


def for_supervisor(supervisor, *, today):
    """Running polls of his class: (poll, whether he has drawn his code)."""
    taken = set(supervisor.taken.values_list("poll", flat=True))
    polls = Poll.objects.running(today=today).filter(
        campaign=supervisor.campaign, kind=Poll.Kind.PANEL
    )
    mine = [
        poll
        for poll in polls.select_related("period__scheme_version", "campaign").order_by("closes_on")
        if supervisor.rater_class in dict(offer_of(poll).classes)
    ]
    return [(poll, poll.pk in taken) for poll in mine]
