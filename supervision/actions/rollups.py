"""Each branch's figures of a period, kept in rows so that dashboards never sum people (design: speed)."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.utils import timezone

from branches.models import Affiliation, Organisation, Window
from campaigns.models import Duty, Period
from campaigns.queries.duties import REVIEW_ACTS
from common import locks, sql
from evaluations.models import RatingCount, RollEntry, Round
from evaluations.queries.ratings import definition_text, interval_text, satisfaction_of
from pledges.actions import publish_figures
from pledges.models import Pledge, PublishedFigure
from supervision.models import Rectification, Rollup

SATISFACTION = "satisfaction"
LEFT_OUT = "；份数不足的窗口不计入"
FIGURES = [
    field.name
    for field in Rollup._meta.get_fields()
    if field.get_internal_type() == "PositiveIntegerField"
]


def refresh_open_rollups(*, at):
    """The sweeper's step: every open period anew. A constant number of statements a period."""
    periods = Period.objects.filter(state=Period.State.OPEN).select_related(
        "campaign__organisation", "scheme_version"
    )
    return sum(refresh_rollups(period, at=at) for period in periods)


@transaction.atomic
def refresh_rollups(period, *, at):
    """Recompute all rows of the period and the satisfaction shown on its boards. Safe to rerun."""
    locks.hold(f"rollup:{period.pk}")
    today = timezone.localdate(at)
    parts = [
        (rows, names)
        for query in (_people, _duties, _pledges, _ledger)
        for rows, names in [query(period, today)]
    ]
    names = [name for _, cells in parts for name in cells]
    figures = defaultdict(dict, _ballots(period))
    _ratings(period, figures, at=at)
    base = _organisations(period)
    rows = []
    for pk, path, *cells in sql.stream(*sql.side_by_side(base, ("subject", "path"), parts)):
        found = figures[pk] | dict(zip(names, cells, strict=True))
        rows.append((pk, path, *(found.get(name) or 0 for name in FIGURES)))
    sql.put(
        Rollup,
        {"organisation_id": "number", "path": "text", **dict.fromkeys(FIGURES, "number")},
        rows,
        same={"period_id": period.pk, "as_of": at},
        unique=["period_id", "organisation_id"],
    )
    return len(rows)


def _organisations(period):
    """Branches, and whatever else holds people, windows or duties (the leaders' lie above the branches)."""
    here = {"organisation": OuterRef("pk")}
    return (
        Organisation.objects.filter(path__startswith=period.campaign.organisation.path)
        .filter(
            Q(kind="branch")
            | Exists(Affiliation.objects.filter(**here))
            | Exists(Window.objects.filter(**here))
            | Exists(Duty.objects.filter(period=period, **here))
        )
        .values("path", subject=F("pk"))
    )


# Queries by `subject`, an organisation, each with the figures it counts.


def _people(period, today):
    current = Affiliation.objects.current(today=min(today, period.ends_on)).filter(
        organisation__path__startswith=period.campaign.organisation.path
    )
    return current.values(subject=F("organisation")).annotate(people=Count("pk")), ["people"]


def _duties(period, today):
    late = Q(done_at=None, due_on__lt=today)
    done = Q(done_at__isnull=False)
    reviews = Q(act__in=REVIEW_ACTS)
    counts = {
        "duties": Count("pk"),
        "duties_done": Count("pk", filter=done),
        "duties_overdue": Count("pk", filter=late),
        "reviews_due": Count("pk", filter=reviews),
        "reviews_done": Count("pk", filter=reviews & done),
        "reviews_overdue": Count("pk", filter=reviews & late),
    }
    rows = Duty.objects.filter(period=period, waived_at=None).values(subject=F("organisation"))
    return rows.annotate(**counts), list(counts)


def _pledges(period, _today):
    rows = Pledge.objects.public().filter(period=period).values(subject=F("organisation"))
    counts = {"pledges": Count("pk"), "pledges_kept": Count("pk", filter=Q(status="kept"))}
    return rows.annotate(**counts), list(counts)


def _ledger(period, today):
    """What runs now, whenever it was found: an item outlives the period it was found in."""
    running = ~Q(state=Rectification.State.SIGNED_OFF)
    counts = {
        "ledger_running": Count("pk", filter=running),
        "ledger_overdue": Count("pk", filter=running & Q(due_on__lt=today)),
        "ledger_reopened": Count("pk", filter=Q(reopened__gt=0)),
    }
    rows = Rectification.objects.filter(
        campaign=period.campaign, found_at__date__lte=period.ends_on
    ).values(subject=F("organisation"))
    return rows.annotate(**counts), list(counts)


