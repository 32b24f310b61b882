"""Meetings: record, comment on everybody in one form, publish, take away as Word, follow up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches.models import Organisation, Person, scope_paths
from common import downloads, word
from common.dates import today
from common.paging import page_of
from common.print.papers import paper_response
from evaluations.actions import meetings as actions
from evaluations.actions.meetings import MeetingMoved
from evaluations.excel import FOLLOW_UPS, MEETINGS
from evaluations.forms import meetings as forms
from evaluations.models import FollowUp, Meeting
from evaluations.permissions import meetings as permissions
from evaluations.queries import meetings as queries

OFFERED = "点评已在全单位公开，并已提出公示；另一位同志审核后上公示栏。"


def meeting_list(request):
    meetings = queries.listed(request.user, request.campaign)
    if downloads.is_asked(request):
        return downloads.listing(request, "会议", MEETINGS, meetings)
    context = {
        "page": page_of(request, meetings),
        "organisations": _organisations(request)[:60],
    }
    return render(request, "evaluations/meeting_list.html", context)


def _organisations(request):
    """Where a meeting can be recorded; none while no plan asks for meetings."""
    scopes = scope_paths(request.user, *permissions.CONVENERS)
    if not (scopes and request.period and request.period.is_open):
        return Organisation.objects.none()
    if not queries.kinds(request.period.plan):
        return Organisation.objects.none()
    return queries.organisations_for(request.user, request.campaign, scopes)


def meeting_add(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user).active(), pk=pk)
    if not permissions.can_hold_meeting(request.user, organisation):
        raise PermissionDenied
    kinds = queries.kinds(request.period.plan) if request.period else []
    if not kinds:
        raise Http404
    meeting = Meeting(
        campaign=request.campaign,
        period=request.period,
        organisation=organisation,
        visibility=queries.visibility_of(request.period.plan, kinds[0][0]),
    )
    people = queries.called(organisation, today=today())
    initial = {
        "held_on": today(),
        "chair": request.user.pk,
        "came": [person.pk for person in people],
        "summary": queries.month_summary(organisation, today()),
    }
    return _record(request, meeting, kinds, people, initial)


def meeting_edit(request, pk):
    meeting = _allowed(request, pk, permissions.can_edit_meeting)
    people = queries.called(meeting.organisation, today=today())
    initial = {
        "kind": f"{meeting.item}:{meeting.kind}",
        "came": list(meeting.attendance.filter(came=True).values_list("person", flat=True)),
    }
    return _record(request, meeting, queries.kinds(meeting.period.plan), people, initial)


def _record(request, meeting, kinds, people, initial):
    choices = Person.objects.filter(pk__in=[*(one.pk for one in people), request.user.pk])
    form = forms.MeetingForm(
        request.POST or None, instance=meeting, kinds=kinds, people=choices, initial=initial
    )
    if form.is_valid():
        try:
            actions.record_meeting(
                meeting,
                came=form.cleaned_data["came"],
                called=people,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, "会议已登记。")
            return redirect("evaluations:meeting_detail", meeting.pk)
        except MeetingMoved as moved:
            form.add_error(None, str(moved))
    context = {"form": form, "meeting": meeting}
    return render(request, "evaluations/meeting_edit.html", context)


def meeting_detail(request, pk):
    meeting = _visible(request, pk)
    context = {
        "meeting": meeting,
        "attendance": meeting.attendance.select_related("person").order_by(
            "-came", "person__name_pinyin"
        ),
        "comments": queries.comments_for(request.user, meeting),
        "has_aspects": bool(queries.questions_of(meeting)),
        "follow_ups": FollowUp.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .select_related("person")
        .order_by("due_on", "pk"),
        "can_edit": permissions.can_edit_meeting(request.user, meeting),
        "can_publish": permissions.can_publish_meeting(request.user, meeting),
        "can_agree": permissions.can_agree_follow_up(request.user, meeting),
        "day": today(),
    }
    return render(request, "evaluations/meeting_detail.html", context)


def meeting_comment(request, pk):
    meeting = _allowed(request, pk, permissions.can_edit_meeting)
    questions = queries.questions_of(meeting)
    if not questions:
        raise Http404
    rows = meeting.attendance.select_related("person").order_by("person__name_pinyin", "person")
    form = forms.CommentsForm(
        request.POST or None,
        plan=meeting.period.plan,
        questions=questions,
        people=[row.person for row in rows],
        comments={one.person_id: one for one in meeting.comments.all()},
        last=queries.last_levels(meeting),
    )
    if form.is_valid():
        try:
            actions.comment_people(
                meeting, comments=form.comments, by=request.user, at=timezone.now()
            )
            messages.success(request, "点评已记下，公开后本人能看到。")
            return redirect("evaluations:meeting_detail", meeting.pk)
        except MeetingMoved as moved:
            form.add_error(None, str(moved))
    return render(request, "evaluations/meeting_comment.html", {"form": form, "meeting": meeting})


def meeting_publish(request, pk):
    meeting = _allowed(request, pk, permissions.can_publish_meeting)
    initial = {"visibility": meeting.visibility}
    form = forms.MeetingPublishForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.publish_meeting(
                meeting,
                visibility=form.cleaned_data["visibility"],
                by=request.user,
                at=timezone.now(),
            )
            is_offered = form.cleaned_data["visibility"] == Meeting.Visibility.PUBLIC
            messages.success(request, OFFERED if is_offered else "点评已公开。")
            return redirect("evaluations:meeting_detail", meeting.pk)
        except MeetingMoved as moved:
            form.add_error(None, str(moved))
    return render(request, "evaluations/meeting_publish.html", {"form": form, "meeting": meeting})


def meeting_minutes(request, pk):
    """The record as a Word file or, `?as=pdf`, as PDF, with what its reader may know."""
    meeting = _visible(request, pk)
    people = meeting.attendance.select_related("person").order_by("person__name_pinyin", "person")
    came = "、".join(row.person.name for row in people if row.came)
    missed = "、".join(row.person.name for row in people if not row.came)
    parts = [
        f"时间：{meeting.held_on:%Y年%-m月%-d日}　地点：{meeting.place or '—'}",
        f"主持：{meeting.chair}　记录：{meeting.recorder}",
        f"到会：{came or '—'}",
        f"缺席：{missed or '无'}　列席：{meeting.guests or '无'}",
        "# 上月工作总结",
        meeting.summary or "—",
        "# 会议记录",
        meeting.minutes or "—",
    ]
    comments = queries.comments_for(request.user, meeting)
    if comments:
        rows = [
            [person.name, "；".join(f"{name} {level} {text}".strip() for name, level, text in said)]
            for person, said in comments
        ]
        parts += ["# 逐人点评", [["姓名", "点评"], *rows]]
    title = f"{meeting.organisation} {meeting.kind}纪要"
    made = paper_response if request.GET.get("as") == "pdf" else word.paper
    return made(f"{title}_{meeting.held_on}", title, parts)


@require_POST
def meeting_offer(request, pk):
    """亮点评: propose what was published in the house for everybody's eyes (L25)."""
    meeting = _allowed(request, pk, permissions.can_publish_meeting)
    try:
        actions.offer_meeting(meeting, by=request.user, at=timezone.now())
        messages.success(request, OFFERED)
    except MeetingMoved as moved:
        messages.error(request, str(moved))
    return redirect("evaluations:meeting_detail", pk)


