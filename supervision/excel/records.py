"""More sections of the cycle's folder: leading groups, meetings, activities, classes."""

from common.archive import section
from common.print.certificates import certificates_pdf
from competitions.models import Activity, Award
from evaluations.models import Meeting
from supervision.excel.letters import appointment, honour
from supervision.models.leading import Seat
from supervision.models.standing import Standing


@section(15, "领导小组和会议")
def meeting_section(campaign, folder):
    """Who leads the campaign, and the minutes of its meetings."""
    seats = Seat.objects.filter(group__campaign=campaign).select_related("group", "person")
    rows = (
        [
            one.group.name, one.title, one.person.name, one.remark, one.document, one.starts_on,
            one.ends_on,
        ]
        for one in seats.order_by("group", "starts_on", "pk")
    )  # fmt: skip
    folder.table("领导小组", ["机构", "职务", "姓名", "分工", "文号", "任职起", "任职止"], rows)
    letters = [appointment(campaign, one) for one in seats.order_by("group", "starts_on", "pk")]
    if letters:
        folder.file("任职通知书.pdf", certificates_pdf(letters))
    meetings = Meeting.objects.filter(campaign=campaign)
    meetings = meetings.select_related("organisation", "chair", "recorder")
    rows = (
        [
            one.held_on, one.organisation.name, one.kind, one.place, one.chair.name,
            one.recorder.name, one.guests,
        ]
        for one in meetings.order_by("held_on", "pk")
    )  # fmt: skip
    folder.table("会议", ["日期", "组织", "种类", "地点", "主持", "记录", "列席"], rows)
    folder.document("会议记录", f"{campaign.name} 会议记录", _minutes(meetings))


def _minutes(meetings):
    for one in meetings.order_by("held_on", "pk"):
        if one.summary or one.minutes:
            yield "h", f"{one.held_on} {one.organisation.name} {one.kind}"
            yield from (("p", text) for text in (one.summary, one.minutes) if text)


@section(75, "活动记录")
def activity_section(campaign, folder):
    activities = Activity.objects.filter(campaign=campaign).select_related("organisation")
    rows = (
        [one.held_on, one.organisation.name, one.kind, one.name, one.place, one.summary]
        for one in activities.order_by("held_on", "pk").iterator(chunk_size=1000)
    )
    folder.table("活动记录", ["日期", "组织", "种类", "名称", "地点", "内容和效果"], rows)


@section(82, "称号和荣誉")
def honour_section(campaign, folder):
    awards = Award.objects.filter(campaign=campaign)
    awards = awards.select_related("person", "window", "branch", "organisation", "period")
    rows = (
        [
            one.period.name, one.name,
            str(one.person or one.window or one.branch or one.organisation or ""),
            one.granted_on, one.ended_on,
        ]
        for one in awards.order_by("granted_on", "pk")
    )  # fmt: skip
    folder.table("称号和荣誉", ["周期", "称号", "授予", "日期", "交出"], rows)
    kept = awards.filter(revoked_reason="").select_related("selection__organisation", "campaign")
    held = list(
        kept.select_related("person", "window", "branch", "period").order_by("granted_on", "pk")
    )
    if held:
        folder.file("荣誉证书.pdf", certificates_pdf(honour(one) for one in held))


@section(84, "分类定级")
def standing_section(campaign, folder):
    standings = Standing.objects.filter(period__campaign=campaign, decided_at__isnull=False)
    standings = standings.select_related("period", "organisation", "window", "decided_by")
    names = _classes(campaign.plan)
    rows = (
        [
            one.period.name, one.window.name if one.window else one.organisation.name,
            names.get(one.proposed, one.proposed), names.get(one.decided, one.decided), one.why,
            one.answer, one.plan,
        ]
        for one in standings.order_by("period__starts_on", "organisation__path", "pk")
    )  # fmt: skip
    headings = ["周期", "对象", "建议", "确定", "调整理由", "回应", "帮带计划"]
    folder.table("分类定级", headings, rows)


def _classes(plan):
    rules = plan.classification
    return {one.key: one.name for one in rules.classes} if rules else {}
