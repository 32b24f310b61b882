from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from branches.models import Organisation
from campaigns.models import Period
from common.dates import today
from supervision.excel import dashboard_workbook
from supervision.excel.dashboard import overall
from supervision.permissions import (
    can_keep_robots,
    can_see_archives,
    can_see_dashboard,
    can_urge_late,
)
from supervision.queries import dashboard as queries

PAGE = 50
WALL_ROWS = 6  # what a wall screen holds without scrolling


def dashboard(request):
    """督查看板: coverage, late reviews, satisfaction with n and interval, trend, branch table."""
    period, below = _asked(request)
    if period is None:
        return render(request, "supervision/dashboard_empty.html")
    told, order = _told(request, period, below), request.GET.get("order", "path")
    pages = Paginator(queries.cells(_rows(request, period, below), order), PAGE)
    pages.count = queries.row_count(told["spans"], period, order)
    context = {
        **told,
        "page": pages.get_page(request.GET.get("page")),
        "order": order,
        "can_urge": can_urge_late(request.user),
        "sees_archives": can_see_archives(request.user, request.campaign),
        "can_keep_robots": can_keep_robots(request.user, request.campaign),
    }
    return render(request, "supervision/dashboard.html", context)


def dashboard_wall(request):
    """The same figures for a screen on the wall: 1920 × 1080, turning its pages, fetching itself anew."""
    period, below = _asked(request)
    if period is None:
        raise Http404
    rows = _rows(request, period, below)
    table = queries.table(rows, "duties")
    context = {
        **_shared(request, period, below),
        "best": list(table.reverse()[:WALL_ROWS]),
        "behind": list(table[:WALL_ROWS]),
    }
    return render(request, "supervision/dashboard_wall.html", context)


def _told(request, period, below):
    """What page and workbook both tell."""
    late = queries.late_leaders(request.user, period, today=today(), below=_path(below))
    return {
        **_shared(request, period, below),
        "late_leaders": late,
        **_inside(period, below),
    }


def _shared(request, period, below):
    """What page and wall both show."""
    path = _path(below)
    found = queries.spans(request.user, period.campaign_id, below=path)
    figures, before = queries.shown_and_compared(found, period, request.GET.get("with", ""))
    return {
        "shown_period": period,
        "below": below,
        "here": _here(period, below),
        "figures": figures,
        "before": before and before.figures,
        "before_span": before,
        "spans": found,
        "bad": queries.bad_ratings(request.user, period, today=today(), below=path),
        "classes": queries.class_counts(request.user, period, below=path),
        "bands": queries.band_counts(request.user, period, below=path),
        "charts": _charts(found[-queries.TREND_PERIODS :]),
    }


def _inside(period, below):
    """One branch opened: its windows and its people."""
    if below is None or below.kind != "branch":
        return {}
    return {
        "windows": queries.windows_of(period, below),
        "people": queries.people_of(period, below, today=today()),
    }


def _here(period, below):
    """What the lists behind the figures are asked for: the same period, the same place."""
    return urlencode({"period": period.key} | ({"org": below.code} if below else {}))


def _path(below):
    return below.path if below else ""


@require_safe
def dashboard_report(request):
    """The same as a report on A4: every branch, not one page of them (look.md, print)."""
    period, below = _asked(request)
    if period is None:
        raise Http404
    told = _told(request, period, below)
    table = queries.table(_rows(request, period, below), request.GET.get("order", "path"))
    context = {**told, "overall": overall(told), "rows": list(table)}
    return render(request, "supervision/dashboard_report.html", context)


@require_safe
def dashboard_export(request):
    """Everything that is on the page, all pages of the table, as Excel."""
    period, below = _asked(request)
    if period is None:
        raise Http404
    table = queries.table(_rows(request, period, below), request.GET.get("order", "path"))
    return dashboard_workbook(request, _told(request, period, below), table)


def _asked(request):
    """(period, organisation or None) of the URL, within what the person may see."""
    if not request.campaign:
        return None, None
    if not can_see_dashboard(request.user, request.campaign):
        raise PermissionDenied
    period = request.period
    if key := request.GET.get("period"):
        period = get_object_or_404(Period, campaign=request.campaign, key=key[:20])
    below = None
    if code := request.GET.get("org"):
        visible = Organisation.objects.visible_to(request.user)
        below = get_object_or_404(visible, code=code[:40])
    return period, below


def _rows(request, period, below):
    return queries.rows_for(request.user, period, below=below.path if below else "")


def _charts(found):
    """Two trends; each comes with its table, both from the same rows. A running period is drawn dashed."""
    shared = {
        "kind": "line",
        "unit": "%",
        "min": 0,
        "max": 100,
        "step": 25,
        "running": bool(found) and found[-1].is_open,
        "labels": [span.name + ("（未完）" if span.is_open else "") for span in found],
    }
    return [
        shared
        | {
            "id": "duties",
            "caption": "职责完成与点评覆盖",
            "series": [
                _series("职责完成率", found, "duty_share"),
                _series("点评覆盖率", found, "review_share"),
            ],
        },
        shared
        | {
            "id": "satisfaction",
            "caption": "群众满意率",
            "series": [_series("满意率", found, "satisfied_share")],
        },
    ]


def _series(label, found, name):
    shares = [getattr(span.figures, name) for span in found]
    values = [None if share is None else round(share * 100, 1) for share in shares]
    return {"name": label, "values": values}
