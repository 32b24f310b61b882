"""What campaigns and duties hold about people. Compared with the models by tests/branches/test_privacy.py."""

from common.personal import Kept

MINE = "本人、支部书记、上级党组织、督查员"
BRANCH = "本支部、上级党组织"
INSIDE = "参加本活动的各支部"
LONG = "长期，供历史结果对照"

TITLE = "方案、周期和待办"
KEPT = (
    Kept("SchemeVersion", "id scheme number document digest locked_at created_at created_by", "方案版本由谁在何时建立", "留痕", INSIDE, LONG),
    Kept("SchemeDraft", "id slug name organisation scheme based_on document revision updated_at updated_by", "方案草稿最近由谁在何时修改", "避免互相覆盖", "拟稿组织的党委、活动办公室", "草稿发布或删除为止"),
    Kept("Campaign", "id slug name organisation scheme_version next_version starts_on ends_on previous lessons archive_note concluded_at concluded_by", "活动由谁结束、经验教训", "总结一轮活动", INSIDE, LONG),
    Kept("CampaignChoice", "id person campaign", "几个活动同时进行时，本人打开的是哪一个", "下次登录仍打开它", "本人", "改选或活动结束为止"),
    Kept("Stage", "id campaign key name starts_on ends_on order confirmed entered_on entered_by entered_reason", "阶段由谁转入、理由", "说明为什么转入下一阶段", INSIDE, LONG),
    Kept("Period", "id campaign scheme_version key name starts_on ends_on state reopen_reason closed_at closed_by", "周期由谁结算、重开原因", "结算留痕", INSIDE, LONG),
    Kept("BranchPlan", "id campaign organisation goal lines status remark revision written_at written_by decided_at decided_by", "支部实施方案由谁填写、谁审定", "方案报审", BRANCH, LONG),
    Kept("Duty", "id campaign period rule act title assignee organisation about_person about_window about_organisation subject_key starts_on due_on minutes done_at done_by is_late waived_at waived_reason", "待办职责：谁、对谁、什么事、期限、何时由谁办完或为何免办", "提醒和督办", MINE, "长期，供考评和督办"),
)  # fmt: skip
# model -> why it holds nothing about a person
NOTHING_PERSONAL = {
    "Scheme": "方案的名称",
    "Family": "方案的文字",
    "Item": "方案的文字",
    "WorkdayException": "节假日安排",
}
