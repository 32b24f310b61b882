"""What a recipe gets for each subject: counts per level, kept of total, done of total.

Each source is read with one statement for all subjects; the number of statements does not depend on
how many people there are, and what is alike is kept once. A source nobody filled is left out: the recipe says what that means.
Reviews come as {question: {level: count}} under the key of the scheme's rater class.
"""

from collections import Counter, defaultdict
from fractions import Fraction

from django.db.models import Count, F, Q

from branches.models import Post, Window
from campaigns.models import Duty
from campaigns.models.document.questions import share_as_fraction
from competitions.queries.feeds import FEEDS
from evaluations.models import PeerTally, Review, SelfReview
from evaluations.queries.polls import class_counts
from evaluations.queries.ratings import level_counts
from pledges.models import Pledge, ServiceItem
from supervision.models import Inspection, Rectification
from supervision.queries import figures, points
from supervision.queries.subjects import homes_of

CHUNK = 4_000  # rows fetched at a time


def inputs_of(period, kind, subjects):
    """{subject pk: {source: data}} for the subjects of one kind."""
    sources = _sources(period, kind, subjects)
    return {
        one.pk: {source: data[one.pk] for source, data in sources if one.pk in data}
        for one in subjects
    }


def _sources(period, kind, subjects):
    """[(source, {subject pk: data})] of what the recipe asks for, rater classes in the scheme's order."""
    wanted = set(period.plan.scoring_recipes[kind].sources)
    reviews = [
        (rater.key, _reviews_by(rater, period, kind, subjects))
        for rater in period.plan.rater_classes
        if rater.key in wanted
    ]
    return reviews + [
        (source, PLAIN[source](period, kind)) for source in sorted(wanted & set(PLAIN))
    ]


# -- reviews


def _reviews_by(rater, period, kind, subjects):
    if rater.source == "panel":
        return class_counts(period, kind, rater.key)
    return REVIEWS[rater.source](period, kind, subjects)


def _self(period, kind, subjects):
    rows = SelfReview.objects.filter(period=period).values_list("person", "levels")
    return _by_subject(period, rows, kind, subjects)


def _named(review_kind):
    def read(period, kind, subjects):
        rows = Review.objects.current().filter(period=period, kind=review_kind)
        return _by_subject(period, rows.values_list("person", "levels"), kind, subjects)

    return read


def _by_subject(period, rows, kind, subjects):
    """Counts per question and level from (person, {question: level}) rows."""
    place = _places(period, kind, subjects)
    counts = defaultdict(lambda: defaultdict(Counter))
    for person, levels in rows:
        for pk in place(person):
            for question, level in levels.items():
                counts[pk][question][level] += 1
    return {pk: _plain(questions) for pk, questions in counts.items()}


def _peers(period, kind, subjects):
    """A person's own tallies as they may be known; a branch's are the sum of its histograms."""
    place = _places(period, kind, subjects)
    asked = figures.asked_of(period.plan)
    if asked:
        return figures.peers_of(period, kind, place, asked)
    keys = _level_keys(period.plan)
    widest = max((len(names) for names in keys.values()), default=0)
    columns = [f"level_{number}" for number in range(1, widest + 1)]
    rows = (
        PeerTally.objects.filter(round__period=period)
        .exclude(shown="nothing")
        .order_by("person", "question")
        .values_list("person", "question", "shown", "grade", *columns)
    )
    sums, grades = {}, {}
    for person, question, shown, grade, *counts in rows.iterator(chunk_size=CHUNK):
        if shown == "grade" and kind == "person":  # one for all questions, on the first one's scale
            grades[person] = {"grade": next(iter(keys.values()))[grade - 1]}
        elif shown == "histogram":
            for pk in place(person):
                _sum_up(sums.setdefault(pk, {}), question, counts)
    told = _teller(keys)
    return {pk: told(questions) for pk, questions in sums.items()} | grades


def _sum_up(questions, question, counts):
    before = questions.get(question)
    questions[question] = (
        counts if before is None else [a + b for a, b in zip(before, counts, strict=True)]
    )


