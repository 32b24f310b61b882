"""The organisers' side of panels, surveys and votes: open, print codes, watch turnout, close, read."""

from operator import itemgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches.models import scope_paths, under
from common import downloads
from common.addresses import absolute
from common.dates import today
from common.paging import page_of
from evaluations.actions import polls as actions
from evaluations.actions.polls import PollRefused
from evaluations.excel import poll_columns, supervisor_columns
from evaluations.forms.polls import PassForm, PollForm, SupervisorForm
from evaluations.models import Poll, Supervisor
from evaluations.permissions import polls as permissions
from evaluations.queries import polls as queries
from evaluations.views.rating import qr_image


def poll_list(request):
    polls = Poll.objects.visible_to(request.user).select_related("organisation", "period")
    if request.campaign:
        polls = polls.filter(campaign=request.campaign)
    polls = polls.order_by("-closes_on", "-pk")
    if downloads.is_asked(request):
        return downloads.listing(request, "代表评议和调查", poll_columns(today()), polls)
    context = {
        "page": page_of(request, polls),
        "can_open": permissions.can_open_polls(request.user),
        "day": today(),
    }
    return render(request, "evaluations/poll_list.html", context)


def poll_add(request):
    if not permissions.can_open_polls(request.user):
        raise PermissionDenied
    period = request.period
    offers = queries.offers(period.plan) if period and period.is_open else []
    if not offers:
        return render(request, "evaluations/poll_add.html", {"form": None})
    form = _new_form(request, period, offers)
    if form.is_valid():
        poll = form.instance
        try:
            actions.open_poll(
                poll,
                offer=form.offers[form.cleaned_data["offer"]],
                organisations=list(form.cleaned_data["organisations"]),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, "已开启。下一步：打印评议码，或公布链接。")
            return redirect("evaluations:poll_detail", poll.pk)
        except PollRefused as refused:
            form.add_error("organisations", str(refused))
    return render(request, "evaluations/poll_add.html", {"form": form})


def _new_form(request, period, offers):
    campaign = request.campaign
    scopes = under(scope_paths(request.user, *permissions.ORGANISERS))
    return PollForm(
        request.POST or None,
        instance=Poll(campaign=campaign, period=period, organisation=campaign.organisation),
        offers=offers,
        organisations=queries.organisations_for(campaign, scopes),
        initial={"opens_on": today(), "closes_on": period.ends_on},
    )


def poll_detail(request, pk):
    poll = _visible(request, pk)
    may_run = permissions.can_run_poll(request.user, poll)
    lines = queries.results(poll)
    if "export" in request.GET and lines:
        return _workbook(request, poll, lines)
    offer = queries.offer_of(poll)
    address = absolute(request, "evaluations:poll_open", poll.slug)
    context = {
        "poll": poll,
        "turnout": queries.turnout(poll),
        "subjects": poll.subjects.count(),
        "page": page_of(request, lines),
        "lines": lines,
        "remarks": poll.remarks.order_by("id") if may_run and lines else [],
        "can_run": may_run,
        "pass_form": PassForm(classes=offer.classes),
        "address": address if poll.access == Poll.Access.OPEN else "",
        "qr": qr_image(address) if poll.access == Poll.Access.OPEN else "",
    }
    return render(request, "evaluations/poll_detail.html", context)


def _workbook(request, poll, lines):
    rows = (
        [line.subject, line.rater, q["name"], level, count, q["n"]]
        for line in lines
        for q in line.questions
        for level, count, _ in q["bars"] or [(q.get("mean", ""), "", "")]
    )
    headings = ("对象", "评议主体", "问题", "档次", "票数", "有效票")
    columns = [
        ("评议", lambda row: poll.name),
        *((word, itemgetter(place)) for place, word in enumerate(headings)),
    ]
    unit = poll.organisation.name
    return downloads.listing(request, "评议分类结果", columns, rows, unit=unit)


def poll_codes(request, pk):
    """A sheet of one-time codes of one class; shown once, kept hashed."""
    poll = _runnable(request, pk)
    form = PassForm(request.POST or None, classes=queries.offer_of(poll).classes)
    if form.is_valid():
        try:
            codes = actions.issue_passes(
                poll, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except PollRefused as refused:
            form.add_error(None, str(refused))
        else:
            name = dict(form.fields["rater_class"].choices)[form.cleaned_data["rater_class"]]
            tickets = [
                (code, qr_image(absolute(request, "evaluations:poll_answer", code)))
                for code in codes
            ]
            context = {"poll": poll, "rater": name, "tickets": tickets}
            return render(request, "evaluations/poll_sheet.html", context)
    return render(request, "evaluations/poll_codes.html", {"form": form, "poll": poll})


@require_POST
def poll_close(request, pk):
    poll = _runnable(request, pk)
    try:
        actions.close_poll(poll, by=request.user, at=timezone.now())
        messages.success(request, "已结束，结果按人数门槛显示。")
    except PollRefused as refused:
        messages.error(request, str(refused))
    return redirect("evaluations:poll_detail", poll.pk)


def _visible(request, pk):
    polls = Poll.objects.visible_to(request.user).select_related(
        "organisation", "period__scheme_version", "campaign", "opened_by", "closed_by"
    )
    return get_object_or_404(polls, pk=pk)


def _runnable(request, pk):
    poll = _visible(request, pk)
    if not permissions.can_run_poll(request.user, poll):
        raise PermissionDenied
    return poll


# -- supervisors


def supervisor_list(request):
    rows = Supervisor.objects.visible_to(request.user).order_by("-ends_on", "name", "pk")
    if request.campaign:
        rows = rows.filter(campaign=request.campaign)
    plan = request.campaign.plan if request.campaign else None
    names = {rater.key: rater.name for rater in plan.rater_classes} if plan else {}
    if downloads.is_asked(request):
        return downloads.listing(request, "特邀监督员", supervisor_columns(names), rows)
    context = {
        "page": page_of(request, rows),
        "names": names,
        "day": today(),
        "can_appoint": permissions.can_appoint_supervisors(request.user),
    }
    return render(request, "evaluations/supervisor_list.html", context)


def supervisor_add(request):
    """聘书: printed at once with the personal link, which is shown only this time."""
    if not permissions.can_appoint_supervisors(request.user):
        raise PermissionDenied
    campaign = request.campaign
    classes = (
        [(one.key, one.name) for one in campaign.plan.rater_classes_from("panel")]
        if campaign
        else []
    )
    if not classes:
        return render(request, "evaluations/supervisor_add.html", {"form": None})
    supervisor = Supervisor(campaign=campaign, organisation=campaign.organisation)
    form = SupervisorForm(request.POST or None, instance=supervisor, classes=classes)
    if form.is_valid():
        code = actions.appoint_supervisor(supervisor, by=request.user, at=timezone.now())
        address = absolute(request, "evaluations:supervisor_today", code)
        context = {
            "supervisor": supervisor,
            "rater": dict(classes)[supervisor.rater_class],
            "code": code,
            "qr": qr_image(address),
        }
        return render(request, "evaluations/supervisor_letter.html", context)
    return render(request, "evaluations/supervisor_add.html", {"form": form})


@require_POST
def supervisor_end(request, pk):
    supervisor = get_object_or_404(Supervisor.objects.visible_to(request.user), pk=pk)
    if not permissions.can_end_supervisor(request.user, supervisor):
        raise PermissionDenied
    actions.end_supervisor(supervisor, by=request.user, at=timezone.now())
    messages.success(request, "任期到今天为止。")
    return redirect("evaluations:supervisor_list")
