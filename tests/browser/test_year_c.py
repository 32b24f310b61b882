"""A year of plan C at browsers: registers, comments and results made public, spot checks, help for the weak branch.

Rows P04, C02, B09, C11, G02, G03, G04, G05, G11, S05, S07, S09, S10, L26, G09.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from branches.models import Post
from common.dates import today
from competitions.models import Award
from evaluations.models import RatingCount
from pledges.models import Bulletin, FirstAsked
from supervision.models import GuideVisit, Standing
from tests.browser.year import Visits, enter, played

DIMENSIONS = ("比素质", "比干劲", "比奉献", "比创新", "比作风")
SERVICES = ("阳光服务", "微笑服务", "规范服务", "高效服务", "廉洁服务")


@pytest.mark.timeout(900)
def test_the_year_of_plan_c(transactional_db, request, visit):
    town = played("huanggang-hospital", other="county-service-centre")
    request.getfixturevalue("worker")  # not before: it would close the past itself
    year = Visits(town, visit)

    assert [one.branch.short_name for one in town.scene.troupes] == [
        "门诊支部",
        "住院支部",
        "行政支部",
    ]
    year.at("committee").opens("/compare").sees(*DIMENSIONS)
    year.pledges("member", "危急值五分钟内处理", judge="secretary")
    _registers(year, town)
    _five_services(year, town)
    year.holds_round()
    year.reviews("leader", town.person("member2"))
    year.reviews("secretary", town.person("member2"), kind="branch")
    year.appraises()
    _results_in_public(year, town)
    _efficacy_in_public(year, town)
    _window_title(year, town)
    year.closes()
    _help_for_the_weak(year, town)
    year.archives_everything()


def _registers(year, town):
    """First question, where somebody is, who covers, two-way training, attendance looked at."""
    member = year.at("member", phone=True).opens("/registers").follows("登记首问")
    member.writes({"来访人": "张先生", "问什么事": "复印病历"}).presses("登记").sees("已登记")
    member.opens("/registers/away").writes({"去向": "到病区送报告"})
    member.presses("写上").opens("/registers/cover")
    secretary = year.at("secretary").opens("/registers/book/two_way_training/add")
    secretary.writes({"姓名": "孙护士", "培养方向": "业务骨干培养成党员"}).presses("登记")
    secretary.opens("/registers/book/two_way_training").sees("业务骨干培养成党员")
    office = year.at("committee").opens("/registers/book/attendance_check/add")
    office.writes({"日期": f"{today():%m月%d日}", "科室": "门诊收费处", "情况": "两人在岗"})
    office.presses("登记").opens("/registers/book/attendance_check").sees("两人在岗")
    secretary.opens("/registers/book/one_time_notice/add")
    secretary.writes({"服务对象": "张先生", "告知内容": "身份证、病历号、委托书"}).presses("登记")
    secretary.opens("/registers/book/one_time_notice").sees("身份证、病历号、委托书")
    _first_asked_is_done(year)
    _somebody_covers(year, town)


def _first_asked_is_done(year):
    """Who was asked first brings it to an end (G02)."""
    entry = FirstAsked.objects.get(matter="复印病历")
    member = year.at("member", phone=True).opens(f"/registers/first/{entry.pk}")
    member.writes({"办理结果": "当场复印"}).presses("办结").sees("已办结")
    entry.refresh_from_db()
    assert (entry.done_on, entry.result) == (today(), "当场复印")


def _somebody_covers(year, town):
    """A leaves and says where to; inside and on the window's public page B stands for him (G04, G05)."""
    window = town.window
    post = Post.objects.current(today=today()).filter(window=window).order_by("pk").first()
    other = town.person("secretary")
    Post.objects.filter(pk=post.pk).update(cover=other)
    sitter = year.visit(post.person, phone=True)
    enter(sitter, town.campaign)
    sitter.opens("/registers/away").writes({"去向": "陪病人检查"})
    later = timezone.localtime() + timedelta(hours=2)
    sitter.page.get_by_label("预计返回").first.fill(f"{later:%Y-%m-%dT%H:%M}")
    sitter.presses("写上")
    year.at("secretary").opens("/registers/cover").sees("陪病人检查", "（顶岗）")
    year.citizen().opens(f"/w/{window.code}/").sees("陪病人检查", other.name)
    sitter.opens("/registers/cover").presses("我回来了").sees("去向留言已撤下")


def _efficacy_in_public(year, town):
    """What was measured hangs in public with what it was before (S10)."""
    citizen = year.citizen().opens(f"/honours/efficacy/{town.branch.code}/")
    citizen.sees("效能公示", town.window.name)


def _window_title(year, town):
    """规范服务之窗 by recommendation, publicity and decision (C11)."""
    year.selects("规范服务之窗", town.window.name, nominator="secretary", kind="window")
    award = Award.objects.get(campaign=town.campaign, title="standard_window")
    assert (award.window, award.period) == (town.window, town.period)


def _five_services(year, town):
    """The five words of the plan on the phone; the window's figures hang in public with their n."""
    citizen = year.citizen().opens(f"/r/{town.window.code}/")
    expect(citizen.page.get_by_text("阳光服务")).not_to_have_count(0)
    for name in SERVICES:
        expect(citizen.page.get_by_text(name)).not_to_have_count(0)
    year.rates(town.window)
    rated = RatingCount.objects.filter(campaign=town.campaign, window=town.window)
    assert rated.filter(question="overall", day=today()).exists()


def _results_in_public(year, town):
    """Chosen by the secretary, signed by another, hung up with n or 人数不足."""
    secretary = year.at("secretary").opens("/bulletins/add")
    secretary.page.get_by_role("checkbox").first.check()
    secretary.page.locator("#id_title").fill("本季度评议结果公示")
    secretary.presses("提出公示").sees("待审核")
    office = year.at("committee").opens("/shows/desk").follows("本季度评议结果公示")
    office.taps("同意").presses("确定")
    bulletin = Bulletin.objects.get(title="本季度评议结果公示")
    assert bulletin.state == "live"


def _help_for_the_weak(year, town):
    """The weakest gets a guide, who writes down each visit."""
    year.at("committee").opens("/standings").presses("按结算结果提建议")
    weakest = Standing.objects.filter(period=town.period).order_by("-pk").first()
    last = len(town.campaign.plan.classification.classes) - 1
    year.decides_class(weakest, last, guide=True)
    guide = year.visit(weakest.guide)
    enter(guide, town.campaign)
    guide.opens(f"/standings/{weakest.pk}").follows("记指导")
    guide.page.locator("#id_visited_on").fill(f"{today():%Y-%m-%d}")
    guide.page.locator("#id_found").fill("支部缺人手，先把首问登记补齐")
    guide.page.locator("form.panel button.btn-primary").click()
    guide.opens(f"/standings/{weakest.pk}").sees("先把首问登记补齐")
    assert GuideVisit.objects.filter(standing=weakest).count() == 1
