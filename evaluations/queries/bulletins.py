"""What can be made public of a period: results with n and interval, never below the minimum; comments (L25, L26)."""

from collections import Counter, defaultdict

from branches.models import Window
from evaluations.models import Appraisal, AppraisalSheet, PeerTally, Poll, Review, Round
from evaluations.queries import polls, reviews
from evaluations.queries.ratings import (
    definition_text,
    interval_text,
    level_counts,
    satisfaction_of,
)
from evaluations.queries.results import bars as shown_bars
from evaluations.queries.results import is_unanimous

REVIEW_KINDS = {"branch_review": Review.Kind.BRANCH, "leader_review": Review.Kind.LEADER}
TOO_FEW = "人数不足，不公示"
FEW_PEOPLE = "支部人少，只公示参加人数"


def result_rows(period, organisation):
    """Rows for a bulletin of results: the items that the plan wants published, or all reviews."""
    plan = period.plan
    asked = plan.item_with("published_results")
    wanted = set(asked.options.of) if asked else set()
    least = max(asked.options.min_respondents if asked else 0, plan.thresholds.public_results)
    rows = []
    for item in plan.items():
        gather = GATHERED.get(item.mechanism)
        if gather and (not wanted or item.key in wanted):
            rows += gather(period, organisation, item, least)
    return rows + _grades(period, organisation, least)


def comment_rows(period, organisation):
    """Rows for a bulletin of comments: named reviews of the kind the plan makes public, newest versions."""
    plan = period.plan
    kinds = [REVIEW_KINDS[key] for key in comment_sources(plan) if key in REVIEW_KINDS]
    written = (
        Review.objects.current()
        .filter(period=period, kind__in=kinds, organisation__path__startswith=organisation.path)
        .select_related("person", "author", "period__scheme_version")
        .order_by("kind", "organisation__path", "person__name_pinyin", "pk")
    )
    return [_comment(review) for review in written]


def comment_sources(plan):
    """Mechanisms whose comments the plan wants public; without a source all named reviews."""
    named = [
        plan.item(item.options.source).mechanism
        for item in plan.items_with("published_comments")
        if item.options.source
    ]
    return named or list(REVIEW_KINDS)


def comment_visibility(plan):
    item = plan.item_with("published_comments")
    return item.options.visibility if item else "organisation"


def _comment(review):
    written, rated = reviews.with_words(review)
    return {
        "group": review.get_kind_display(),
        "subject": review.person.name,
        "person": review.person_id,
        "by": review.author.name,
        "parts": [[name, text] for name, text in [*rated, *written]],
    }


def _row(group, subject, n, **more):
    empty = dict.fromkeys(("rater", "question", "value", "interval", "note"), "")
    return {"group": group, "subject": subject, "n": n} | empty | more


def _public_ratings(period, organisation, item, least):
    """Each window's rate, then all of them together; one GROUP BY."""
    definition = period.plan.satisfaction
    if definition is None:
        return []
    windows = Window.objects.open().filter(organisation__path__startswith=organisation.path)
    counted = defaultdict(lambda: defaultdict(int))
    for (window, _, _, level), n in level_counts(
        period, question=definition.question, window__in=windows
    ).items():
        counted[window][level] += n
    for levels in list(counted.values()):
        if satisfaction_of(definition, levels)[1] >= least:  # the others would follow (B12)
            for level, n in levels.items():
                counted[None][level] += n
    named = [(None, organisation.label)] if len(counted) > 2 else []
    named += [(one.pk, one.name) for one in windows.order_by("organisation__path", "number", "pk")]
    return [
        _rating(period, item, name, counted[pk], least) for pk, name in named if counted.get(pk)
    ]


def _rating(period, item, name, counts, least):
    satisfied, n, _bad = satisfaction_of(period.plan.satisfaction, counts)
    if n < least:
        return _row(item.name, name, n, note=TOO_FEW)
    scale = _scale(period.plan)
    return _row(
        item.name, name, n,
        rater="服务对象",
        value=f"满意率 {satisfied / n * 100:.{period.plan.satisfaction.decimals}f}%",
        interval=interval_text(satisfied, n),
        definition=definition_text(period.plan),
        bars=[[level.name, counts.get(level.key, 0)] for level in scale.levels],
    )  # fmt: skip


def _scale(plan):
    definition = plan.satisfaction
    return plan.scale_of(plan.questionnaire(definition.questionnaire).question(definition.question))


