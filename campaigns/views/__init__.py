from campaigns.views.branch_plan import (
    branch_plan_detail,
    branch_plan_list,
    branch_plan_mine,
    branch_plan_write,
)
from campaigns.views.calendar import workday_delete, workday_list
from campaigns.views.campaign import campaign_detail, campaign_list, campaign_switch
from campaigns.views.cycle import (
    campaign_conclude,
    campaign_follow,
    campaign_new,
    campaign_version,
    cycle_summary,
)
from campaigns.views.draft import (
    draft_check,
    draft_delete,
    draft_detail,
    draft_download,
    draft_preview,
    draft_publish,
    draft_text,
    scheme_edit,
    scheme_list,
    scheme_new,
)
from campaigns.views.draft_node import draft_node
from campaigns.views.draft_part import draft_move, draft_part, draft_remove, draft_section
from campaigns.views.duty import duty_list, duty_waive
from campaigns.views.rhythm import campaign_rhythm
from campaigns.views.scheme import scheme_detail, scheme_download, scheme_load
from campaigns.views.stage import stage_confirm, stage_enter, stage_list

__all__ = [
    "branch_plan_detail",
    "branch_plan_list",
    "branch_plan_mine",
    "branch_plan_write",
    "campaign_conclude",
    "campaign_detail",
    "campaign_follow",
    "campaign_list",
    "campaign_new",
    "campaign_rhythm",
    "campaign_switch",
    "campaign_version",
    "cycle_summary",
    "draft_check",
    "draft_delete",
    "draft_detail",
    "draft_download",
    "draft_move",
    "draft_node",
    "draft_part",
    "draft_preview",
    "draft_publish",
    "draft_remove",
    "draft_section",
    "draft_text",
    "duty_list",
    "duty_waive",
    "scheme_detail",
    "scheme_download",
    "scheme_edit",
    "scheme_list",
    "scheme_load",
    "scheme_new",
    "stage_confirm",
    "stage_enter",
    "stage_list",
    "workday_delete",
    "workday_list",
]
