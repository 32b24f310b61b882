from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from branches.queries import at_place, place_asked
from common import downloads
from common.attachments import served
from common.dates import today
from common.paging import page_of
from pledges import actions
from pledges.actions.lines import add_lines
from pledges.actions.pledges import FROZEN_FIELDS, PledgeMoved
from pledges.excel import PLEDGES
from pledges.forms import PledgeForm, PledgeProgressForm, PledgeReviseForm
from pledges.models import Pledge, ProgressFile
from pledges.permissions import (
    can_conclude_pledge,
    can_edit_pledge,
    can_note_progress,
    can_review_any_pledge,
    can_review_pledge,
    can_revise_pledge,
    can_take_down_pledge,
    can_write_own_pledge,
)
from pledges.queries.hints import hints_for, line_texts
from pledges.views.owner import apply_owner, owner_choices, owner_value

PAGE = 20
OWNER_WORDS = {"person": "个人", "branch": "支部", "window": "窗口"}
SHOWN = "public"  # whatever hangs in public, judged or not yet
NOT_STATES = {SHOWN: "公示过的", "late": "到期未认定"}


def pledge_list(request):
    pledges = (
        Pledge.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .with_owners()
        .order_by("-written_at", "-pk")
    )
    chosen = {
        "status": request.GET.get("status", ""),
        "whose": request.GET.get("whose", ""),
        "q": request.GET.get("q", "").strip()[:60],
        "period": request.GET.get("period", ""),
        "person": request.GET.get("person", ""),
        "window": request.GET.get("window", ""),
    }
    place = place_asked(request)
    pledges = at_place(_filtered(pledges, request, chosen), place)
    if downloads.is_asked(request):
        return downloads.listing(request, "承诺", PLEDGES, pledges)
    page = Paginator(pledges, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "statuses": [*Pledge.Status.choices, *NOT_STATES.items()],
        "place": place,
        "can_add": can_write_own_pledge(request.user),
        "can_review_any": can_review_any_pledge(request.user),
    }
    return render(request, "pledges/pledge_list.html", context)


def _filtered(pledges, request, chosen):
    """Only the listed filters, each a plain comparison (reliability A11)."""
    if chosen["period"] != "all" and request.period:
        pledges = pledges.filter(period=request.period)
    if chosen["status"] in Pledge.Status.values:
        pledges = pledges.filter(status=chosen["status"])
    elif chosen["status"] in NOT_STATES:
        shown = pledges.public()
        pledges = shown if chosen["status"] == SHOWN else shown.overdue(today=today())
    pledges = _owned(pledges, request, chosen)
    if chosen["q"]:
        pledges = pledges.filter(text__contains=chosen["q"])
    return pledges


def _owned(pledges, request, chosen):
    """Of one owner, when a figure of his led here; else of the chosen kind of owner."""
    for owner in ("person", "window"):
        if chosen[owner].isdecimal():
            pledges = pledges.filter(**{f"owner_{owner}": int(chosen[owner][:9])})
    if chosen["whose"] == "mine":
        pledges = pledges.filter(owner_person=request.user)
    elif chosen["whose"] in {"person", "window", "organisation"}:
        pledges = pledges.filter(**{f"owner_{chosen['whose']}__isnull": False})
    return pledges


def pledge_add(request):
    if not request.campaign or not request.period or not request.period.is_open:
        messages.warning(request, "现在没有进行中的周期，暂时不能写承诺。")
        return redirect("pledges:pledge_list")
    pledge = Pledge(
        campaign=request.campaign, period=request.period, starts_on=request.period.starts_on
    )
    return _edit(request, pledge, title="写承诺")


def _nobody_to_write_for(request, pledge):
    """The plan names other owners: say whose pledges it wants, and lead back (L14, L15, L16)."""
    wanted = pledge.period.plan.pledge_owners()
    context = {
        "campaign": pledge.campaign,
        "period": pledge.period,
        "wanted": [words for kind, words in OWNER_WORDS.items() if kind in wanted],
        "at_home": can_write_own_pledge(request.user),
    }
    return render(request, "pledges/pledge_no_owner.html", context, status=403)


def pledge_edit(request, pk):
    pledge = _visible(request, pk)
    if not can_edit_pledge(request.user, pledge):
        raise PermissionDenied
    return _edit(request, pledge, title="改承诺")


def _edit(request, pledge, *, title):
    owners = owner_choices(request.user, pledge, today=today())
    if not owners:
        return _nobody_to_write_for(request, pledge)
    plan = pledge.period.plan
    form = PledgeForm(
        request.POST or None,
        instance=pledge,
        owners=owners,
        themes={kind: plan.pledge_themes(kind) for kind in ("person", "branch", "window")},
        period=pledge.period,
        initial={
            "owner": owner_value(pledge, request),
            "due_on": pledge.due_on or pledge.period.ends_on,
        },
    )
    if form.is_valid():
        apply_owner(pledge, form.cleaned_data["owner"], today=today())
        return _save(request, pledge)
    return render(
        request, "pledges/pledge_edit.html", {"form": form, "pledge": pledge, "title": title}
    )


