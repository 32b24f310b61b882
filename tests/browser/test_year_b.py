"""A year of plan B at browsers: four stages, a ledger from three sources, five questions a year later, three classes, weights by unit type.

Rows L02, T05, P02, P06, P08, P10, P15, G09, B05, B06, Z01, Z03, Z04, S06, S07, S08.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign_portal.demo.comparing import hold_contest
from campaigns.models import Stage
from common.dates import today
from evaluations.actions.polls import open_poll
from evaluations.models import Feedback, Poll
from evaluations.queries import polls
from supervision.models import Rectification, Scorecard, Standing
from tests.browser.year import FIRST_OF_EACH, Visits, played

SOURCES = ("自己找", "上级提", "群众提")
CLASSES = ("先进", "中间", "后进")


@pytest.mark.timeout(900)
def test_the_year_of_plan_b(transactional_db, request, visit):
    town = played("hengyang-bureau", other="guanyun-weather")
    request.getfixturevalue("worker")  # not before: it would close the past itself
    year = Visits(town, visit)

    _stages(year, town)
    year.pledges("member", "审批材料一次告知", judge="secretary")
    member = year.at("member", phone=True).opens("/checks/six_questions")
    for question in member.page.locator("form.panel fieldset").all():
        question.get_by_role("radio").first.check()
    member.presses("保存").sees("已保存，只有您自己看得到")
    year.rates(town.window)
    year.holds_round()
    year.reviews("leader", town.person("member2"))
    year.reviews("secretary", town.person("member2"), kind="branch")
    items = _ledger(year, town)
    _look_again(year, items[0])
    _box_and_votes(year, town)
    _four_contests(year, town)
    year.appraises()
    year.closes()
    _classes(year, town)
    _weights(year, town)
    _next_stage(year, town)
    year.archives_everything()


def _stages(year, town):
    """Each stage has its own list under its own names."""
    committee = year.at("committee").opens(f"/campaigns/{town.campaign.slug}/stages")
    names = [stage.name for stage in town.campaign.plan.stages]
    assert len(names) == 4
    committee.sees(*names).sees("亮措施、亮形象、比贡献", "还有")


def _ledger(year, town):
    """Three problems from three sources; one is mended by its owner and signed off by somebody else."""
    secretary = year.at("secretary")
    for source in SOURCES:
        secretary.opens("/ledger/add")
        place = secretary.page.get_by_label("责任支部")
        if place.count() and place.evaluate("e => e.tagName") == "SELECT":
            place.select_option(index=1)
        secretary.chooses(source, of="问题来源")
        secretary.page.locator("#id_category").select_option("attitude")
        secretary.writes({
            "问题": f"{source}：窗口答复不耐烦",
            "整改时限": f"{today() + timedelta(days=10):%Y-%m-%d}",
        })  # fmt: skip
        secretary.page.locator("form.panel button.btn-primary").click()
        secretary.sees(f"{source}：窗口答复不耐烦")
    items = list(
        Rectification.objects.filter(
            campaign=town.campaign, problem__contains="答复不耐烦"
        ).order_by("pk")
    )
    owner = town.person("member")
    secretary.opens(f"/ledger/{items[0].pk}").follows("定措施")
    secretary.writes({"整改措施": "每周讲评一次"}).chooses(owner.name, of="责任人").presses(
        "定整改措施"
    )
    member = year.at("member", phone=True).opens(f"/ledger/{items[0].pk}").follows("报告整改")
    member.writes({"整改情况": "讲评三次，没有再发生"}).presses("报告整改")
    member.misses("核查销号")
    committee = year.at("committee").opens(f"/ledger/{items[0].pk}").follows("核查销号")
    committee.taps("整改到位，销号").presses("核查销号").sees("已销号")
    committee.opens("/ledger").sees(*(f"{source}：窗口答复不耐烦" for source in SOURCES))
    return items


def _look_again(year, item):
    """The five questions of the plan, on what was signed off."""
    committee = (
        year.at("committee").opens("/rechecks/draw").writes({"销号满多少天": 0, "抽几件": 1})
    )
    committee.presses("抽签").opens(f"/ledger/{item.pk}/recheck")
    questions = item.campaign.plan.rectification.recheck.questions
    assert len(questions) == 5
    committee.sees(*(question.name for question in questions))
    for question in questions:
        committee.taps("是", within=question.name)
    committee.writes({"复查情况": "问了三位来办事的，都说好多了"}).presses("回头看")
    committee.sees("回头看：已记下")
    answers = item.steps.get(kind="rechecked").answers
    assert len(answers) == 5
    assert all(answers.values())


def _box_and_votes(year, town):
    """A slip in the branch's box has an owner; an online vote is counted and only for reference (P06, P08)."""
    citizen = year.citizen().opens(f"/box/branch/{town.branch.code}/")
    citizen.writes({"您的意见或建议": "窗口能不能午间也开"}).presses("投进意见箱")
    citizen.sees("意见已收到")
    slip = Feedback.objects.get(text="窗口能不能午间也开")
    assert slip.owner
    assert slip.due_on

    offer = next(one for one in polls.offers(town.campaign.plan) if one.kind == Poll.Kind.VOTE)
    day = today()
    poll = open_poll(
        Poll(campaign=town.campaign, period=town.period, organisation=town.scene.root,
             name="网上投票", opens_on=day, closes_on=day),
        offer=offer, organisations=[town.branch], by=town.person("committee"), at=timezone.now(),
    )  # fmt: skip
    citizen.opens(f"/v/{poll.slug}/").sees("投票仅供参考，不计分")
    citizen.page.evaluate(FIRST_OF_EACH)
    citizen.presses("提交").sees("已计入")
    office = year.at("committee").opens(f"/polls/{poll.pk}")
    office.is_asked_and_presses("结束并看结果", confirm="结束")
    office.sees("网上投票仅供参考，不计入得分。")