def _teller(keys):
    """A function {question: [counts]} -> {question: {level: count}}, as `_plain` orders it."""
    order = {
        question: sorted((name, number) for number, name in enumerate(names))
        for question, names in keys.items()
    }

    def told(questions):
        return {
            question: {
                name: questions[question][number]
                for name, number in order.get(question, ())
                if questions[question][number]
            }
            for question in sorted(questions)
        }

    return told


def _public(period, kind, _subjects):
    """Ratings of windows, channels weighed as the scheme says; a person has those of his windows."""
    by_window = defaultdict(lambda: defaultdict(lambda: defaultdict(Counter)))
    for (window, channel, question, level), count in level_counts(period).items():
        by_window[window][question][channel][level] += count
    owners = _window_owners(period, kind)
    merged = defaultdict(lambda: defaultdict(Counter))
    for window, questions in by_window.items():
        for question, channels in questions.items():
            counts = weigh_channels(period.plan, channels)
            for pk in owners.get(window, ()):
                merged[pk][question].update(counts)
    return {pk: _plain(questions) for pk, questions in merged.items()}


def _nothing(_period, _kind, _subjects):
    return {}


REVIEWS = {
    "self": _self,
    "peers": _peers,
    "branch": _named("branch"),
    "leaders": _named("leader"),
    "public": _public,
    "units": _nothing,
    "inspectors": _nothing,
    "members": _nothing,
}


def weigh_channels(plan, channels):
    """{level: count} over all channels; an open channel is cut to its share of the whole (C6).

    The cut keeps the proportions of the levels, by largest remainders, ties by level name.
    """
    known = {channel.key: channel for channel in plan.channels}
    counted, limited = Counter(), []
    for key, counts in sorted(channels.items()):
        channel = known.get(key)
        if channel is None or channel.advisory:
            continue
        counts = cut(counts, int(sum(counts.values()) * channel.weight))
        if channel.at_most:
            limited.append((channel, counts))
        else:
            counted.update(counts)
    firm = sum(counted.values())
    for channel, counts in limited:
        share = share_as_fraction(channel.at_most)
        allowed = int(firm * share / (1 - share)) if share < 1 else sum(counts.values())
        counted.update(cut(counts, allowed))
    return counted


def cut(counts, allowed):
    """At most `allowed` of the counts, in the same proportions."""
    total = sum(counts.values())
    if total <= allowed:
        return counts
    exact = {level: Fraction(count * allowed, total) for level, count in counts.items()}
    kept = {level: int(value) for level, value in exact.items()}
    order = sorted(exact, key=lambda level: (kept[level] - exact[level], level))
    for level in order[: allowed - sum(kept.values())]:
        kept[level] += 1
    return kept


# -- everything that is not a review


def _pledges(period, kind):
    """Kept of those that were decided or fell due in the period."""
    field = {
        "person": "owner_person",
        "window": "owner_window",
        "branch": "organisation",
    }[kind]
    rows = (
        Pledge.objects.filter(period=period, **{f"{field}__isnull": False})
        .filter(
            Q(status__in=["kept", "unkept"]) | Q(status="published", due_on__lte=period.ends_on)
        )
        .values_list(field)
        .annotate(kept=Count("pk", filter=Q(status="kept")), total=Count("pk"))
    )
    return _shares(rows, "kept")


def _duties(period, kind):
    """Done of all that were not waived; a late one counts as done, its lateness is shown elsewhere."""
    field = {"person": "assignee", "window": "about_window", "branch": "organisation"}[kind]
    rows = (
        Duty.objects.filter(period=period, waived_at=None, **{f"{field}__isnull": False})
        .exclude(act="close_period")
        # What is still being mended within its deadline is no fault of this period.
        .exclude(act="rectify", done_at=None, due_on__gt=period.ends_on)
        .values_list(field)
        .annotate(done=Count("pk", filter=Q(done_at__isnull=False)), total=Count("pk"))
    )
    return _shares(rows, "done")


