"""What the committee sees: sums over rollup rows, never over people. The number of statements is constant."""

from dataclasses import dataclass

from django.db.models import F, Max, Q, Sum

import scoring
from branches.models import scope_paths, under
from campaigns.models import Duty, Period
from supervision.models import Rollup, Scorecard
from supervision.permissions import DASHBOARD_ROLES

SUMS = [
    "people",
    "duties",
    "duties_done",
    "duties_overdue",
    "reviews_due",
    "reviews_done",
    "reviews_overdue",
    "pledges",
    "pledges_kept",
    "ratings",
    "ratings_satisfied",
    "ratings_bad",
    "ballots_due",
    "ballots_cast",
    "ledger_running",
    "ledger_overdue",
    "ledger_reopened",
]
TREND_PERIODS = 8


@dataclass(frozen=True)
class Figures:
    """One set of sums with the shares that a page shows; None where there is nothing to divide by."""

    sums: dict
    as_of: object = None

    def __getattr__(self, name):
        if name in self.sums:
            return self.sums[name]
        raise AttributeError(name)

    @property
    def duty_share(self):
        return _share(self.duties_done, self.duties)

    @property
    def review_share(self):
        return _share(self.reviews_done, self.reviews_due)

    @property
    def satisfied_share(self):
        return _share(self.ratings_satisfied, self.ratings)

    @property
    def turnout_share(self):
        return _share(self.ballots_cast, self.ballots_due)

    @property
    def kept_share(self):
        return _share(self.pledges_kept, self.pledges)

    @property
    def margin(self):
        """Half the width of the 95 % interval of the satisfaction, 0..1."""
        if not self.ratings:
            return None
        low, high = scoring.wilson_interval(self.ratings_satisfied, self.ratings)
        return (high - low) / 2


def _share(part, whole):
    return part / whole if whole else None


def rows_for(person, period, *, below=""):
    """The rollup rows the person may see, cut to one organisation's subtree when asked."""
    scopes = scope_paths(person, *DASHBOARD_ROLES)
    return Rollup.objects.filter(under(scopes), period=period, path__startswith=below)


def totals(rows):
    found = rows.aggregate(**{name: Sum(name) for name in SUMS}, as_of=Max("as_of"))
    as_of = found.pop("as_of")
    return Figures({name: number or 0 for name, number in found.items()}, as_of)


def previous_period(period):
    return (
        Period.objects.filter(campaign=period.campaign_id, ends_on__lt=period.starts_on)
        .order_by("-ends_on")
        .first()
    )


def trend(person, campaign, *, below=""):
    """[(period name, Figures)] of the last periods, oldest first; one statement."""
    scopes = scope_paths(person, *DASHBOARD_ROLES)
    rows = (
        Rollup.objects.filter(under(scopes), period__campaign=campaign, path__startswith=below)
        .values(name=F("period__name"), begins=F("period__starts_on"))
        .annotate(**{name: Sum(name) for name in SUMS})
        .order_by("-begins")[:TREND_PERIODS]
    )
    return [
        (row["name"], Figures({name: row[name] or 0 for name in SUMS})) for row in reversed(rows)
    ]


def late_leaders(person, period, *, today, below=""):
    """Leaders whose quarterly review is overdue (P15), the latest first."""
    scopes = scope_paths(person, *DASHBOARD_ROLES)
    return (
        Duty.objects.overdue(today=today)
        .filter(
            under(scopes, "organisation__path"),
            period=period,
            act="leader_review",
            organisation__path__startswith=below,
        )
        .select_related("assignee", "organisation")
        .order_by("due_on", "pk")[:10]
    )


def band_counts(person, period, *, below=""):
    """{band: branches} of the closed period; empty while it is open."""
    scopes = scope_paths(person, *DASHBOARD_ROLES)
    rows = Scorecard.objects.latest().filter(
        under(scopes, "organisation__path"),
        period=period,
        subject="branch",
        organisation__path__startswith=below,
    )
    counts = {}
    for band in rows.exclude(band="").values_list("band", flat=True):
        counts[band] = counts.get(band, 0) + 1
    return counts


ORDERS = {
    "path": ("path",),
    "duties": (F("duties_done") * 1.0 / F("duties"),),
    "overdue": ("-duties_overdue", "path"),
    "reviews": ("-reviews_overdue", "path"),
    "ratings": ("-ratings", "path"),
    "bad": ("-ratings_bad", "path"),
}


def table(rows, order):
    """Rows for the branch table in one of the listed orders."""
    chosen = order if order in ORDERS else "path"
    rows = rows.select_related("organisation").filter(Q(people__gt=0) | Q(duties__gt=0))
    if chosen == "duties":
        return rows.exclude(duties=0).order_by(*ORDERS["duties"], "path")
    return rows.order_by(*ORDERS[chosen])
