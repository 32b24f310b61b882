"""B: a committee with six branches of three unit types, and four too small for sealed ballots."""

from campaign_portal.demo.casts.model import (
    BY_NAME,
    JOINT,
    ON_PAPER,
    PROBATIONARY,
    Branch,
    Cast,
    Counter,
    Seat,
)

ASSETS = Counter(
    "资产处置审批窗口",
    "国有资产出租、出借、处置审批",
    "1. 提交申请表和权属证明\n2. 当场核对材料\n3. 现场查看\n4. 会审\n5. 领取批复",
    charm=0.93,
    visits=210,
)
HOUSING = Counter(
    "公房使用审批窗口",
    "办公用房调配、公有住房使用与维修审批",
    "1. 单位来函\n2. 核对台账\n3. 现场丈量\n4. 出具调配单",
    charm=0.95,
    visits=170,
)
SERVICE = Counter(
    "综合服务窗口",
    "办事咨询、材料预审、证照领取",
    "1. 取号\n2. 说明事项，领取材料清单\n3. 材料齐全当场受理\n4. 按约定时间领取",
    charm=0.97,
    visits=420,
)
REPAIR = Counter(
    "报修服务窗口",
    "水电、门窗、电梯报修受理与回访",
    "1. 电话或现场报修\n2. 当场派单\n3. 上门维修\n4. 三日内回访",
    charm=0.90,
    visits=360,
)
CONVENIENCE = Counter(
    "便民缴费窗口",
    "物业费、水电费、停车费缴纳与退费",
    "1. 报房号或车牌\n2. 核对账单\n3. 缴费或登记退费\n4. 领取票据",
    charm=0.95,
    visits=300,
)
ENFORCE = Counter(
    "执法咨询与投诉窗口",
    "节能、用房、用车检查事项咨询，投诉举报受理",
    "1. 登记来意\n2. 出示检查文书或说明依据\n3. 承办科室当面答复或约期答复\n4. 结果回访",
    charm=0.86,
    visits=140,
)

BRANCHES = (
    Branch(
        "审批服务党支部",
        "审批支部",
        "approval",
        (
            Seat("审批科科长", "主持审批科，复杂事项会审", account="secretary"),
            Seat("审批岗", "资产处置受理与审查", window=1, account="member"),
            Seat("审批岗", "公房使用受理与审查", window=2, account="member2"),
            Seat("副局长", "分管审批与政务公开", account="leader", role="leader", role_title="领导小组成员"),
            Seat("现场核查岗", "现场查看、丈量", window=1),
            Seat("档案岗", "案卷装订归档", window=2),
            Seat("法制岗", "合法性审查"),
            Seat("审批岗", "咨询与一次性告知", window=1, status=PROBATIONARY),
        ),
        (ASSETS, HOUSING),
        0.97,
        "一次说清，一次办成",
    ),
    Branch(
        "窗口服务党支部",
        "窗口支部",
        "window_service",
        (
            Seat("服务大厅主任", "大厅运行、首问负责"),
            Seat("综合受理岗", "咨询、预审、受理", window=1),
            Seat("综合受理岗", "证照领取、短信告知", window=1),
            Seat("帮办岗", "老年人和残疾人帮办", window=1),
            Seat("机关党委专职副书记", "机关党委日常工作", account="committee", role="committee", role_title="机关党委（协调负责）"),
            Seat("流动窗口岗", "高峰时段加开窗口", window=1),
            Seat("信息岗", "叫号与评价系统维护"),
        ),
        (SERVICE,),
        0.95,
        "多走一步，少跑一趟",
    ),
    Branch(
        "后勤保障党支部",
        "后勤支部",
        "window_service",
        (
            Seat("保障科科长", "维修、食堂、车辆保障"),
            Seat("报修调度岗", "接单派单、回访", window=1),
            Seat("维修岗", "水电维修", window=1),
            Seat("维修岗", "电梯与消防设施", window=1),
            Seat("党组书记、局长", "主持全局工作", role="committee", role_title="领导小组组长"),
            Seat("食堂管理岗", "食材验收、意见答复"),
        ),
        (REPAIR,),
        0.78,
        "随叫随到",
    ),
    Branch(
        "便民服务党支部",
        "便民支部",
        "window_service",
        (
            Seat("物业科科长", "小区物业与收费管理"),
            Seat("收费岗", "缴费、票据", window=1),
            Seat("收费岗", "退费、对账", window=1),
            Seat("社区联络岗", "居民意见收集、困难户走访"),
            Seat("副局长", "分管后勤与物业", role="leader", role_title="领导小组成员"),
            Seat("工会干事", "职工服务、妇委会工作"),
        ),
        (CONVENIENCE,),
        0.92,
        "把账算明白",
    ),
    Branch(
        "执法检查党支部",
        "执法支部",
        "enforcement",
        (
            Seat("执法科科长", "节能与用房检查"),
            Seat("执法岗", "现场检查、文书制作", window=1),
            Seat("执法岗", "投诉核查与回访", window=1),
            Seat("执法岗", "案卷评查", window=1),
            Seat("督查专员", "机关党委督查", account="inspector", role="inspector", role_title="督查员"),
            Seat("执法岗", "普法宣传"),
        ),
        (ENFORCE,),
        0.82,
        "先讲理，再执法",
    ),
    Branch(
        "综合监督党支部",
        "监督支部",
        "enforcement",
        (
            Seat("监督科科长", "内部审计与效能监督"),
            Seat("审计岗", "项目审计"),
            Seat("采购监督岗", "采购全程监督"),
            Seat("副局长", "分管执法与监督", role="leader", role_title="领导小组成员"),
            Seat("信访岗", "来信来访办理"),
            Seat("组织人事岗", "党员教育、考核"),
        ),
        (),
        0.9,
        "经得起看",
    ),
    Branch(
        "机要档案党支部",
        "机要支部",
        "enforcement",
        (
            Seat("机要档案室主任", "机要与档案管理"),
            Seat("机要员", "文件收发、保密检查"),
            Seat("档案员", "档案查阅、数字化"),
        ),
        motto="守得住，查得到",
        way=JOINT,
    ),
    Branch(
        "财务审核党支部",
        "财务支部",
        "enforcement",
        (
            Seat("财务科科长", "预算与审核"),
            Seat("会计岗", "凭证、报表"),
            Seat("出纳岗", "收付、对账"),
        ),
        motto="分厘不差",
        way=JOINT,
    ),
    Branch(
        "离退休干部党支部",
        "离退休支部",
        "window_service",
        (
            Seat("支部书记", "离退休党员学习、走访"),
            Seat("联络员", "活动组织"),
            Seat("老年大学班长", "意见收集"),
        ),
        motto="退休不褪色",
        way=ON_PAPER,
    ),
    Branch(
        "驻外联络处党支部",
        "联络处支部",
        "window_service",
        (
            Seat("联络处主任", "主持联络处"),
            Seat("接待岗", "来访接待"),
            Seat("后勤岗", "车辆、住宿"),
        ),
        motto="在外一样有组织",
        way=BY_NAME,
    ),
)  # fmt: skip

CAST = Cast(
    slug="hengyang-bureau",
    trade="bureau",
    prefix="HY",
    root_name="衡阳市直机关局机关党委",
    root_kind="committee",
    domain="机关事务",
    branches=BRANCHES,
)
