"""连续无差错 (B07): a tap a shift, a reset with its reason in the open, a certificate when reached."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.dates import today
from common.paging import page_of
from common.print.certificates import Certificate, certificates_response
from competitions import permissions
from competitions.actions import streaks as actions
from competitions.forms.common import ResetForm, SubjectForm, TapForm
from competitions.models import Streak
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import SUBJECTS, list_page, scope_of


def streak_list(request):
    streaks = (
        Streak.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .with_subjects()
        .prefetch_related("milestones")
        .order_by("-count", "-best", "pk")
    )
    names = _items(request)
    add = names and permissions.can_run_anything(request.user)
    return list_page(
        request,
        streaks,
        lambda streak: _line(streak, names),
        title="连续无差错",
        sub="每班登记一次；出了差错，写明原因后重新计数。",
        headings=["谁", "项目", "现在连续", "最长", "最近一班", "达到"],
        actions=[
            ("开始计数", reverse("competitions:streak_add"), "plus"),
            ("Excel 导入", reverse("branches:import_add", args=["shifts"]), "upload"),
        ]
        if add
        else [],
        search=SUBJECTS,
        empty=("还没有人计数", "支部书记给班组里的人开始计数后，每班登记一次。"),
    )


def _items(request):
    items = request.period.plan.items_with("streak") if request.period else ()
    return {item.key: item for item in items}


def _line(streak, items):
    item = items.get(streak.item)
    reached = sorted(streak.milestones.all(), key=lambda one: one.threshold)
    cells = [
        str(streak.subject),
        item.name if item else streak.item,
        f"{streak.count} {item.options.unit if item else ''}",
        streak.best,
        streak.last_on,
    ]
    return _url(streak), cells, ("honour", reached[-1].name) if reached else ("info", "未达标")


def streak_add(request):
    items = _items(request)
    if not items:
        raise Http404
    scope = scope_of(request)
    first = items.get(request.GET.get("item")) or next(iter(items.values()))
    form = SubjectForm(
        request.POST or None, kinds=first.options.subjects, organisation=scope, today=today()
    )
    if form.is_valid():
        streak = actions.open_streak(
            campaign=request.campaign,
            item=first.key,
            **{key: form.cleaned_data[key] for key in ("kind", "subject", "place")},
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "已开始计数。")
        return redirect(_url(streak))
    context = {
        "form": form,
        "title": "开始计数",
        "sub": first.name,
        "crumbs": [("连续无差错", reverse("competitions:streak_list"))],
    }
    return render(request, "competitions/form.html", context)


def streak_detail(request, pk):
    streak = _visible(request, pk)
    item = _item(request, streak)
    shifts = streak.shifts.select_related("noted_by").order_by("-number")
    goals = actions.thresholds_of(item.options) if item else []
    context = {
        "streak": streak,
        "item": item,
        "shifts": page_of(request, shifts, size=60),
        "resets": shifts.filter(clean=0)[:20],
        "milestones": streak.milestones.order_by("reached_on", "threshold"),
        "goals": [(line, name, min(streak.count, line)) for line, name in goals],
        "deeds": offered(deeds_of(request, streak), request.user, streak),
        "crumbs": _crumbs()[:1],
    }
    return render(request, "competitions/streak_detail.html", context)


def streak_deed(request, pk, deed):
    streak = _visible(request, pk)
    return deed_page(
        request, streak, deeds_of(request, streak), deed, back=_url(streak), crumbs=_crumbs(streak)
    )


def deeds_of(request, streak):
    item = _item(request, streak)
    if item is None:
        return {}
    given = {"expected": streak.taps, "worked_on": today()}
    return {
        "tap": Deed(
            "登记一班",
            permissions.can_tap,
            actions.tap,
            form=lambda data, files: TapForm(data, today=today(), initial=given),
            values=lambda form: {
                "expected": form.cleaned_data["expected"], "clean": form.cleaned_data["shifts"], "worked_on": form.cleaned_data["worked_on"], "rules": item.options, "period": request.period,
            },
            done="已登记。",
            is_main=True,
        ),
        "reset": Deed(
            "登记差错",
            permissions.can_tap,
            actions.reset,
            form=lambda data, files: ResetForm(data, today=today(), initial=given),
            values=lambda form: form.cleaned_data,
            hint=f"现在连续 {streak.count}，登记差错后从 0 重新计数；已达到的称号保留。",
            done="已登记差错，重新计数。",
        ),
    }  # fmt: skip


@require_safe
def streak_certificates(request, pk):
    streak = _visible(request, pk)
    if not (permissions.can_tap(request.user, streak)):
        raise PermissionDenied
    reached = list(streak.milestones.order_by("reached_on", "threshold"))
    if not reached:
        raise Http404
    batch = [
        Certificate(
            str(streak.subject),
            f"连续无差错，达到“{one.name}”。特发此证，以资鼓励。",
            streak.campaign.organisation.name,
            f"{one.reached_on.year}年{one.reached_on.month}月{one.reached_on.day}日",
        )
        for one in reached
    ]
    return certificates_response(batch, f"证书_{streak.subject}")


def _item(request, streak):
    return next(
        (one for one in streak.campaign.plan.items_with("streak") if one.key == streak.item), None
    )


def _visible(request, pk):
    streaks = Streak.objects.visible_to(request.user).with_subjects()
    return get_object_or_404(
        streaks.select_related(
            "person", "window", "branch", "organisation", "campaign__organisation",
            "campaign__scheme_version",
        ),
        pk=pk,
    )  # fmt: skip


def _url(streak):
    return reverse("competitions:streak_detail", args=[streak.pk])


def _crumbs(streak=None):
    crumbs = [("连续无差错", reverse("competitions:streak_list"))]
    return [*crumbs, (str(streak.subject), _url(streak))] if streak else crumbs
