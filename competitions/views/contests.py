"""竞赛 (B02, B06 to B08): entrants, judges' sheets, places, prizes, certificates."""

from urllib.parse import urlencode

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
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import contest_changes as changes
from competitions.actions import contests as actions
from competitions.forms import contests as forms
from competitions.models import ORDER, Contest, Entrant, Judge
from competitions.queries.finding import Directory
from competitions.queries.ranking import full_of, questions_of
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import chosen, list_page, organisations_of

STATES = {"judging": "due", "ranked": "due", "published": "ok", "cancelled": "late"}
NOT_RULES = {
    "about", "series", "subjects", "teams", "certificate", "series_by", "series_points", "series_tie",
}  # fmt: skip
RULES = {
    "mean": "评委打分的平均",
    "trimmed": "去掉最高分和最低分后的平均",
    "coefficients": "按考场系数折算",
}


def contest_list(request):
    contests = (
        Contest.objects.visible_to(request.user)
        .filter(campaign=request.campaign)
        .select_related("organisation")
        .order_by("-held_on", "-pk")
    )
    state = chosen(request, "state", Contest.State.choices)
    contests = contests.filter(state=state) if state else contests
    named = [(name, name) for name in series_of(request)]
    series = chosen(request, "series", named)
    contests = contests.filter(series=series) if series else contests
    return list_page(
        request,
        contests,
        _line,
        title="竞赛",
        sub="知识竞赛、岗位练兵、技能比武；成绩由评委打分，名次按方案的规则算。",
        headings=["竞赛", "系列", "主办", "日期", "状态"],
        actions=_actions(request),
        search=("name", "series", "place", "organisation__name"),
        choices=[
            ("state", "状态", [("", "全部"), *Contest.State.choices], state),
            ("series", "系列", [("", "全部"), *named], series),
        ],
        links=_series_links(request),
        notes=[
            (f"请给“{judge.contest}”评分。", _sheet_url(judge), "去评分")
            for judge in _waiting_sheets(request.user)
        ],
        empty=("还没有竞赛", "主办的支部或党委发起后，这里能看到成绩、名次和算法。"),
    )


def _actions(request):
    if not (permissions.can_add_contest(request.user) and items_of(request)):
        return []
    return [
        ("发起竞赛", reverse("competitions:contest_add"), "plus"),
        ("导入纸质评分", reverse("branches:import_add", args=["scores"]), "upload"),
    ]


def _series_links(request):
    """A table of places for each series the plan names (B06)."""
    return [
        (
            f"{name or item.name}排名",
            f"{reverse('competitions:series_detail', args=[item.key])}?series={name}",
        )
        for item in items_of(request)
        for name in item.options.series or ("",)
    ]


def _line(contest):
    cells = [contest.name, contest.series, contest.organisation.label, cn_date(contest.held_on)]
    return url_of(contest), cells, (STATES.get(contest.state, "info"), contest.get_state_display())


def _waiting_sheets(person):
    waiting = Judge.objects.filter(
        person=person, submitted_at=None, contest__state=Contest.State.JUDGING
    )
    return waiting.select_related("contest").order_by("contest")[:5]


def _sheet_url(judge):
    return reverse("competitions:sheet_write", args=[judge.contest_id])


def items_of(request):
    return request.period.plan.items_with("contest") if request.period else ()


def series_of(request):
    """The named series of the plan's contests, in its order."""
    return list(dict.fromkeys(name for item in items_of(request) for name in item.options.series))


def contest_add(request):
    if not items_of(request):
        raise Http404
    organisations = organisations_of(request)
    if not organisations.exists():
        raise PermissionDenied
    form = forms.ContestForm(
        request.POST or None,
        items=items_of(request),
        organisations=organisations,
        initial={"held_on": today()},
    )
    if form.is_valid():
        contest = _new_contest(request, form.cleaned_data)
        messages.success(request, "竞赛已建好，请添加参赛者。")
        return redirect("competitions:contest_detail", contest.pk)
    context = {
        "form": form,
        "title": "发起竞赛",
        "submit": "发起竞赛",
        "crumbs": [("竞赛", reverse("competitions:contest_list"))],
    }
    return render(request, "competitions/form.html", context)


