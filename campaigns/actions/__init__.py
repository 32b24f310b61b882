from campaigns.actions.branch_plans import (
    BranchPlanRefused,
    decide_branch_plan,
    write_branch_plan,
)
from campaigns.actions.calendar import add_workday_exception, remove_workday_exception
from campaigns.actions.campaigns import CampaignRefused, open_next_period, start_campaign
from campaigns.actions.cycles import (
    choose_version,
    conclude_campaign,
    follow_campaign,
    write_lessons,
)
from campaigns.actions.duties import (
    SEALED,
    DutyMoved,
    SealedAct,
    fulfil,
    fulfil_sealed,
    subject_keys,
    waive_duty,
)
from campaigns.actions.making import make_duties
from campaigns.actions.open_periods import closing_lock, stays_open
from campaigns.actions.reminders import remind_due, withdraw_stale_mail
from campaigns.actions.stages import StageRefused, confirm_condition, enter_stage
from campaigns.actions.sweeping import make_due_duties, open_due_periods, send_reminders

__all__ = [
    "SEALED",
    "BranchPlanRefused",
    "CampaignRefused",
    "DutyMoved",
    "SealedAct",
    "StageRefused",
    "add_workday_exception",
    "choose_version",
    "closing_lock",
    "conclude_campaign",
    "confirm_condition",
    "decide_branch_plan",
    "enter_stage",
    "follow_campaign",
    "fulfil",
    "fulfil_sealed",
    "make_due_duties",
    "make_duties",
    "open_due_periods",
    "open_next_period",
    "remind_due",
    "remove_workday_exception",
    "send_reminders",
    "start_campaign",
    "stays_open",
    "subject_keys",
    "waive_duty",
    "withdraw_stale_mail",
    "write_branch_plan",
    "write_lessons",
]
