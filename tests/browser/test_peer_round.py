"""The sealed ballot from opening to result, and what a late or doubled one is told."""

from evaluations.models import Ballot, Round
from tests.evaluations.ballots import opened, past_deadline, voters

EVERYBODY_GOOD = """() => document.querySelectorAll('#ballot input').forEach(input => {
    if (['good', 'qualified'].includes(input.value)) input.click() })"""


def votes(visitor, round):
    visitor.opens(f"/rounds/{round.pk}/ballot")
    visitor.page.evaluate(EVERYBODY_GOOD)
    return visitor.is_asked_and_presses("密封并提交", confirm="密封并提交")


def test_round_is_opened_voted_in_and_counted(centre, visit):
    """Row P10."""
    secretary = visit(centre.secretary).opens("/rounds")
    secretary.follows("开启互评").sees("名册在开启时冻结").presses("开启互评").sees("已开启")
    round = Round.objects.get(organisation=centre.north)

    for person in voters(round):
        votes(visit(person, phone=True), round).sees("已提交，选票已经密封")

    secretary.opens(f"/rounds/{round.pk}").sees("7", "/ 7 人")
    secretary.follows("计票").presses("计票并销毁密钥").sees("计票完成，密钥已销毁。", "7 张")
    secretary.follows("钱一").sees("服务态度", "良")
    visit(centre.member, phone=True).opens(f"/rounds/{round.pk}").follows("我的结果").sees("6")


def test_member_fills_in_the_sheet_by_hand(centre, visit):
    round = opened(centre)
    member = visit(centre.member, phone=True).opens("/").follows("去投票")
    member.sees("您的选票是密封的", "还差 6 人", "已选 0/2")

    for name in ["孙二", "李三", "周四"]:
        member.taps("优秀", within=name)
    member.sees("已选 3/2 超了")
    member.page.evaluate(EVERYBODY_GOOD)
    member.taps("优秀", within="孙二").sees("都填好了", "已选 1/2")
    member.is_asked_and_presses("密封并提交", confirm="密封并提交").sees("已提交，选票已经密封")

    assert Ballot.objects.filter(round=round).count() == 1
    visit(centre.secretary).opens(f"/rounds/{round.pk}").sees("1", "/ 7 人", "计票前只显示人数")


def test_ballot_above_the_quota_is_refused_and_kept(centre, visit):
    round = opened(centre)
    member = visit(centre.member, phone=True).opens(f"/rounds/{round.pk}/ballot")
    member.page.evaluate(EVERYBODY_GOOD)
    for name in ["孙二", "李三", "周四"]:
        member.taps("优秀", within=name)

    member.is_asked_and_presses("密封并提交", confirm="密封并提交").sees("还没有提交")

    assert member.page.locator("input[value=excellent]:checked").count() == 3
    assert Ballot.objects.count() == 0


def test_doubled_submit_counts_once(centre, visit):
    round = opened(centre)
    first, second = visit(centre.member, phone=True), visit(centre.member)
    second.opens(f"/rounds/{round.pk}/ballot").page.evaluate(EVERYBODY_GOOD)

    votes(first, round)
    second.is_asked_and_presses("密封并提交", confirm="密封并提交").sees("已提交，选票已经密封")

    assert Ballot.objects.count() == 1


def test_late_ballot_is_told_so_and_its_text_stays(centre, visit):
    round = opened(centre)
    member = visit(centre.member, phone=True).opens(f"/rounds/{round.pk}/ballot")
    member.page.evaluate(EVERYBODY_GOOD)
    member.page.locator("#ballot summary", has_text="留言").first.click()
    member.page.locator("#ballot textarea").first.fill("肯帮新同志")

    past_deadline(round)
    member.is_asked_and_presses("密封并提交", confirm="密封并提交").sees("已截止", "没有计入")

    assert member.page.locator("#ballot textarea").first.input_value() == "肯帮新同志"
    assert Ballot.objects.count() == 0
