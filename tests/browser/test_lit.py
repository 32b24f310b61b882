"""What is shown and what ends it: consent, a post, a verdict, a plaque, a comment, each as people do it at a browser."""

from django.urls import reverse
from playwright.sync_api import expect

from branches import actions as branch_actions
from evaluations.actions import meetings
from evaluations.models import Meeting
from pledges.models import Bulletin, Plaque, Story
from tests.factories import PledgeFactory
from tests.factories.branches import moment
from tests.photos import photo_file

PHOTO = "img.photo, .wall-page img"


def made(secretary):
    """Order what needs printing and wait until it is there."""
    with secretary.page.expect_navigation():
        secretary.page.get_by_role("button", name="印全部待印的").click()
    secretary.page.wait_for_function(
        "() => document.querySelector('a[href^=\"/prints/\"]') !== null", timeout=30_000
    )


def test_a_photo_goes_from_page_and_screen_when_consent_is_withdrawn(centre, visit):
    """L04, L09, A10: at once, and everywhere."""
    branch_actions.set_photo(
        centre.member, photo=branch_actions.reencoded_photo(photo_file()), consents=True,
        by=centre.member, at=moment(),
    )  # fmt: skip
    pages = [
        reverse(f"pledges:{name}", args=[centre.window.code]) + "?fresh=1"
        for name in ("window_board", "window_wall")
    ]
    street = visit(phone=True)
    for page in pages:
        expect(street.opens(page).page.locator(PHOTO)).not_to_have_count(0)
    visit(centre.member, phone=True).opens("/me").presses("撤回公开").sees("不公开")
    for page in pages:
        expect(street.opens(page).page.locator(PHOTO)).to_have_count(0)


def test_a_changed_post_makes_a_badge_stale_until_it_is_printed_again(centre, visit, worker):
    """L04: told at the list, made in the background, current with the next version number."""
    secretary = visit(centre.secretary)
    badges = reverse("pledges:print_list") + f"?kind=badge&q={centre.member.name}"
    secretary.opens(badges).sees("还没印", "没有可以公开的照片")
    made(secretary)

    secretary.opens(reverse("branches:window_detail", args=[centre.window.pk]))
    secretary.is_asked_and_presses("结束岗位")
    secretary.follows("安排人员").chooses(centre.member.name, of="人员")
    secretary.writes({"岗位职务": "首席代表", "主要职责": "受理和办结"}).presses("安排")
    secretary.opens(badges).sees("须重印", "首席代表")
    made(secretary)
    secretary.opens(badges).sees("与现在一致", "第 2 版")


def test_a_verdict_is_read_by_everybody_with_its_explanation(centre, visit):
    """L19: 未兑现 with the reason, 已兑现 with the grounds; what was judged hangs on."""
    pledges = [
        PledgeFactory(
            published=True, period=centre.period, organisation=centre.north,
            owner_person=centre.member, text=text,
        )
        for text in ("窗口延时到晚上六点", "材料一次告知")
    ]  # fmt: skip
    secretary = visit(centre.secretary)
    for pledge, verdict, words in zip(
        pledges,
        ("未兑现", "已兑现"),
        ("设备检修停了两周，下月补上", "抽查 30 件全部一次告知"),
        strict=True,
    ):
        secretary.opens(reverse("pledges:pledge_conclude", args=[pledge.pk])).taps(verdict)
        if verdict == "未兑现":
            secretary.presses("认定").sees("未兑现须说明原因")
            secretary.taps(verdict)
        secretary.writes({"依据或说明": words}).presses("认定")

    street = visit(phone=True)
    street.opens(f"/board/{centre.north.code}/?fresh=1").sees("未兑现", "已兑现")
    street.opens(f"/p/{pledges[0].pk}/").sees("未兑现", "设备检修停了两周，下月补上")
    street.opens(f"/p/{pledges[1].pk}/").sees("已兑现", "抽查 30 件全部一次告知")


def test_plaque_and_story_reach_the_honour_roll_and_the_poster(centre, visit):
    """L21, L24: written by the branch, signed by another, on the roll and on paper, taken down with a reason."""
    secretary = visit(centre.secretary).opens("/shows/plaque/add")
    secretary.chooses(centre.window.name, of="挂牌窗口").writes({
        "牌子名称": "党员示范窗口", "授予单位": "机关党委", "标准": "全年零差评",
        "挂牌时间": centre.period.starts_on.isoformat(),
    }).presses("提出公示").sees("待审核")  # fmt: skip
    secretary.opens("/shows/story/add").writes({
        "标题": "雨夜送证", "一句话": "把证送到老人家里", "正文": "那天下着雨。", "刊发媒体": "县报",
        "报道网址": "https://example.cn/a",
    }).presses("提出公示").sees("待审核")  # fmt: skip
    office = visit(centre.officer)
    for words in ("党员示范窗口", "雨夜送证"):
        office.opens("/shows/desk").follows(words).taps("同意").presses("确定").sees("已公示")

    street = visit(phone=True).opens(f"/honour/{centre.north.code}/")
    street.sees("雨夜送证").follows("党员示范窗口").sees("全年零差评", "机关党委")
    street.opens(f"/x/story/{Story.objects.get().code}/").sees("那天下着雨", "县报")
    visit().opens(f"/honour/{centre.north.code}/poster").sees("党员示范窗口", "雨夜送证")

    plaque = Plaque.objects.get()
    secretary.opens(reverse("pledges:shown_take_down", args=["plaque", plaque.pk]))
    secretary.writes({"撤下原因": "到期摘牌"}).presses("撤下")
    street.opens(f"/honour/{centre.north.code}/").misses("党员示范窗口")


def test_a_meetings_comments_pass_the_gate_and_come_down(centre, visit):
    """L25, Q17: the secretary publishes, the office signs, the street reads; taken down it says why."""
    meeting = Meeting(
        campaign=centre.campaign, period=centre.period, organisation=centre.north,
        item="monthly_meeting", kind="月度例会", held_on=centre.period.starts_on,
        chair=centre.secretary, recorder=centre.member, visibility="organisation",
    )  # fmt: skip
    people = [centre.member, centre.member2]
    meetings.record_meeting(meeting, came=people, called=people, by=centre.secretary, at=moment())
    question = meeting.period.plan.questionnaire("meeting").questions[0].key
    meetings.comment_people(
        meeting, comments=[(centre.member, {}, {question: "主动多跑一步"})], by=centre.secretary,
        at=moment(),
    )  # fmt: skip

    secretary = visit(centre.secretary).opens(f"/meetings/{meeting.pk}/publish").taps("公众")
    secretary.presses("公开").sees("另一位同志审核后上公示栏", "待审核")
    office = visit(centre.officer).opens("/shows/desk").follows("月度例会点评")
    office.sees("主动多跑一步").taps("同意").presses("确定")
    bulletin = Bulletin.objects.get()
    street = visit(phone=True).opens(f"/board/{centre.north.code}/?fresh=1")
    street.follows("月度例会点评").sees("主动多跑一步")

    secretary.opens(f"/meetings/{meeting.pk}").follows("已公示").follows("撤下")
    secretary.writes({"撤下原因": "本人申请核对"}).presses("撤下")
    visit(centre.member).opens(f"/meetings/{meeting.pk}").sees("主动多跑一步", "已撤下")
    gone = street.page.request.get(f"/x/bulletin/{bulletin.code}/")
    assert gone.status == 410
    assert "本人申请核对" in gone.text()
