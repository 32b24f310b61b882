"""培养记录 (G11): members and backbones developed in both directions, with mentor, steps, evidence, dates."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common.dates import today
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import growth as actions
from competitions.actions.contests import Refused
from competitions.forms import growth as forms
from competitions.models import Growth
from competitions.queries.finding import Directory
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import chosen, list_page, organisations_of, scope_of

STATES = {"running": "due", "reached": "honour", "ended": "info"}
SEARCH = ("person__name", "mentor__name", "name", "organisation__name")


def growth_list(request):
    tracks = [(track.key, track.name) for _, track in tracks_of(request)]
    track, state = chosen(request, "track", tracks), chosen(request, "state", Growth.State.choices)
    rows = Growth.objects.visible_to(request.user).filter(campaign=request.campaign)
    rows = rows.filter(track=track) if track else rows
    rows = rows.filter(state=state) if state else rows
    add = tracks and organisations_of(request).exists()
    return list_page(
        request,
        rows.select_related("person", "mentor", "organisation").order_by("state", "due_on", "pk"),
        _line,
        title="双向培养",
        sub="把骨干培养成党员、把党员培养成骨干：定导师、分步骤、有佐证。",
        headings=["培养对象", "方向", "导师", "组织", "预计完成", "状态"],
        actions=[("登记培养", reverse("competitions:growth_add"), "plus")] if add else [],
        search=SEARCH,
        choices=[
            ("track", "方向", [("", "全部"), *tracks], track),
            ("state", "状态", [("", "全部"), *Growth.State.choices], state),
        ],
        empty=("还没有培养记录", "支部书记登记培养对象和导师以后，每走一步记一次。"),
    )


def _line(one):
    cells = [
        str(one.person),
        one.name,
        str(one.mentor),
        one.organisation.label,
        cn_date(one.due_on),
    ]
    return _url(one), cells, (STATES[one.state], one.get_state_display())


def tracks_of(request):
    """[(item, track)] of the plan."""
    items = request.period.plan.items_with("development") if request.period else ()
    return [(item, track) for item in items for track in item.options.tracks]


def growth_add(request):
    tracks = tracks_of(request)
    if not tracks:
        raise Http404
    form = forms.GrowthForm(
        request.POST or None,
        tracks=tracks,
        place=scope_of(request),
        campaign=request.campaign,
        today=today(),
        initial={"starts_on": today(), "due_on": request.campaign.ends_on},
    )
    if form.is_valid():
        try:
            growth = actions.add_growth(
                _filled(request, form.cleaned_data), by=request.user, at=timezone.now()
            )
            messages.success(request, "已登记，导师和培养对象会收到消息。")
            return redirect(_url(growth))
        except Refused as refused:
            form.add_error("who", str(refused))
    context = {"form": form, "title": "登记培养", "submit": "登记", "crumbs": _crumbs()}
    return render(request, "competitions/form.html", context)


def _filled(request, cleaned):
    track = cleaned["on"]
    return Growth(
        campaign=request.campaign, organisation=cleaned["place"], item=cleaned["item"].key,
        track=track.key, name=track.name, steps=list(track.steps), person=cleaned["person"],
        mentor=cleaned["mentor_person"],
        **{key: cleaned[key] for key in ("goal", "starts_on", "due_on")},
    )  # fmt: skip


def growth_detail(request, pk):
    growth = _visible(request, pk)
    done = list(growth.done.select_related("noted_by").order_by("done_on", "pk"))
    context = {
        "growth": growth,
        "steps": [(step, [one for one in done if one.step == step]) for step in growth.steps],
        "share": len({one.step for one in done}),
        "state": STATES[growth.state],
        "deeds": offered(DEEDS, request.user, growth),
        "crumbs": _crumbs(),
    }
    return render(request, "competitions/growth_detail.html", context)


def growth_deed(request, pk, deed):
    growth = _visible(request, pk)
    crumbs = [*_crumbs(), (str(growth), _url(growth))]
    return deed_page(request, growth, DEEDS, deed, back=_url(growth), crumbs=crumbs)


def _visible(request, pk):
    rows = Growth.objects.visible_to(request.user).select_related(
        "person", "mentor", "organisation", "campaign__organisation", "decided_by", "made_by"
    )
    return get_object_or_404(rows, pk=pk)


def _url(growth):
    return reverse("competitions:growth_detail", args=[growth.pk])


def _crumbs():
    return [("双向培养", reverse("competitions:growth_list"))]


def _mentors(request, growth):
    return {"directory": Directory("person", growth.campaign.organisation, today=today())}


DEEDS = {
    "step": Deed(
        "记一步",
        permissions.can_note_growth,
        actions.note_step,
        form=lambda data, files, **given: forms.StepForm(data, **given),
        given=lambda request, growth: {
            "steps": growth.steps,
            "initial": {"done_on": today(), "step": next(iter(actions.missing_steps(growth)), "")},
        },
        values=lambda form: form.cleaned_data,
        is_main=True,
    ),
    "conclude": Deed(
        "下结论",
        permissions.can_conclude_growth,
        actions.conclude_growth,
        form=lambda data, files: forms.ConcludeForm(data),
        values=lambda form: {
            "reached": form.cleaned_data["verdict"] == "reached",
            "result": form.cleaned_data["result"],
        },
        lines=lambda growth: [("培养目标", growth.goal)],
        hint="每一步都有记录才能写“已达到”；由培养对象和导师以外的人下结论。",
    ),
    "mentor": Deed(
        "换导师",
        permissions.can_change_growth,
        actions.change_mentor,
        form=lambda data, files, **given: forms.MentorForm(data, **given),
        given=_mentors,
        values=lambda form: form.cleaned_data,
    ),
}