def _new_contest(request, cleaned):
    item = cleaned["chosen"]
    rules = item.options.model_dump(mode="json", exclude=NOT_RULES)
    contest = Contest(
        campaign=request.campaign,
        period=request.period,
        item=item.key,
        rules=rules | {"certificate": item.options.certificate},
        **{
            key: cleaned[key]
            for key in ("organisation", "series", "name", "subject", "held_on", "place")
        },
    )
    return actions.add_contest(contest, by=request.user, at=timezone.now())


def series_url(contest):
    """Where its series is ranked."""
    query = urlencode({"series": contest.series, "kind": contest.subject})
    return f"{reverse('competitions:series_detail', args=[contest.item])}?{query}"


def contest_detail(request, pk):
    contest = _visible(request, pk)
    runs = permissions.can_run(request.user, contest)
    judges = list(contest.judges.select_related("person").order_by("room", "person__name_pinyin"))
    own = next((judge for judge in judges if judge.person_id == request.user.pk), None)
    shows = contest.state == Contest.State.PUBLISHED or (runs and contest.is_ranked)
    context = {
        "contest": contest,
        "page": page_of(request, contest.entrants.order_by(*ORDER), size=100),
        "shows": shows,
        "runs": runs,
        "can_remove": permissions.can_change_contest(request.user, contest),
        "judges": judges if runs else [],
        "own": own,
        "deeds": offered(DEEDS, request.user, contest),
        "rule": RULES.get(contest.rules.get("rule", "mean"), ""),
        "questions": questions_of(contest.rules),
        "full": full_of(contest.rules),
        "crumbs": crumbs_of(contest)[:1],
        "series_url": series_url(contest),
        "has_rooms": contest.entrants.exclude(room="").exists(),
        "can_import": permissions.can_import_scores(request.user, contest),
        "can_print": contest.state == Contest.State.PUBLISHED
        and contest.rules.get("certificate")
        and runs,
    }
    return render(request, "competitions/contest_detail.html", context)


def entrant_remove(request, pk):
    """A wrong entrant leaves the list, with the reason on record (B02)."""
    entrants = Entrant.objects.filter(contest__in=Contest.objects.visible_to(request.user))
    entrant = get_object_or_404(entrants.select_related("contest__organisation"), pk=pk)
    deeds = {
        "remove": Deed(
            f"移出 {entrant}",
            permissions.can_remove_entrant,
            changes.remove_entrant,
            form=lambda data, files: forms.ReasonForm(data),
            values=lambda form: form.cleaned_data,
            hint="已经给他的评分一并删去，原因记在留痕里。",
            done=f"{entrant} 已移出。",
        )
    }
    contest = entrant.contest
    return deed_page(
        request, entrant, deeds, "remove", back=url_of(contest), crumbs=crumbs_of(contest)
    )


def contest_deed(request, pk, deed):
    contest = _visible(request, pk)
    return deed_page(request, contest, DEEDS, deed, back=url_of(contest), crumbs=crumbs_of(contest))


def entrant_detail(request, pk):
    """How a score came about, once it is published."""
    entrant = get_object_or_404(
        Entrant.objects.filter(contest__in=Contest.objects.visible_to(request.user)).select_related(
            "contest__organisation"
        ),
        pk=pk,
    )
    contest = entrant.contest
    runs = permissions.can_run(request.user, contest)
    if contest.state != Contest.State.PUBLISHED and not (runs and contest.is_ranked):
        raise PermissionDenied
    context = {"entrant": entrant, "contest": contest, "crumbs": crumbs_of(contest)}
    return render(request, "competitions/entrant_detail.html", context)


@require_safe
def contest_certificates(request, pk):
    """One PDF for all prizes (B02)."""
    contest = _visible(request, pk)
    if not permissions.can_run(request.user, contest):
        raise PermissionDenied
    if contest.state != Contest.State.PUBLISHED:
        raise Http404
    winners = contest.entrants.exclude(prize="").order_by(*ORDER)
    day = timezone.localdate(contest.published_at)
    batch = [
        Certificate(
            winner.label,
            f"在“{contest.name}”中获得{winner.prize}（第 {winner.place} 名）。特发此证，以资鼓励。",
            contest.organisation.name,
            f"{day.year}年{day.month}月{day.day}日",
        )
        for winner in winners
    ]
    return certificates_response(batch, f"证书_{contest}")