# -- follow-ups


def follow_up_list(request):
    rows = FollowUp.objects.visible_to(request.user).select_related(
        "person", "organisation", "meeting", "review"
    )
    if request.GET.get("open"):
        rows = rows.running()
    rows = rows.order_by("done_on", "due_on", "pk")
    if downloads.is_asked(request):
        return downloads.listing(request, "落实事项", FOLLOW_UPS, rows)
    page = page_of(request, rows)
    for row in page.object_list:
        row.may_do = permissions.can_do_follow_up(request.user, row)
    context = {"page": page, "day": today(), "open": request.GET.get("open", "")}
    return render(request, "evaluations/follow_up_list.html", context)


def follow_up_add(request, pk):
    meeting = _allowed(request, pk, permissions.can_agree_follow_up)
    people = Person.objects.in_organisation(meeting.organisation, today=today())
    form = forms.FollowUpForm(
        request.POST or None,
        instance=FollowUp(meeting=meeting, organisation=meeting.organisation),
        people=people,
    )
    if form.is_valid():
        actions.agree_follow_up(form.save(commit=False), by=request.user, at=timezone.now())
        messages.success(request, "已列为落实事项，到期会看改了什么。")
        return redirect("evaluations:meeting_detail", meeting.pk)
    context = {"form": form, "meeting": meeting, "title": "商定落实事项"}
    return render(request, "evaluations/follow_up_form.html", context)


def follow_up_done(request, pk):
    follow_up = get_object_or_404(
        FollowUp.objects.visible_to(request.user).select_related("organisation", "person"), pk=pk
    )
    if not permissions.can_do_follow_up(request.user, follow_up):
        raise PermissionDenied
    form = forms.FollowUpDoneForm(request.POST or None)
    if form.is_valid():
        try:
            actions.do_follow_up(
                follow_up, change=form.cleaned_data["change"], by=request.user, at=timezone.now()
            )
            messages.success(request, "已登记。")
        except MeetingMoved as moved:
            messages.info(request, str(moved))
        return redirect("evaluations:follow_up_list")
    context = {"form": form, "follow_up": follow_up, "title": "登记落实"}
    return render(request, "evaluations/follow_up_form.html", context)


def _visible(request, pk):
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "organisation", "campaign", "period__scheme_version", "chair", "recorder", "published_by",
        "bulletin",
    )  # fmt: skip
    return get_object_or_404(meetings, pk=pk)


def _allowed(request, pk, can):
    meeting = _visible(request, pk)
    if not can(request.user, meeting):
        raise PermissionDenied
    return meeting
