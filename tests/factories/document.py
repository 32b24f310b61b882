"""The smallest plan with everything the portal can do so far: one item a mechanism, one rule an act."""

from copy import deepcopy

PLAN = {
    "format": 1,
    "slug": "test-plan",
    "name": "测试活动方案",
    "short_name": "测试活动",
    "participants": ["members", "staff", "windows", "branches"],
    "unit_types": [{"key": "window_service", "name": "窗口服务"}],
    "families": [
        {
            "key": "show",
            "role": "show",
            "name": "亮",
            "items": [
                {"key": "card", "name": "亮身份", "mechanism": "identity_card"},
                {
                    "key": "pledge",
                    "name": "亮承诺",
                    "mechanism": "pledge",
                    "settings": {"owners": ["person", "branch", "window"]},
                },
                {"key": "results", "name": "亮结果", "mechanism": "published_results"},
                {"key": "sign", "name": "亮职责", "mechanism": "duty_sign"},
            ],
        },
        {
            "key": "review",
            "role": "review",
            "name": "评",
            "items": [
                {
                    "key": "self",
                    "name": "个人自评",
                    "mechanism": "self_review",
                    "settings": {"questionnaire": "self_form", "rater_class": "self"},
                },
                {
                    "key": "peers",
                    "name": "党员互评",
                    "mechanism": "peer_review",
                    "settings": {"questionnaire": "peer_form", "rater_class": "peers"},
                },
                {
                    "key": "branch",
                    "name": "支部讲评",
                    "mechanism": "branch_review",
                    "settings": {"questionnaire": "review_form", "rater_class": "branch"},
                },
                {
                    "key": "leader",
                    "name": "领导点评",
                    "mechanism": "leader_review",
                    "settings": {
                        "questionnaire": "review_form",
                        "rater_class": "leaders",
                        "occasions": ["日常工作", "组织生活会"],
                    },
                },
                {
                    "key": "public",
                    "name": "群众评议",
                    "mechanism": "public_rating",
                    "settings": {
                        "questionnaire": "window_form",
                        "rater_class": "public",
                        "channels": ["qr", "ticket", "tablet"],
                    },
                },
                {
                    "key": "box",
                    "name": "意见箱",
                    "mechanism": "suggestion_box",
                    "settings": {"answer_within_working_days": 5},
                },
                {
                    "key": "monthly",
                    "name": "例会点评",
                    "mechanism": "meeting_review",
                    "settings": {
                        "questionnaire": "meeting_form",
                        "kinds": ["月度例会", "座谈会"],
                        "visibility": "branch",
                    },
                },
                {
                    "key": "panel",
                    "name": "代表评议",
                    "mechanism": "panel",
                    "settings": {
                        "questionnaire": "panel_form",
                        "raters": ["deputies"],
                        "subject": "person",
                    },
                },
                {
                    "key": "survey",
                    "name": "社会满意度调查",
                    "mechanism": "survey",
                    "settings": {
                        "questionnaire": "survey_form",
                        "rater_class": "public",
                        "sample": "open",
                    },
                },
                {
                    "key": "inspect",
                    "name": "督查",
                    "mechanism": "inspection",
                    "settings": {"methods": ["spot_check"]},
                },
            ],
        },
    ],
    "pledges": {
        "themes": [
            {"owner": "person", "themes": ["服务群众", "爱岗敬业"]},
            {"owner": "branch", "themes": ["组织建设"]},
            {"owner": "window", "themes": ["限时办结"]},
        ]
    },
    "rater_classes": [
        {
            "key": "deputies",
            "name": "人大代表",
            "source": "panel",
            "accountless": True,
            "min_n": 3,
            "drawn_from": ["县人大代表"],
        },
        {"key": "self", "name": "本人", "source": "self"},
        {"key": "peers", "name": "党员互评", "source": "peers", "min_n": 3},
        {"key": "branch", "name": "支部", "source": "branch"},
        {"key": "leaders", "name": "领导", "source": "leaders"},
        {
            "key": "public",
            "name": "群众",
            "source": "public",
            "accountless": True,
            "subjects": ["window", "unit"],
        },
    ],
    "scales": [
        {
            "key": "four",
            "name": "四档",
            "levels": [
                {"key": "excellent", "name": "优秀", "value": 95},
                {"key": "good", "name": "称职", "value": 80},
                {"key": "fair", "name": "基本称职", "value": 65},
                {"key": "poor", "name": "不称职", "value": 40},
            ],
        },
        {
            "key": "five",
            "name": "五级",
            "levels": [
                {"key": "very_satisfied", "name": "非常满意", "value": 100},
                {"key": "satisfied", "name": "满意", "value": 80},
                {"key": "fair", "name": "基本满意", "value": 60},
                {"key": "unsatisfied", "name": "不满意", "value": 30},
                {"key": "very_unsatisfied", "name": "非常不满意", "value": 0},
            ],
        },
    ],
    "questionnaires": [
        {
            "key": "self_form",
            "name": "个人自评表",
            "subject": "person",
            "questions": [
                {"key": "overall", "name": "总体自评", "scale": "four"},
                {"key": "done", "name": "承诺完成情况", "kind": "text", "required": False},
            ],
        },
        {
            "key": "peer_form",
            "name": "党员互评表",
            "subject": "person",
            "questions": [
                {"key": "duty", "name": "履职尽责", "scale": "four"},
                {"key": "style", "name": "作风表现", "scale": "four"},
            ],
            "ballot": {
                "quotas": [
                    {
                        "name": "优秀不超过三分之一",
                        "question": "duty",
                        "levels": ["excellent"],
                        "at_most": {"share": "1/3"},
                    }
                ]
            },
        },
        {
            "key": "review_form",
            "name": "点评表",
            "subject": "person",
            "questions": [{"key": "overall", "name": "总体评价", "scale": "four"}],
        },
        {
            "key": "meeting_form",
            "name": "例会点评表",
            "subject": "person",
            "questions": [
                {"key": "attitude", "name": "服务态度", "scale": "four", "comment": True},
                {"key": "quality", "name": "服务质量", "scale": "four", "comment": True},
            ],
        },
        {
            "key": "panel_form",
            "name": "民主评议表",
            "subject": "person",
            "questions": [
                {"key": "promise", "name": "兑现服务承诺", "scale": "four"},
                {"key": "approval", "name": "开展规范审批", "scale": "four"},
            ],
        },
        {
            "key": "survey_form",
            "name": "单位工作质量问卷",
            "subject": "unit",
            "questions": [{"key": "overall", "name": "总体评价", "scale": "five"}],
        },
        {
            "key": "window_form",
            "name": "群众评价表",
            "subject": "window",
            "questions": [{"key": "overall", "name": "您满意吗", "scale": "five"}],
        },
    ],
    "channels": [
        {"key": "vote", "name": "网上投票", "kind": "vote", "weight": 0, "advisory": True},
        {"key": "tablet", "name": "评价器", "kind": "tablet", "verified": True},
        {"key": "qr", "name": "扫码评价", "kind": "open", "at_most": "30%"},
        {"key": "ticket", "name": "办件码", "kind": "ticket", "verified": True},
        {"key": "paper", "name": "纸质表", "kind": "paper", "verified": True},
    ],
    "satisfaction": {
        "questionnaire": "window_form",
        "question": "overall",
        "satisfied": ["very_satisfied", "satisfied"],
        "bad": ["unsatisfied", "very_unsatisfied"],
    },
    "inspections": {
        "methods": [{"key": "spot_check", "name": "随机抽查", "random_draw": True}],
        "findings_open_rectification": False,
    },
    "cadence": [
        {
            "key": "quarterly_pledge",
            "name": "每季承诺",
            "act": "write_pledge",
            "item": "pledge",
            "who": ["participants"],
            "frequency": "quarterly",
            "due": {"day": 15},
        },
        {
            "key": "quarterly_pledge_review",
            "name": "审核承诺",
            "act": "review_pledges",
            "item": "pledge",
            "who": ["secretary"],
            "frequency": "quarterly",
            "due": {"day": 25},
        },
        {
            "key": "quarterly_self",
            "name": "季度自评",
            "act": "self_review",
            "item": "self",
            "who": ["participants"],
            "about": "self",
            "frequency": "quarterly",
            "due": {"day": -15},
        },
        {
            "key": "quarterly_peers",
            "name": "季度互评",
            "act": "peer_ballot",
            "item": "peers",
            "who": ["participants"],
            "frequency": "quarterly",
            "due": {"day": -10},
        },
        {
            "key": "quarterly_branch",
            "name": "季度讲评",
            "act": "branch_review",
            "item": "branch",
            "who": ["secretary"],
            "about": "each_participant",
            "frequency": "quarterly",
            "due": {"day": -5},
        },
        {
            "key": "quarterly_leader",
            "name": "每季至少点评一次",
            "act": "leader_review",
            "item": "leader",
            "who": ["leader"],
            "frequency": "quarterly",
            "due": {"day": -1},
            "remind_days": [7, 1],
        },
        {
            "key": "quarterly_close",
            "name": "季度结算",
            "act": "close_period",
            "who": ["committee"],
            "frequency": "quarterly",
            "due": {"day": -1},
        },
    ],
    "recipes": [
        {
            "subject": "person",
            "name": "个人季度得分",
            "rank_within": "organisation",
            "formula": {
                "score": {
                    "kind": "weighted_sum",
                    "missing": "renormalise",
                    "parts": [
                        {
                            "key": "peers",
                            "label": "党员互评",
                            "weight": "60%",
                            "kind": "reviews",
                            "source": "peers",
                            "questions": "peer_form",
                            "minimum_n": 3,
                        },
                        {
                            "key": "kept",
                            "label": "承诺兑现",
                            "weight": "40%",
                            "kind": "fulfilment",
                            "source": "pledges",
                        },
                    ],
                },
                "rounding": 2,
            },
        },
        *(
            {
                "subject": subject,
                "name": name,
                "formula": {
                    "score": {
                        "kind": "weighted_sum",
                        "missing": "renormalise",
                        "parts": [
                            {
                                "key": "public",
                                "label": "群众评议",
                                "weight": "70%",
                                "kind": "reviews",
                                "source": "public",
                                "scale": "five",
                                "question": "overall",
                                "minimum_n": 5,
                            },
                            {
                                "key": "kept",
                                "label": "承诺兑现",
                                "weight": "30%",
                                "kind": "fulfilment",
                                "source": "pledges",
                            },
                        ],
                    },
                    "bands": [{"label": "先进", "from": 90}, {"label": "达标", "below": 90}],
                },
            }
            for subject, name in [("window", "窗口季度得分"), ("branch", "支部季度得分")]
        ),
    ],
}


def plan(**changes):
    """A copy of the plan, top-level parts replaced."""
    return deepcopy(PLAN) | changes
