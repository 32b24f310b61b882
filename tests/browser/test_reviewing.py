"""The other voices: small branches, paper by two, deputies, the tablet, meetings, 民主评议, and a page without JavaScript."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.dates import today
from evaluations.actions.kiosks import register_kiosk
from evaluations.actions.rounds import open_round
from evaluations.models import Kiosk, PaperSheet, RatingCount, Round
from tests.evaluations.test_poll import open_poll
from tests.factories import OrganisationFactory, PersonFactory


@pytest.fixture
def tiny(centre, settings, tmp_path):
    """A branch of three."""
    settings.ROUND_KEYS_DIR = tmp_path / "round_keys"
    settings.ROUND_KEYS_DIR.mkdir(mode=0o700)
    made = OrganisationFactory(parent=centre.root, name="三人支部")
    for name in ("甲同志", "乙同志", "丙同志"):
        PersonFactory(organisation=made, name=name)
    return made


def test_small_branch_rates_by_name_and_says_so_first(centre, tiny, visit):
    """P10: the committee chooses the way, the member finds the sheet in 今天要办 and knows whose eyes it is for."""
    period = centre.period.pk
    committee = visit(centre.committee_member).opens(f"/periods/{period}/rounds/open")
    committee.sees("人数太少的支部怎么办", "三人支部").follows("为这些支部选一种办法")
    committee.page.get_by_label("记名互评").check()
    committee.ticks("三人支部").presses("开启").sees("已开启 1 个记名互评")

    person = tiny.affiliations.first().person
    member = visit(person, phone=True).opens("/").follows("填互评表").sees("这是记名的")
    for other in ("甲同志", "乙同志", "丙同志"):
        if other != person.name:
            for row in (
                member.page.locator("section.ballot", has_text=other).locator("fieldset").all()
            ):
                row.locator("label").nth(1).click()
    member.is_asked_and_presses("签名提交", confirm="签名提交").sees("已提交，署着您的名字")


def test_paper_of_a_small_branch_is_typed_by_two(centre, tiny, visit):
    """P05, P10: the second types blind; what both typed alike is counted."""
    at = timezone.now()
    how = {"closes_at": at + timedelta(days=3), "by": centre.officer, "at": at}
    round = open_round(centre.period, tiny, form="paper", **how)

    for person in (centre.officer, centre.committee_member):
        typist = visit(person).opens(f"/rounds/{round.pk}").follows("录入合计")
        typist.writes({"这一叠有几张": 3})
        for row in typist.page.locator("fieldset.totals").all():
            row.locator("input").first.fill("2")
        typist.presses("录入")

    typist.sees("两次一致，已计入")
    assert PaperSheet.objects.get().state == "counted"
    assert Round.objects.get().is_closed


def test_tablet_takes_a_rating_and_waits_for_the_next(world, visit):
    """P07: large faces, no login, back to the start."""
    kiosk = Kiosk(
        window=world.window, name="1号", opens_at=time(0), closes_at=time(23, 59), pause_seconds=20
    )
    code = register_kiosk(kiosk, by=world.secretary, at=timezone.now())
    where = reverse("evaluations:kiosk_rate", args=[code])

    visitor = visit().opens(where).taps("满意").presses("提交").sees("谢谢")

    visitor.page.wait_for_url("**" + where)
    assert RatingCount.objects.get().channel == "tablet"


def test_deputy_answers_by_code_on_a_phone(centre, visit):
    """P19, R07: printed codes, one answer each."""
    poll = open_poll(centre, "panel")
    office = visit(centre.officer).opens(f"/polls/{poll.pk}").follows("打印评议码")
    office.page.locator("input[type=number]").first.fill("2")
    office.presses("生成并打印")
    code = office.page.locator(".ticket b").first.inner_text()

    deputy = visit(phone=True).opens(reverse("evaluations:poll_answer", args=[code]))
    for row in deputy.page.locator("fieldset.levels").all():
        row.locator("label").first.click()
    deputy.presses("提交").sees("谢谢")
    deputy.opens(reverse("evaluations:poll_answer", args=[code])).misses("提交评议")


def test_monthly_meeting_with_comments_published_to_the_branch(centre, visit):
    """P18, T01, L25: last month's summary stands there, four aspects a person, published in a step of its own."""
    secretary = visit(centre.secretary).opens(f"/organisations/{centre.north.pk}/meetings/add")
    assert secretary.page.get_by_label("上月工作总结").input_value()
    secretary.writes({"召开日期": today().isoformat()})
    secretary.chooses("周书记", of="主持人").chooses("孙二", of="记录人")
    secretary.ticks("钱一").presses("登记").follows("逐人点评")
    box = secretary.page.locator("fieldset", has_text="钱一").last
    box.locator("select").first.select_option(index=1)
    box.locator("textarea, input[type=text]").first.fill("接待有耐心")
    secretary.presses("记下点评").follows("公开点评")
    secretary.page.get_by_label("本支部").check()
    secretary.page.locator("main form button[type=submit]").last.click()
    secretary.sees("点评已公开", "接待有耐心")

    visit(centre.member, phone=True).opens("/meetings").follows("月度例会").sees("接待有耐心")


def test_grades_count_while_one_chooses_and_above_a_third_need_a_reason(centre, visit):
    """民主评议: the bar counts 优秀; one too many without a reason is not taken, and nothing chosen is lost."""
    office = visit(centre.officer).opens(f"/organisations/{centre.north.pk}/appraisal")
    rows = office.page.locator("fieldset.levels")
    for number in range(3):
        rows.nth(number).locator("label").first.click()
    office.sees("优秀 已选 3 / 2 人")
    office.presses("评定").sees("超过三分之一")
    office.writes({"优秀超过三分之一的理由": "抗洪表现突出"}).presses("评定").sees("等次已定")

    visit(centre.member, phone=True).opens(f"/periods/{centre.period.pk}/file").sees("组织评定等次")


def test_rating_without_javascript_in_large_type(centre, new_page):
    """P07, R11: old phones: the same three taps, the big letters kept, nothing wider than the screen."""
    page = new_page(width=390, height=844, java_script_enabled=False)
    page.goto(f"/r/{centre.window.code}/")
    page.get_by_role("link", name="大字").click()
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    page.locator(".face").first.click()
    page.get_by_role("button", name="提交").click()

    assert page.get_by_text("谢谢，评价已计入").is_visible()
    assert (size, wide) == (20, 0)
    assert RatingCount.objects.get(question="overall").level == "very_satisfied"
