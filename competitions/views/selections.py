"""评选 (H01 to H03, H06, L22, L23, P24): nominations, evidence, publicity, awards."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.dates import today
from common.paging import page_of
from common.print.certificates import Certificate, certificates_response
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import selection_changes as changes
from competitions.actions import selections as actions
from competitions.actions.contests import Refused
from competitions.forms import selections as forms
from competitions.forms.contests import ReasonForm
from competitions.models import KINDS, Award, Nomination, Objection, Selection
from competitions.queries.evidence import pack_of
from competitions.queries.honours import nominations_of
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import chosen, list_page, organisations_of

STATES = {
    "nominating": "info", "reviewing": "due", "publicised": "due", "awarded": "honour", "cancelled": "late",
}  # fmt: skip


def selection_list(request):
    selections = (
        Selection.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("organisation", "period")
        .order_by("-period__starts_on", "-pk")
    )
    state = chosen(request, "state", Selection.State.choices)
    selections = selections.filter(state=state) if state else selections
    add = titles_of(request) and permissions.can_run_anything(request.user)
    return list_page(
        request,
        selections,
        lambda one: (
            _url(one),
            [one.name, one.period.name, one.organisation.label, KINDS.get(one.subject, one.subject),
             cn_date(one.objections_until or one.closes_on)],
            (STATES[one.state], one.get_state_display()),
        ),
        title="评选",
        sub="推荐、审核、公示、表彰；推荐人数只作参考，由评选单位决定。",
        headings=["称号", "周期", "评选单位", "授予", "截止", "状态"],
        actions=[("发起评选", reverse("competitions:selection_add"), "plus")] if add else [],
        notes=[("群众也能看到的荣誉页：", reverse("competitions:honours", args=[request.campaign.slug]), "荣誉")]
        if request.campaign else [],
        search=("name", "organisation__name", "period__name"),
        choices=[("state", "状态", [("", "全部"), *Selection.State.choices], state)],
        empty=("还没有评选", "方案里的称号由党委或支部发起评选后，大家都可以推荐。"),
    )  # fmt: skip


def titles_of(request):
    """The titles that the plan's items choose, each once."""
    plan = request.period.plan if request.period else None
    keys = [key for item in plan.items_with("title") for key in item.options.titles] if plan else []
    return [plan.title(key) for key in dict.fromkeys(keys)]


def selection_add(request):
    titles = titles_of(request)
    if not titles:
        raise Http404
    organisations = organisations_of(request)
    if not organisations.exists():
        raise PermissionDenied
    form = forms.SelectionForm(
        request.POST or None, titles=titles, organisations=organisations, today=today()
    )
    if form.is_valid():
        cleaned = form.cleaned_data
        title = next(one for one in titles if one.key == cleaned["title"])
        try:
            selection = actions.open_selection(
                title=title, period=request.period, organisation=cleaned["organisation"],
                closes_on=cleaned["closes_on"], by=request.user, at=timezone.now(),
            )  # fmt: skip
            return redirect(_url(selection))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "title": "发起评选", "sub": request.period.name, "crumbs": _crumbs()}
    return render(request, "competitions/form.html", context)


def selection_detail(request, pk):
    selection = _visible(request, pk)
    runs = permissions.can_run(request.user, selection)
    title = _title(selection)
    context = {
        "selection": selection,
        "title": title,
        "criteria": [selection.period.plan.criteria_list(key) for key in title.criteria]
        if title
        else [],
        "nominations": page_of(request, nominations_of(selection, whole=runs), key="nominations"),
        "objections": selection.objections.select_related("answered_by").order_by("pk")
        if runs
        else [],
        "can_revoke": permissions.is_over(
            request.user, selection.organisation, *permissions.RULERS
        ),
        "awards": selection.awards.with_subjects().order_by("pk"),
        "runs": runs,
        "kind": KINDS.get(selection.subject, ""),
        "deeds": offered(DEEDS, request.user, selection),
        "state": STATES[selection.state],
        "crumbs": _crumbs(),
    }
    return render(request, "competitions/selection_detail.html", context)