def _four_contests(year, town):
    """文明、诚信、廉洁、优质 in one series; the ranking says how it was made (B06)."""
    item = town.campaign.plan.item("service_contest")
    assert len(item.options.series) == 4
    for name in item.options.series:
        contest = hold_contest(town.season, item, name)
        contest.refresh_from_db()
        assert contest.state == "published", name
    member = year.at("member", phone=True).opens(f"/contests/series/{item.key}")
    member.sees(f"{item.options.series[0]}系列排名", "怎样排")
    last = item.options.series[-1]
    member.opens(f"/contests/series/{item.key}?series={last}").sees(f"{last}系列排名", "怎样排")


def _next_stage(year, town):
    """What the running stage must have reached is counted; entered with a reason where it is not met (T05)."""
    committee = year.at("committee").opens(f"/campaigns/{town.campaign.slug}/stages")
    following = Stage.objects.filter(campaign=town.campaign, starts_on__gt=today())
    following = following.order_by("order").first()
    leaving = next(one for one in town.campaign.plan.stages if one.name == "组织实施")
    assert len(leaving.exit) > 1
    committee.sees("结束条件", *(condition.text for condition in leaving.exit))
    committee.sees("还有", "没有满足")
    reason = "承诺已全部公示，经机关党委研究"
    committee.page.locator("#id_reason").fill(reason)
    committee.is_asked_and_presses(f"转入“{following.name}”", confirm="转入")
    committee.sees(f"已转入“{following.name}”。")
    following.refresh_from_db()
    before = Stage.objects.get(campaign=town.campaign, order=following.order - 1)
    assert (following.starts_on, following.entered_on) == (today(), today())
    assert following.entered_reason == reason
    assert before.ends_on == today() - timedelta(days=1)


def _classes(year, town):
    """Proposed from the figures, decided by the committee with reasons, each with its own treatment."""
    year.at("committee").opens("/standings").presses("按结算结果提建议")
    own = Standing.objects.filter(period=town.period).order_by("organisation__code")
    for number, standing in enumerate(own[: len(CLASSES)]):
        year.decides_class(standing, number)
    year.at("committee").opens("/standings").sees(*CLASSES)
    assert {one.decided for one in own.all()} >= {"advanced", "middle", "behind"}


def _weights(year, town):
    """Units of another type are weighed by other shares, and the card says so."""
    cards = Scorecard.objects.filter(period=town.period, subject="branch").latest()
    shown = {}
    for kind in ("approval", "window_service", "enforcement"):
        card = cards.filter(unit_type__in=[kind, *_ids(town, kind)]).order_by("pk").first()
        page = year.at("committee").opens(f"/scorecards/{card.pk}")
        shown[kind] = page.reads(".tree")
    assert "50%" in shown["approval"]
    assert "60%" in shown["enforcement"]
    assert len(set(shown.values())) == 3


def _ids(town, kind):
    return [
        str(one.organisation.unit_type_id)
        for one in town.scene.troupes
        if one.branch.unit_type == kind
    ]
