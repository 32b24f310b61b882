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
FAMILIES = [
    {"key": "compare", "role": "compare", "name": "比", "items": [CONTEST, ROOMS, PLAIN]},
]
PARTS = {}
