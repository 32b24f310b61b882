"""What units of the demonstration show: cards, plaques, a story, a brand, rules, first questions."""

# a word of the window's name -> cards; everything but the last has all eight disclosures
CARDS = {
    "婚姻登记": [
        {"matter": "内地居民结婚登记", "basis": "《中华人民共和国民法典》第一千零四十九条；《婚姻登记条例》",
             "preconditions": "男满 22 周岁、女满 20 周岁，双方自愿，无配偶，非近亲",
             "materials": "双方身份证\n户口簿\n近期二寸合影三张", "procedure": "预约或取号\n窗口核对材料\n签署声明\n登记发证",
             "charges": "free", "limit_days": 0, "legal_days": 1, "service_standard": "材料齐全 20 分钟内发证"},
        {"matter": "补领婚姻登记证", "basis": "《婚姻登记条例》第十七条", "preconditions": "婚姻状况未变",
             "materials": "本人身份证\n户口簿\n近期照片两张", "procedure": "申请\n查档\n签署声明\n发证",
             "charges": "free", "limit_days": 1, "legal_days": 5},
    ],
    "企业": [
        {"matter": "企业设立登记", "basis": "《中华人民共和国市场主体登记管理条例》", "preconditions": "有名称、住所、章程和股东",
             "materials": "设立登记申请书\n章程\n住所使用证明\n股东身份证明", "procedure": "网上填报\n窗口预审\n核准\n领执照、印章和发票",
             "charges": "free", "limit_days": 1, "legal_days": 5, "is_fast_track": True, "fast_days": 0},
    ],
    "不动产": [
        {"matter": "不动产抵押登记", "basis": "《不动产登记暂行条例》第十四条", "preconditions": "产权清楚，无查封、异议",
             "materials": "抵押合同\n不动产权证书\n双方身份证明", "procedure": "受理\n审核\n登簿\n发证",
             "charges": "paid", "fee_basis": "国家发展改革委、财政部不动产登记收费的规定", "fee_standard": "住宅 80 元/件，非住宅 550 元/件；小微企业免收",
             "limit_days": 2, "legal_days": 10, "is_fast_track": True, "fast_days": 1},
    ],
    "综合": [
        {"matter": "老年人优待证办理", "basis": "《江苏省老年人权益保障条例》", "preconditions": "年满 60 周岁",
             "materials": "身份证\n近期一寸照片", "procedure": "申请\n核对\n制证\n领取", "charges": "free", "limit_days": 0, "legal_days": 7},
    ],
    "工程": [  # 7/8: the basis is still missing
        {"matter": "建筑工程施工许可", "preconditions": "已取得用地、规划许可，资金和图审落实",
             "materials": "申请表\n用地批准手续\n规划许可证\n施工合同", "procedure": "一窗受理\n并联审查\n现场核查\n发证",
             "charges": "free", "limit_days": 3, "legal_days": 7},
    ],
    "资产": [
        {"matter": "公有资产出租备案", "basis": "《行政事业性国有资产管理条例》", "preconditions": "权属清楚，已经单位集体研究",
             "materials": "出租申请\n权属证明\n评估报告", "procedure": "申报\n审核\n备案", "charges": "free", "limit_days": 3, "legal_days": 10,
             "service_standard": "一次说清要补什么，不让单位跑第三趟"},
    ],
    "公房": [
        {"matter": "办公用房调配", "basis": "《党政机关办公用房管理办法》", "preconditions": "编制内需要，不超核定面积",
             "materials": "调配申请\n编制批复\n现用房清单", "procedure": "来函\n核对台账\n现场丈量\n出具调配单",
             "charges": "free", "limit_days": 5, "legal_days": 10, "service_standard": "来函当天回执，丈量提前一天约定"},
    ],
}  # fmt: skip
PLAQUES = (
    ("党员示范岗", "满意率 98% 以上，连续两季无有责投诉，承诺全部兑现", "person"),
    ("党员示范窗口", "窗口党员过半，群众满意率居前，八项公开齐全", "window"),
    ("青年文明号", "35 岁以下占七成，全年零差错", None),
)
STORY = {
    "title": "台风夜里的第七份预报",
    "summary": "连续值守 36 小时，赶在上岸前把风圈缩小到乡镇。",
    "body": "那天夜里雷达回波一直压着海岸线。她把第六份预报推翻重做，凌晨三点发出第七份，提前四小时点名了三个乡镇。\n"
    "天亮后，两千多人已经转移。有人问她累不累，她说：预报晚十分钟，转移就少跑一里路。",
    "medium": "县融媒体中心",
}
BRAND = {
    "name": "暖心一窗", "slogan": "进一扇门，说一次事", "meaning": "群众只进一扇门、只说一次事，剩下的由我们在后台跑。",
    "measures": "设综合窗口统一收件\n后台按类分派，限时回复\n每周公布办结情况", "results": "平均跑动由 2.4 次降到 1.1 次。",
}  # fmt: skip
TEXTS = (
    ("standard", "窗口服务标准", "来有迎声，问有答声，走有送声\n材料一次说清，给书面告知单\n到点不停号，最后一位办完再下班"),
    ("phrases", "文明用语", "您好，请问办理什么业务？\n请您稍等，我马上核对\n材料还缺这几样，给您写在单子上\n请慢走"),
    ("rule", "首问负责制", "第一位被问到的人负责到底\n不是自己的事，领到承办人面前\n登记去向，办结后回告"),
)  # fmt: skip
FIRST_ASKED = (
    # visitor, matter, handed to, days ago, days to do it, result ("" is still open)
    ("张先生", "老宅翻建要办什么手续", "规划股", 12, 3, "已领到审批股，当天受理"),
    ("李女士", "异地医保报销多久到账", "", 9, 2, "当场查到，已到账"),
    ("王大爷", "水电过户能不能代办", "综合受理岗", 6, 3, ""),
    ("陈女士", "孩子的户口能不能先登记后补材料", "公安窗口", 1, 3, ""),
)
