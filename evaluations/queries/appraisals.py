"""Everything a period says about one person, side by side, as far as each part may be known.

The file of a person is also what a higher room takes as facts for an award (P24): `file_of`.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from branches.models import Affiliation, Organisation, Post
from evaluations.models import (
    Appraisal,
    FollowUp,
    Poll,
    PollSubject,
    Reply,
    Review,
    RollEntry,
    SelfReview,
)
from evaluations.queries import polls, results
from evaluations.queries.ratings import interval_text, level_counts, satisfaction_of, told_until
from evaluations.queries.reviews import review_form, with_words

ONE_THIRD = Fraction(1, 3)


@dataclass(frozen=True)
class Voice:
    """One rater class about the person: a mean on the scheme's values where it may be shown."""

    name: str
    mean: Decimal | None
    said: str  # what is shown instead of, or beside, the mean
    gap: Decimal | None = None  # against the self-review


def home_in(period, person):
    """The branch in which he took part: by the frozen roll, else where he belongs today."""
    entry = RollEntry.objects.filter(period=period, person=person, is_void=False)
    entry = entry.select_related("organisation", "round__organisation").first()
    if entry:
        return entry.organisation or entry.round.organisation
    current = Affiliation.objects.current(today=period.ends_on)
    row = current.filter(person=person).select_related("organisation").first()
    return row.organisation if row else None


def file_of(person, period, *, today=None):
    """{"voices", "peer", "reviews", "follow_ups", "grade", "reply"} of one person in one period.

    With `today` ratings of windows come in whole weeks: the person may stand at the window (B19).
    """
    own = SelfReview.objects.filter(period=period, person=person).first()
    entry = RollEntry.objects.filter(period=period, person=person, is_void=False, is_rated=True)
    entry = entry.select_related("round__period", "round__organisation").first()
    peer = results.result_of(entry.round, person) if entry else None
    reviews = Review.objects.current().filter(period=period, person=person)
    reviews = list(reviews.select_related("author", "period__scheme_version").order_by("pk"))
    voices = [
        _self(period.plan, own),
        _peer(peer, entry),
        *(_named(period.plan, reviews, kind) for kind in Review.Kind),
        *_panels(period, person),
        *public_voices(period, person, today),
    ]
    return {
        "voices": _with_gaps(voices),
        "self": own,
        "round": entry.round if entry else None,
        "reviews": [(review, *with_words(review)) for review in reviews],
        "follow_ups": FollowUp.objects.filter(
            person=person, agreed_on__range=(period.starts_on, period.ends_on)
        ).order_by("due_on", "pk"),
        "without_grade": is_without_grade(person, period),
        "grade": Appraisal.objects.filter(sheet__period=period, person=person).first(),
        "reply": Reply.objects.filter(period=period, person=person).first(),
    }


def _with_gaps(voices):
    own = voices[0].mean
    return [
        voice
        if own is None or voice.mean is None or at == 0
        else Voice(voice.name, voice.mean, voice.said, voice.mean - own)
        for at, voice in enumerate(voices)
    ]


def _self(plan, own):
    questionnaire = plan.questionnaire_for("self_review")
    if own is None or questionnaire is None:
        return Voice("自评", None, "没有写")
    values = _values(plan, questionnaire.scale_questions, own.levels)
    return Voice("自评", _mean(values), "" if values else "没有打档")


def _peer(peer, entry):
    if entry is None:
        return Voice("互评", None, "没有参加")
    if peer.shown == "grade":
        return Voice("互评", None, f"{peer.grade}（人数较少，只显示等次）")
    if peer.shown != "histogram":
        return Voice("互评", None, "还没有计票或人数不足")
    means = [question.mean for question in peer.questions]
    if None in means:  # a hidden one must not follow from the mean of all (B12)
        return Voice("互评", None, "见互评结果")
    return Voice("互评", _mean(means), f"{max(q.answers for q in peer.questions)} 票")


def _named(plan, reviews, kind):
    mine = [review for review in reviews if review.kind == kind]
    _, questions = review_form(plan, kind)
    values = [value for one in mine for value in _values(plan, questions, one.levels)]
    return Voice(kind.label, _mean(values), f"{len(mine)} 份" if mine else "没有")


