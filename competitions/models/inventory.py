"""What comparing and attaining hold about people. Compared with the models by tests/branches/test_privacy.py."""

from common.personal import AFTER_LEAVING, Kept

INSIDE = "参加本活动的各支部"
LONG = "长期，供历史结果对照"
CHECKED = "长期，供核对"

TITLE = "竞赛、评选和创建"
KEPT = (
    Kept("Activity", "id campaign period organisation item kind tags co_organisers name held_on ends_on place leader summary made_by made_at", "活动记录：带队人、内容、由谁登记", "活动留痕", INSIDE, LONG),
    Kept("Attendance", "id activity person", "活动到场：组织者登记的人", "活动留痕", INSIDE, LONG),
    Kept("ActivityPicture", "id activity image caption added_by added_at", "活动照片：照片里认得出的人都同意；拍摄地点等信息已去掉，记由谁上传", "活动留痕", f"{INSIDE}；收进年度资料包，党委、活动办公室、督查员可下载", LONG),
    Kept("ActivityNote", "id activity kind done_on whom text noted_by noted_at", "工作日志：做了什么、帮扶谁、由谁记", "活动留痕", INSIDE, LONG),
    Kept("SelfCheck", "id campaign period item person answers written_at", "对照自查：各题的答案", "自己对照", "本人；别人只看到做没做", f"{LONG}；答案{AFTER_LEAVING}"),
    Kept("Contest", "id campaign period organisation item series name subject rules held_on place state made_by made_at ranked_at tie_reason decided_by published_at cancelled_reason cancelled_by cancelled_at", "竞赛由谁组织、并列由谁裁定、由谁取消", "竞赛留痕", INSIDE, LONG),
    Kept("Entrant", "id contest number label room person window branch tie_order score place prize is_tied explanation", "参赛者：号码、得分、名次、奖项", "竞赛结果", INSIDE, LONG),
    Kept("Judge", "id contest person room submitted_at returned_reason", "评委：谁、哪个赛场、何时交分、退回原因", "评分", "评委本人、竞赛组织者", LONG),
    Kept("Mark", "id judge entrant question value", "评委给每位参赛者的分（具名，不是匿名票）", "计算名次", "评委本人；计入名次", LONG),
    Kept("Reading", "id person window branch organisation campaign period item measure subject_key value cases note noted_by noted_at", "指标数据：谁的、数值、由谁登记", "指标对比", INSIDE, LONG),
    Kept("Benchmark", "id campaign organisation item measure kind name value source set_by set_at", "标杆：名称、数值、由谁设定", "指标对比", INSIDE, LONG),
    Kept("Selection", "id campaign period organisation title name subject places travelling public closes_on state publicised_on objections_until decision decided_by decided_at made_by made_at cancelled_reason cancelled_by cancelled_at", "评选由谁组织、谁决定、谁取消", "评选留痕", INSIDE, LONG),
    Kept("Nomination", "id person window branch organisation selection subject_key state note reviewed_by made_at", "推荐人选：谁、状态、意见、由谁审核", "评选", "参加本活动的各支部；公示期公开", LONG),
    Kept("Recommendation", "id nomination reason by made_on is_shown", "推荐理由：内容、日期；单位里的人记推荐人，群众推荐不记", "评选", "审核后参加本活动的各支部、公众", LONG),
    Kept("Objection", "id selection text by made_at answer answered_by", "异议：内容、答复、由谁答复；登录后提的记提出人，群众提的不记", "公示期监督", "评选组织者", CHECKED),
    Kept("Award", "id person window branch organisation campaign period selection title name granted_on ended_on handover_note revoked_reason", "荣誉：谁、名称、起止、交接、撤销原因", "表彰", "公开", LONG),
    Kept("Case", "id campaign organisation kind name text lesson state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason", "案例：内容，由谁整理、提出、审核、撤下；警示案例不写姓名", "推广、警示", "典型案例公开；警示案例只有参加本活动的各支部", LONG),
    Kept("CasePicture", "id case image caption added_by added_at", "案例里的照片：照片里的人都同意公开；拍摄地点等信息已去掉，记由谁上传", "推广", "随典型案例公开", LONG),
    Kept("Spread", "id case way spread_on where reached noted_by", "推广记录由谁登记", "推广留痕", INSIDE, LONG),
    Kept("Streak", "id person window branch organisation campaign item subject_key count best taps last_on", "连续无差错：谁、次数、最好成绩", "竞赛", INSIDE, LONG),
    Kept("Shift", "id streak number worked_on clean reason noted_by noted_at", "班次：日期、有无差错、原因、由谁记", "竞赛", INSIDE, LONG),
    Kept("Target", "id person window branch organisation campaign period item name standard measure goal_of due_on state evidence criteria_met aimed_by aimed_at declared_by declared_at verified_by verified_at verify_note decided_by decided_at verdict_note", "创建目标：谁的、目标、举措、佐证，谁申报、核实、认定", "创建", INSIDE, LONG),
    Kept("EfficacyNotice", "id campaign period organisation figures state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason", "效能公示：窗口和支部的数，由谁提出、审核、撤下", "公示留痕", "数据公开；经办人参加本活动的各支部", LONG),
    Kept("Growth", "id campaign organisation item track name steps person mentor goal starts_on due_on state result ended_on decided_by made_by made_at", "双向培养：谁、导师、目标、结论，由谁登记、认定", "培养留痕", "本人、导师、本支部负责人和上级", LONG),
    Kept("GrowthStep", "id growth step done_on text evidence noted_by noted_at", "培养步骤：哪天做了什么、佐证、由谁记", "培养留痕", "本人、导师、本支部负责人和上级", LONG),
    Kept("Pair", "id campaign organisation stronger weaker plan starts_on ends_on result made_by made_at", "结对由谁登记、计划和结果", "结对帮带", INSIDE, LONG),
    Kept("Visit", "id pair visited_on text noted_by noted_at", "走访：内容、由谁记", "结对帮带", INSIDE, LONG),
)  # fmt: skip
# model -> why it holds nothing about a person
NOTHING_PERSONAL = {
    "Milestone": "达到的次数和称号，归属见“连续无差错”",
}

# The answers were for himself; that he answered stays.
LEAVING = {"SelfCheck": ("person", {"answers": {}})}
