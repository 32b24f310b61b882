from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from branches.models import Organisation
from campaigns.models import Period
from common.dates import today
from supervision.excel import dashboard_workbook
from supervision.permissions import can_keep_robots, can_see_dashboard, can_urge_late
from supervision.queries import dashboard as queries

PAGE = 50


def dashboard(request):
    """督查看板: coverage, late reviews, satisfaction with n and interval, trend, branch table."""
    period, below = _asked(request)
    if period is None:
        return render(request, "supervision/dashboard_empty.html")
    rows = queries.rows_for(request.user, period, below=below.path if below else "")
    page = Paginator(queries.table(rows, request.GET.get("order", "path")), PAGE).get_page(
        request.GET.get("page")
    )
    before = queries.previous_period(period)
    context = {
        "shown_period": period,
        "below": below,
        "figures": queries.totals(rows),
        "before": before and queries.totals(_rows(request, before, below)),
        "before_period": before,
        "page": page,
        "order": request.GET.get("order", "path"),
        "late_leaders": queries.late_leaders(
            request.user, period, today=today(), below=below.path if below else ""
        ),
        "bands": queries.band_counts(request.user, period, below=below.path if below else ""),
        "can_urge": can_urge_late(request.user),
        "can_keep_robots": can_keep_robots(request.user, request.campaign),
        "charts": _charts(request, period, below),
    }
    return render(request, "supervision/dashboard.html", context)


def dashboard_export(request):
    """The table as shown, all pages, as Excel."""
    period, below = _asked(request)
    rows = _rows(request, period, below)
    table = queries.table(rows, request.GET.get("order", "path"))
    return dashboard_workbook(period, table.iterator(chunk_size=1000))


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


def _charts(request, period, below):
    """Two trends; each comes with its table, both from the same rows."""
    found = queries.trend(request.user, period.campaign_id, below=below.path if below else "")
    labels = [name for name, _ in found]

    def percents(name):
        shares = [getattr(figures, name) for _, figures in found]
        return [None if share is None else round(share * 100, 1) for share in shares]

    return [
        {
            "id": "duties",
            "kind": "line",
            "caption": "职责完成与点评覆盖",
            "unit": "%",
            "max": 100,
            "labels": labels,
            "series": [
                {"name": "职责完成率", "values": percents("duty_share")},
                {"name": "点评覆盖率", "values": percents("review_share")},
            ],
        },
        {
            "id": "satisfaction",
            "kind": "line",
            "caption": "群众满意率",
            "unit": "%",
            "max": 100,
            "labels": labels,
            "series": [{"name": "满意率", "values": percents("satisfied_share")}],
        },
    ]
