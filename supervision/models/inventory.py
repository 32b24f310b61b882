"""What inspecting, mending and closing hold about people. Compared with the models by tests/branches/test_privacy.py."""

from common.personal import AFTER_LEAVING, Kept

MINE = "本人、支部书记、上级党组织、督查员"
BRANCH = "本支部、上级党组织"
INSIDE = "参加本活动的各支部"
LONG = "长期，供历史结果对照"
CHECKED = "长期，供核对"

TITLE = "督查、整改和结算"
KEPT = (
    Kept("Archive", "id campaign job asked_by asked_at made_at file size digest entries", "资料包由谁索取；内容加密存放", "年度归档", "党委、活动办公室、督查员", "两周后删除文件"),
    Kept("Draw", "id campaign period subject seed pool count drawn_at drawn_by", "随机抽签由谁抽、名单和种子", "抽签可重复验证", INSIDE, CHECKED),
    Kept("Inspection", "id campaign period organisation window person draw method points found guidance problem demand demand_due_on inspected_at inspected_by", "督查：谁在何时查、查到谁在岗、发现的问题、要求", "督促检查", "本人、支部书记、上级党组织、督查员；查窗口的本支部", LONG),
    Kept("Checking", "id campaign period organisation window person draw method points begun_at begun_by", "进行中的检查：谁查、查谁、暂存的结果", "查到一半不丢", "检查人", "提交后即删"),
    Kept("Closing", "id period version closed_at closed_by reason digest figures", "周期结算由谁做、原因", "结算留痕", BRANCH, LONG),
    Kept("Scorecard", "id closing period is_latest subject subject_id subject_name person window organisation group unit_type inputs score shown band rank group_size", "得分卡：姓名、各项依据、得分、等次、名次", "考评结果", MINE, LONG),
    Kept("Seat", "id group person position title remark document starts_on ends_on appointed_at appointed_by", "领导机构成员：职务、分工、任免文号、起止", "知道谁负责", INSIDE, LONG),
    Kept("PointEntry", "id campaign period kind person window organisation name points happened_on reason evidence state entered_at entered_by decided_at decided_by remark", "加减分和纪律处分：事项、分值、理由、依据、谁登记、谁签认", "考评计分", "本人（签认后）、党委、活动办公室、督查员", LONG),
    Kept("RecheckDraw", "id campaign period signed_off_until seed pool count drawn_at drawn_by", "回头看抽样由谁抽、名单和种子", "抽样可重复验证", INSIDE, CHECKED),
    Kept("Rectification", "id campaign period organisation window source category problem measure owner due_on first_due_on state evidence public_answer found_by found_at reported_by reported_at signed_off_by signed_off_at reopened escalated_at outcome verdict verdict_week_on inspection feedback pledge review duty examination recheck_draw", "整改事项：问题、措施，谁提出、负责、报告、销号", "整改和销号", "本人、本支部、上级党组织、督查员", LONG),
    Kept("Step", "id item kind text answers by at", "整改经过：谁在何时做了什么", "整改留痕", "与整改事项相同", LONG),
    Kept("Robot", "id campaign name kind address_sealed secret_sealed is_active tokens refilled_at failures last_error last_sent_at added_by added_at", "群机器人由谁添加；地址和密钥加密", "群提醒", "党委、活动办公室", "删除为止"),
    Kept("RobotMessage", "id robot event text created_at send_after attempts sent_at dropped_at", "群消息：内容（可能提到支部和事项）", "群提醒", "群里的人", "长期"),
    Kept("Standing", "id period subject organisation window proposed reasons figures proposed_at decided why decided_at decided_by answer answered_at answered_by plan plan_due_on guide", "分类定级：由谁确定、回应、联系指导人、帮带计划", "分类指导", BRANCH, LONG),
    Kept("GuideVisit", "id standing visited_on found next_step written_at written_by", "指导记录：到访所见、由谁记", "分类指导", BRANCH, LONG),
    Kept("Urge", "id period rule title due_on count person organisation day urged_by urged_at expected_on answer answered_at", "催办：催谁、什么事、由谁催、本人的答复", "督办", MINE, f"{LONG}；本人的答复{AFTER_LEAVING}"),
)  # fmt: skip
# model -> why it holds nothing about a person
NOTHING_PERSONAL = {
    "LeadingGroup": "领导机构的名称和职责，成员另列",
    "Rollup": "支部的汇总数，不含个人",
}

# That he was called on stays; what he said of his difficulties does not.
LEAVING = {"Urge": ("person", {"answer": ""})}
