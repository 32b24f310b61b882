"""台账中心: the standard ledgers on one page, for one period and one organisation, ready to print."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.models import Organisation, scope_paths, under
from branches.queries import party_roster
from common import downloads
from common.dates import today
from evaluations.excel import review_ledger
from evaluations.models import Review
from pledges.excel import pledge_ledger
from pledges.models import Pledge
from supervision.excel import ledger_columns, score_columns
from supervision.models import Rectification, Scorecard
from supervision.permissions import DASHBOARD_ROLES
from supervision.queries.ledger import words_of

TREE = ("committee", "general_branch", "branch")


class Book(NamedTuple):
    """`rows(person, period, organisation)` are what the viewer may see; `columns(rows, period)`."""

    name: str
    hint: str
    rows: Callable
    columns: Callable[..., list[tuple[str, Callable[[Any], Any]]]]


def _pledges(person, period, organisation):
    pledges = Pledge.objects.visible_to(person).with_owners()
    return (
        pledges.filter(period=period, organisation__path__startswith=organisation.path)
        .exclude(status=Pledge.Status.DRAFT)
        .order_by("organisation__path", "owner_person__name_pinyin", "pk")
    )


def _items(person, period, organisation):
    return (
        Rectification.objects.visible_to(person)
        .with_extensions()
        .filter(period=period, organisation__path__startswith=organisation.path)
        .select_related("organisation", "window", "owner", "signed_off_by")
        .order_by("organisation__path", "found_at", "pk")
    )


def _reviews(person, period, organisation):
    return (
        Review.objects.current()
        .filter(pk__in=Review.objects.visible_to(person).values("pk"))
        .filter(period=period, organisation__path__startswith=organisation.path)
        .select_related("person", "author", "organisation", "period__scheme_version")
        .order_by("organisation__path", "person__name_pinyin", "written_at", "pk")
    )


def _cards(subject):
    def rows(person, period, organisation):
        return (
            Scorecard.objects.visible_to(person)
            .latest()
            .filter(
                subject=subject, period=period, organisation__path__startswith=organisation.path
            )
            .select_related("organisation", "period__scheme_version")
            .order_by("group", "rank", "subject_name", "pk")
        )

    return rows


BOOKS = {
    "pledges": Book(
        "承诺台账", "承诺事项、目标、时限和兑现情况", _pledges, lambda rows, period: pledge_ledger()
    ),
    "rectifications": Book(
        "整改台账",
        "问题、措施、责任人、时限和销号",
        _items,
        lambda rows, period: ledger_columns(words_of(period.plan)),
    ),
    "reviews": Book(
        "点评台账", "谁在何时点评了谁，说了什么", _reviews, lambda rows, period: review_ledger()
    ),
    **{
        f"scores-{subject.value}": Book(
            f"得分汇总（{subject.label}）",
            "各项得分、总分、同类名次和等次",
            _cards(subject),
            lambda rows, period: score_columns(rows),
        )
        for subject in (
            Scorecard.Subject.BRANCH,
            Scorecard.Subject.WINDOW,
            Scorecard.Subject.PERSON,
        )
    },
}


@require_safe
def book_list(request):
    organisations, chosen = _chosen(request)
    lines = []
    for key, book in BOOKS.items():
        rows = book.rows(request.user, request.period, chosen)
        lines.append((key, book, rows.count() if request.period else 0))
    context = {
        "organisations": organisations,
        "chosen": chosen,
        "lines": lines,
        "party_count": party_roster(request.user, chosen, today=today()).count(),
        "periods": request.campaign.periods.order_by("-starts_on") if request.campaign else [],
    }
    return render(request, "supervision/book_list.html", context)


@require_safe
def book_export(request, key):
    _, chosen = _chosen(request)
    book, period = BOOKS.get(key), request.period
    if book is None or period is None:
        raise Http404
    rows = book.rows(request.user, period, chosen)
    if key.startswith("scores-"):
        rows = list(rows)  # each card tells its parts once, for the columns and for its row
    columns = book.columns(rows, period)
    noted = {"organisation": chosen.name, "period": period.key}
    return downloads.listing(
        request,
        book.name,
        columns,
        rows,
        unit=chosen.name,
        period=period.name,
        ledger=True,
        noted=noted,
    )


def _chosen(request):
    """Organisations the viewer looks into by a role, and the one asked for: the topmost by default."""
    scopes = scope_paths(request.user, *DASHBOARD_ROLES)
    if not scopes:
        raise PermissionDenied
    organisations = Organisation.objects.active().filter(under(scopes), kind__in=TREE)
    asked = request.GET.get("organisation", "")
    chosen = organisations.filter(pk=asked).first() if asked.isdecimal() else None
    if asked and chosen is None:
        raise Http404
    chosen = chosen or organisations.first()
    if chosen is None:
        raise PermissionDenied
    return organisations, chosen