def _panels(period, person):
    """A voice per class of the closed panels on which the person stood."""
    subjects = PollSubject.objects.filter(
        person=person, poll__period=period, poll__state=Poll.State.CLOSED
    ).select_related("poll__period__scheme_version", "poll__campaign")
    for subject in subjects.order_by("poll"):
        offer = polls.offer_of(subject.poll)
        counts = polls.counts_of(subject.poll)
        for key, name in offer.classes:
            line = polls.line_of(
                period.plan,
                offer,
                (subject.name, key, name),
                counts.get((subject.position, key), {}),
            )
            yield _panel(period.plan, offer, line, counts.get((subject.position, key), {}))


def _panel(plan, offer, line, counts):
    if "grade_name" in line.known:
        return Voice(line.rater, None, f"{line.known['grade_name']}（人数较少，只显示等次）")
    if not line.questions:
        return Voice(line.rater, None, "人数不足，不显示")
    if told := "；".join(q["mean"] for q in line.questions if q.get("mean")):
        return Voice(line.rater, None, f"{told}，{max(q['n'] for q in line.questions)} 票")
    values = [
        value
        for question in offer.questionnaire.scale_questions
        for level, count in counts.get(question.key, {}).items()
        for value in _values(plan, [question], {question.key: level}) * count
    ]
    return Voice(line.rater, _mean(values), f"{max(q['n'] for q in line.questions)} 票")


def public_voices(period, person, today):
    """满意率 of the windows he worked at, with number and interval."""
    if period.plan.satisfaction is None:
        return
    posts = Post.objects.filter(person=person, window__isnull=False, starts_on__lte=period.ends_on)
    posts = posts.exclude(ends_on__lt=period.starts_on).select_related("window")
    windows = {post.window_id: post.window.name for post in posts.order_by("window")}
    until = told_until(period, today=today) if today else period.ends_on
    days = (period.starts_on, until)
    counts = level_counts(period, window__in=windows, day__range=days) if windows else {}
    for pk, name in windows.items():
        yield _window(period.plan, name, _of_window(period.plan, counts, pk))


def _of_window(plan, counts, pk):
    found = {}
    for (window, _, question, level), count in counts.items():
        if window == pk and question == plan.satisfaction.question:
            found[level] = found.get(level, 0) + count
    return found


def _window(plan, name, counts):
    satisfied, n, _ = satisfaction_of(plan.satisfaction, counts)
    if n < plan.thresholds.public_results:
        return Voice(
            f"群众评价 · {name}", None, f"{n} 票，不足 {plan.thresholds.public_results} 票"
        )
    share = satisfied * 100 / n
    return Voice(
        f"群众评价 · {name}", None, f"满意率 {share:.1f}%（{n} 票，{interval_text(satisfied, n)}）"
    )


def _values(plan, questions, levels):
    scales = {q.key: plan.scale_of(q) for q in questions if q.kind == "scale"}
    found = [scales[key].value_of(level) for key, level in levels.items() if key in scales]
    return [value for value in found if value is not None]


def _mean(values):
    if not values:
        return None
    exact = sum(Decimal(value) for value in values) / len(values)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


# -- a branch's list


def organisations(period, scopes):
    below = Organisation.objects.active().filter(
        path__startswith=period.campaign.organisation.path, kind=Organisation.Kind.BRANCH
    )
    return below.filter(scopes)


def members(organisation, plan, *, today):
    """(graded, not graded): probationary members take part, and get a grade only where the plan says so."""
    rows = (
        Affiliation.objects.current(today=today)
        .filter(organisation__path__startswith=organisation.path, person__is_active=True)
        .filter(status__in=[Affiliation.Status.MEMBER, Affiliation.Status.PROBATIONARY])
        .select_related("person")
        .order_by("person__name_pinyin", "person")
    )
    rows = list(rows)
    graded = graded_statuses(plan)
    full = [row.person for row in rows if row.status in graded]
    return full, [row.person for row in rows if row.status not in graded]


def graded_statuses(plan):
    item = plan.item_with("peer_review")
    if item is not None and item.options.grades_probationary:
        return {Affiliation.Status.MEMBER, Affiliation.Status.PROBATIONARY}
    return {Affiliation.Status.MEMBER}


def is_without_grade(person, period):
    """A probationary member of a plan that gives those no grade."""
    rows = Affiliation.objects.current(today=period.ends_on).filter(person=person)
    statuses = set(rows.values_list("status", flat=True))
    probationary = Affiliation.Status.PROBATIONARY
    return probationary in statuses and probationary not in graded_statuses(period.plan)


def most_excellent(people):
    """So many 优秀 need no reason: a third of those graded, rounded down, at least one."""
    return max(len(people) * ONE_THIRD.numerator // ONE_THIRD.denominator, 1)
