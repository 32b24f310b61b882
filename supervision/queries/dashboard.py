"""What the committee sees: sums over rollup rows, never over people. The number of statements is constant."""

from dataclasses import dataclass
from datetime import UTC

from django.db import connection
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Q
from django.utils.dateparse import parse_datetime
from django.utils.timezone import make_aware

import scoring
from branches.models import Window, scope_paths, under
from campaigns.models import Duty, Period
from evaluations.models import Feedback
from evaluations.queries.feedback import weeks_of
from evaluations.queries.ratings import level_counts, satisfaction_of
from supervision.models import Rollup, Scorecard, Standing
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
TREND_PERIODS = 8  # what a chart shows
KEPT_PERIODS = 24  # what can be compared with
MOST_PEOPLE = 200


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


def _paths(person, below):
    """Where the person watches, cut to one organisation's subtree when asked."""
    scopes = scope_paths(person, *DASHBOARD_ROLES)
    if any(below.startswith(path) for path in scopes):
        return (below,)
    return tuple(path for path in scopes if path.startswith(below))


def rows_for(person, period, *, below=""):
    """The rollup rows the person may see, cut to one organisation's subtree when asked."""
    return Rollup.objects.filter(under(_paths(person, below)), period=period)


@dataclass(frozen=True)
class Span:
    """A period with its sums over what the person may see, and how many rows the table has of it."""

    pk: int
    key: str
    name: str
    is_open: bool
    figures: Figures
    rows: int = 0
    rows_with_duties: int = 0


def spans(person, campaign, *, below=""):
    """The last periods with figures, oldest first; one statement for the page's figures, comparison, trend, pager."""
    paths = _paths(person, below)
    if not paths:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            SPANS.format(under=" OR ".join(["path LIKE %s"] * len(paths))),
            [campaign, *(f"{path}%" for path in paths), KEPT_PERIODS],
        )
        return [_span(*row) for row in reversed(cursor.fetchall())]


# By hand: the model layer needs ten times the time of the database to write these eighteen sums.
SPANS = f"""
SELECT period.id, period.key, period.name, period.state, MAX(as_of),
       SUM(CASE WHEN people > 0 OR duties > 0 THEN 1 ELSE 0 END),
       SUM(CASE WHEN duties > 0 THEN 1 ELSE 0 END), {", ".join(f"SUM({name})" for name in SUMS)}
FROM {Rollup._meta.db_table} JOIN {Period._meta.db_table} AS period ON period.id = period_id
WHERE period.campaign_id = %s AND ({{under}})
GROUP BY period.id ORDER BY period.starts_on DESC, period.id DESC LIMIT %s
"""  # noqa: S608 (names from code)


def _span(pk, key, name, state, latest, rows, rows_with_duties, *sums):  # noqa: PLR0913 (a row's cells)
    if isinstance(latest, str):  # SQLite keeps moments as text in UTC
        latest = make_aware(parse_datetime(latest), UTC)
    figures = Figures(dict(zip(SUMS, sums, strict=True)), latest)
    return Span(pk, key, name, state == Period.State.OPEN, figures, rows, rows_with_duties)


def shown_and_compared(found, period, key):
    """(figures of the period, the span it is compared with): the one asked for, else the one before."""
    places = [span.pk for span in found]
    at = places.index(period.pk) if period.pk in places else None
    figures = Figures(dict.fromkeys(SUMS, 0)) if at is None else found[at].figures
    asked = next((one for one in found if one.key == key and one.pk != period.pk), None)
    if asked or at is None:
        return figures, asked
    return figures, found[at - 1] if at else None


def bad_ratings(person, period, *, today, below=""):
    """{received, answered, late, days}: bad comments of the period and how soon they were answered (P09).

    A comment knows its week only, so days are counted from that Monday: the true figure is up to six days less.
    """
    paths = _paths(person, below)
    here, there = under(paths, "window__organisation__path"), under(paths, "organisation__path")
    waited = ExpressionWrapper(F("answered_on") - F("week_on"), output_field=DurationField())
    found = Feedback.objects.filter(
        here | there,
        campaign=period.campaign_id,
        is_bad=True,
        **weeks_of(period),
    ).aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(answered_on__isnull=False)),
        late=Count("pk", filter=Q(answered_on=None, due_on__lt=today)),
        waited=Avg(waited, filter=Q(answered_on__isnull=False)),
    )
    waited = found.pop("waited")
    return found | {"days": None if waited is None else round(waited.total_seconds() / 86400)}