def _save(request, pledge):
    at = timezone.now()
    is_new_of_window = pledge.pk is None and pledge.owner_window_id
    try:
        actions.save_pledge(pledge, by=request.user, at=at)
        if is_new_of_window:
            add_lines(pledge, line_texts(pledge.period.plan))
        if "submit" in request.POST:
            actions.submit_pledge(pledge, by=request.user, at=at)
            messages.success(request, "已提交，等待支部审核。审核通过后自动公示。")
        else:
            messages.success(request, "草稿已保存，想好了再提交审核。")
    except PledgeMoved as moved:
        messages.error(request, str(moved))
    return redirect("pledges:pledge_detail", pledge.pk)


def pledge_detail(request, pk):
    pledge = _visible(request, pk)
    person = request.user
    context = {
        "pledge": pledge,
        "progress": page_of(request, _progress(pledge), key="progress"),
        "versions": pledge.versions.select_related("changed_by").order_by("-number"),
        "appearances": pledge.appearances.order_by("first_at", "pk"),
        "lines": pledge.lines.order_by("position"),
        "hints": hints_for(pledge, plan=pledge.period.plan)
        if can_edit_pledge(person, pledge)
        else None,
        "can_take_down": can_take_down_pledge(person, pledge),
        "can_edit": can_edit_pledge(person, pledge),
        "can_review": can_review_pledge(person, pledge),
        "can_revise": can_revise_pledge(person, pledge),
        "can_note": can_note_progress(person, pledge),
        "can_conclude": can_conclude_pledge(person, pledge),
        "can_see_ledger": can_review_any_pledge(person),
    }
    return render(request, "pledges/pledge_detail.html", context)


@require_POST
def pledge_submit(request, pk):
    pledge = _visible(request, pk)
    if pledge.status == Pledge.Status.SUBMITTED:
        messages.info(request, "这项承诺已提交。")
        return redirect("pledges:pledge_detail", pk)
    if not can_edit_pledge(request.user, pledge):
        raise PermissionDenied
    if not (pledge.baseline and pledge.target):
        messages.error(request, "还没有写现状和目标，补上再提交。")
        return redirect("pledges:pledge_edit", pk)
    actions.submit_pledge(pledge, by=request.user, at=timezone.now())
    messages.success(request, "已提交，等待支部审核。")
    return redirect("pledges:pledge_detail", pk)


@require_POST
def pledge_withdraw(request, pk):
    pledge = _visible(request, pk)
    if not can_edit_pledge(request.user, pledge):
        raise PermissionDenied
    actions.withdraw_pledge(pledge, by=request.user, at=timezone.now())
    messages.success(request, "草稿已撤下。")
    return redirect("pledges:pledge_list")


def pledge_revise(request, pk):
    pledge = _visible(request, pk)
    if not can_revise_pledge(request.user, pledge):
        raise PermissionDenied
    form = PledgeReviseForm(request.POST or None, instance=pledge)
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in FROZEN_FIELDS}
        published = _visible(request, pk)
        try:
            actions.revise_pledge(
                published,
                changes=changes,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, "修改已提交审核。审核通过前，公示栏仍显示原来的内容。")
        except PledgeMoved as moved:
            messages.error(request, str(moved))
        return redirect("pledges:pledge_detail", pk)
    return render(request, "pledges/pledge_revise.html", {"form": form, "pledge": pledge})


def pledge_progress(request, pk):
    pledge = _visible(request, pk)
    if not can_note_progress(request.user, pledge):
        raise PermissionDenied
    form = PledgeProgressForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            actions.note_progress(
                pledge,
                note=form.cleaned_data["note"],
                attachments=form.cleaned_data["files"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, "进展已记下，公示栏上能看到。")
        except PledgeMoved as moved:
            messages.error(request, str(moved))
        return redirect("pledges:pledge_detail", pk)
    return render(request, "pledges/pledge_progress.html", {"form": form, "pledge": pledge})


def _progress(pledge):
    notes = pledge.progress.select_related("noted_by").prefetch_related("files")
    return notes.order_by("-noted_at", "-pk")


@require_safe
def pledge_evidence(request, pk, number):
    """One file of a pledge's progress, to those who see the pledge."""
    pledge = _visible(request, pk)
    file = get_object_or_404(ProgressFile, pk=number, progress__pledge=pledge)
    return served(file.file, name=file.name, is_picture=file.is_picture)


def _visible(request, pk):
    return get_object_or_404(Pledge.objects.visible_to(request.user).with_owners(), pk=pk)