def _ballots(period):
    """Turnout only, from the bitmaps: nothing else of a ballot exists outside its box."""
    rounds = list(
        Round.objects.filter(period=period)
        .exclude(state=Round.State.VOID)
        .only("organisation_id", "marks", "roll_size", "is_joint")
    )
    found = defaultdict(lambda: {"ballots_due": 0, "ballots_cast": 0})
    for round in rounds:
        if not round.is_joint:
            cast = sum(byte.bit_count() for byte in bytes(round.marks))
            found[round.organisation_id] = {"ballots_due": round.roll_size, "ballots_cast": cast}
    joint = {round.pk: round for round in rounds if round.is_joint}
    return found | _joint_ballots(joint) if joint else found


def _joint_ballots(rounds):
    """A joint round's turnout, branch by branch."""
    found = defaultdict(lambda: {"ballots_due": 0, "ballots_cast": 0})
    entries = RollEntry.objects.filter(round__in=rounds)
    for pk, organisation, position in entries.values_list("round", "organisation", "position"):
        found[organisation]["ballots_due"] += 1
        found[organisation]["ballots_cast"] += rounds[pk].has_mark(position)
    return found


def _ratings(period, figures, *, at):
    """Count the overall question and publish each window's and branch's rate on its board."""
    definition = period.plan.satisfaction
    if definition is None:
        return
    windows, homes = _rating_counts(period, definition)
    for pk, (satisfied, n, bad) in windows.items():
        own = figures[homes[pk]]
        for name, count in (("", n), ("_satisfied", satisfied), ("_bad", bad)):
            own[f"ratings{name}"] = own.get(f"ratings{name}", 0) + count
    shown, branches = _published(period, windows, homes)
    publish_figures(
        period, key=SATISFACTION, label="本期满意率", at=at, windows=shown, organisations=branches
    )


def _rating_counts(period, definition):
    """({window: (satisfied, n, bad)}, {window: organisation})"""
    rows = (
        RatingCount.objects.filter(
            campaign=period.campaign,
            day__gte=period.starts_on,
            day__lte=period.ends_on,
            question=definition.question,
        )
        .values_list("window", "window__organisation", "level")
        .annotate(total=Sum("count"))
    )
    windows, homes = defaultdict(dict), {}
    for window, organisation, level, total in rows:
        windows[window][level] = total
        homes[window] = organisation
    return {pk: satisfaction_of(definition, counts) for pk, counts in windows.items()}, homes


# -- what everybody may read of it


def _published(period, windows, homes):
    """New figures of windows, and of branches out of those of their windows (B12, B19)."""
    least, standing = period.plan.thresholds.public_results, _standing(period)
    shown, branches, told = [], defaultdict(dict), definition_text(period.plan)
    for pk, (satisfied, n, _) in windows.items():
        kept = standing.get(pk)
        if kept and abs(n - kept[1]) < least:  # who stands beside would read each visitor's answer
            branches[homes[pk]][pk] = kept
            continue
        branches[homes[pk]][pk] = satisfied, n
        shown.append((pk, *_figure(period, satisfied, n, told)))
    sums = {
        pk: map(sum, zip((0, 0), *shown_parts(parts, least), strict=True))
        for pk, parts in branches.items()
    }
    return shown, [(pk, *_figure(period, *pair, told + LEFT_OUT)) for pk, pair in sums.items()]


def _standing(period):
    """{window: (satisfied, n)} as its board has it while the period runs; at the end all is told."""
    if not period.is_open:
        return {}
    rows = PublishedFigure.objects.filter(period=period, key=SATISFACTION, part__isnull=False)
    return {pk: (part, n) for pk, part, n in rows.values_list("window", "part", "n") if pk}


def shown_parts(windows, least):
    """The (satisfied, n) that a branch's rate is made of: of windows that show their own.

    A window that is too small to be shown would follow from the sum and its neighbours (B12).
    """
    return [(satisfied, n) for satisfied, n in windows.values() if n >= least]


def _figure(period, satisfied, n, told):
    """(value, n, part, interval, definition, note)"""
    if n < period.plan.thresholds.public_results:
        return "", n, None, "", told, "评价份数不足，暂不显示"
    value = f"{satisfied / n * 100:.{period.plan.satisfaction.decimals}f}%"
    return value, n, satisfied, interval_text(satisfied, n), told, ""
