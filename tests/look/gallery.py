"""Pages with made-up people, to look at the style without a database.

`python -m tests.look.gallery [name …]` renders them and takes pictures at three widths into var/look.
"""

import datetime as dt
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import django
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory, override_settings

from tests.look.shoot import take_pictures

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

NAV = [
    ("今天要办", "#", "today", True),
    ("我的", "#", "person", False),
    ("支部", "#", "people", False),
    ("亮承诺", "#", "pledge", False),
    ("督查看板", "#", "chart", False),
    ("整改台账", "#", "ledger", False),
    ("活动方案", "#", "scheme", False),
]
PROMISES = [
    {"text": "材料齐全的当场办结，不让群众跑第二趟", "state": "ok", "word": "已兑现"},
    {
        "text": "午间不断岗，12 点到 14 点有人受理",
        "state": "ok",
        "word": "已兑现",
        "note": "依据：7、8 月值班表",
    },
    {
        "text": "老年人、残疾人上门办，两个工作日内到",
        "state": "late",
        "word": "未兑现",
        "note": "说明：8 月人手不足，延误 2 次，已补办",
    },
    {"text": "咨询电话三声内接听", "state": "due", "word": "进行中"},
]
QUESTIONS = [("a", "履职"), ("b", "作风"), ("c", "服务"), ("d", "廉洁")]
LEVELS = [("4", "优"), ("3", "良"), ("2", "中"), ("1", "差")]
FACES = [("5", "非常满意"), ("4", "满意"), ("3", "基本满意"), ("2", "不满意"), ("1", "非常不满意")]
QUARTERS = ["25Q2", "25Q3", "25Q4", "26Q1", "26Q2", "26Q3"]


class PledgeForm(forms.Form):
    theme = forms.ChoiceField(label="主题", choices=[("1", "服务群众"), ("2", "岗位建功")])
    text = forms.CharField(
        label="承诺事项",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写得能检查，50 字以内。",
    )
    due = forms.DateField(label="完成时限", help_text="不晚于季度最后一天。")
    kind = forms.ChoiceField(
        label="谁来说兑现没兑现",
        widget=forms.RadioSelect,
        choices=[("1", "群众"), ("2", "支部")],
    )
    photo = forms.FileField(label="佐证", required=False, help_text="照片或 PDF，10 MB 以内。")
    agree = forms.BooleanField(label="同意公示")


def person(name, post, value=None):
    fields = {key: f"{name}-{key}" for key, _ in QUESTIONS}
    return {"name": name, "post": post, "fields": fields, "promises": PROMISES, "value": value}


def explanation():
    """As scoring gives it."""
    counts = {"非常满意": 168, "满意": 38, "不满意": 8}
    scan = {"label": "现场扫码", "shown": "91.0", "counts": counts, "formula": "按各级分值加权平均"}
    public = {"label": "群众评价", "shown": "91.0", "weight": "40%", "contribution_shown": "36.4"}
    public |= {"n": 214, "parts": [scan, {"label": "网上自愿", "shown": None, "left_out": True}]}
    peers = {"label": "党员互评", "shown": "84.2", "weight": "30%", "contribution_shown": "25.3"}
    peers |= {"n": 18, "notes": ["去掉最高分 98，去掉最低分 61"]}
    leaders = {"label": "领导点评", "shown": "85.5", "weight": "30%", "contribution_shown": "25.7"}
    leaders |= {"n": 3, "scores": [{"score": "86", "n": 2}, {"score": "84.5", "n": 1}]}
    return {"label": "总分", "shown": "87.4", "parts": [public, peers, leaders]}


def chart(key, kind, labels, *series, **more):
    pairs = [{"name": name, "values": values} for name, values in series]
    return {"id": key, "kind": kind, "labels": labels, "series": pairs, **more}


def charts():
    own, others = ("本支部", [82, 84, 83, 85.3, 85.3, 87.4]), ("同类平均", [80, 81, 82, 82, 83, 84])
    kinds = ["群众", "互评", "领导", "自评", "巡查"]
    return {
        "line": chart("line", "line", QUARTERS, own, others, caption="近六季得分", min=70, height="low"),
        "radar": chart(
            "radar", "radar", kinds, ("窗口支部", [91, 84, 86, 90, 88]), ("平均", [85, 82, 84, 88, 80]),
            caption="各类评分与平均", max=100,
        ),
        "bars": chart(
            "bars", "hbar", ["机关二支部", "执法支部", "退管支部"], ("完成率", [52, 58, 61]),
            caption="职责完成率最低的支部", unit="%", max=100,
        ),
    }  # fmt: skip


