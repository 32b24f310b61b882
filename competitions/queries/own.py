"""What 我的信息 says of comparing and attaining: what was published, and what the person wrote himself."""

from common.own_data import tell
from competitions.models import (
    Attendance,
    Award,
    Contest,
    Entrant,
    Growth,
    Nomination,
    Recommendation,
    SelfCheck,
    Target,
)


def checks(person):
    return (
        SelfCheck.objects.filter(person=person)
        .select_related("period__campaign")
        .order_by("-written_at", "-pk")
    )


def entries(person):
    """Of contests whose result is out."""
    rows = Entrant.objects.filter(person=person, contest__state=Contest.State.PUBLISHED)
    return rows.select_related("contest").order_by("-contest__held_on", "-pk")


def nominations(person):
    rows = (
        Nomination.objects.filter(person=person)
        .select_related("selection")
        .prefetch_related("recommendations")
    )
    return rows.order_by("-made_at", "-pk")


def recommendations(person):
    rows = Recommendation.objects.filter(by=person)
    rows = rows.select_related(
        *(f"nomination__{name}" for name in ("selection", "person", "window", "branch"))
    )
    return rows.order_by("-made_on", "-pk")


def awards(person):
    return Award.objects.filter(person=person).order_by("-granted_on", "-pk")


def targets(person):
    return Target.objects.filter(person=person).order_by("-aimed_at", "-pk")


def growths(person):
    rows = Growth.objects.filter(person=person).select_related("mentor").prefetch_related("done")
    return rows.order_by("-starts_on", "-pk")


def _steps(row):
    return "；".join(f"{one.done_on} {one.step}：{one.text}" for one in row.done.all())


def attendance(person):
    return (
        Attendance.objects.filter(person=person)
        .select_related("activity")
        .order_by("-activity__held_on", "-pk")
    )


def _reasons(row):
    """Only those that were let through."""
    return "；".join(one.reason for one in row.recommendations.all() if one.is_shown)


def _answers(row):
    return "；".join(f"{question}：{answer}" for question, answer in row.answers.items())


tell("对照自查", checks, {"周期": "period", "回答": _answers, "填写时间": "written_at"})
tell("参加的活动", attendance, {"活动": "activity"})
tell("竞赛", entries, {"竞赛": "contest", "成绩": "score", "名次": "place", "奖项": "prize"})
tell("推荐我的评选", nominations, {
    "评选": "selection", "状态": "get_state_display", "推荐理由": _reasons, "审核意见": "note", "推荐时间": "made_at",
})  # fmt: skip
tell("我推荐的人选", recommendations, {
    "评选": lambda row: row.nomination.selection, "人选": lambda row: row.nomination.subject, "推荐理由": "reason",
    "日期": "made_on",
})  # fmt: skip
tell(
    "荣誉",
    awards,
    {"称号": "name", "授予日期": "granted_on", "交出日期": "ended_on", "交接": "handover_note"},
)
tell("创建目标", targets, {
    "目标": "name", "标准": "standard", "怎么量": "measure", "期限": "due_on", "状态": "get_state_display",
    "佐证": "evidence", "核验意见": "verify_note", "认定意见": "verdict_note",
})  # fmt: skip
tell("双向培养", growths, {
    "方向": "name", "导师": "mentor", "目标": "goal", "开始": "starts_on", "预计完成": "due_on",
    "状态": "get_state_display", "步骤": _steps, "结论": "result",
})  # fmt: skip
