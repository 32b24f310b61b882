"""牌证印制: what there is to print, what must be reprinted, files made in the background."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Organisation, scope_paths, under
from common import downloads, jobs
from common.addresses import absolute
from common.dates import today
from common.paging import page_of
from common.tasks import ring
from pledges import actions, queries
from pledges.excel import PRINTS
from pledges.forms import PrintForm, layouts_of
from pledges.models import PrintBatch
from pledges.permissions import KEEPERS, can_print_any

STATES = [
    ("", "全部"),
    ("stale", "内容已变，须重印"),
    ("never", "还没印"),
    ("current", "与现在一致"),
    ("incomplete", "内容不全"),
]


@require_http_methods(["GET", "HEAD", "POST"])
def print_list(request):
    """Everything of one kind in one organisation, with how its newest print stands (L04)."""
    if not can_print_any(request.user):
        raise PermissionDenied
    organisations = Organisation.objects.active().filter(under(scope_paths(request.user, *KEEPERS)))
    organisation = _chosen(organisations, request.GET.get("organisation"))
    day = today()
    periods = queries.periods_over(organisation, today=day)
    period = _period(request, periods)
    offered = queries.printables(period.plan) if period else {}
    kind = _kind(offered, request.GET.get("kind"))
    faces = queries.faces_of(offered[kind], organisation, period=period, today=day) if kind else []
    lines = queries.print_lines(faces, period.campaign_id if period else None)
    form = PrintForm(request.POST or None, kind=kind, lines=lines)
    if request.method == "POST" and kind and form.is_valid():
        return _order(request, kind, (organisation, period.campaign), form.cleaned_data)
    if downloads.is_asked(request):
        shown = _shown(request, lines)
        return downloads.listing(request, "牌证印制", PRINTS, shown, unit=organisation.name)
    context = _context(request, lines, form) | {
        "organisation": organisation,
        "organisations": organisations,
        "period": period,
        "periods": periods,
        "kind": kind,
        "kinds": [(key, PrintBatch.Kind(key).label) for key in offered],
        "layouts": layouts_of(kind),
        "batches": queries.recent_batches(request.user)[:5],
    }
    return render(request, "pledges/print_list.html", context)


def _chosen(organisations, number):
    """The organisation of the URL when one prints for it, else the first one does."""
    known = {str(one.pk): one for one in organisations}
    return known.get(number) or next(iter(known.values()))


def _kind(offered, asked):
    return asked if asked in offered else next(iter(offered), "")


def _shown(request, lines):
    asked, state = _asked(request)
    return [line for line in lines if asked in line.face.title and state in {"", line.state}]


def _asked(request):
    return request.GET.get("q", "").strip()[:60], request.GET.get("state", "")


def _context(request, lines, form):
    asked, state = _asked(request)
    return {
        "form": form,
        "page": page_of(request, _shown(request, lines)),
        "asked": asked,
        "state": state,
        "states": STATES,
        "needed": sum(line.needs_printing for line in lines),
        "stale": sum(line.state == "stale" for line in lines),
        "unseen": list(dict.fromkeys(one for line in lines for one in line.face.unseen)),
    }


def _period(request, periods):
    """The campaign that is open on the page where it runs over this organisation too, else the first."""
    open_one = request.campaign.pk if request.campaign else None
    return queries.period_of(periods, open_one) or queries.period_of(periods, None)


def _order(request, kind, place, chosen):
    at, (organisation, campaign) = timezone.now(), place
    batch = actions.order_prints(
        kind=kind,
        layout=chosen["layout"],
        organisation=organisation,
        campaign=campaign,
        subjects=chosen["subjects"],
        by=request.user,
        at=at,
    )
    job = jobs.request(
        "pledges.print",
        key=f"print:{batch.pk}",
        label=f"印制{batch.get_kind_display()} {len(batch.subjects)} 份",
        arguments={
            "batch": batch.pk,
            "base": absolute(request, "pledges:window_board_list").removesuffix("/w/"),
        },
        by=request.user,
        at=at,
    )
    ring(job)
    return redirect("common:job_detail", job.pk)


@require_safe
def print_batch(request, pk):
    batch = _batch(request, pk)
    return render(
        request,
        "pledges/print_batch.html",
        {
            "batch": batch,
            "records": batch.records.select_related("person", "window").order_by("pk"),
            "may_show": bool(batch.made_at) and queries.may_still_show(batch),
        },
    )


@require_safe
def print_file(request, pk):
    """As an attachment only. A file with a withdrawn photo goes at the first attempt (A10)."""
    batch = _batch(request, pk)
    if batch.made_at and not queries.may_still_show(batch):
        actions.drop_print_file(batch)
        return redirect("pledges:print_batch", batch.pk)
    if not batch.file:
        raise Http404
    try:
        file = batch.file.open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{batch.get_kind_display()}-{timezone.localdate(batch.made_at)}.pdf",
        content_type="application/pdf",
    )


def _batch(request, pk):
    batches = PrintBatch.objects.visible_to(request.user)
    return get_object_or_404(batches.select_related("organisation", "requested_by"), pk=pk)
