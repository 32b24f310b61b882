"""Public ratings as counts, comments with answers."""

import hashlib
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.clock import SATURDAY, midnight
from campaign_portal.demo.dice import between, shuffled
from campaign_portal.demo.words import comments as words
from campaigns.queries.calendar import working_calendar
from common.dates import ONE_DAY, add_working_days
from evaluations.actions.feedback import answer_feedback
from evaluations.models import Feedback, RatingCount
from evaluations.queries.feedback import days_to_answer

SHARES = {"ticket": 58, "tablet": 12, "open": 24, "paper": 4, "vote": 3}
SUNDAY = 6
COMMENTS = 3  # a window and quarter
OPTIONAL = 0.3  # how many answer what need not be answered


def count_ratings(season):
    """Some hundred a window, spread over the days up to yesterday."""
    questionnaire = season.plan.questionnaire_for("public_rating")
    if questionnaire is None:
        return
    days = _days(season)
    counts = Counter()
    for _, window, counter in season.scene.windows:
        rng = season.rng(f"ratings {counter.name}")
        chances = _chances(season, counter, rng)
        for _ in range(_visits(season, counter, rng) if days else 0):
            day = rng.choice(days)
            channel = rng.choices(*_channels(season.plan))[0]
            for question, level in _answers(season.plan, questionnaire, chances, rng):
                counts[window.pk, day, channel, question, level] += 1
    campaign = season.scene.campaign
    RatingCount.objects.bulk_create(
        (
            RatingCount(
                campaign=campaign, window_id=window, day=day, channel=channel, question=question,
                level=level, count=count,
            )
            for (window, day, channel, question, level), count in counts.items()
        ),
        batch_size=2000,
    )  # fmt: skip


def _days(season):
    """Every day that counts as often as people come: working days three times a Saturday."""
    is_working_day = working_calendar()
    last = min(season.period.ends_on, timezone.localdate(season.clock.now) - ONE_DAY)
    days, day = [], season.period.starts_on
    while day <= last:
        if is_working_day(day):
            days += [day] * 6
        elif day.weekday() == SATURDAY:
            days.append(day)
        day += ONE_DAY
    return days


def _visits(season, counter, rng):
    whole = (season.period.ends_on - season.period.starts_on).days + 1
    passed = (timezone.localdate(season.clock.end) - season.period.starts_on).days
    return int(counter.visits * between(rng, 0.9, 1.15) * min(passed / whole, 1))


def _chances(season, counter, rng):
    """Weights of the levels, best first: most are content, a weak window slowly mends."""
    charm = min(counter.charm + 0.008 * season.number + rng.gauss(0, 0.008), 0.99)
    rest = 1 - charm
    return [charm * 0.69, charm * 0.31, rest * 0.35, rest * 0.46, rest * 0.19]


def _channels(plan):
    known = [channel for channel in plan.channels if channel.kind in SHARES]
    return [channel.key for channel in known], [SHARES[channel.kind] for channel in known]


def _answers(plan, questionnaire, chances, rng):
    """The visitor's view first; what he says about the rest stays near it."""
    place = rng.choices(range(len(chances)), chances)[0]
    for question in questionnaire.scale_questions:
        levels = plan.scale_of(question).levels
        if question.required:
            yield question.key, levels[place].key
        elif rng.random() < OPTIONAL:
            near = min(max(place + rng.choice((-1, 0, 0, 0, 1)), 0), len(levels) - 1)
            yield question.key, levels[near].key


# -- in words


def write_comments(season):
    """Comments through the weeks; the last few of each window still wait for an answer."""
    trade = season.scene.cast.trade
    rng = season.rng("comments")
    windows = season.scene.windows
    if season.clock.end - season.clock.start < timedelta(days=2):
        return
    shelves = {False: shuffled(rng, words.GOOD[trade]), True: shuffled(rng, words.BAD[trade])}
    count = len(windows) * COMMENTS
    for at in range(count):
        troupe, window, counter = windows[at % len(windows)]
        is_bad = rng.random() < 0.2 + 2 * (0.95 - counter.charm)
        is_bad = is_bad or (season.is_running and at == count - 2)  # one that waits
        text, answer = _pick(shelves[is_bad], counter)
        day = season.clock.day((at + 0.5) / count)
        feedback = _feedback(season, troupe, window, (text, is_bad), day, number=at)
        if not season.is_running or at < count * 0.7:
            _answer(season, feedback, answer, troupe.secretary, day + timedelta(days=2 + at % 4))


def _pick(shelf, counter):
    """The first on the shelf that fits the window; it goes to the back."""
    entry = next(one for one in shelf if len(one) == 2 or one[2] in counter.name)
    shelf.remove(entry)
    shelf.append(entry)
    return entry[:2]


def _feedback(season, troupe, window, said, day, *, number):  # noqa: PLR0913 (one comment's parts)
    text, is_bad = said
    name = f"demo {season.scene.cast.slug} {season.number} {number}"
    return Feedback.objects.create(
        campaign=season.scene.campaign,
        window=window,
        week_on=day - timedelta(days=day.weekday()),
        is_bad=is_bad,
        text=text,
        receipt_hash=hashlib.sha256(name.encode()).hexdigest(),
        owner=troupe.secretary,
        due_on=_due_on(season, day, is_bad),
        is_told=True,
    )


def _due_on(season, day, is_bad):
    days = days_to_answer(season.plan, Feedback(is_bad=is_bad))
    sunday = day - timedelta(days=day.weekday() - SUNDAY)
    return add_working_days(sunday, days, working_calendar())


def _answer(season, feedback, answer, by, day):
    day = min(day, timezone.localdate(season.clock.now))
    at = min(midnight(day) + timedelta(hours=15), season.clock.now)
    answer_feedback(feedback, answer=answer, by=by, at=at, today=day)
