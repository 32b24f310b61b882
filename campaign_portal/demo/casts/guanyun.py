"""A: one bureau with a branch, four windows, a leading group and its office."""

from campaign_portal.demo.casts.model import PROBATIONARY, STAFF, Branch, Cast, Counter, Seat

COUNTERS = (
    Counter(
        "气象服务窗口",
        "气象证明开具、气象资料查询、农业气象咨询",
        "1. 说明用途并出示证件\n2. 填写查询单\n3. 窗口核对时段和站点\n4. 当场出具或约定领取时间",
        charm=0.97,
        visits=320,
    ),
    Counter(
        "防雷审批窗口",
        "防雷装置设计审核、防雷装置竣工验收",
        "1. 提交申请和图纸\n2. 当场核对材料，缺件一次告知\n3. 技术审查\n4. 领取核准书",
        charm=0.91,
        visits=180,
    ),
    Counter(
        "施放气球审批窗口",
        "升放无人驾驶自由气球或系留气球活动审批",
        "1. 提前三个工作日申请\n2. 核对资质与现场安全措施\n3. 领取批件\n4. 活动结束后回报",
        charm=0.96,
        visits=110,
    ),
    Counter(
        "为农气象服务站",
        "农时预报、病虫害气象等级、农险灾情证明初核",
        "1. 说清地块和作物\n2. 查阅近期实况\n3. 给出建议或证明\n4. 需要到田的约定时间",
        place="县农业综合服务中心一楼",
        charm=0.94,
        visits=240,
    ),
)
SEATS = (
    Seat("气象台台长", "主持气象台工作，预警发布把关", account="secretary"),
    Seat("预报员", "短期短时预报、预警制作", account="member"),
    Seat("防雷审批岗", "防雷审核材料受理、一次性告知", window=2, account="member2"),
    Seat("副局长", "分管业务与服务", account="leader", role="leader", role_title="领导小组成员"),
    Seat("局长", "主持全局工作", role="committee", role_title="领导小组组长"),
    Seat("副局长、机关工会主席", "分管党建和政务服务", account="committee", role="committee", role_title="领导小组副组长"),
    Seat("纪检组长", "监督执纪、专项督查", account="inspector", role="inspector", role_title="督查员"),
    Seat("办公室主任", "创先争优办日常工作", role="office", role_title="创先争优办主任"),
    Seat("总工程师", "技术把关、业务竞赛", role="leader", role_title="领导小组成员"),
    Seat("首席预报员", "重大天气会商、预报复盘"),
    Seat("预报员", "海洋与农业专项预报"),
    Seat("观测站站长", "观测质量、设备维护"),
    Seat("观测员", "地面观测、日清日结"),
    Seat("观测员", "自动站巡检与抢修"),
    Seat("气象服务岗", "证明开具、资料查询", window=1),
    Seat("气象服务岗", "农业气象咨询", window=1, status=PROBATIONARY),
    Seat("审批服务岗", "气球施放审批、现场核查", window=3),
    Seat("为农服务岗", "农时预报、田间回访", window=4),
    Seat("党组成员", "分管财务与人工影响天气", role="leader", role_title="领导小组成员"),
    Seat("人工影响天气岗", "作业申请、弹药安全"),
    Seat("窗口协办员", "叫号引导、材料预审", window=1, status=STAFF),
    Seat("窗口协办员", "资料整理、邮寄送达", window=2, status=STAFF),
    Seat("驾驶员", "巡检保障", status=STAFF),
)  # fmt: skip

CAST = Cast(
    slug="guanyun-weather",
    trade="weather",
    prefix="GY",
    root_name="灌云县气象局",
    root_kind="unit",
    domain="气象",
    offices=("创先争优办", "气象台", "观测站", "服务中心"),
    branches=(
        Branch(
            "灌云县气象局机关党支部", "机关支部", "window_service", SEATS, COUNTERS, 0.93,
            "早一分钟，稳一方田",
        ),
    ),
)  # fmt: skip