def class_counts(person, period, *, below=""):
    """[(class, how many)] decided of the period, in the plan's order; empty while nothing is decided."""
    rules = period.plan.classification
    if rules is None:
        return []
    rows = (
        Standing.objects.decided()
        .filter(under(_paths(person, below), "organisation__path"), period=period)
        .values_list("decided")
        .annotate(Count("pk"))
    )
    counts = dict(rows)
    return [(one.name, counts.get(one.key, 0)) for one in rules.classes] if counts else []


def windows_of(period, branch):
    """[(window, satisfied, n, bad)] of one branch, by the scheme's definition of 满意率."""
    definition = period.plan.satisfaction
    windows = Window.objects.open().filter(organisation=branch).order_by("pk")
    counts = {}
    if definition:
        for (window, _, question, level), n in level_counts(
            period, window__organisation=branch
        ).items():
            if question == definition.question:
                own = counts.setdefault(window, {})
                own[level] = own.get(level, 0) + n
    return [
        (one, *(satisfaction_of(definition, counts.get(one.pk, {})) if definition else (0, 0, 0)))
        for one in windows
    ]


def people_of(period, branch, *, today):
    """[{assignee, name, total, done, late}] of one branch's duties, whoever is latest first."""
    done = Q(done_at__isnull=False)
    return list(
        Duty.objects.filter(period=period, organisation=branch, waived_at=None)
        .values("assignee", name=F("assignee__name"))
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=done),
            late=Count("pk", filter=~done & Q(due_on__lt=today)),
        )
        .order_by("-late", "name", "assignee")[:MOST_PEOPLE]
    )


def late_leaders(person, period, *, today, below=""):
    """Leaders whose quarterly review is overdue (P15), the latest first."""
    return (
        Duty.objects.overdue(today=today)
        .filter(
            under(_paths(person, below), "organisation__path"), period=period, act="leader_review"
        )
        .select_related("assignee", "organisation")
        .order_by("due_on", "pk")[:10]
    )


def band_counts(person, period, *, below=""):
    """{band: branches} as last closed, the best first; empty before the first closing."""
    if period.is_open and not period.reopen_reason:
        return {}
    rows = Scorecard.objects.latest().filter(
        under(_paths(person, below), "organisation__path"), period=period, subject="branch"
    )
    counted = rows.exclude(band="").values_list("band").annotate(Count("pk"), best=Max("score"))
    return {band: count for band, count, _ in counted.order_by("-best", "band")}


ORDERS = {
    "path": ("path",),
    "duties": (F("duties_done") * 1.0 / F("duties"),),
    "overdue": ("-duties_overdue", "path"),
    "reviews": ("-reviews_overdue", "path"),
    "ratings": ("-ratings", "path"),
    "bad": ("-ratings_bad", "path"),
}


def row_count(found, period, order):
    """How many rows `table` has, out of the spans: the pager needs no statement of its own."""
    span = next((one for one in found if one.pk == period.pk), None)
    if span is None:
        return 0
    return span.rows_with_duties if order == "duties" else span.rows


def table(rows, order):
    """Rows for the branch table in one of the listed orders."""
    chosen = order if order in ORDERS else "path"
    rows = rows.select_related("organisation").filter(Q(people__gt=0) | Q(duties__gt=0))
    if chosen == "duties":
        return rows.exclude(duties=0).order_by(*ORDERS["duties"], "path")
    return rows.order_by(*ORDERS[chosen])


def cells(rows, order):
    """The same as `table`, only what the page's table shows (templatetags/branch_rows.py)."""
    named = (f"organisation__{name}" for name in ("code", "short_name", "name"))
    return table(rows, order).values(*named, *SUMS)
