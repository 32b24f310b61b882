"""What a recipe gets for each subject: counts per level, kept of total, done of total.

Each source is read with one statement for all subjects; the number of statements does not depend on
how many people there are, and what is alike is kept once. A source nobody filled is left out: the recipe says what that means.
Reviews come as {question: {level: count}} under the key of the scheme's rater class.
"""

from collections import Counter, defaultdict
from fractions import Fraction
from functools import cached_property, partial
from itertools import chain

from branches.models import Post, Window
from campaigns.models.document.questions import share_as_fraction
from competitions.queries.feeds import FEEDS
from evaluations.models import PeerTally, Review, SelfReview
from evaluations.queries.polls import class_counts
from evaluations.queries.ratings import level_counts
from scoring import Votes
from supervision.queries import figures, points
from supervision.queries.shares import SHARES, shares
from supervision.queries.subjects import homes_of

CHUNK = 4_000  # rows fetched at a time
PLAIN = {source: partial(shares, source) for source in SHARES} | FEEDS | points.FEEDS


class Facts:
    """What several kinds of subjects of a period need, read once."""

    def __init__(self, period):
        self.period = period

    @cached_property
    def ratings(self):
        """{window: {question: {channel: {level: count}}}}"""
        found = defaultdict(lambda: defaultdict(lambda: defaultdict(Counter)))
        for (window, channel, question, level), count in level_counts(self.period).items():
            found[window][question][channel][level] += count
        return found

    @cached_property
    def homes(self):
        return homes_of(self.period)


def reviews_by(rater, facts, kind):
    """{subject: {question: {level: count}}} of one rater class of the scheme."""
    if rater.source not in REVIEWS:  # invited: deputies, other units, inspectors
        return class_counts(facts.period, kind, rater.key)
    return REVIEWS[rater.source](facts, kind)


def _self(facts, kind):
    rows = SelfReview.objects.filter(period=facts.period).values_list("person", "levels")
    return _by_subject(facts, rows, kind)


def _named(review_kind):
    def read(facts, kind):
        rows = Review.objects.current().filter(period=facts.period, kind=review_kind)
        return _by_subject(facts, rows.values_list("person", "levels"), kind)

    return read


def _by_subject(facts, rows, kind):
    """Counts per question and level from (person, {question: level}) rows; who has the same rows shares them."""
    place, sheets = _places(facts, kind), defaultdict(list)
    for person, levels in rows.iterator(chunk_size=CHUNK):
        for pk in place(person):
            sheets[pk].append(tuple(sorted(levels.items())))
    known = {}
    return {pk: _counted(tuple(sorted(found)), known) for pk, found in sheets.items()}


def _counted(sheets, known):
    if sheets not in known:
        counts = defaultdict(Counter)
        for question, level in chain.from_iterable(sheets):
            counts[question][level] += 1
        known[sheets] = _plain(counts)
    return known[sheets]


def tallies_of(period):
    """Counts of the peers' ballots of a period, as far as they may be known."""
    return PeerTally.objects.filter(round__period=period).exclude(shown="nothing")


def _peers(facts, kind):
    """The sum of its people's histograms; a person's own stand beside him (queries/gathering.py)."""
    place, asked = _places(facts, kind), figures.asked_of(facts.period.plan)
    if asked:
        return figures.peers_of(facts.period, kind, place, asked)
    keys = level_keys(facts.period.plan)
    columns = level_columns(keys)
    rows = tallies_of(facts.period).filter(shown="histogram").order_by("person", "question")
    sums = {}
    for person, question, *counts in rows.values_list("person", "question", *columns).iterator(
        chunk_size=CHUNK
    ):
        for pk in place(person):
            found = sums.setdefault(pk, {})
            before = found.get(question) or [0] * len(columns)
            found[question] = [a + b for a, b in zip(before, counts, strict=True)]
    return {
        pk: {name: told(keys.get(name, ()), counts) for name, counts in sorted(found.items())}
        for pk, found in sums.items()
    }


def told(names, counts):
    """{level: count} without zeros, in the order of their names."""
    return {name: count for name, count in sorted(zip(names, counts, strict=False)) if count}


def level_keys(plan):
    """{question: level keys in the scale's order} of the peer questionnaire."""
    questionnaire = plan.questionnaire_for("peer_review")
    if questionnaire is None:
        return {}
    return {
        question.key: tuple(level.key for level in plan.scale_of(question).levels)
        for question in questionnaire.scale_questions
    }


def level_columns(keys):
    """The columns of a tally that hold levels of these scales."""
    widest = max((len(names) for names in keys.values()), default=0)
    return [f"level_{number}" for number in range(1, widest + 1)]


def _public(facts, kind):
    """Ratings of windows, channels weighed as the scheme says; a person has those of his windows."""
    owners = _window_owners(facts.period, kind)
    merged = defaultdict(lambda: defaultdict(Counter))
    for window, questions in facts.ratings.items():
        for question, channels in questions.items():
            counts = weigh_channels(facts.period.plan, channels)
            for pk in owners(window):
                merged[pk][question].update(counts)
    return {pk: _plain(questions) for pk, questions in merged.items()}


REVIEWS = {
    "self": _self,
    "peers": _peers,
    "branch": _named("branch"),
    "leaders": _named("leader"),
    "public": _public,
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


# -- who a review counts for


def _places(facts, kind):
    """A function person pk -> the subjects of this kind that his reviews count for."""
    if kind == "person":
        return lambda person: (person,)
    if kind == "branch":
        homes = facts.homes
        return lambda person: (homes[person],) if person in homes else ()
    return lambda person: ()


def _window_owners(period, kind):
    """A function window -> subjects of this kind that its ratings count for."""
    if kind == "window":
        return lambda window: (window,)
    if kind == "branch":
        windows = Window.objects.filter(
            organisation__path__startswith=period.campaign.organisation.path
        )
        homes = dict(windows.values_list("pk", "organisation"))
        return lambda window: (homes[window],) if window in homes else ()
    owners = defaultdict(tuple)
    posts = Post.objects.current(today=period.ends_on).filter(window__isnull=False)
    for window, person in posts.values_list("window", "person").order_by("person"):
        owners[window] += (person,)
    return lambda window: owners.get(window, ())


def _plain(questions):
    """Counters as JSON-able dicts without zeros, in a fixed order."""
    return {
        question: Votes((level, counts[level]) for level in sorted(counts) if counts[level])
        for question, counts in sorted(questions.items())
    }