def _visible(request, pk):
    contests = Contest.objects.visible_to(request.user).select_related(
        "organisation", "campaign__organisation", "period", "decided_by", "cancelled_by"
    )
    return get_object_or_404(contests, pk=pk)


def url_of(contest):
    return reverse("competitions:contest_detail", args=[contest.pk])


def crumbs_of(contest):
    return [("竞赛", reverse("competitions:contest_list")), (contest.name, url_of(contest))]


def _entrants(request, contest):
    if contest.subject == "team":
        return {"directory": None}
    return {"directory": Directory(contest.subject, contest.organisation, today=today())}


def _judges(request, contest):
    return {"directory": Directory("person", contest.campaign.organisation, today=today())}


DEEDS = {
    "entrants": Deed(
        "添加参赛者",
        permissions.can_change_contest,
        actions.add_entrants,
        form=lambda data, files, directory: forms.EntrantsForm(data, directory=directory),
        given=_entrants,
        values=lambda form: {"entries": form.cleaned_data["entries"]},
        is_main=True,
    ),
    "judges": Deed(
        "设评委",
        permissions.can_change_contest,
        actions.add_judges,
        form=lambda data, files, directory: forms.JudgesForm(data, directory=directory),
        given=_judges,
        values=lambda form: {"judges": form.cleaned_data["names"]},
        hint="评委会收到消息，只看得到自己的评分表。没有评委打分的竞赛，由记录成绩的人当评委。",
        done="评委已设好，可以开始评分。",
    ),
    "close": Deed(
        "定名次",
        permissions.can_close_contest,
        actions.close_contest,
        hint="全部评委交表后，按方案的规则算出成绩、名次和奖项。定名次之后不能再改分。",
        done="名次已定，核对后公布。",
    ),
    "decide": Deed(
        "决定并列",
        lambda person, contest: permissions.can_decide_contest(person, contest)
        and contest.entrants.filter(is_tied=True).exists(),
        actions.decide_tie,
        form=lambda data, files, tied: forms.TieForm(data, tied=tied),
        given=lambda request, contest: {"tied": list(contest.entrants.filter(is_tied=True).order_by("number"))},
        values=lambda form: {"order": form.order, "reason": form.cleaned_data["reason"]},
        hint="方案规定奖项末位并列时由主办方决定。写下的理由和成绩一起公布。",
        is_main=True,
    ),
    "publish": Deed(
        "公布成绩",
        permissions.can_publish_contest,
        actions.publish_contest,
        hint="公布后参加活动的人都能看到成绩、名次和算法，参赛者会收到消息。",
        done="成绩已公布。",
        is_main=True,
    ),
    "change": Deed(
        "修改",
        permissions.can_change_contest,
        changes.change_contest,
        form=lambda data, files, **given: forms.ChangeContestForm(data, **given),
        given=lambda request, contest: {"initial": {key: getattr(contest, key) for key in changes.CHANGEABLE}},
        values=lambda form: {"values": form.cleaned_data},
        hint="项目、参赛对象和规则是方案定的，不在这里改；要换项目请取消后重新发起。",
    ),
    "reopen": Deed(
        "退回评分",
        permissions.can_reopen_contest,
        changes.reopen_contest,
        form=lambda data, files: forms.ReasonForm(data),
        values=lambda form: form.cleaned_data,
        hint="名次和奖项作废，回到评分中；评委已交的表还在，要改哪一张就退回哪一张。",
        done="已退回评分，可以退回评分表、移出参赛者或评委。",
    ),
    "cancel": Deed(
        "取消竞赛",
        permissions.can_cancel_contest,
        changes.cancel_contest,
        form=lambda data, files: forms.ReasonForm(data),
        values=lambda form: form.cleaned_data,
        hint="取消后不能恢复，原因公开显示；已公布的成绩一并撤下，参赛者和评委会收到消息。",
        done="竞赛已取消。",
    ),
}  # fmt: skip
