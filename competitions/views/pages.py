"""What the pages of 比与创 have in common: their tabs, and lists that look alike."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import render
from django.urls import reverse

from branches.models import Organisation, scope_paths, under
from common import downloads
from common.paging import page_of
from competitions.permissions import RUNNERS

# (what the tab says, URL name, mechanisms of which one must be in the plan; none: always there)
TABS = (
    ("总览", "competitions:compare_home", ()),
    ("竞赛", "competitions:contest_list", ("contest",)),
    ("指标", "competitions:indicator_list", ("indicator",)),
    ("评选", "competitions:selection_list", ("title",)),
    ("活动", "competitions:activity_list", ("activity",)),
    ("自查", "competitions:check_list", ("checklist",)),
    ("无差错", "competitions:streak_list", ("streak",)),
    ("目标", "competitions:target_list", ("target",)),
    ("培养", "competitions:growth_list", ("development",)),
    ("典型", "competitions:case_list", ()),
    ("结对", "competitions:pair_list", ()),
)


def tabs_of(request):
    """[(label, url, is here)] of what the present plan asks for."""
    plan = request.period.plan if request.period else None
    used = {item.mechanism for item in plan.items()} if plan else set()
    here = request.resolver_match.view_name
    return [
        (label, reverse(name), name == here)
        for label, name, mechanisms in TABS
        if not mechanisms or used & set(mechanisms)
    ]


def scope_of(request):
    """The highest organisation in the campaign that the person is responsible for, or 403."""
    first = organisations_of(request).order_by("depth", "path").first()
    if first is None:
        raise PermissionDenied
    return first


def organisations_of(request):
    return Organisation.objects.active().filter(
        under(scope_paths(request.user, *RUNNERS)),
        path__startswith=request.campaign.organisation.path,
    )


SUBJECTS = ("person__name", "window__name", "branch__name", "branch__short_name")
LONGEST_SEARCH = 40


def found_by(request, rows, fields):
    """Only the rows that hold the words of ?find= in one of the fields."""
    words = request.GET.get("find", "").strip()[:LONGEST_SEARCH]
    if not words:
        return rows
    hit = Q()
    for field in fields:
        hit |= Q(**{f"{field}__icontains": words})
    return rows.filter(hit)


def chosen(request, name, options):
    """The value of a filter when it is one of its options, else "" (all)."""
    asked = request.GET.get(name, "")
    return asked if asked in {str(value) for value, _ in options} else ""


def list_page(request, rows, line, *, title, headings, empty, sub="", search=(), **more):  # noqa: PLR0913 (a page)
    """`line(row)` = (address or None, cells, (state, word) or None); the state has the last heading."""
    rows = found_by(request, rows, search)
    if downloads.is_asked(request):
        return downloads.listing(request, title, _columns(headings), _lines(rows, line))
    page = page_of(request, rows)
    lines = []
    for row in page.object_list:
        url, cells, state = line(row)
        lines.append((url, list(zip(headings, cells, strict=False)), state))
    context = {
        "title": title,
        "sub": sub,
        "headings": headings,
        "page": page,
        "rows": lines,
        "empty": empty,
        "find": request.GET.get("find", "")[:LONGEST_SEARCH] if search else None,
        "asked": any(value for key, value in request.GET.items() if key != "page"),
        "tabs": tabs_of(request),
        **more,
    }
    return render(request, "competitions/list.html", context)


def _lines(rows, line):
    """The words of each row as its page shows them, one after the other."""
    rows = rows.iterator(chunk_size=downloads.AT_ONCE) if isinstance(rows, QuerySet) else rows
    for row in rows:
        _, cells, state = line(row)
        yield [*cells, *((state[1],) if state else ())]


def _columns(headings):
    """A cell a heading; a row may have fewer."""
    return [
        (heading, lambda cells, number=number: dict(enumerate(cells)).get(number))
        for number, heading in enumerate(headings)
    ]