def _polls(period, organisation, item, least):
    """Panels, surveys and votes that are over, by subject and class."""
    closed = (
        Poll.objects.filter(
            period=period, item=item.key, state=Poll.State.CLOSED,
            organisation__path__startswith=organisation.path,
        )
        .select_related("period__scheme_version")
        .order_by("closes_on", "pk")
    )  # fmt: skip
    return [
        row for poll in closed for line in polls.results(poll) for row in _lines(poll, line, least)
    ]


def _lines(poll, line, least):
    if not line.questions:
        n = line.known.get("n", 0)
        return [_row(poll.name, line.subject, n, rater=line.rater, note=TOO_FEW)]
    return [_line(poll, line, question, least) for question in line.questions]


def _line(poll, line, question, least):
    row = _row(poll.name, line.subject, question["n"], rater=line.rater, question=question["name"])
    if question["n"] < least:
        return row | {"note": TOO_FEW}
    row["bars"] = [[name, count] for name, count, _ in question["bars"]]
    if question["satisfied"] is not None:
        row["value"] = f"满意率 {question['satisfied'] * 100:.1f}%"
        row["interval"] = f"{question['low'] * 100:.1f}% 至 {question['high'] * 100:.1f}%"
    row["value"] = question.get("mean") or row["value"]
    return row | ({"note": "网上投票，仅供参考"} if poll.is_advisory else {})


def _peers(period, organisation, item, least):
    """How many took part, and the grades of all together: nobody's own result."""
    rounds = (
        Round.objects.filter(
            period=period, state=Round.State.CLOSED,
            organisation__path__startswith=organisation.path,
        )
        .select_related("organisation")
        .order_by("organisation__path", "pk")
    )  # fmt: skip
    return [_round(one, item, least) for one in rounds]


def _round(round, item, least):
    cast = round.ballots_counted  # paper leaves no marks
    names = "、".join(home.label for home in round.homes)
    due = f"应投 {round.voter_count or round.roll_size} 票"
    rater = "，".join(filter(None, [due, round.occasion_text]))
    row = _row(item.name, names, cast, rater=rater)
    if not round.is_sealed:
        return row | {"note": FEW_PEOPLE}
    question = round.sheet.scale_questions[0]
    if question.is_numeric:
        return row | {"note": "打分的互评只公示参加人数"}
    tallies = PeerTally.objects.filter(round=round, question=question.key, shown="histogram")
    bars = sum_of_all(question, [tally.counts for tally in tallies.order_by("pk")], least)
    if cast < least or bars is None:
        return row | {"note": TOO_FEW}
    if len([bar for bar in bars if bar.count]) == 1:  # all the same tells what each gave
        return row | {"note": "结果一致，只公示参加人数"}
    return row | {"bars": [[bar.name, bar.count] for bar in bars], "question": question.name}


def sum_of_all(question, counts, least):
    """The grades of all together, or None: few people's sum would be somebody's own.

    Who has all his few answers in one level is left out: his page shows that level with its neighbour,
    and the sum less the others' pages would tell which of the two it was (B12, B13).
    """
    levels = len(question.levels)
    open_ones = [one[:levels] for one in counts if not is_unanimous(one[:levels])]
    if len(open_ones) < least:
        return None
    return shown_bars(question, [sum(column) for column in zip(*open_ones, strict=True)])


def _grades(period, organisation, least):
    """民主评议: how many got which grade, by branch; whose is nobody else's matter."""
    sheets = AppraisalSheet.objects.filter(
        period=period, organisation__path__startswith=organisation.path
    ).select_related("organisation")
    counted = defaultdict(Counter)
    grades = Appraisal.objects.filter(sheet__in=sheets).values_list("sheet", "grade")
    for sheet, grade in grades.order_by("pk"):
        counted[sheet][grade] += 1
    rows = []
    for sheet in sheets.order_by("organisation__path"):
        found = counted[sheet.pk]
        row = _row("民主评议", sheet.organisation.label, found.total(), rater="组织评定")
        if found.total() < least:
            rows.append(row | {"note": TOO_FEW})
        else:
            rows.append(
                row | {"bars": [[name, found[key]] for key, name in Appraisal.Grade.choices]}
            )
    return rows


GATHERED = {
    "public_rating": _public_ratings,
    "panel": _polls,
    "survey": _polls,
    "peer_review": _peers,
}
