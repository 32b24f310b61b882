"""What the plan of these tests compares and attains."""

CONTEST = {
    "key": "skill_contest",
    "name": "技能竞赛",
    "mechanism": "contest",
    "settings": {
        "series": ["知识竞赛", "技能比武"],
        "subjects": ["person", "window", "branch"],
        "teams": True,
        "certificate": True,
        "questions": [
            {"key": "theory", "name": "理论", "weight": 40},
            {"key": "practice", "name": "操作", "weight": 60},
        ],
        "tie_order": ["practice"],
        "prizes": [{"name": "一等奖", "places": 1}, {"name": "二等奖", "places": 1}],
    },
}
ROOMS = {
    "key": "room_contest",
    "name": "分考场面试",
    "mechanism": "contest",
    "settings": {
        "rule": "coefficients",
        "trim_highest": 2,
        "trim_lowest": 2,
        "subjects": ["person"],
        "teams": True,
    },
}
PLAIN = {
    "key": "written_test",
    "name": "笔试",
    "mechanism": "contest",
    "settings": {"subjects": ["person"], "teams": True},
}
INDICATOR = {
    "key": "style",
    "name": "比作风",
    "mechanism": "indicator",
    "settings": {
        "measures": [
            {"key": "efficiency", "name": "工作效率", "unit": "件/日"},
            {"key": "complaints", "name": "有效投诉", "unit": "件", "better": "less"},
        ]
    },
}
STREAK = {
    "key": "faultless_shifts",
    "name": "无错班次",
    "mechanism": "streak",
    "settings": {"unit": "班", "thresholds": [100, 250], "names": ["百班无错", "二百五十班无错"]},
}
ACTIVITY = {
    "key": "quality",
    "name": "比素质",
    "mechanism": "activity",
    "settings": {
        "kinds": ["学理论", "学业务", "驻村"],
        "tags": ["quality", "style"],
        "organisers": ["工会", "共青团"],
        "attendance": True,
    },
}
CHECKLIST = {
    "key": "six_questions",
    "name": "六问",
    "mechanism": "checklist",
    "settings": {"questionnaire": "six_form"},
}
SIX = {
    "key": "six_form",
    "name": "六问",
    "subject": "person",
    "questions": [
        {"key": "why", "name": "为什么入党", "kind": "text"},
        {"key": "done", "name": "承诺做到了吗", "kind": "check"},
        {"key": "level", "name": "自己打分", "scale": "four"},
    ],
}
TARGET = {
    "key": "first_team",
    "name": "创一流队伍",
    "mechanism": "target",
    "settings": {
        "subjects": ["branch", "window", "person"],
        "criteria": ["five_lead"],
        "evidence": ["培训记录"],
        "everybody": True,
    },
}
DEVELOPMENT = {
    "key": "two_way",
    "name": "双向培养",
    "mechanism": "development",
    "settings": {
        "tracks": [
            {
                "key": "to_member",
                "name": "把骨干培养成党员",
                "of": "others",
                "steps": ["定导师", "考察"],
            },
            {
                "key": "to_backbone",
                "name": "把党员培养成骨干",
                "of": "members",
                "steps": ["定导师", "考核"],
            },
        ]
    },
}
TITLES = [
    {
        "key": "pacesetter",
        "name": "活动标兵",
        "subject": "person",
        "cycle": "yearly",
        "places": 1,
        "public_nomination": True,
        "criteria": ["five_lead"],
        "evidence": ["承诺兑现情况"],
    },
    {
        "key": "flag",
        "name": "流动红旗",
        "subject": "window",
        "cycle": "quarterly",
        "places": 1,
        "travelling": True,
    },
]
TITLE = {
    "key": "honours",
    "name": "评选表彰",
    "mechanism": "title",
    "settings": {"titles": ["pacesetter", "flag"]},
}
CRITERIA = [
    {
        "key": "five_lead",
        "name": "五带头",
        "subject": "person",
        "entries": [
            {"text": "带头学习提高"},
            {"text": "第二条（请按上级文件填写）", "placeholder": True},
        ],
    },
]
FAMILIES = [
    {
        "key": "compare",
        "role": "compare",
        "name": "比",
        "items": [CONTEST, ROOMS, PLAIN, INDICATOR, STREAK, ACTIVITY, CHECKLIST],
    },
    {"key": "attain", "role": "attain", "name": "创", "items": [TITLE, TARGET, DEVELOPMENT]},
]
PARTS = {"titles": TITLES, "criteria": CRITERIA, "questionnaires": [SIX]}
