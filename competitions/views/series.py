"""系列排名 (B06): the contests of a named series in one table, by the plan's rule."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common import downloads
from common.paging import page_of
from competitions.models import KINDS
from competitions.queries import series as queries
from competitions.views.contests import items_of
from competitions.views.pages import chosen, tabs_of

SIZE = 100
WHOLE, RUNNING = "campaign", "period"
SUBJECTS = KINDS | {"team": "团队"}


@require_safe
def series_detail(request, item):
    """One series: whom, over which time; the same lines as chart, table and Excel."""
    found = next((one for one in items_of(request) if one.key == item), None)
    if found is None:
        raise Http404
    names = found.options.series or ("",)
    name = chosen(request, "series", [(one, one) for one in names]) or names[0]
    kinds = _kinds(found)
    kind = chosen(request, "kind", kinds) or kinds[0][0]
    span = chosen(request, "span", [(RUNNING, "")]) or WHOLE
    period = request.period if span == RUNNING else None
    contests = queries.contests_of(request.campaign, item, name, subject=kind, period=period)
    series = queries.table_of(contests, found.options)
    title = f"{name or found.name}系列排名"
    if downloads.is_asked(request):
        return downloads.listing(request, title, _columns(series), series.standings)
    context = {
        "title": title,
        "item": found,
        "series": series,
        "page": page_of(request, series.standings, size=SIZE),
        "by": queries.BY[found.options.series_by],
        "points": found.options.series_points if found.options.series_by == "points" else (),
        "ties": queries.TIES[found.options.series_tie],
        "chart": queries.chart_of(series, title) if series.standings else None,
        "choices": _choices(names, name, kinds, kind, span, request.period),
        "tabs": tabs_of(request),
        "crumbs": [("竞赛", reverse("competitions:contest_list"))],
    }
    return render(request, "competitions/series_detail.html", context)


def _kinds(item):
    kinds = [*item.options.subjects, *(("team",) if item.options.teams else ())]
    return [(kind, SUBJECTS[kind]) for kind in kinds if kind in SUBJECTS]


def _choices(names, name, kinds, kind, span, period):  # noqa: PLR0913 (three filters)
    found = [("series", "系列", [(one, one) for one in names], name)] if len(names) > 1 else []
    found += [("kind", "比谁", kinds, kind)] if len(kinds) > 1 else []
    return [*found, ("span", "时间", [(WHOLE, "整个活动"), (RUNNING, period.name)], span)]


def _columns(series):
    columns = [("名次", lambda line: line.place), ("参赛者", lambda line: line.name)]
    for number, contest in enumerate(series.contests):
        columns.append(
            (
                f"{contest.held_on} {contest.name}",
                lambda line, at=number: _cell(line.by_contest[at][1]),
            )
        )
    return [*columns, ("场次", lambda line: line.count), ("合计", lambda line: line.total)]


def _cell(cell):
    return f"第 {cell[0]} 名，{cell[1]}，计 {queries.told(cell[2])}" if cell else ""