def selection_deed(request, pk, deed):
    selection = _visible(request, pk)
    return deed_page(
        request, selection, DEEDS, deed, back=_url(selection), crumbs=_crumbs(selection)
    )


def nomination_detail(request, pk):
    """The evidence pack: what the portal knows, each line leads to where it comes from (P24)."""
    nomination = _nomination(request, pk)
    if not permissions.can_see_evidence(request.user, nomination):
        raise PermissionDenied
    selection = nomination.selection
    runs = permissions.can_run(request.user, selection)
    said = nomination.recommendations.order_by("pk")
    context = {
        "nomination": nomination,
        "selection": selection,
        "pack": pack_of(selection.campaign, nomination.subject_kind, nomination.subject_id),
        "wanted": _title(selection).evidence if _title(selection) else (),
        "said": said if runs else said.filter(is_shown=True),
        "deeds": offered(NOMINATION_DEEDS, request.user, nomination),
        "crumbs": _crumbs(selection),
    }
    return render(request, "competitions/nomination_detail.html", context)


def nomination_deed(request, pk, deed):
    nomination = _nomination(request, pk)
    selection = nomination.selection
    return deed_page(
        request, nomination, NOMINATION_DEEDS, deed, back=_url(selection), crumbs=_crumbs(selection)
    )


def objection_answer(request, pk):
    objections = Objection.objects.filter(selection__in=Selection.objects.visible_to(request.user))
    objection = get_object_or_404(objections.select_related("selection__organisation"), pk=pk)
    deeds = {
        "answer": Deed(
            "答复异议",
            permissions.can_answer_objection,
            actions.answer_objection,
            form=lambda data, files: forms.AnswerForm(data),
            values=lambda form: form.cleaned_data,
            lines=lambda row: [("异议", row.text)],
        )
    }
    selection = objection.selection
    return deed_page(
        request, objection, deeds, "answer", back=_url(selection), crumbs=_crumbs(selection)
    )


def award_revoke(request, pk):
    """An honour given wrongly is taken back, with the reason in the open (H03)."""
    awards = Award.objects.visible_to(request.user).with_subjects()
    award = get_object_or_404(awards.select_related("selection__organisation"), pk=pk)
    deeds = {
        "revoke": Deed(
            "撤销荣誉",
            permissions.can_revoke_award,
            changes.revoke_award,
            form=lambda data, files: ReasonForm(data),
            values=lambda form: form.cleaned_data,
            hint="撤销后不再计入名单和得分，原因和记录保留。",
            done="荣誉已撤销。",
        )
    }
    selection = award.selection
    return deed_page(
        request, award, deeds, "revoke", back=_url(selection), crumbs=_crumbs(selection)
    )


@require_safe
def selection_certificates(request, pk):
    """The award batch as one PDF (H03)."""
    selection = _visible(request, pk)
    if not permissions.can_run(request.user, selection):
        raise PermissionDenied
    awards = list(selection.awards.filter(revoked_reason="").with_subjects().order_by("pk"))
    if not awards:
        raise Http404
    batch = [
        Certificate(
            str(one.subject),
            f"在{selection.campaign.name}中获得“{one.name}”（{selection.period.name}）。特发此证，以资鼓励。",
            selection.organisation.name,
            f"{one.granted_on.year}年{one.granted_on.month}月{one.granted_on.day}日",
        )
        for one in awards
    ]
    return certificates_response(batch, f"证书_{selection}")


def _visible(request, pk):
    selections = Selection.objects.visible_to(request.user).select_related(
        "organisation",
        "campaign__organisation",
        "period__scheme_version",
        "decided_by",
        "cancelled_by",
    )
    return get_object_or_404(selections, pk=pk)


def _nomination(request, pk):
    nominations = Nomination.objects.filter(
        selection__in=Selection.objects.visible_to(request.user)
    ).select_related(
        "selection__organisation", "selection__period__scheme_version",
        "selection__campaign__scheme_version", "person", "window", "branch", "organisation",
    )  # fmt: skip
    return get_object_or_404(nominations, pk=pk)


def _title(selection):
    return next((one for one in selection.period.plan.titles if one.key == selection.title), None)


