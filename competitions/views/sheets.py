"""Judges' sheets of a contest: in the browser or as Excel, handed in, returned, taken away (B02)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.excel.workbook import UnreadableWorkbook
from competitions import permissions
from competitions.actions import contest_changes as changes
from competitions.actions import contests as actions
from competitions.actions.contests import Refused
from competitions.excel.sheets import SheetRefused, read_sheet, sheet_workbook
from competitions.forms import contests as forms
from competitions.models import Contest, Judge
from competitions.queries.ranking import full_of
from competitions.views.contests import crumbs_of, url_of
from competitions.views.deeds import Deed, deed_page


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
        "crumbs": crumbs_of(judge.contest),
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
    judge = _judge(request, pk)
    deed = Deed(
        f"退回 {judge.person} 的评分表",
        permissions.can_return_sheet,
        actions.return_sheet,
        form=lambda data, files: forms.ReasonForm(data),
        values=lambda form: form.cleaned_data,
    )
    return _done_with(request, judge, deed)


def judge_remove(request, pk):
    """A judge who does not come holds nobody up."""
    judge = _judge(request, pk)
    deed = Deed(
        f"移出评委 {judge.person}",
        permissions.can_remove_judge,
        changes.remove_judge,
        form=lambda data, files: forms.ReasonForm(data),
        values=lambda form: form.cleaned_data,
        hint="他给的评分一并删去，原因记在留痕里。",
        done=f"{judge.person} 不再是评委。",
    )
    return _done_with(request, judge, deed)


def _judge(request, pk):
    judges = Judge.objects.filter(contest__in=Contest.objects.visible_to(request.user))
    return get_object_or_404(judges.select_related("contest__organisation", "person"), pk=pk)


def _done_with(request, judge, deed):
    contest = judge.contest
    return deed_page(
        request, judge, {"deed": deed}, "deed", back=url_of(contest), crumbs=crumbs_of(contest)
    )
