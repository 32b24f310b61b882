"""What the fixed answers are called: value -> word, `Model.field` or `field` first where words differ."""

from campaigns.models.document import FREQUENCY_LABELS

COMMON = {
    **FREQUENCY_LABELS,
    "participants": "全体参加者", "members": "党员", "staff": "全体窗口人员", "windows": "窗口",
    "branches": "支部", "units": "单位", "secretary": "支部书记", "leader": "领导",
    "committee": "党委", "office": "活动办公室", "inspector": "督查员", "public": "群众",
    "none": "不针对谁", "self": "本人", "each_member": "逐个党员", "each_participant": "逐人",
    "each_window": "逐个窗口", "each_branch": "逐个支部", "own_branch": "本支部",
    "own_window": "本窗口", "more": "越多越好", "less": "越少越好", "scale": "打档", "text": "写字",
    "check": "是否", "person": "个人", "window": "窗口", "branch": "支部", "unit": "单位",
    "roll": "按名册", "pinyin": "按拼音", "strokes": "按笔画", "open": "公开码（谁都能扫）",
    "ticket": "办件码（一次一评）", "tablet": "窗口评价器", "paper": "纸质票", "vote": "网上投票",
    "show": "公开（亮）", "compare": "比较（比、赛）", "review": "评议（评、看）",
    "attain": "争创（创、评选）", "selection": "评选", "declaration": "申报认定",
    "peers": "同支部党员", "leaders": "领导", "panel": "邀请的代表", "inspectors": "督查人员",
    "month": "月", "quarter": "季度", "half": "半年", "year": "年", "badge": "工作牌",
    "service_card": "服务卡", "desk_sign": "台签", "board": "公示栏", "zone": "责任区牌",
    "poster": "海报", "screen": "大屏", "name": "姓名", "post": "岗位", "photo": "照片",
    "motto": "格言", "phone": "电话", "party_member": "党员身份", "emblem": "党徽",
    "duties": "职责", "organisation": "本单位", "horizontal": "横向", "vertical": "纵向",
    "group": "党小组", "sampled": "抽样", "down": "舍去", "up": "进一", "half_up": "四舍五入",
    "campaign": "全活动", "unit_type": "同类单位", "general_branch": "党总支",
    "department": "科室",
    # recipes
    "floor": "舍去", "round": "四舍五入", "ceil": "进一", "renormalise": "由其余部分分担",
    "zero": "按 0 分", "competition": "1、2、2、4", "dense": "1、2、2、3", "modified": "1、3、3、4",
    "high_first": "分高在前", "low_first": "分低在前", "all": "全部", "scored": "有得分的",
    "not_exempt": "未豁免的", "band": "够得上这一等次的", "exact": "用精确值", "rounded": "用公布值",
    "most": "得票最多", "over_half": "过半数", "cumulative": "从好往下累计过半", "lower": "取低一档",
    "higher": "取高一档", "rate": "完成率", "value": "原值", "growth": "增长率", "change": "增减量",
    "best": "取最好一次", "sum": "相加", "mean": "平均", "median": "中位数", "highest": "最高",
    "leave_out": "不计这一部分", "trimmed_mean": "去掉最高最低再平均", "lowest": "最低",
}  # fmt: skip
SPECIAL = {
    "unit": {"name": "单位"},
    "source": {"self": "本人", "peers": "同支部党员", "branch": "支部（书记）", "public": "群众",
               "units": "其他单位", "members": "全体党员"},
    "visibility": {"self": "本人", "branch": "本支部", "organisation": "本单位", "public": "公开"},
    "fields": {"zone": "责任区"},
    "IdentityCardSettings.fields": {"name": "姓名", "unit": "单位", "zone": "责任区"},
    "order": {"roll": "按名册"},
    "roll": {"members": "只有党员", "participants": "全体参加者"},
    "within": {"branch": "支部", "group": "党小组", "organisation": "单位"},
    "sample": {"open": "公开"},
    "kind": {"committee": "党委", "branch": "党支部"},
    "kept_by": {"office": "办公室"},
    "rank_within": {"organisation": "同一组织内"},
    "participants": {"members": "党员", "staff": "全体窗口人员（不论是不是党员）"},
    "missing": {"none": "没有结果"},
    "ties": {"none": "没有结果"},
    "minimum": {},
    "test": {"from": "不低于（≥）", "above": "高于（>）", "to": "不高于（≤）", "below": "低于（<）",
             "in": "是其中之一", "yes": "有（是）", "no": "没有（否）", "absent": "没有数据",
             "present": "有数据"},
    "sign": {"from": "不低于（≥）这条线", "above": "高于（>）这条线", "to": "不高于（≤）这条线",
             "below": "低于（<）这条线"},
    "join": {"all": "全部成立", "any": "有一条成立", "none": "一条也不成立"},
    "Below.count": {"exact": "按比例", "floor": "不足一个不算", "ceil": "不足一个算一个"},
    "Above.count": {"exact": "按比例", "floor": "不足一个不算", "ceil": "不足一个算一个"},
    "overall": {"pooled": "全部分数一起平均", "mean_of_means": "各组平均再平均"},
    "method": {"max": "除以最好的", "min": "最低的除以它", "mean": "除以平均",
               "range": "功效系数（最低到最高）", "place": "名次分", "standard": "标准分"},
    "groups": {"unit_type": "同类单位在一起排"},
    "BallotRule.kind": {"range": "分数范围", "at_most": "最多几人", "at_least": "至少几人",
                        "not_all_same": "不能人人同分", "complete": "每个人都要评"},
    "missing_rater": {"none": "没有结果"},
    "missing_question": {"none": "没有结果"},
    "per": {"group": "每个同类组", "all": "全体一起"},
}  # fmt: skip
NODE_KINDS = {
    "weighted_sum": "加权和", "reviews": "评议平均分", "level_share": "某几档占比（满意率、优秀率）",
    "majority": "多数等次", "ballots": "逐票打分", "fulfilment": "承诺兑现", "compliance": "任务完成",
    "count": "次数", "indicator": "指标", "contest": "竞赛名次", "value": "数值", "constant": "常数",
    "sum": "相加", "mean": "平均", "trimmed_mean": "去掉最高最低再平均", "median": "中位数",
    "highest": "取最高", "lowest": "取最低", "product": "相乘", "matrix": "评议主体 × 指标",
    "capped_bonus": "加分封顶", "deduction": "扣分", "gate": "限定", "veto": "一票否决",
    "scale": "折算", "coefficient": "系数", "relative": "相对化（功效系数、名次分）",
    "choose": "按条件取", "first_of": "取第一个有值的", "figure": "引用另一个数",
}  # fmt: skip

