"""典型和警示 (H04, H05): written, checked by somebody else, shown in public with pictures, spread."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.dates import today
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import cases as actions
from competitions.actions.contests import Refused
from competitions.forms import cases as forms
from competitions.forms.contests import ReasonForm
from competitions.forms.targets import VerdictForm
from competitions.models import Case, CasePicture
from competitions.queries.honours import spread_of
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import chosen, list_page, organisations_of

STATES = {
    "draft": "info", "returned": "late", "proposed": "due", "checked": "due", "live": "ok", "down": "info",
}  # fmt: skip
SHOWN_STATES = [(key, label) for key, label in Case.State.choices if key in STATES]
WAYS = ("媒体宣传", "经验交流", "实地观摩", "宣讲报告")  # offered in every plan (H04)


def case_list(request):
    cases = (
        Case.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("organisation")
        .annotate(times=Count("spreads"))
        .order_by("-written_at", "-pk")
    )
    kind = chosen(request, "kind", Case.Kind.choices)
    cases = cases.filter(kind=kind) if kind else cases
    state = chosen(request, "state", Case.State.choices)
    cases = cases.filter(state=state) if state else cases
    add = request.campaign and permissions.can_run_anything(request.user)
    return list_page(
        request,
        cases,
        _line,
        title="典型",
        sub="发现、培育、总结、推广；警示案例只在内部看，不写真实姓名。",
        headings=["题目", "种类", "整理单位", "日期", "推广", "状态"],
        actions=[("写一个案例", reverse("competitions:case_add"), "plus")] if add else [],
        choices=[
            ("kind", "种类", [("", "全部"), *Case.Kind.choices], kind),
            ("state", "状态", [("", "全部"), *SHOWN_STATES], state),
        ],
        notes=_spread_notes(request.campaign),
        search=("name", "text", "organisation__name"),
        empty=("还没有案例", "把做得好的写下来、传开去，把教训留在内部。"),
    )


def _line(one):
    cells = [
        one.name, one.get_kind_display(), one.organisation.label, cn_date(one.written_at),
        f"{one.times} 次" if one.times else "",
    ]  # fmt: skip
    state = (STATES[one.state], "内部" if one.kind == "warning" else one.get_state_display())
    return reverse("competitions:case_detail", args=[one.pk]), cells, state


def _spread_notes(campaign):
    """How often each way was used, and how many people it reached (H04)."""
    ways = spread_of(campaign)
    if not ways:
        return []
    words = "；".join(
        f"{way} {times} 次{f'、{reached} 人' if reached else ''}" for way, times, reached in ways
    )
    return [(f"推广情况：{words}。", "", "")]


def case_add(request):
    if request.campaign is None:
        raise Http404
    organisations = organisations_of(request)
    if not organisations.exists():
        raise PermissionDenied
    form = forms.CaseForm(
        request.POST or None, organisations=organisations, initial={"kind": "model"}
    )
    if form.is_valid():
        case = Case(campaign=request.campaign, **form.cleaned_data)
        try:
            actions.add_case(case, today=today(), by=request.user, at=timezone.now())
            messages.success(request, "已保存。")
            return redirect("competitions:case_detail", case.pk)
        except Refused as refused:
            form.add_error("text", str(refused))
    context = {
        "form": form,
        "title": "写一个案例",
        "submit": "保存",
        "crumbs": [("典型", reverse("competitions:case_list"))],
    }
    return render(request, "competitions/form.html", context)


def case_detail(request, pk):
    case = _case(request, pk)
    spreads = list(case.spreads.order_by("-spread_on", "-pk"))
    context = {
        "case": case,
        "spreads": spreads,
        "ways": Counter(one.way for one in spreads).most_common(),
        "pictures": case.pictures.order_by("pk"),
        "state": STATES[case.state],
        "can_change": permissions.can_change_case(request.user, case),
        "deeds": offered(CASE_DEEDS, request.user, case),
        "crumbs": [("典型", reverse("competitions:case_list"))],
    }
    return render(request, "competitions/case_detail.html", context)


def case_deed(request, pk, deed):
    case = _case(request, pk)
    back = reverse("competitions:case_detail", args=[pk])
    crumbs = [("典型", reverse("competitions:case_list")), (case.name, back)]
    return deed_page(request, case, CASE_DEEDS, deed, back=back, crumbs=crumbs)


@login_not_required
@require_safe
def case_public(request, pk):
    """What came through the gate, with its pictures; taken down it says why."""
    cases = Case.objects.filter(kind="model", published_at__isnull=False)
    case = get_object_or_404(cases.select_related("organisation", "campaign"), pk=pk)
    if not (case.is_live and not case.is_expired(today=today())):
        return render(request, "competitions/case_gone.html", {"case": case}, status=410)
    context = {"case": case, "pictures": case.pictures.order_by("pk")}
    return render(request, "competitions/case_public.html", context)


@login_not_required
@require_safe
def case_picture(request, pk):
    """The file itself: everybody's while its case is public, else of who sees the case."""
    may = Q(case__in=Case.objects.public(today=today()))
    if request.user.is_authenticated:
        may |= Q(case__in=Case.objects.visible_to(request.user))
    picture = get_object_or_404(CasePicture.objects.filter(may), pk=pk)
    try:
        file = picture.image.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/jpeg", filename=f"case-{pk}.jpg")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def picture_remove(request, pk):
    pictures = CasePicture.objects.filter(case__in=Case.objects.visible_to(request.user))
    picture = get_object_or_404(pictures.select_related("case__organisation"), pk=pk)
    case = picture.case
    back = reverse("competitions:case_detail", args=[case.pk])
    deeds = {"remove": Deed("移除照片", permissions.can_remove_picture, actions.remove_picture)}
    crumbs = [("典型", reverse("competitions:case_list")), (case.name, back)]
    return deed_page(request, picture, deeds, "remove", back=back, crumbs=crumbs)


