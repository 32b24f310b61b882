"""What 我的信息 says of inspecting, mending and closing."""

from common.own_data import tell
from supervision.models import Inspection, PointEntry, Rectification, Scorecard, Seat, Urge


def scorecards(person):
    rows = Scorecard.objects.filter(person=person, is_latest=True).select_related(
        "period__campaign"
    )
    return rows.order_by("-period__starts_on", "-pk")


def inspections(person):
    return Inspection.objects.filter(person=person).order_by("-inspected_at", "-pk")


def rectifications(person):
    return Rectification.objects.filter(owner=person).order_by("-found_at", "-pk")


def urges(person):
    return Urge.objects.filter(person=person).order_by("-urged_at", "-pk")


def points(person):
    rows = PointEntry.objects.counting().filter(person=person).select_related("period__campaign")
    return rows.order_by("-happened_on", "-pk")


def seats(person):
    return Seat.objects.filter(person=person).select_related("group").order_by("-starts_on", "-pk")


tell("得分卡", scorecards, {
    "周期": "period", "得分": "shown", "等次": "band", "同类名次": "rank", "同类数": "group_size",
})  # fmt: skip
tell("督查", inspections, {
    "时间": "inspected_at", "问题": "problem", "要求": "demand", "指导意见": "guidance", "期限": "demand_due_on",
})  # fmt: skip
tell("加减分和处分", points, {
    "周期": "period", "种类": "get_kind_display", "事项": "name", "分值": "shown_points", "发生日期": "happened_on",
    "理由": "reason", "依据": "evidence",
})  # fmt: skip
tell("我负责的整改", rectifications, {
    "问题": "problem", "措施": "measure", "期限": "due_on", "状态": "get_state_display", "公开答复": "public_answer",
})  # fmt: skip
tell("催办", urges, {
    "事项": "title", "日期": "day", "预计完成": "expected_on", "我的答复": "answer", "答复时间": "answered_at",
})  # fmt: skip
tell(
    "领导机构职务",
    seats,
    {"机构": "group", "职务": "title", "分工": "remark", "起": "starts_on", "止": "ends_on"},
)
