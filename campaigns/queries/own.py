"""What 我的信息 says of campaigns: one's duties."""

from campaigns.models import Duty
from common.own_data import tell


def duties(person):
    return (
        Duty.objects.filter(assignee=person)
        .select_related("period__campaign")
        .order_by("-due_on", "pk")
    )


tell("待办职责", duties, {
    "事项": "title", "活动和周期": "period", "截止日": "due_on", "完成时间": "done_at", "补录": "is_late",
    "免办原因": "waived_reason",
})  # fmt: skip
