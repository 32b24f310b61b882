"""Each branch's figures of a period, kept in rows so that dashboards never sum people (design: speed)."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from branches.models import Affiliation, Organisation
from campaigns.models import Duty, Period
from common import locks
from evaluations.models import RatingCount, RollEntry, Round
from evaluations.queries.ratings import definition_text, interval_text, satisfaction_of
from pledges.actions import publish_figures
from pledges.models import Pledge, PublishedFigure
from supervision.models import Rectification, Rollup

REVIEW_ACTS = ("branch_review", "leader_review")
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
    figures = defaultdict(dict)
    for step in (_people, _duties, _pledges, _ballots, _ledger):
        for organisation, found in step(period, today):
            figures[organisation].update(found)
    _ratings(period, figures, at=at)
    rows = [
        Rollup(
            period=period,
            organisation_id=pk,
            path=path,
            as_of=at,
            **{name: figures[pk].get(name, 0) for name in FIGURES},
        )
        for pk, path in _organisations(period)
    ]
    Rollup.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["period", "organisation"],
        update_fields=["path", "as_of", *FIGURES],
    )
    return len(rows)


def _organisations(period):
    """Branches, and whatever else holds people, windows or duties (the leaders' lie above the branches)."""
    below = Organisation.objects.filter(path__startswith=period.campaign.organisation.path)
    return (
        below.filter(
            Q(kind="branch")
            | Q(affiliations__isnull=False)
            | Q(windows__isnull=False)
            | Q(pk__in=Duty.objects.filter(period=period).values("organisation"))
        )
        .distinct()
        .order_by("path")
        .values_list("pk", "path")
    )


def _named(rows):
    """(organisation, {figure: number}) of `.values("organisation", …)` rows."""
    for row in rows:
        yield row.pop("organisation"), {name: number or 0 for name, number in row.items()}


def _people(period, today):
    current = Affiliation.objects.current(today=min(today, period.ends_on)).filter(
        organisation__path__startswith=period.campaign.organisation.path
    )
    return _named(current.values("organisation").annotate(people=Count("pk")))


def _duties(period, today):
    late = Q(done_at=None, due_on__lt=today)
    done = Q(done_at__isnull=False)
    reviews = Q(act__in=REVIEW_ACTS)
    rows = (
        Duty.objects.filter(period=period, waived_at=None)
        .values("organisation")
        .annotate(
            duties=Count("pk"),
            duties_done=Count("pk", filter=done),
            duties_overdue=Count("pk", filter=late),
            reviews_due=Count("pk", filter=reviews),
            reviews_done=Count("pk", filter=reviews & done),
            reviews_overdue=Count("pk", filter=reviews & late),
        )
    )
    return _named(rows)


def _pledges(period, _today):
    rows = (
        Pledge.objects.public()
        .filter(period=period)
        .values("organisation")
        .annotate(count=Count("pk"), pledges_kept=Count("pk", filter=Q(status="kept")))
    )
    for organisation, figures in _named(rows):
        yield organisation, {"pledges": figures.pop("count"), **figures}


def _ballots(period, _today):
    """Turnout only, from the bitmaps: nothing else of a ballot exists outside its box."""
    rounds = Round.objects.filter(period=period).exclude(state=Round.State.VOID)
    rounds = rounds.only("organisation_id", "marks", "roll_size", "is_joint")
    for round in rounds.filter(is_joint=False):
        cast = sum(byte.bit_count() for byte in bytes(round.marks))
        yield round.organisation_id, {"ballots_due": round.roll_size, "ballots_cast": cast}
    yield from _joint_ballots({round.pk: round for round in rounds.filter(is_joint=True)})


def _joint_ballots(rounds):
    """A joint round's turnout, branch by branch."""
    found = defaultdict(lambda: {"ballots_due": 0, "ballots_cast": 0})
    entries = RollEntry.objects.filter(round__in=rounds)
    for pk, organisation, position in entries.values_list("round", "organisation", "position"):
        found[organisation]["ballots_due"] += 1
        found[organisation]["ballots_cast"] += rounds[pk].has_mark(position)
    return found.items()


def _ledger(period, today):
    """What runs now, whenever it was found: an item outlives the period it was found in."""
    running = ~Q(state=Rectification.State.SIGNED_OFF)
    rows = (
        Rectification.objects.filter(campaign=period.campaign, found_at__date__lte=period.ends_on)
        .values("organisation")
        .annotate(
            ledger_running=Count("pk", filter=running),
            ledger_overdue=Count("pk", filter=running & Q(due_on__lt=today)),
            ledger_reopened=Count("pk", filter=Q(reopened__gt=0)),
        )
    )
    return _named(rows)


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
    publish_figures(_published(period, windows, homes, at=at))


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


def _published(period, windows, homes, *, at):
    """New figures of windows, and of branches out of those of their windows (B12, B19)."""
    least, standing = period.plan.thresholds.public_results, _standing(period)
    shown, branches = [], defaultdict(dict)
    for pk, (satisfied, n, _) in windows.items():
        kept = standing.get(pk)
        if kept and abs(n - kept[1]) < least:  # who stands beside would read each visitor's answer
            branches[homes[pk]][pk] = kept
            continue
        branches[homes[pk]][pk] = satisfied, n
        shown.append(_figure(period, satisfied, n, at=at, window_id=pk))
    for pk, parts in branches.items():
        satisfied, n = map(sum, zip((0, 0), *shown_parts(parts, least), strict=True))
        shown.append(_figure(period, satisfied, n, at=at, organisation_id=pk))
    return shown


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


def _figure(period, satisfied, n, *, at, **place):
    definition = period.plan.satisfaction
    enough = n >= period.plan.thresholds.public_results
    return PublishedFigure(
        period=period,
        key=SATISFACTION,
        as_of=at,
        label="本期满意率",
        value=f"{satisfied / n * 100:.{definition.decimals}f}%" if enough else "",
        n=n,
        part=satisfied if enough else None,
        interval=interval_text(satisfied, n) if enough else "",
        definition=definition_text(period.plan) + ("" if "window_id" in place else LEFT_OUT),
        note="" if enough else "评价份数不足，暂不显示",
        **place,
    )
