"""A year of plan D at browsers: a card refused at seven of eight, a monthly meeting made public, the flag handed on, five reviews.

Rows L12, L25, B02, B11, P03, P10, P12, P13, P18, P19, T01, C03, H01, R07, S07, G09.
"""

import re
from datetime import timedelta

import pytest

from branches.models import Post
from campaign_portal.demo.comparing import hold_contest
from common.dates import today
from competitions.models import Activity, Award
from evaluations.actions.polls import answer_poll, hash_pass, one_pass
from evaluations.models import Poll, PollCount, PollPass
from evaluations.queries import polls
from pledges.models import ServiceItem
from supervision.models import Scorecard, Standing
from tests.browser.test_showing import CARD
from tests.browser.year import FIRST_OF_EACH, Visits, played

CODE = r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"
QUESTIONS = ("阳光操作", "规范收费", "热情服务", "及时办结", "依法行政")


@pytest.mark.timeout(900)
def test_the_year_of_plan_d(transactional_db, request, visit):
    town = played("county-service-centre", other="huanggang-hospital")
    request.getfixturevalue("worker")  # not before: it would close the past itself
    year = Visits(town, visit)

    _card(year, town)
    year.pledges("member", "材料当场一次告知", judge="secretary")
    _meeting(year, town)
    _five_reviews(year, town)
    _flag(year, town)
    _village_and_skills(year, town)
    staff = _non_members(year, town)
    _deputies(year, town)
    year.appraises()
    year.closes()
    assert Scorecard.objects.filter(period=town.period, person=staff).exists()
    card = Scorecard.objects.get(period=town.period, person=town.person("member"))
    year.at("member", phone=True).opens(f"/scorecards/{card.pk}").sees(card.shown)
    assert not town.period.is_open
    _classes(year, town)
    year.archives_everything()


def _card(year, town):
    """At seven of eight nothing is taken; eight of eight is checked by another and hangs in public."""
    secretary = year.at("secretary").opens("/shows/item/add")
    secretary.writes(CARD).taps("不收费").presses("提出公示")
    secretary.sees("还缺：承办单位、承办人及联系方式", "八公开 7/8")
    assert ServiceItem.objects.latest("pk").state == "draft"
    secretary.follows("继续填写").writes({"承办人": "钱一"}).presses("提出公示").sees("待审核")
    office = year.at("committee").opens("/shows/desk").follows("结婚登记")
    office.taps("同意").presses("确定").sees("已公示")
    item = ServiceItem.objects.latest("pk")
    year.citizen().opens(f"/s/{item.code}/").sees("当场办结", "不收费")


def _meeting(year, town):
    """The month's meeting with comments on everybody, published."""
    secretary = year.at("secretary").opens(f"/organisations/{town.branch.pk}/meetings/add")
    secretary.page.locator("input[type=date]").first.fill(f"{today():%Y-%m-%d}")
    secretary.page.locator("#id_recorder").select_option(index=1)
    for one in secretary.page.locator("input[name=came]").all():
        one.check()
    secretary.presses("登记").sees("逐人点评").follows("逐人点评")
    for level in secretary.page.locator("#comments select").all():
        level.select_option(index=1)
    secretary.presses("记下点评").follows("公开点评").presses("公开")
    secretary.sees("已公开")


def _five_reviews(year, town):
    """Self, peers, branch, leader, public — and the invited classes with their number of answers."""
    member = year.at("member", phone=True).opens(f"/periods/{town.period.pk}/self-review")
    for area in member.page.locator("form textarea").all():
        area.fill("材料告知还要再细")
    for group in member.page.locator("fieldset").all():
        radio = group.get_by_role("radio")
        if radio.count():
            radio.first.check()
    member.presses("保存自评").sees("的自评")
    year.holds_round()
    year.reviews("secretary", town.person("member2"), kind="branch")
    year.reviews("leader", town.person("member2"))
    citizen = year.citizen().opens(f"/r/{town.window.code}/")
    for name in QUESTIONS:
        assert citizen.page.get_by_text(name).count()
    year.rates(town.window)
    _panel(year, town)


