"""What the showing of identities and pledges holds about people. Compared with the models by tests/branches/test_privacy.py."""

from common.personal import AFTER_LEAVING, CLEARED, Kept

BRANCH = "本支部、上级党组织"
LONG = "长期，供历史结果对照"
CHECKED = "长期，供核对"

TITLE = "身份牌、承诺和公示"
KEPT = (
    Kept("Card", "id person shows_party shows_motto shows_zones shows_duties shows_joined_on shows_phone confirmed_at", "身份牌：公示栏上公开哪些、何时核对过", "按本人意愿公示", BRANCH, "长期；只有开关，不含资料本身"),
    Kept("ZoneHolder", "id zone person starts_on ends_on", "责任区、先锋岗的责任人和起止", "亮明岗位责任", "公开（在任期间，本人可不显示）", LONG),
    Kept("Pledge", "id campaign period organisation owner_person owner_window owner_organisation theme text baseline target starts_on due_on evidence_plan status version written_by written_at submitted_at reviewed_at reviewed_by review_note published_at concluded_at concluded_by explanation down_at down_by down_reason", "承诺：事项、目标、时限、状态，谁填写、审核、认定、撤下", "公开承诺、兑现情况", "公示后公开；草稿只有本人、填写人、支部书记、上级党组织", LONG),
    Kept("PledgeVersion", "id pledge number text baseline target due_on reason changed_at changed_by", "改过的承诺：原文、理由、谁改的", "改动留痕", "公示后公开", LONG),
    Kept("PledgeProgress", "id pledge note noted_at noted_by", "兑现进展由谁记、写了什么", "说明兑现情况", "与承诺相同", LONG),
    Kept("ProgressFile", "id progress file name is_picture", "兑现佐证：上传的照片和文件（照片重新编码，去掉拍摄信息）", "证明兑现情况", "登录后能看到这项承诺的人；不对外公开", LONG),
    Kept("Plaque", "id state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason organisation code version name awarded_by criteria holder_person holder_window starts_on ends_on", "挂牌：挂牌人、依据、期限，谁填写、审核、审批", "公示荣誉岗", "公开（公示期间）；本支部、上级党组织", LONG),
    Kept("Story", "id state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason organisation code version title summary body person medium link", "事迹：写的是谁、正文，谁填写、审核、审批", "宣传先进", "公开（公示期间）；本支部、上级党组织", LONG),
    Kept("Brand", "id state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason organisation code version name slogan meaning measures results", "服务品牌由谁填写、审核、审批", "审核留痕", "公开（公示期间）；本支部、上级党组织", LONG),
    Kept("StandingText", "id state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason organisation code version kind title body", "制度和标准由谁填写、审核、审批", "审核留痕", "公开（公示期间）；本支部、上级党组织", LONG),
    Kept("ServiceItem", "id state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason organisation code version window matter basis preconditions materials procedure charges fee_basis fee_standard limit_days legal_days is_fast_track fast_days handler_unit handler_name contact contact_is_office service_standard", "服务事项：承办人、联系电话，谁填写、审核、审批", "办事公开", "公开（公示期间）；本支部、上级党组织", LONG),
    Kept("Bulletin", "id state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason organisation code version kind period title intro rows named", "评议公示：评议结果或点评，写到谁，谁填写、审核", "公示评议结果和点评", "选定的范围：本人、支部、全单位或公众；本支部、上级党组织", LONG),
    Kept("WindowText", "id state visibility shown_until written_by written_at proposed_by proposed_at checked_by checked_at approved_by approved_at published_at note down_by down_at down_reason organisation code version window services procedure flow parts taken_over", "窗口公示文字由谁填写、审核、审批、撤下", "审核留痕", "公开（公示期间）；本支部、上级党组织", LONG),
    Kept("PublishedHonour", "id key name organisation person window note criteria since_on", "公示的称号和连续无差错：谁、什么时候取得", "光荣榜、公示栏", "公开（持有期间）", "持有期间；交出或撤销后即去掉"),
    Kept("ServiceReport", "id item kind text week_on receipt_hash answer answered_on answered_by", "超时超收反映：内容、所在的周、由谁答复；不记反映人", "群众监督", "被反映的组织和上级党组织", CHECKED),
    Kept("PrintBatch", "id kind layout organisation campaign subjects file shortened requested_by requested_at made_at", "印制批次：印哪些、由谁提出", "制作牌证", "提出人、支部书记", "记录长期；文件三十天后删除"),
    Kept("PrintRecord", "id batch kind subject person window version digest photos_of printed_at", "印过哪些牌证、第几版、内容摘要、上面有谁的照片", "提醒重印；撤回照片时停用文件", "本人、支部书记、上级党组织", "长期；文件三十天后删除"),
    Kept("FirstAsked", "id organisation window asked_on visitor matter first_by handed_to due_on done_on result written_by written_at", "首问登记：来访人称呼、事项、首问责任人、转交谁、办结", "首问负责、限时办结", BRANCH, CHECKED),
    Kept("Whereabouts", "id person organisation text away_at back_at ended_at ask withdrawn_by withdrawn_reason", "去向留言：去哪里、几点回、找谁办，谁因何撤下", "窗口公示、顶岗", "公开（到返回时为止）；本支部、上级", f"{CHECKED}；内容{AFTER_LEAVING}"),
    Kept("RegisterLine", "id campaign organisation register values written_by written_at", "登记簿的一行：方案规定的内容（可能写到姓名）、由谁填写", "方案要求的登记", BRANCH, CHECKED),
    Kept("SelfExamination", "id person organisation period problem cause plan is_shared pledge written_at", "查摆：问题、原因、打算、是否给本支部看", "自我检查，可转成承诺", "本人；勾选后本支部。上级看不到", f"长期，随本支部保存；内容{AFTER_LEAVING}"),
)  # fmt: skip
# model -> why it holds nothing about a person
NOTHING_PERSONAL = {
    "PledgeLine": "承诺的条目和兑现次数，归属见“承诺”",
    "Appearance": "承诺在哪里公开过",
    "PublishedFigure": "窗口和支部的汇总数",
    "Zone": "责任区的名称和位置，责任人另列",
}

# What somebody wrote for himself goes with him; what was published or judged stays as the result it is.
LEAVING = {
    "SelfExamination": ("person", {"problem": CLEARED, "cause": "", "plan": CLEARED}),
    "Whereabouts": ("person", {"text": CLEARED}),
}
