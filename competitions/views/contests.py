"""竞赛 (B02, B06 to B08): entrants, judges' sheets, places, prizes, certificates."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.dates import today
from common.excel.workbook import UnreadableWorkbook
from common.paging import page_of
from common.print.certificates import Certificate, certificates_response
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import contests as actions
from competitions.actions.contests import Refused
from competitions.excel.sheets import SheetRefused, read_sheet, sheet_workbook
from competitions.forms import contests as forms
from competitions.models import ORDER, Contest, Entrant, Judge
from competitions.queries.finding import Directory
from competitions.queries.ranking import full_of, questions_of
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import list_page, organisations_of

NOT_RULES = {"about", "series", "subjects", "teams", "certificate"}
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
    if (state := request.GET.get("state", "")) in Contest.State.values:
        contests = contests.filter(state=state)
    add = permissions.can_add_contest(request.user) and items_of(request)
    return list_page(
        request,
        contests,
        _line,
        title="竞赛",
        sub="知识竞赛、岗位练兵、技能比武；成绩由评委打分，名次按方案的规则算。",
        headings=["竞赛", "系列", "主办", "日期", "状态"],
        actions=[
            ("发起竞赛", reverse("competitions:contest_add"), "plus"),
            ("导入纸质评分", reverse("branches:import_add", args=["scores"]), "upload"),
        ]
        if add
        else [],
        choices=[("state", "状态", [("", "全部"), *Contest.State.choices], state)],
        notes=[
            (f"请给“{judge.contest}”评分。", _sheet_url(judge), "去评分")
            for judge in _waiting_sheets(request.user)
        ],
        empty=("还没有竞赛", "主办的支部或党委发起后，这里能看到成绩、名次和算法。"),
    )


def _line(contest):
    cells = [contest.name, contest.series, contest.organisation.label, cn_date(contest.held_on)]
    state = "ok" if contest.state == Contest.State.PUBLISHED else "info"
    return _url(contest), cells, (state, contest.get_state_display())


def _waiting_sheets(person):
    waiting = Judge.objects.filter(
        person=person, submitted_at=None, contest__state=Contest.State.JUDGING
    )
    return waiting.select_related("contest").order_by("contest")[:5]


def _sheet_url(judge):
    return reverse("competitions:sheet_write", args=[judge.contest_id])


def items_of(request):
    return request.period.plan.items_with("contest") if request.period else ()


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
        "judges": judges if runs else [],
        "own": own,
        "deeds": offered(DEEDS, request.user, contest),
        "rule": RULES.get(contest.rules.get("rule", "mean"), ""),
        "questions": questions_of(contest.rules),
        "full": full_of(contest.rules),
        "crumbs": _crumbs(contest)[:1],
        "has_rooms": contest.entrants.exclude(room="").exists(),
        "can_import": permissions.can_import_scores(request.user, contest),
        "can_print": contest.state == Contest.State.PUBLISHED
        and contest.rules.get("certificate")
        and runs,
    }
    return render(request, "competitions/contest_detail.html", context)


def contest_deed(request, pk, deed):
    contest = _visible(request, pk)
    return deed_page(request, contest, DEEDS, deed, back=_url(contest), crumbs=_crumbs(contest))


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
    context = {"entrant": entrant, "contest": contest, "crumbs": _crumbs(contest)}
    return render(request, "competitions/entrant_detail.html", context)


def sheet_write(request, pk):
    """The judge's own sheet; nobody else sees it before the ranking."""
    judge = _own_sheet(request, pk)
    entrants, marks = _sheet_of(judge)
    form = forms.SheetForm(request.POST or None, judge=judge, entrants=entrants, marks=marks)
    if request.method == "POST" and form.is_valid():
        return _saved(request, judge, form)
    context = {
        "form": form,
        "judge": judge,
        "contest": judge.contest,
        "left": len(entrants) * len(form.questions) - len(marks),
        "upload": forms.UploadSheetForm(),
        "can_write": permissions.can_write_sheet(request.user, judge),
        "full": full_of(judge.contest.rules),
        "crumbs": _crumbs(judge.contest),
    }
    return render(request, "competitions/sheet_write.html", context)


def _saved(request, judge, form):
    if not permissions.can_write_sheet(request.user, judge):
        raise PermissionDenied
    try:
        actions.save_sheet(judge, marks=form.marks, at=timezone.now())
        if request.POST.get("do") == "submit":
            actions.submit_sheet(judge, by=request.user, at=timezone.now())
            messages.success(request, "评分表已交，不能再改。谢谢您。")
        else:
            messages.success(request, "已保存，评完后请交表。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("competitions:sheet_write", judge.contest_id)


@require_safe
def sheet_download(request, pk):
    judge = _own_sheet(request, pk)
    return sheet_workbook(judge, *_sheet_of(judge))


@require_POST
def sheet_upload(request, pk):
    """All of the file, or nothing of it; handing in stays a deed of its own."""
    judge = _own_sheet(request, pk)
    if not permissions.can_write_sheet(request.user, judge):
        raise PermissionDenied
    form = forms.UploadSheetForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        messages.error(request, "请先选择填好的评分表文件。")
        return redirect("competitions:sheet_write", pk)
    entrants, marks = _sheet_of(judge)
    try:
        found = read_sheet(form.cleaned_data["file"].read(), judge, entrants)
        actions.save_sheet(judge, marks=marks | found, at=timezone.now())
        messages.success(request, f"已读入 {len(found)} 个分数，请核对后交表。")
    except (SheetRefused, UnreadableWorkbook, Refused) as refused:
        messages.error(request, f"没有读入，什么都没有改：{refused}")
    return redirect("competitions:sheet_write", pk)


def _own_sheet(request, pk):
    judges = Judge.objects.filter(person=request.user).select_related("contest__organisation")
    return get_object_or_404(judges, contest=pk)


def _sheet_of(judge):
    """(entrants of his room, {(entrant pk, question): mark})."""
    marks = judge.marks.values_list("entrant", "question", "value")
    return list(actions.entrants_for(judge)), {(e, q): value for e, q, value in marks}


def sheet_return(request, pk):
    judge = get_object_or_404(
        Judge.objects.filter(contest__in=Contest.objects.visible_to(request.user)).select_related(
            "contest__organisation", "person"
        ),
        pk=pk,
    )
    deeds = {
        "return": Deed(
            f"退回 {judge.person} 的评分表",
            permissions.can_return_sheet,
            actions.return_sheet,
            form=lambda data, files: forms.ReasonForm(data),
            values=lambda form: form.cleaned_data,
        )
    }
    contest = judge.contest
    return deed_page(request, judge, deeds, "return", back=_url(contest), crumbs=_crumbs(contest))


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
        "organisation", "campaign__organisation", "period", "decided_by"
    )
    return get_object_or_404(contests, pk=pk)


def _url(contest):
    return reverse("competitions:contest_detail", args=[contest.pk])


def _crumbs(contest):
    return [("竞赛", reverse("competitions:contest_list")), (contest.name, _url(contest))]


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
}  # fmt: skip
