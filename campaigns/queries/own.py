"""What 我的信息 says of campaigns: one's duties."""

from campaigns.models import CampaignChoice, Duty
from common.own_data import tell


def duties(person):
    return (
        Duty.objects.filter(assignee=person)
        .select_related("period__campaign")
        .order_by("-due_on", "pk")
    )


def choice(person):
    return CampaignChoice.objects.filter(person=person).select_related("campaign")


tell("打开的活动", choice, {"活动": "campaign"})
tell("待办职责", duties, {
    "事项": "title", "活动和周期": "period", "截止日": "due_on", "完成时间": "done_at", "补录": "is_late",
    "免办原因": "waived_reason",
})  # fmt: skip
