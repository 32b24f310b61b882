"""民主评议 in one place: a person's file from self-review to grade, the branch's decision, the letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Organisation, Person, scope_paths, under
from campaigns.models import Period
from common import downloads, word
from common.dates import today
from common.print.papers import paper_response
from evaluations.actions import appraisals as actions
from evaluations.actions.appraisals import AppraisalRefused
from evaluations.excel import APPRAISALS
from evaluations.forms.appraisals import AppraisalForm, ReplyForm
from evaluations.models import Appraisal, AppraisalSheet
from evaluations.permissions import appraisals as permissions
from evaluations.queries import appraisals as queries


def review_file(request, pk, person_pk=None):
    """One's own file, or that of somebody one is over; one's own takes a reply."""
    period, person, home = _file(request, pk, person_pk)
    is_own = person.pk == request.user.pk
    found = queries.file_of(person, period, today=today())
    reply = found["reply"]
    form = ReplyForm(
        request.POST or None if is_own else None, initial={"text": reply.text if reply else ""}
    )
    if is_own and home and form.is_valid():
        actions.write_reply(
            period, home, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
        )
        messages.success(request, "您的说明已记下，支部书记和上级能看到。")
        return redirect("evaluations:review_file", period.pk)
    context = found | {
        "review_period": period,
        "person": person,
        "is_own": is_own,
        "form": form if is_own and home else None,
    }
    return render(request, "evaluations/review_file.html", context)


@require_safe
def person_file(request, pk, person_pk):
    """The same of another person."""
    return review_file(request, pk, person_pk)


def review_letter(request, pk, person_pk):
    """反馈函: the person's results as a Word file or, `?as=pdf`, as PDF."""
    period, person, _ = _file(request, pk, person_pk)
    found = queries.file_of(person, period, today=today())
    rows = [["评议主体", "均值", "和自评比", "说明"]]
    rows += [
        [voice.name, str(voice.mean or "—"), _signed(voice.gap), voice.said]
        for voice in found["voices"]
    ]
    parts = [
        f"{person.name}同志：",
        f"现将您 {period.name} 的评议情况反馈如下。",
        f"组织评定等次：{_grade_text(found)}",
        rows,
    ]
    for review, texts, _levels in found["reviews"]:
        parts.append(f"# {review.get_kind_display()}（{review.author}）")
        parts += [f"{name}：{text}" for name, text in texts]
    parts += ["# 本人说明", found["reply"].text if found["reply"] else "（可在此签写）"]
    made = paper_response if request.GET.get("as") == "pdf" else word.paper
    return made(f"评议反馈函_{person.name}_{period.name}", "评议情况反馈函", parts)


def _grade_text(found):
    if found["grade"]:
        return found["grade"].get_grade_display()
    return "预备党员参加评议，不评定等次" if found["without_grade"] else "未评定"


def _signed(gap):
    return "—" if gap is None else f"{gap:+}"


def _file(request, pk, person_pk):
    period = get_object_or_404(
        Period.objects.visible_to(request.user).select_related("scheme_version", "campaign"), pk=pk
    )
    people = Person.objects.visible_to(request.user)
    person = get_object_or_404(people, pk=person_pk) if person_pk else request.user
    home = queries.home_in(period, person)
    if not permissions.can_see_file(request.user, person, home):
        raise PermissionDenied
    return period, person, home


def appraisal_list(request):
    """The branches whose decision is one's own to make."""
    scopes = scope_paths(request.user, *permissions.DECIDERS)
    period = request.period
    branches = list(queries.organisations(period, under(scopes))) if period else []
    sheets = {
        sheet.organisation_id: sheet
        for sheet in AppraisalSheet.objects.filter(period=period, organisation__in=branches)
    }
    lines = [(branch, sheets.get(branch.pk)) for branch in branches]
    if downloads.is_asked(request):
        name = period.name if period else ""
        return downloads.listing(request, "民主评议", APPRAISALS, lines, period=name)
    context = {"lines": lines}
    return render(request, "evaluations/appraisal_list.html", context)


def appraisal_edit(request, pk):
    """Grades for a branch, with the live count of 优秀 against a third."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user).active(), pk=pk)
    if not permissions.can_appraise(request.user, organisation):
        raise PermissionDenied
    period = request.period
    if period is None or not organisation.path.startswith(period.campaign.organisation.path):
        raise Http404
    full, without = queries.members(organisation, period.plan, today=today())
    sheet = AppraisalSheet.objects.filter(period=period, organisation=organisation).first()
    given = Appraisal.objects.filter(sheet=sheet).values_list("person", "grade") if sheet else ()
    form = AppraisalForm(
        request.POST or None,
        people=[person for person in full if person.pk != request.user.pk],
        grades=dict(given),
        initial={"over_reason": sheet.over_reason if sheet else ""},
    )
    if form.is_valid() and _decided(request, period, organisation, form, full):
        return redirect("evaluations:appraisal_list")
    context = {
        "form": form,
        "organisation": organisation,
        "review_period": period,
        "without": without,
        "most": queries.most_excellent(full),
        "graded": len(full),
        "is_one_of_them": any(person.pk == request.user.pk for person in full),
    }
    return render(request, "evaluations/appraisal_edit.html", context)


def _decided(request, period, organisation, form, full):
    try:
        actions.decide_grades(
            period,
            organisation,
            grades=form.grades,
            graded=full,
            over_reason=form.cleaned_data["over_reason"],
            by=request.user,
            at=timezone.now(),
        )
    except AppraisalRefused as refused:
        form.add_error("over_reason", str(refused))
        return False
    messages.success(request, "等次已定，本人会收到消息。")
    return True
