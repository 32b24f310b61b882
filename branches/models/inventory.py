"""What people and organisations hold about people. Compared with the models by tests/branches/test_privacy.py."""

from common.personal import AFTER_LEAVING, Kept

BRANCH = "本支部、上级党组织"
KEEPER = "本人、支部书记、上级党组织"
NOBODY = "任何人都看不到"
WHILE_HERE = f"在本组织期间；{AFTER_LEAVING}"
BY_ONESELF = f"自己删改为止；{AFTER_LEAVING}"
WITH_RESULTS = "长期：历史结果和留痕要写明是谁"

TITLE = "账号、名册和岗位"
KEPT = (
    Kept("Person", "id username created_at", "账号、建档时间", "登录和留痕", KEEPER, WITH_RESULTS),
    Kept("Person", "last_login password_changed_at", "上次登录、改密时间", "账号安全", KEEPER, WHILE_HERE),
    Kept("Person", "password must_change_password", "密码（只存不可还原的摘要）、是否须改密码", "登录", NOBODY, f"停用后不能登录；{AFTER_LEAVING}"),
    Kept("Person", "name name_pinyin", "姓名、姓名拼音", "称呼和排序", "本支部、上级；窗口公示页（在窗口值守时）", WITH_RESULTS),
    Kept("Person", "work_no", "工号", "核对身份；可不填", BRANCH, WHILE_HERE),
    Kept("Person", "gender ethnicity education", "性别、民族、学历", "党员名册；可不填", BRANCH, WHILE_HERE),
    Kept("Person", "political_status", "政治面貌", "党员名册、身份牌、考评的范围", BRANCH, WITH_RESULTS),
    Kept("Person", "joined_on joined_precision regular_on regular_precision party_position", "入党和转正日期、党内职务", "党员名册、身份牌", BRANCH, WHILE_HERE),
    Kept("Person", "birth_on birth_precision", "出生日期（可只到年或月）", "核对名册；可不填", KEEPER, WHILE_HERE),
    Kept("Person", "phone email", "电话、邮箱", "联系和发提醒；可不填", KEEPER, WHILE_HERE),
    Kept("Person", "motto", "人生格言", "身份牌；自己写，可不填", "本支部；窗口公示页", BY_ONESELF),
    Kept("Person", "photo photo_consented_at", "照片、同意公开的时间", "身份牌；公开须本人单独同意，随时撤回", "本支部；同意后公开", BY_ONESELF),
    Kept("Person", "id_number_sealed id_number_hash", "身份证号（加密保存）和核对用的摘要", "导入名册时认出同一个人；可不填", "本人和支部书记，只显示首尾", WHILE_HERE),
    Kept("Person", "is_active", "账号是否可用", "离开后停用", KEEPER, WITH_RESULTS),
    Kept("Affiliation", "id person organisation status starts_on ends_on", "组织关系：在哪个组织、身份、起止", "名册和考评的归属", BRANCH, "长期，供历史结果对照"),
    Kept("Post", "id person organisation window title duties cover starts_on ends_on", "岗位：窗口、职责、B 岗、起止", "窗口公示、考评", "公开（在岗期间）", "长期，供历史结果对照"),
    Kept("Role", "id person kind organisation title starts_on ends_on granted_by granted_at", "角色：管哪里、任期、授权人", "决定能看什么、做什么", "本人、授权人", "长期，供审计"),
    Kept("ActivationCode", "id person code_hash expires_at issued_at issued_by", "激活码（只存摘要）、签发人、有效期", "开通账号", NOBODY, "用过或七天后失效"),
    Kept("CorrectionRequest", "id person about wanted asked_at answered_at answered_by is_corrected answer", "更正申请：哪一项、应当是什么、答复", "保障更正的权利", KEEPER, f"长期，供核对；内容和答复在{AFTER_LEAVING}"),
    Kept("Upload", "id kind organisation about by job state file_name digest file preview corrections fingerprint meanings counts message created_at expires_at applied_at", "上传的名册（加密存放）、谁在何时导入", "导入和核对", "上传的本人", "文件 24 小时后删除，导入记录长期保存"),
    Kept("Upload", "undo_sealed", "撤销导入所需的原值（加密保存）", "导错时整批撤销", NOBODY, "导入后七天"),
)  # fmt: skip
# model -> why it holds nothing about a person
NOTHING_PERSONAL = {
    "UnitType": "单位类型",
    "Organisation": "组织的名称和结构",
    "FormerName": "组织用过的名称",
    "Window": "窗口的名称、地点和办公电话",
    "ImportMapping": "表头的含义",
}