def _inspections(period, kind):
    """Inspections that found no problem, of all."""
    if kind == "person":
        return {}
    field = {"window": "window", "branch": "organisation"}[kind]
    rows = (
        Inspection.objects.filter(period=period, **{f"{field}__isnull": False})
        .values_list(field)
        .annotate(done=Count("pk", filter=Q(problem="")), total=Count("pk"))
    )
    return _shares(rows, "done")


def _rectification(period, kind):
    """Signed off in time, of the items that fell due by the end of the period (Z03)."""
    field = {"person": "owner", "window": "window", "branch": "organisation"}[kind]
    in_time = Q(signed_off_at__isnull=False, reported_at__date__lte=F("due_on"))
    rows = (
        Rectification.objects.filter(
            campaign=period.campaign,
            due_on__gte=period.starts_on,
            due_on__lte=period.ends_on,
            **{f"{field}__isnull": False},
        )
        .values_list(field)
        .annotate(done=Count("pk", filter=in_time), total=Count("pk"))
    )
    return _shares(rows, "done")


def _service_items(period, kind):
    """Cards published by the end of the period, of those begun by then; what was taken down is out (L12)."""
    if kind == "person":
        return {}
    field = {"window": "window", "branch": "organisation"}[kind]
    down = ServiceItem.objects.filter(state="down", down_at__date__lte=period.ends_on)
    rows = (
        ServiceItem.objects.filter(
            organisation__path__startswith=period.campaign.organisation.path,
            written_at__date__lte=period.ends_on,
            **{f"{field}__isnull": False},
        )
        .exclude(code__in=down.values("code"))
        .values_list(field)
        .annotate(
            done=Count("code", distinct=True, filter=Q(published_at__date__lte=period.ends_on)),
            total=Count("code", distinct=True),
        )
    )
    return _shares(rows, "done")


def _shares(rows, part):
    """{subject: {part, total}}; who has the same numbers shares one object."""
    alike = {}
    found = {}
    for pk, *numbers in rows:
        key = tuple(numbers)
        if key not in alike:
            alike[key] = dict(zip((part, "total"), key, strict=True))
        found[pk] = alike[key]
    return found


PLAIN = {
    "pledges": _pledges,
    "duties": _duties,
    "inspections": _inspections,
    "rectification": _rectification,
    **FEEDS,
    **points.FEEDS,
    "service_items": _service_items,
}


# -- who a review counts for


def _places(period, kind, subjects):
    """A function person pk -> the subjects of this kind that his reviews count for."""
    if kind == "person":
        known = {subject.pk for subject in subjects}
        return lambda person: (person,) if person in known else ()
    if kind == "branch":
        homes = homes_of(period)
        return lambda person: (homes[person],) if person in homes else ()
    return lambda person: ()


def _window_owners(period, kind):
    """{window: subjects of this kind its ratings count for}."""
    if kind == "window":
        return {window: (window,) for window in _windows_of(period).values_list("pk", flat=True)}
    if kind == "branch":
        return {pk: (home,) for pk, home in _windows_of(period).values_list("pk", "organisation")}
    owners = defaultdict(tuple)
    posts = Post.objects.current(today=period.ends_on).filter(window__isnull=False)
    for window, person in posts.values_list("window", "person").order_by("person"):
        owners[window] += (person,)
    return owners


def _windows_of(period):
    return Window.objects.filter(organisation__path__startswith=period.campaign.organisation.path)


def _level_keys(plan):
    """{question: level keys in the scale's order} of the peer questionnaire."""
    questionnaire = plan.questionnaire_for("peer_review")
    if questionnaire is None:
        return {}
    return {
        question.key: tuple(level.key for level in plan.scale_of(question).levels)
        for question in questionnaire.scale_questions
    }


def _plain(questions):
    """Counters as JSON-able dicts without zeros, in a fixed order."""
    return {
        question: {level: counts[level] for level in sorted(counts) if counts[level]}
        for question, counts in sorted(questions.items())
    }