ABOUT_KINDS = (
    ("从数据来", {
        "reviews": "某类主体的评议，按量表折成平均分",
        "level_share": "满意率、优秀率、得票率",
        "majority": "先给每张票定等次，再看多数",
        "ballots": "评委打的分，可去掉最高最低",
        "trimmed_mean": "多于几人时去掉最高分、最低分再平均",
        "fulfilment": "承诺兑现了几成",
        "compliance": "任务、检查、整改完成了几成",
        "indicator": "一个指标的数，可换算成分",
        "count": "活动、荣誉的次数，每次几分",
        "contest": "竞赛名次折成分",
        "value": "直接取一个数",
        "constant": "固定的几分",
    }),
    ("把几部分合起来", {
        "weighted_sum": "各部分按权重相加，最常用",
        "matrix": "主体权重和指标权重两层",
        "sum": "各部分直接相加",
        "mean": "各部分取平均",
        "median": "取中间的一个",
        "highest": "取最高的一个",
        "lowest": "取最低的一个",
        "product": "各部分相乘",
        "first_of": "前一个没有就用后一个",
    }),
    ("在一个数上再加一道", {
        "capped_bonus": "加分，合计封顶",
        "deduction": "扣分，合计封顶",
        "veto": "一票否决：出了哪些情形就归零或降等",
        "gate": "限定：达不到条件就封顶、打折、降等",
        "scale": "换成另一种满分，或分段换算",
        "relative": "和同组的比：功效系数、名次分",
        "coefficient": "各组宽严不同时用系数拉平",
        "choose": "条件成立用这个，不成立用那个",
        "figure": "用别处算好的数",
    }),
)  # fmt: skip


def word(model, field, value):
    """The Chinese word for a fixed answer of a field."""
    for place in (f"{model}.{field}", field):
        if value in SPECIAL.get(place, {}):
            return SPECIAL[place][value]
    return COMMON.get(value, str(value))
