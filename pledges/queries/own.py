"""What 我的信息 says of pledges, self-examinations and what is shown of a person."""

from common.own_data import tell
from pledges.models import (
    Card,
    Plaque,
    Pledge,
    PledgeProgress,
    SelfExamination,
    Story,
    Whereabouts,
    ZoneHolder,
)


def pledges(person):
    return (
        Pledge.objects.filter(owner_person=person)
        .select_related("period__campaign")
        .order_by("-written_at", "-pk")
    )


def progress(person):
    return (
        PledgeProgress.objects.filter(pledge__owner_person=person)
        .select_related("pledge")
        .order_by("-noted_at", "-pk")
    )


def examinations(person):
    return SelfExamination.objects.filter(person=person).order_by("-written_at", "-pk")


def cards(person):
    return Card.objects.filter(person=person)


def zones(person):
    return (
        ZoneHolder.objects.filter(person=person)
        .select_related("zone")
        .order_by("-starts_on", "-pk")
    )


def whereabouts(person):
    return (
        Whereabouts.objects.filter(person=person).select_related("ask").order_by("-away_at", "-pk")
    )


def plaques(person):
    return Plaque.objects.filter(holder_person=person).order_by("-starts_on", "-pk")


def stories(person):
    """Those on show, or that were: a draft is still its writer's."""
    return (
        Story.objects.filter(person=person)
        .exclude(published_at=None)
        .order_by("-published_at", "-pk")
    )


def bulletins(person):
    """Comments on him that were published, with for whom."""
    return person.named_in_bulletins.exclude(published_at=None).order_by("-published_at", "-pk")


def honours(person):
    return person.published_honours.order_by("-since_on", "-pk")


tell("身份牌", cards, {
    "公开政治面貌": "shows_party", "公开格言": "shows_motto", "公开责任区": "shows_zones", "公开职责": "shows_duties",
    "公开入党时间": "shows_joined_on", "公开电话": "shows_phone", "核对时间": "confirmed_at",
})  # fmt: skip
tell("责任区和先锋岗", zones, {"名称": "zone", "起": "starts_on", "止": "ends_on"})
tell("承诺", pledges, {
    "承诺事项": "text", "现状": "baseline", "目标": "target", "完成时限": "due_on", "状态": "get_status_display",
    "活动和周期": "period", "填写时间": "written_at", "审核意见": "review_note", "公示时间": "published_at",
    "未兑现说明": "explanation", "撤下原因": "down_reason",
})  # fmt: skip
tell("兑现进展", progress, {"承诺": "pledge", "进展": "note", "时间": "noted_at"})
tell("查摆", examinations, {
    "问题": "problem", "原因": "cause", "打算怎么改": "plan", "给本支部看": "is_shared", "填写时间": "written_at",
})  # fmt: skip
tell("去向留言", whereabouts, {
    "去哪里": "text", "离开": "away_at", "预计返回": "back_at", "找谁办": "ask", "结束": "ended_at", "撤下原因": "withdrawn_reason",
})  # fmt: skip
tell("挂牌", plaques, {
    "牌子": "name", "授予单位": "awarded_by", "状态": "get_state_display", "起": "starts_on", "止": "ends_on",
})  # fmt: skip
tell("公示的荣誉", honours, {"称号": "name", "说明": "note", "取得日期": "since_on"})
tell("写到我的评议公示", bulletins, {
    "标题": "title", "给谁看": "get_visibility_display", "状态": "get_state_display", "公示时间": "published_at",
})  # fmt: skip
tell("写我的事迹", stories, {
    "标题": "title", "一句话": "summary", "正文": "body", "状态": "get_state_display", "公示时间": "published_at",
})  # fmt: skip