def _url(selection):
    return reverse("competitions:selection_detail", args=[selection.pk])


def _crumbs(selection=None):
    crumbs = [("评选", reverse("competitions:selection_list"))]
    return [*crumbs, (selection.name, _url(selection))] if selection else crumbs


def nominating(selection):
    """What the form of a nomination needs, here and on the public page."""
    return {
        "kinds": [selection.subject],
        "organisation": selection.organisation,
        "today": today(),
    }


def nominated(form):
    return {key: form.cleaned_data[key] for key in ("kind", "subject", "place", "reason")}


def _days(selection):
    title = _title(selection)
    return title.publicity_working_days if title else 5


DEEDS = {
    "nominate": Deed(
        "推荐",
        permissions.can_nominate,
        actions.nominate,
        form=lambda data, files, **given: forms.NominateForm(data, **given),
        given=lambda request, selection: nominating(selection),
        values=nominated,
        hint="实名推荐，理由会和人选一起公开；不能推荐自己。",
        done="已推荐，谢谢您。",
        is_main=True,
    ),
    "publicise": Deed(
        "公示拟表彰名单",
        lambda person, one: permissions.can_lead_selection(person, one)
        and one.nominations.filter(state="candidate").exists(),
        lambda one, **values: actions.publicise(one, days=_days(one), **values),
        form=lambda data, files, candidates: forms.PubliciseForm(data, candidates=candidates),
        given=lambda request, selection: {
            "candidates": selection.nominations.filter(state="candidate")
            .select_related("person", "window", "branch").order_by("pk")
        },
        values=lambda form: {"chosen": list(form.cleaned_data["chosen"])},
        hint="公示期按方案的工作日数算，期间任何人都可以提异议。",
    ),
    "object": Deed(
        "提异议",
        permissions.can_object,
        actions.raise_objection,
        form=lambda data, files: forms.ObjectionForm(data),
        values=lambda form: form.cleaned_data,
        hint="评选单位会核查并答复；公示结束后不再受理。",
        done="异议已收到，评选单位会核查。",
    ),
    "award": Deed(
        "作出表彰决定",
        permissions.can_award,
        actions.award,
        form=lambda data, files: forms.DecisionForm(data),
        values=lambda form: form.cleaned_data,
        hint="公示期满、异议都答复以后才能表彰。流动的称号由原来的持有者移交。",
        done="已表彰，可以印证书。",
        is_main=True,
    ),
    "change": Deed(
        "改推荐截止",
        permissions.can_change_selection,
        changes.change_selection,
        form=lambda data, files, **given: forms.ChangeSelectionForm(data, **given),
        given=lambda request, selection: {"initial": {"closes_on": selection.closes_on}},
        values=lambda form: form.cleaned_data,
    ),
    "recall": Deed(
        "撤回公示",
        permissions.can_recall_selection,
        changes.recall_selection,
        form=lambda data, files: ReasonForm(data),
        values=lambda form: form.cleaned_data,
        hint="名单从公示页撤下，回到审核中；改好以后重新公示，公示期重新算。",
        done="已撤回，改好以后重新公示。",
    ),
    "cancel": Deed(
        "取消评选",
        permissions.can_cancel_selection,
        changes.cancel_selection,
        form=lambda data, files: ReasonForm(data),
        values=lambda form: form.cleaned_data,
        hint="取消后不能恢复，原因公开显示；同一称号可以重新发起。",
        done="评选已取消。",
    ),
}  # fmt: skip
NOMINATION_DEEDS = {
    "review": Deed(
        "审核",
        permissions.can_review_nomination,
        actions.review_nomination,
        form=lambda data, files, waiting: forms.ReviewForm(data, waiting=waiting),
        given=lambda request, one: {"waiting": one.recommendations.filter(by=None).order_by("pk")},
        values=lambda form: form.values,
        is_main=True,
    ),
    "withdraw": Deed(
        "取消拟表彰",
        permissions.can_withdraw_choice,
        actions.withdraw_choice,
        form=lambda data, files: ReasonForm(data),
        values=lambda form: form.cleaned_data,
    ),
}