def ledger():
    day = dt.date(2026, 9, 18)
    rows = [
        ("取号机上午常缺纸，群众排队等候", "群众意见", "李某某", "late", "超期 3 天"),
        ("一次性告知单版本过旧", "督查", "王某某", "due", "还剩 2 天"),
        ("承诺公示牌未更新", "督查", "张某某", "ok", "已销号"),
    ]
    keys = ("text", "source", "who", "state", "word")
    return [dict(zip(keys, row, strict=True), due=day) for row in rows]


def heat_rows():
    shares = {
        "窗口支部": [0.98, 0.91, 0.87, 0.96], "机关一支部": [0.92, 0.83, 0.78, 0.9],
        "机关二支部": [0.71, 0.52, None, 0.64], "执法支部": [0.88, 0.58, 0.76, 0.81],
        "退管支部": [0.95, 0.97, 0.61, 1.0],
    }  # fmt: skip
    return [(name, "#", [(share, "#") for share in row]) for name, row in shares.items()]


def fake_data():
    bad = {"theme": "1", "text": "", "due": "13月1日"}
    return {
        **charts(),
        "crumbs": [("市民政局党总支", "#"), ("窗口支部", "#")],
        "people": [person("张某某", "窗口受理岗", "3"), person("欧阳某某", "综合科科员")],
        "questions": QUESTIONS,
        "promises": PROMISES,
        "choices": LEVELS,
        "cards": ["结婚登记", "离婚登记", "补领证件", "一次性告知单"],
        "words": ["态度好", "办得快", "讲得清", "等太久", "说不清", "推诿"],
        "trend": [61, 70, 74, 79, 82],
        "columns": ["亮", "比", "评", "整改"],
        "rows": heat_rows(),
        "ledger": ledger(),
        "page": Paginator(range(230), 10).page(4),
        "node": explanation(),
        "board_actions": [("催办 19 项", "#", "bell"), ("导出", "#", "download")],
        "form": PledgeForm(bad),
        "demo_accounts": [
            {
                "campaign": "观云市气象局 亮比评创",
                "accounts": [
                    {"username": f"{role}.guanyun-weather", "label": label}
                    for role, label in [
                        ("member", "党员"),
                        ("secretary", "书记"),
                        ("leader", "领导"),
                    ]
                ],
            }
        ],
    }


def request_for(name):
    request = RequestFactory().get("/", {"page": "4"})
    request.user = SimpleNamespace(is_authenticated=name != "login", name="李卫国")
    request.campaign = SimpleNamespace(name="观云市民政局“亮比评创”")
    if name == "login":
        return request
    request.period = SimpleNamespace(label="2026 年三季度")
    request.portal_nav = NAV
    request.portal_links = {"inbox": "#", "search": "#", "profile": "#"}
    request.portal_choices = {
        "campaigns": [("观云市民政局“亮比评创”", "#", True)],
        "periods": [("2026 年三季度", "#", True), ("2026 年二季度", "#", False)],
    }
    request.unread_count = 3
    return request


PAGES = [
    "today",
    "ballot",
    "board",
    "rating",
    "receipt",
    "dashboard",
    "score",
    "form",
    "wall",
    "sheet",
]
TEMPLATES = {name: f"look/{name}.html" for name in PAGES} | {
    "login": "registration/login.html",
    "404": "404.html",
    "500": "500.html",
}


def gallery_engine():
    """The portal's own template engine, which also finds the pages of this folder."""
    mine = {**settings.TEMPLATES[0], "NAME": "look"}
    mine.pop("BACKEND")
    mine["DIRS"] = [*mine["DIRS"], Path(__file__).resolve().parent / "templates"]
    return DjangoTemplates(mine)


def render(name):
    data = fake_data()
    if name == "rating":
        data["choices"] = FACES
    if name == "login":
        data["form"] = type("SignIn", (forms.Form,), {
            "username": forms.CharField(label="用户名"),
            "password": forms.CharField(label="密码", widget=forms.PasswordInput),
        })()  # fmt: skip
    if name == "500":
        data["incident"] = "A7F3-20260921"
    template = gallery_engine().get_template(TEMPLATES[name])
    with override_settings(ROOT_URLCONF="tests.look.urls"):
        return template.render(data, request=request_for(name))


def main(names):
    sys.stdout.writelines(take_pictures({name: render(name) for name in names or TEMPLATES}))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
