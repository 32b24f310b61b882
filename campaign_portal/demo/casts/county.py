"""D: one centre with a branch, eight windows, members and non-members, an office, invited supervisors."""

from campaign_portal.demo.casts.model import PROBATIONARY, STAFF, Branch, Cast, Counter, Seat

STEPS = (
    "1. 取号或预约\n2. 窗口核对材料，缺件一次告知\n3. 受理并给回执\n4. 按承诺时限办结，短信通知领取"
)
COUNTERS = (
    Counter("企业开办窗口", "企业设立、变更、注销登记，印章与发票一次领", STEPS, charm=0.97, visits=360),
    Counter("不动产登记窗口", "不动产转移、抵押、查询", STEPS, charm=0.92, visits=420),
    Counter("社会保险窗口", "参保登记、待遇申领、关系转移", STEPS, charm=0.95, visits=380),
    Counter("医疗保障窗口", "异地备案、手工报销、门诊慢病申报", STEPS, charm=0.90, visits=340),
    Counter("公安出入境窗口", "护照、通行证申办与签注", STEPS, "二楼 A 区", 0.96, 260),
    Counter("工程建设审批窗口", "立项、规划、施工许可一窗受理", STEPS, "二楼 B 区", 0.88, 150),
    Counter("婚姻登记窗口", "结婚、离婚登记，证件补领", STEPS, "二楼 A 区", 0.98, 200),
    Counter("综合便民窗口", "证明开具、水电气报装、老年优待证", STEPS, charm=0.94, visits=460),
)  # fmt: skip
SEATS = (
    Seat("中心党支部书记", "支部工作、窗口管理", account="secretary"),
    Seat("企业登记岗", "设立登记受理与发照", window=1, account="member"),
    Seat("不动产登记岗", "抵押登记受理", window=2, account="member2"),
    Seat("中心主任", "主持中心工作", account="committee", role="committee", role_title="领导小组组长"),
    Seat("中心副主任", "分管进驻管理", account="leader", role="leader", role_title="领导小组成员"),
    Seat("中心副主任", "兼任办公室主任", role="office", role_title="办公室主任"),
    Seat("支部组织委员", "党员教育、例会点评", role="leader", role_title="领导小组成员"),
    Seat("支部纪检委员", "作风监督、考勤抽查", role="leader", role_title="领导小组成员"),
    Seat("社保经办岗", "待遇核定", window=3),
    Seat("医保经办岗", "慢病申报", window=4),
    Seat("出入境岗", "受理与采集", window=5),
    Seat("工程审批岗", "施工许可", window=6),
    Seat("婚姻登记员", "结婚登记", window=7),
    Seat("帮办代办岗", "老年人陪办、上门办", window=8),
    Seat("督查岗", "日常巡查、考勤抽查", status=PROBATIONARY),
    Seat("企业登记岗", "变更注销、发票申领", window=1, status=STAFF),
    Seat("企业登记岗", "材料预审、印章发放", window=1, status=STAFF),
    Seat("不动产登记岗", "查询与缮证", window=2, status=STAFF),
    Seat("不动产登记岗", "网签核验", window=2, status=STAFF),
    Seat("社保经办岗", "参保登记", window=3, status=STAFF),
    Seat("社保经办岗", "关系转移", window=3, status=STAFF),
    Seat("医保经办岗", "手工报销初审", window=4, status=STAFF),
    Seat("医保经办岗", "异地备案", window=4, status=STAFF),
    Seat("出入境岗", "证件发放", window=5, status=STAFF),
    Seat("工程审批岗", "图纸收件、联审联络", window=6, status=STAFF),
    Seat("婚姻登记员", "离婚登记、档案补领", window=7, status=STAFF),
    Seat("综合受理岗", "证明开具", window=8, status=STAFF),
    Seat("综合受理岗", "水电气报装", window=8, status=STAFF),
    Seat("导服员", "叫号引导、自助机教用", window=8, status=STAFF),
)  # fmt: skip

CAST = Cast(
    slug="county-service-centre",
    trade="service",
    prefix="XF",
    root_name="县行政服务中心",
    root_kind="unit",
    domain="政务服务",
    offices=("中心办公室", "督查科"),
    branches=(
        Branch(
            "县行政服务中心党支部", "中心支部", "convenience", SEATS, COUNTERS, 0.93, "进一扇门，办成一件事"
        ),
    ),
    outsiders=(
        Seat("聘请的窗口形象监督员", "巡查窗口、转达群众意见", account="inspector", role="inspector", role_title="窗口形象监督员"),
        Seat("聘请的窗口形象监督员", "暗访窗口、参加评议", role="inspector", role_title="窗口形象监督员", status=STAFF),
    ),
)  # fmt: skip