def _panel(year, town):
    """Printed one-time codes, answers without an account, results with the number of slips."""
    office = year.at("committee").opens("/polls/add")
    kinds = office.page.locator("#id_offer option")
    panel = next(one for one in kinds.all() if one.get_attribute("value").startswith("panel:"))
    office.page.locator("#id_offer").select_option(panel.get_attribute("value"))
    office.page.locator("#id_name").fill("年底民主评议")
    office.page.locator(f"input[name=organisations][value='{town.branch.pk}']").check()
    office.page.locator("#id_opens_on").fill(f"{today():%Y-%m-%d}")
    office.page.locator("#id_closes_on").fill(f"{today() + timedelta(days=9):%Y-%m-%d}")
    office.presses("开启")
    poll = Poll.objects.get(name="年底民主评议")
    office.opens(f"/polls/{poll.pk}/codes").page.locator("#id_count").fill("6")
    office.presses("生成并打印")
    codes = sorted(set(re.findall(CODE, office.page.locator("body").inner_text())))
    citizen = year.citizen().opens(f"/vote/{codes[0]}/")
    citizen.page.evaluate(FIRST_OF_EACH)
    citizen.presses("提交").sees("已计入")
    _others_answer(poll, codes[1:])
    office.opens(f"/polls/{poll.pk}").is_asked_and_presses("结束并看结果", confirm="结束")
    poll.refresh_from_db()
    assert poll.closed_at is not None
    office.sees("6 份")


def _others_answer(poll, codes):
    """The same action as the page's, for the rest of the class."""
    questions = polls.offer_of(poll).questionnaire.scale_questions
    plan = poll.period.plan
    for code in codes:
        given = PollPass.objects.get(digest=hash_pass(code))
        levels = {one.key: plan.scale_of(one).levels[0].key for one in questions}
        answers = {subject.position: levels for subject in poll.subjects.all()}
        answer_poll(
            poll, rater_class=given.rater_class, answers=answers, remark="",
            once=one_pass(given.digest), today=today(),
        )  # fmt: skip


def _village_and_skills(year, town):
    """驻村 is written down as work with people in it; the skills contest is ranked and published (B02, B11)."""
    secretary = year.at("secretary").opens("/activities/add").chooses("驻村", of="种类")
    begun = today() - timedelta(days=2)
    secretary.writes({
        "名称": "李庄驻村三天", "开始日期": f"{begun:%Y-%m-%d}", "结束日期": f"{today():%Y-%m-%d}",
        "内容和效果": "帮十二户补齐低保材料",
    })  # fmt: skip
    secretary.page.get_by_label("参加的人").fill(town.person("member2").name)
    secretary.presses("记下").sees("李庄驻村三天", town.person("member2").name)
    assert Activity.objects.get(name="李庄驻村三天").kind == "驻村"

    contest = hold_contest(town.season, town.campaign.plan.item("drive"), "岗位技能竞赛")
    contest.refresh_from_db()
    best = contest.entrants.order_by("place", "number").first()
    year.at("member", phone=True).opens(f"/contests/{contest.pk}").sees(best.label)
    assert contest.state == "published"


def _non_members(year, town):
    """Who sits at a window without being in the party shows himself and is assessed like the others."""
    for troupe in town.scene.troupes:
        for player in troupe.players:
            if player.seat.window and not player.is_member:
                post = Post.objects.current(today=today()).get(person=player.person)
                year.citizen().opens(f"/w/{post.window.code}/").sees(player.person.name)
                return player.person
    raise AssertionError("nobody without party membership at a window")


def _deputies(year, town):
    """代表评议 of last quarter, by class, with how many answered (P19)."""
    poll = Poll.objects.get(campaign=town.campaign, item="delegates_panel")
    year.at("committee").opens(f"/polls/{poll.pk}").sees("人大代表", "政协委员")
    assert poll.counts.filter(rater_class="peoples_deputies", question=PollCount.FORMS).exists()


def _flag(year, town):
    """The travelling flag goes to another window; whoever held it is remembered."""
    holder = Award.objects.get(title="red_flag_window", ended_on=None).window
    new = next(window for _, window, _ in town.scene.windows if window != holder)
    year.selects("流动红旗窗口", new.name, nominator="secretary", kind="window")
    held = Award.objects.filter(title="red_flag_window").order_by("pk")
    assert [(one.window, one.ended_on is None) for one in held][-2:] == [
        (holder, False),
        (new, True),
    ]
    assert re.search(new.name, held.first().handover_note)


def _classes(year, town):
    """The windows in three classes: the first on the page of honour, the last with its plan of help (S07)."""
    year.at("committee").opens("/standings").presses("按结算结果提建议")
    classes = town.campaign.plan.classification.classes
    windows = list(Standing.objects.filter(period=town.period).order_by("pk")[: len(classes)])
    for number, standing in enumerate(windows):
        year.decides_class(standing, number, guide=number == len(classes) - 1)
    year.at("committee").opens("/standings").sees(*(one.name for one in classes))
    year.at("member", phone=True).opens("/standings/honours").sees(windows[0].window.name)
    assert [one.decided for one in windows] == [one.key for one in classes]