def _case(request, pk):
    cases = Case.objects.visible_to(request.user).select_related(
        "organisation", "campaign__organisation", "campaign__scheme_version", "written_by",
        "proposed_by", "checked_by", "down_by",
    )  # fmt: skip
    return get_object_or_404(cases, pk=pk)


def _ways(case):
    """What the plan names first, then the usual four: a plan may name subjects or stages instead."""
    named = [
        entry.text
        for item in case.campaign.plan.items_with("case_library")
        for entry in item.options.entries
        if not entry.placeholder
    ]
    return list(dict.fromkeys([*named, *WAYS]))


CASE_DEEDS = {
    "spread": Deed(
        "记推广",
        permissions.can_run,
        actions.spread,
        form=lambda data, files, **given: forms.SpreadForm(data, **given),
        given=lambda request, case: {"ways": _ways(case), "initial": {"spread_on": today()}},
        values=lambda form: form.cleaned_data,
    ),
    "propose": Deed(
        "提出公开",
        permissions.can_propose_case,
        actions.propose_case,
        hint="由另一位负责人审核，通过后不登录的群众也能看到。写到的人要同意；身份证号、电话会被拦下。",
        done="已提出，等另一位负责人审核。",
        is_main=True,
    ),
    "judge": Deed(
        "审核",
        permissions.can_judge_case,
        actions.judge_case,
        form=lambda data, files: VerdictForm(data, words=("通过，公开", "退回修改")),
        values=lambda form: {"passed": form.is_yes, "note": form.cleaned_data["note"]},
        lines=lambda case: [("题目", case.name), ("事迹", case.text), ("经验", case.lesson)],
        done="已审核。",
        is_main=True,
    ),
    "change": Deed(
        "修改",
        permissions.can_change_case,
        actions.change_case,
        form=lambda data, files, **given: forms.ChangeCaseForm(data, **given),
        given=lambda request, case: {
            "initial": {key: getattr(case, key) for key in actions.WRITTEN}
        },
        values=lambda form: {"values": form.cleaned_data},
    ),
    "picture": Deed(
        "加照片",
        permissions.can_picture_case,
        actions.add_picture,
        form=lambda data, files: forms.PictureForm(data, files),
        values=lambda form: {key: form.cleaned_data[key] for key in ("photo", "caption")},
    ),
    "withdraw": Deed(
        "撤下",
        permissions.can_withdraw_case,
        actions.withdraw_case,
        form=lambda data, files: ReasonForm(data),
        values=lambda form: form.cleaned_data,
        hint="马上从公开页撤下，原来的网址说明已撤下和原因。",
    ),
    "rework": Deed("重新整理", permissions.can_rework_case, actions.rework_case),
}
