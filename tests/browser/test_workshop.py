"""方案工坊: a small plan from nothing to its first version, without a line of YAML (issue 3)."""

import scoring
from campaigns.models import SchemeVersion


def section(visitor, name):
    with visitor.page.expect_navigation():
        visitor.page.locator(".draft-menu, .draft-sections").get_by_role(
            "link", name=name
        ).first.click()


def pick(visitor, label, value):
    visitor._field(label).select_option(value)


def test_a_committee_builds_a_plan_with_a_veto_from_nothing(centre, visit):
    """Row L01."""
    someone = visit(centre.committee_member).opens("/schemes/new")
    someone.writes({"方案全称": "岗位赛一赛", "简称": "一亮一赛", "方案代号": "one-race"})
    someone.presses("开始编写")
    page = someone.page

    section(someone, "部分与项目")
    someone.follows("加项目")
    someone.writes({"名称": "亮承诺"})
    pick(someone, "机制", "pledge")
    someone.presses("存入草稿")

    section(someone, "节奏")
    someone.follows("加节奏规则")
    someone.writes({"名称": "写承诺", "第几天": "10"})
    pick(someone, "做什么", "write_pledge")
    pick(someone, "多久一次", "quarterly")
    someone.ticks("党员")
    someone.presses("存入草稿")

    section(someone, "计分办法")
    someone.follows("加计分办法")
    someone.writes({"名称": "个人得分"})
    pick(someone, "给谁计分", "person")
    someone.presses("存入草稿")
    someone.follows("加得分树").follows("加权和")
    someone.writes({"名称": "总分"}).presses("存入草稿")
    someone.follows("加各部分").follows("承诺兑现")
    someone.writes({"名称": "兑现", "权重": "60%"})
    pick(someone, "数据来源", "pledges")
    someone.presses("存入并返回")
    someone.follows("加各部分").follows("任务完成")
    someone.writes({"名称": "办结", "权重": "40%"})
    pick(someone, "数据来源", "duties")
    someone.presses("存入并返回")
    someone.follows("套一层、移动")
    with page.expect_navigation():
        page.get_by_role("button", name="一票否决").click()
    someone.follows("加限定的情形")
    someone.writes({"情形": "整改逾期", "最高只得": "59"})
    page.locator("[name=when-list-0-what]").select_option("source:rectification")
    page.locator("[name=when-list-0-field]").fill("late")
    page.locator("[name=when-list-0-test]").select_option("from")
    page.locator("[name=when-list-0-value]").fill("1")
    someone.presses("存入草稿")

    page.goto(page.url.split("/parts/")[0] + "/check")
    someone.sees("没有要改的")
    page.goto(page.url.replace("/check", "/publish"))
    someone.presses("发布")

    version = SchemeVersion.objects.get(scheme__slug="one-race")
    recipe = version.plan.scoring_recipes["person"]
    inputs = {"pledges": {"kept": 1, "total": 1}, "duties": {"done": 1, "total": 2}}
    assert str(scoring.score(recipe, inputs).rounded) == "80.00"
    late = inputs | {"rectification": {"late": 1}}
    assert str(scoring.score(recipe, late).rounded) == "59.00"
