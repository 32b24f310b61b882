"""催办 and the answer to it; an item of the 整改台账 from the problem to the public answer; 资料包 and 减负体检."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import Duty
from common.dates import today
from supervision.models import Rectification, Urge


@pytest.fixture
def late(centre):
    """钱一 is three days late with his pledge."""
    owed = Duty.objects.filter(assignee=centre.member, act="write_pledge").order_by("pk")[:1]
    Duty.objects.filter(pk__in=list(owed.values_list("pk", flat=True))).update(
        starts_on=today() - timedelta(days=20), due_on=today() - timedelta(days=3)
    )
    return centre


def test_a_call_and_the_answer(late, visit):
    secretary = visit(late.secretary).opens("/duties/late")
    secretary.sees("钱一", "3 天").is_asked_and_presses("催办这 1 人", confirm="催办")
    secretary.sees("已催办 1 件", "今天已催")

    member = visit(late.member, phone=True).opens("/")
    member.follows("答复预计何时完成")
    member.writes({"预计哪天完成": today().isoformat(), "困难和说明": "在外学习"})
    member.presses("答复").sees("已答复")

    secretary.opens("/duties/late").sees("在外学习")
    assert Urge.objects.get().answer == "在外学习"


def test_from_the_problem_to_the_call_back(late, visit):
    item = Rectification.objects.create(
        campaign=late.campaign, period=late.period, organisation=late.north, source="inspection",
        problem="公示栏内容过期", due_on=today(), first_due_on=today(), found_by=late.inspector,
        found_at=timezone.now(),
    )  # fmt: skip
    secretary = visit(late.secretary).opens(f"/ledger/{item.pk}").follows("定措施")
    secretary.writes({"整改措施": "每周更新"}).chooses("钱一", of="责任人").presses("定整改措施")

    member = visit(late.member, phone=True).opens("/").follows("去整改")
    member.follows("报告整改").writes({"整改情况": "已更新"}).presses("报告整改")

    secretary.opens(f"/ledger/{item.pk}").follows("核查销号").taps("整改到位，销号")
    secretary.presses("核查销号").sees("已销号，按方案还差：回访、公开")
    secretary.follows("记回访").writes({"回访谁": "办事群众", "对方怎么说": "更新及时了"})
    secretary.taps("满意").presses("记回访").sees("更新及时了（满意）")


def test_the_folder_and_the_check_up(late, visit):
    committee = visit(late.committee_member).opens("/archives").sees("还没有资料包")
    committee.opens("/burden").sees("每个角色一期要花的时间")
    committee.opens("/robots").sees("接入一个群")
    committee.opens("/rechecks").sees("还没有回头看")
