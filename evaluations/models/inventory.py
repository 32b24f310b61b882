"""What reviews, meetings, polls and opinions hold about people, and what they do not. Compared with the models by tests/branches/test_privacy.py."""

from common.personal import Kept

OVER = "支部书记、上级党组织、督查员"
MINE = "本人、支部书记、上级党组织、督查员"
BRANCH = "本支部、上级党组织"
LONG = "长期，供历史结果对照"
CHECKED = "长期，供核对"

TITLE = "点评、会议、评议和群众意见"
KEPT = (
    Kept("SelfReview", "id campaign period person organisation levels texts follow_ups written_at changed_at", "个人自评：各项档次、内容、上期建议改了没有", "自评、对照改进", MINE, LONG),
    Kept("Review", "id campaign period kind author person organisation occasion texts levels version superseded_by written_at is_late", "点评：谁点评谁、档次、成绩问题建议方向、每一版", "具名点评", "本人、支部书记、上级党组织、督查员；点评人", LONG),
    Kept("Meeting", "id campaign period organisation item kind held_on place chair recorder guests summary minutes visibility published_at published_by bulletin written_at", "会议：主持人、记录人、列席、总结、记录、由谁公开", "会议留痕", "本支部、上级党组织；按会议设定公开", LONG),
    Kept("Attendance", "id meeting person came", "会议到会：应到的人、到没到", "到会情况", BRANCH, LONG),
    Kept("MeetingComment", "id meeting person levels texts by", "会上点评：对谁、档次、内容、由谁记录", "具名点评", "公开前只有支部书记和上级；公开后按会议设定（本人、本支部、全单位或公众）", LONG),
    Kept("FollowUp", "id organisation meeting review person advice due_on change done_on agreed_by agreed_on", "落实事项：谁来落实、意见、期限、后来改了什么、谁商定", "把建议落到实处", MINE, LONG),
    Kept("AppraisalSheet", "id period organisation over_reason decided_by decided_at", "民主评议：由谁决定、理由", "评议留痕", OVER, LONG),
    Kept("Appraisal", "id sheet person grade decided_by", "民主评议等次：谁、等次、由谁决定", "年度评议", MINE, LONG),
    Kept("Reply", "id period person organisation text written_at", "本人说明或申辩", "对结果的申辩权", MINE, LONG),
    Kept("Feedback", "id kind campaign window organisation week_on is_bad text channel levels receipt_hash contact state owner due_on answer answered_on answered_by is_solved reopened is_counted is_told public_question public_answer published_on published_by", "群众意见：内容、所在的周、责任人、答复；提意见人自愿留的称呼和电话（加密）。不记网络地址和账号", "答复群众", "本支部、上级党组织；称呼电话只有负责回访的人", "意见长期；称呼和电话回访后即删"),
    Kept("FeedbackStep", "id feedback kind text day by", "意见办理经过：交办、答复、回访由谁办；群众一方只到周", "办理留痕", BRANCH, CHECKED),
    Kept("FeedbackAppeal", "id feedback reason asked_by asked_on state decision decided_by decided_on", "差评申诉：谁申诉、理由、谁复核、结论", "申诉复核", BRANCH, CHECKED),
    Kept("Kiosk", "id window name digest opens_at closes_at pause_seconds registered_by is_active", "评价器由谁登记", "设备管理", BRANCH, "停用后仍保存，供核对"),
    Kept("Poll", "id campaign period organisation kind item questionnaire name occasion access slug sample_size opens_on closes_on state opened_by closed_at closed_by", "评议表由谁开启、关闭", "评议留痕", BRANCH, LONG),
    Kept("PollSubject", "id poll position person window organisation name", "评议对象：姓名", "知道评的是谁", "参加评议的人；本支部、上级党组织", LONG),
    Kept("Supervisor", "id campaign organisation rater_class name unit letter_no starts_on ends_on digest appointed_by", "特邀监督员：姓名、单位、聘书编号、任期、谁聘任；链接只存摘要", "聘任和监督", BRANCH, LONG),
    Kept("PassTaken", "id poll supervisor", "某位监督员领过某次评议的码（只记领过，不记是哪一个）", "一人一码", "任何页面都不显示", LONG),
    Kept("PaperEntry", "id sheet by slips totals entered_at", "纸质表由谁录入、各档合计", "两人分别录入、互相核对", BRANCH, CHECKED),
    Kept("Ticket", "digest window issued_on issued_by is_used", "办件码由谁发出（只存摘要，与评价没有联系）", "核实来办过事", "任何页面都不显示", CHECKED),
    Kept("Round", "id campaign period organisation kind form is_joint occasion stage questionnaire opens_at opened_by closes_at state public_key key_fingerprint ballot_bytes marks roll_size voter_count ballots_counted box_hash result_hash closed_at closed_by key_destroyed_at halt_reason voided_at voided_by void_reason", "互评由谁开启、结束、作废；谁投过票的集合（不分先后）；问卷和计票摘要", "一人一票、计票可核对", "本支部、上级党组织（只看到投票人数）", LONG),
    Kept("RollEntry", "id round period kind position person organisation post is_voter is_rated is_void", "互评名册：谁可以投、谁被评", "确定名册", "名册上的人、本支部、上级党组织", LONG),
    Kept("NamedRating", "id round author person levels texts comment written_at", "记名互评：谁对谁、各项档次、内容、留言；写之前讲明是记名的", "人数太少的支部互评", "被评的人、支部书记、上级党组织、督查员；评的人", LONG),
    Kept("PeerTally", "id round person question shown grade scores level_1 level_2 level_3 level_4 level_5 level_6 level_7 level_8", "对某人的互评合计：人数不足时只存等次或什么也不存；不含谁打的", "互评结果", MINE, LONG),
    Kept("PeerComment", "id round person question text state", "对某人的互评留言：内容；不含谁写的、何时写的", "改进建议", "审核人；通过后本人", "长期"),
)  # fmt: skip
# model -> why it holds nothing about a person
NOTHING_PERSONAL = {
    "Ballot": "密封的选票：随机编号、大小相同，没有投票人、没有时间；计票后密钥销毁，谁也打不开",
    "PollPass": "评议码只存摘要和评议主体，不记发给谁",
    "PollCount": "评议的计数，按主体合计，不含投票人",
    "PollRemark": "评议留言与答案、时间和人都分开，随机编号；写的人自己写到姓名的除外",
    "RoundPart": "联合互评由哪些支部合成",
    "PaperSheet": "一叠纸质表的编号和状态",
    "RatingCount": "群众评价只有每天每档的次数，不记人、不记网络地址",
    "RatingHour": "每个窗口每小时几票，不含档次和内容；只给督查看异常，半年后删除",
    "RatingNonce": "已交表的摘要，防止重复提交，不能还原",
}
