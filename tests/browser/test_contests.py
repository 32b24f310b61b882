"""A contest on a phone, and a selection with an objection, each page looked at with axe (B02, B06, H01 to H03, S10)."""

from datetime import timedelta

from common.dates import today
from competitions.models import Award, Selection
from tests.competitions.contests import both, contest_of_skills, deed, judged


def test_a_judge_marks_on_his_phone_and_the_result_is_published(centre, visit, as_person):
    contest = contest_of_skills(centre, as_person)
    judged(centre, as_person, contest, {"钱一": both(90), "孙二": both(80)}, judge=centre.inspector)
    deed(as_person(centre.committee_member), contest, "judges", names="褚局长")

    judge = visit(centre.leader, phone=True).opens(f"/contests/{contest.pk}/sheet")
    judge.writes({"钱一 理论": 92, "钱一 操作": 95, "孙二 理论": 81, "孙二 操作": 79})
    judge.presses("保存").sees("已保存")
    judge.is_asked_and_presses("交表", confirm="交表").sees("评分表已交")

    runner = visit(centre.committee_member).opens(f"/contests/{contest.pk}")
    runner.follows("定名次").presses("定名次").sees("名次已定")
    runner.follows("公布成绩").presses("公布成绩").sees("成绩已公布", "钱一")
    reader = visit(centre.member, phone=True).opens(f"/contests/{contest.pk}")
    reader.sees("第", "91.90").follows("岗位技能竞赛排名").sees("怎样排", "看谁的第一名多")


def test_a_citizen_objects_before_the_decision(centre, visit, as_person):
    day = (today() + timedelta(days=9)).isoformat()
    as_person(centre.committee_member).post(
        "/selections/add",
        {"title": "excellent_member", "organisation": centre.root.pk, "closes_on": day},
    )
    selection = Selection.objects.get()

    visit(centre.member, phone=True).opens(f"/selections/{selection.pk}").follows("推荐").writes(
        {"名称": "孙二", "推荐理由": "连续三年无投诉"}
    ).presses("推荐").sees("已推荐")
    committee = visit(centre.committee_member).opens(f"/selections/{selection.pk}")
    committee.follows("孙二").sees("佐证材料").follows("审核").taps("通过，列为候选").presses(
        "审核"
    )
    committee.follows("公示拟表彰名单").ticks("孙二").presses("公示拟表彰名单").sees("公示中")

    street = visit(phone=True).opens(f"/honours/{centre.campaign.slug}/").follows("看名单、提异议")
    street.writes({"异议": "他去年受过处分"}).presses("提交异议").sees("已收到")
    committee.opens(f"/selections/{selection.pk}").follows("答复")
    committee.writes({"核查结果": "经查，没有此事"}).presses("答复异议")
    Selection.objects.update(objections_until=today() - timedelta(days=1))
    committee.opens(f"/selections/{selection.pk}").follows("作出表彰决定")
    committee.writes({"表彰决定": "党委会研究决定"}).presses("作出表彰决定").sees("已表彰")

    assert str(Award.objects.get().person) == "孙二"
    visit(phone=True).opens(f"/honours/efficacy/{centre.root.code}/").sees("效能公示")
