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
    windows, organisations = _rating_counts(period, definition)
    shown = [_figure(period, counts, at=at, window_id=pk) for pk, counts in windows.items()]
    for organisation, counts in organisations.items():
        satisfied, n, bad = satisfaction_of(definition, counts)
        figures[organisation].update(ratings=n, ratings_satisfied=satisfied, ratings_bad=bad)
        shown.append(_figure(period, counts, at=at, organisation_id=organisation))
    publish_figures(shown)


def _rating_counts(period, definition):
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
    windows, organisations = defaultdict(dict), defaultdict(lambda: defaultdict(int))
    for window, organisation, level, total in rows:
        windows[window][level] = total
        organisations[organisation][level] += total
    return windows, organisations


def _figure(period, counts, *, at, **place):
    definition = period.plan.satisfaction
    satisfied, n, _bad = satisfaction_of(definition, counts)
    enough = n >= period.plan.thresholds.public_results
    return PublishedFigure(
        period=period,
        key="satisfaction",
        as_of=at,
        label="本期满意率",
        value=f"{satisfied / n * 100:.{definition.decimals}f}%" if enough else "",
        n=n,
        interval=interval_text(satisfied, n) if enough else "",
        definition=definition_text(period.plan),
        note="" if enough else "评价份数不足，暂不显示",
        **place,
    )
