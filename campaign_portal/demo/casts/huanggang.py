"""C: a hospital's committee with its three branches."""

from campaign_portal.demo.casts.model import PROBATIONARY, STAFF, Branch, Cast, Counter, Seat

BRANCHES = (
    Branch(
        "门诊党支部",
        "门诊支部",
        "service",
        (
            Seat("门诊部主任", "门诊运行、投诉首接", account="secretary"),
            Seat("主治医师", "针灸推拿门诊", account="member"),
            Seat("导诊护士", "分诊、陪检、轮椅借用", window=1, account="member2"),
            Seat("护士长", "门诊护理与导诊", window=1),
            Seat("药师", "中药调剂、用药交代", window=3),
            Seat("收费员", "挂号、收费、退费", window=2),
            Seat("医保岗", "医保政策咨询、异地备案", window=2),
            Seat("检验技师", "采血、报告发放", window=4),
            Seat("副院长", "分管医疗", account="leader", role="leader", role_title="领导小组成员"),
            Seat("主任医师", "名老中医工作室", status=PROBATIONARY),
            Seat("药剂员", "煎药、配送", window=3, status=STAFF),
            Seat("收费员", "自助机引导", window=2, status=STAFF),
        ),
        (
            Counter("导诊服务台", "分诊咨询、预约改约、轮椅借用、陪检", "1. 说明不适\n2. 分诊挂号\n3. 指引或陪同到诊室\n4. 离院前可回到此处咨询", "门诊一楼大厅", 0.97, 420),
            Counter("挂号收费窗口", "挂号、收费、退费、票据补打", "1. 出示就诊卡或身份证\n2. 确认项目与金额\n3. 付费取票\n4. 退费当天办清", "门诊一楼大厅", 0.89, 380),
            Counter("中药房窗口", "中药调剂、代煎、用药咨询", "1. 交处方\n2. 叫号取药\n3. 核对姓名与剂数\n4. 交代煎法和禁忌", "门诊一楼东侧", 0.95, 300),
            Counter("检验服务窗口", "采血、标本接收、报告领取", "1. 核对条码\n2. 采样\n3. 告知出报告时间\n4. 危急值立即通知医生", "门诊二楼", 0.96, 240),
        ),
        0.96,
        "先看病人，再看病",
    ),
    Branch(
        "住院党支部",
        "住院支部",
        "clinic",
        (
            Seat("内科主任", "病区医疗质量", ),
            Seat("护士长", "病区护理、床旁宣教"),
            Seat("副主任医师", "脑病科"),
            Seat("主治医师", "骨伤科"),
            Seat("主治医师", "肛肠科"),
            Seat("住院医师", "病历书写、夜班首诊"),
            Seat("责任护士", "静脉治疗"),
            Seat("责任护士", "康复训练"),
            Seat("麻醉师", "围术期安全"),
            Seat("住院结算岗", "入出院结算", window=1),
            Seat("党委副书记", "分管党建和行风", account="committee", role="committee", role_title="领导小组副组长"),
            Seat("结算员", "押金与退费", window=1, status=STAFF),
        ),
        (
            Counter("住院结算窗口", "入院登记、押金、出院结算", "1. 持住院证登记\n2. 交押金或走医保直补\n3. 出院当日结算\n4. 领取清单和小结", "住院部一楼", 0.92, 260),
        ),
        0.8,
        "夜里也有人",
    ),
    Branch(
        "行政党支部",
        "行政支部",
        "administration",
        (
            Seat("院办主任", "综合协调、公文会务"),
            Seat("总会计师", "预算、收费复核", role="leader", role_title="领导小组成员"),
            Seat("设备科长", "设备采购与维护"),
            Seat("后勤科长", "水电、食堂、保洁"),
            Seat("医务干事", "纠纷接待、病历复印", window=1),
            Seat("信息工程师", "叫号、结算系统"),
            Seat("院长", "主持全院行政工作", role="committee", role_title="领导小组组长"),
            Seat("纪委书记", "监督执纪、行风督查", account="inspector", role="inspector", role_title="督查员"),
            Seat("工会主席", "职工服务、志愿活动", role="leader", role_title="领导小组成员"),
        ),
        (
            Counter("病案复印窗口", "病历复印、诊断证明盖章", "1. 出示身份证或委托书\n2. 填申请\n3. 核对后复印\n4. 盖章，可邮寄", "行政楼一楼", 0.94, 130),
        ),
        0.92,
        "机关围着临床转",
    ),
)  # fmt: skip

CAST = Cast(
    slug="huanggang-hospital",
    trade="hospital",
    prefix="HG",
    root_name="黄冈市中医医院党委",
    root_kind="committee",
    domain="卫生健康",
    branches=BRANCHES,
)
