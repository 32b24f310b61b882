"""Paper slips as totals: typed in by one, typed again by another, counted when they agree (P05)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from branches.models import Window
from common import downloads
from common.dates import today
from common.paging import page_of
from evaluations.actions.papers import PaperRefused, type_paper
from evaluations.excel import PAPERS
from evaluations.forms.papers import PaperForm
from evaluations.models import PaperSheet, Poll, Round
from evaluations.permissions.paper import can_type_paper, can_type_papers
from evaluations.queries import papers as queries
from evaluations.queries import polls as poll_queries
from evaluations.queries.ratings import running_period


def paper_list(request):
    if downloads.is_asked(request):
        return downloads.listing(request, "纸质表", PAPERS, queries.listed(request.user))
    context = {
        "page": page_of(request, queries.listed(request.user)),
        "can_type": can_type_papers(request.user),
        "windows": _windows(request),
        "polls": Poll.objects.visible_to(request.user).running(today=today()).order_by("-pk")[:20],
        "me": request.user.pk,
        "actions": [("Excel 导入", reverse("branches:import_add", args=["papers"]), "upload")]
        if can_type_papers(request.user)
        else [],
    }
    return render(request, "evaluations/paper_list.html", context)


def _windows(request):
    """Where somebody may type and the plan asks for paper."""
    period = request.period
    if not can_type_papers(request.user) or not (period and queries.window_form(period.plan)):
        return []
    windows = Window.objects.visible_to(request.user).open()
    return windows.order_by("organisation__path", "number", "pk")[:200]


def paper_window(request, pk):
    """A new pile about a window."""
    windows = Window.objects.visible_to(request.user).open().select_related("organisation")
    window = get_object_or_404(windows, pk=pk)
    if not can_type_paper(request.user, window.organisation):
        raise PermissionDenied
    period = running_period(window, today=today())
    form = queries.window_form(period.plan) if period else None
    if form is None:
        raise Http404
    sheet = PaperSheet(period=period, window=window)
    return _type(request, sheet, form, window.name)


def paper_poll(request, pk):
    """A new pile about a subject of a panel or survey: a person or a unit."""
    polls = Poll.objects.visible_to(request.user).select_related(
        "organisation", "period__scheme_version", "campaign"
    )
    poll = get_object_or_404(polls, pk=pk)
    if not can_type_paper(request.user, poll.organisation):
        raise PermissionDenied
    targets = [
        (f"{position}:{key}", f"{name}（{label}）")
        for position, name in poll.subjects.order_by("position").values_list("position", "name")
        for key, label in poll_queries.offer_of(poll).classes
    ]
    form = queries.poll_form(poll)
    if form.has_figures:
        messages.error(request, "这份评议要写分数，请发评议码在手机上填；纸质表只能录打档的。")
        return redirect("evaluations:poll_detail", poll.pk)
    sheet = PaperSheet(period=poll.period, poll=poll)
    return _type(request, sheet, form, poll.name, targets)


def paper_round(request, pk):
    """The one pile of a small branch's 纸质测评: whoever comes second finds what the first began."""
    rounds = Round.objects.visible_to(request.user).filter(form=Round.Form.PAPER)
    held = get_object_or_404(rounds.select_related("organisation", "period"), pk=pk)
    if not can_type_paper(request.user, held.organisation):
        raise PermissionDenied
    begun = held.paper_sheets.first()
    if begun:
        return redirect("evaluations:paper_detail", begun.pk)
    if not held.is_open:
        raise Http404
    sheet = PaperSheet(period=held.period, round=held, form=held.sheet.name[:60], pile="全部")
    return _type(request, sheet, queries.round_form(held), held.name)


def paper_detail(request, pk):
    """Where the pile stands; the form for whoever has to type it (again)."""
    sheets = PaperSheet.objects.visible_to(request.user).select_related(
        "window__organisation", "poll__organisation", "poll__period__scheme_version",
        "poll__campaign", "period__scheme_version", "round__organisation", "round__period",
    )  # fmt: skip
    sheet = get_object_or_404(sheets, pk=pk)
    place = sheet.place
    if not can_type_paper(request.user, place.organisation):
        raise PermissionDenied
    return _type(request, sheet, queries.form_of(sheet), place.name)


def _type(request, sheet, sheet_form, place, targets=()):
    form = PaperForm(
        request.POST or None,
        form=sheet_form,
        is_new=sheet.pk is None and sheet.round_id is None,
        targets=targets,
    )
    if form.is_valid():
        _name(sheet, form.cleaned_data)
        try:
            typed = type_paper(
                sheet,
                slips=form.cleaned_data["slips"],
                totals=form.totals,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, SAID[typed.state])
            return redirect("evaluations:paper_detail", typed.pk)
        except PaperRefused as refused:
            form.add_error(None, str(refused))
            sheet.pk = None if sheet._state.adding else sheet.pk
    return render(request, "evaluations/paper_type.html", _context(request, sheet, form, place))


SAID = {
    "waiting": "已记下，等另一个人再录一遍。",
    "differs": "和另一个人录的不一样，请一起核对。",
    "counted": "两次一致，已计入。",
}


def _name(sheet, cleaned):
    if "pile" in cleaned:
        sheet.form, sheet.pile = cleaned["name"], cleaned["pile"].strip()
    if "target" in cleaned:
        position, _, rater = cleaned["target"].partition(":")
        sheet.position, sheet.rater_class = int(position), rater


def _context(request, sheet, form, place):
    entries = queries.entries_of(sheet) if sheet.pk else []
    mine = any(entry.by_id == request.user.pk for entry in entries)
    return {
        "sheet": sheet,
        "form": form,
        "place": place,
        "entries": entries,
        "mine": mine,
        # a second person types blind: the differences are shown to those who have typed
        "differences": queries.differences(form.sheet_form, entries) if mine else [],
    }
