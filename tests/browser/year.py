"""A plan's year for a browser test: the quarters behind us played by the simulation, the running one by people at browsers.

The clock is the real one only for the running quarter; what is behind was done at its own moments.
"""

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from branches.actions import set_photo
from branches.models import Person
from campaign_portal.demo.build import SCHEMES
from campaign_portal.demo.clock import Clock
from campaign_portal.demo.dice import dice
from campaign_portal.demo.identity import _avatar
from campaign_portal.demo.scene import Season
from campaign_portal.demo.showing import hang_window_texts
from campaign_portal.demo.voting import fill_in
from campaign_portal.simulation.play import begin, live, next_season
from campaign_portal.simulation.year import Year
from campaigns.actions import make_duties, start_campaign
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Campaign, Duty, Period
from common.dates import ONE_DAY, add_months, range_of, today
from common.models import Job
from competitions.models import Selection
from evaluations.actions.ballots import cast_ballot
from evaluations.models import AppraisalSheet, Round
from evaluations.queries.peer import paper_for, voters
from supervision.models import Draw
from tests.browser.test_peer_round import EVERYBODY_GOOD

WORDS = ("窗口零投诉，带出两名新人", "口径慢半拍", "每周五对一遍新文件", "争取做示范窗口")
FIRST_OF_EACH = """() => { const seen = new Set(); document.querySelectorAll('input[type=radio]').forEach(one => {
    if (!seen.has(one.name)) { seen.add(one.name); one.click() } }) }"""
SECOND_OF_EACH = FIRST_OF_EACH.replace(
    "if (!seen.has(one.name)) { seen.add(one.name); one.click() }",
    "if (seen.has(one.name)) { if (!seen.has(one.name + '2')) { seen.add(one.name + '2'); one.click() } } else seen.add(one.name)",
)
ONE_BETTER = "() => document.querySelector('#ballot input[type=radio]').click()"


@dataclass
class Town:
    """The people of a plan, its campaign in the running quarter, and another campaign over the same people."""

    year: Year
    period: Period
    other: Campaign
    season: Season = None
    people: dict = field(default_factory=dict)

    @property
    def campaign(self):
        return self.year.campaign

    @property
    def scene(self):
        return self.year.scene

    @property
    def troupe(self):
        return self.scene.troupes[0]

    @property
    def branch(self):
        return self.troupe.organisation

    @property
    def window(self):
        return self.troupe.windows[0][0]

    def person(self, name):
        """`secretary`, an account (`committee`, `leader`, `inspector`), or `member`, `member2` … without an office."""
        if name == "secretary":
            found = self.troupe.secretary
        elif name.startswith("member"):
            found = self._plain()[int(name.removeprefix("member") or 1) - 1]
        else:
            found = next(
                (one.person for one in self.scene.players if one.seat.account == name), None
            )
            found = found or self.scene.holders(name)[0].person
        return Person.objects.get(pk=found.pk)

    def _plain(self):
        people = self.troupe.members[1:]
        return [one.person for one in people if not one.seat.role and one.person.is_active]


def played(slug, *, other, closed=1):
    """So many quarters lived through and closed; the running one is open, everything in it due today."""
    now, running = timezone.now(), range_of("quarter", today())[0]
    year = begin(slug, seed=1, members=None, now=now, begins_on=add_months(running, -3 * closed))
    for number in range(closed):
        live(year, next_season(year, number))
    beside = _beside(year, other, running, now)
    season = next_season(year, closed)
    season.clock = Clock(season.period.starts_on, season.period.ends_on, now=now)
    for period in (season.period, beside.periods.get()):
        make_duties(period, today=today(), at=now)
        _keep_the_first_of_each_rule(period)
        Duty.objects.filter(period=period).update(starts_on=period.starts_on, due_on=today())
    hang_window_texts(season)
    return Town(year, season.period, beside, season)


def _keep_the_first_of_each_rule(period):
    """What is due every month would be due three times on the one day."""
    seen = set()
    for duty in Duty.objects.filter(period=period).order_by("due_on", "pk"):
        key = (duty.rule, duty.assignee_id, duty.subject_key)
        if key in seen:
            duty.delete()
        seen.add(key)


def _beside(year, slug, running, now):
    """Another plan over the same people at the same time."""
    plan = read_scheme((SCHEMES / f"{slug}.yaml").read_bytes())
    return start_campaign(
        load_scheme(plan, by=None, at=now), slug=f"beside-{slug}", name="同期的另一个活动",
        organisation=year.scene.root, starts_on=running, ends_on=add_months(running, 12) - ONE_DAY,
        by=year.scene.committee, at=now,
    )  # fmt: skip


def give_photos(town):
    """Everybody at a counter has agreed to show his photo."""
    for number, player in enumerate(town.troupe.players):
        if player.seat.window:
            person = player.person
            photo = ContentFile(_avatar(number), name=f"{person.pk}.jpg")
            set_photo(person, photo=photo, consents=True, by=person, at=timezone.now())


class Visits:
    """Deeds that each plan has; each ends on a page that says that it is done."""

    def __init__(self, town, visit):
        self.town, self.visit, self.sat = town, visit, {}

    def at(self, name, *, phone=False):
        """The person at his browser, in the plan's own campaign."""
        if name not in self.sat:
            visitor = self.visit(self.town.person(name), phone=phone)
            enter(visitor, self.town.campaign)
            self.sat[name] = visitor
        return self.sat[name]

    def citizen(self):
        return self.visit(phone=True)

    # --- 亮 ---------------------------------------------------------------------------------------
    def pledges(self, name, text, *, judge, about=""):
        """Written by one, judged by another, on the public board."""
        writer = self.at(name, phone=name.startswith("member")).opens(f"/pledges/add{about}")
        if theme := self._theme(about):
            writer.chooses(theme, of="主题")
        writer.writes({
            "承诺事项": text, "现状（基准）": "平均跑 2 趟", "目标": "平均跑 1 趟",
            "怎样算兑现（佐证）": "办件系统的受理次数",
        }).presses("提交审核").sees("待审核")  # fmt: skip
        reader = self.at(judge).opens("/pledges/review").follows("去审核", within=text)
        for point in reader.page.get_by_role("checkbox").all():
            point.check()
        reader.taps("同意公示").presses("确定")
        return self.citizen().opens(f"/board/{self.town.branch.code}/").sees(text)

    def _theme(self, about):
        kind = next((one for one in ("branch", "window") if one in about), "person")
        return next(iter(self.town.campaign.plan.pledge_themes(kind)), None)

    # --- 评 ---------------------------------------------------------------------------------------
    def rates(self, window, *words):
        """Three taps of a citizen, by the code that hangs at the window."""
        citizen = self.citizen().opens(f"/w/{window.code}/").follows("评价这个窗口")
        for word in words or ("非常满意",):
            citizen.taps(word)
        return citizen.presses("提交").sees("谢谢，评价已计入")

    def reviews(self, name, person, kind="leader", *, occasion=""):
        """A named review in the plan's parts, on one of its occasions."""
        visitor = self.at(name).opens(f"/reviews/{kind}/{person.pk}")
        if occasion:
            visitor.chooses(occasion, of="场合")
        for number, area in enumerate(visitor.page.locator("main form textarea").all()):
            area.fill(WORDS[number % len(WORDS)])
        return visitor.presses("提交点评").sees(f"对{person.name}的点评已记下")

    def holds_round(self, opener="committee"):
        """Opened, one ballot by hand on a phone, the others through the same action, counted, key destroyed."""
        secretary = self.at("secretary").opens("/rounds").follows("开启互评").presses("开启互评")
        secretary.sees("已开启")
        round = Round.objects.get(period=self.town.period, organisation=self.town.branch)
        own = self.town.person("member")
        voter = self.at("member", phone=True).opens(f"/rounds/{round.pk}/ballot")
        voter.page.evaluate(EVERYBODY_GOOD)
        voter.page.evaluate(ONE_BETTER)  # plans may refuse a ballot that makes no difference
        voter.is_asked_and_presses("密封并提交", confirm="密封并提交").sees("已提交，选票已经密封")
        talents = {pk: player.talent for pk, player in self.town.year.players.items()}
        for person in voters(round).exclude(pk=own.pk).order_by("pk"):
            paper = paper_for(person, round.pk)
            cast_ballot(paper, ballot=fill_in(paper, talents, dice(person.pk)), by=person)
        secretary.opens(f"/rounds/{round.pk}").follows("计票").presses("计票并销毁密钥")
        secretary.sees("计票完成，密钥已销毁。")
        round.refresh_from_db()
        return round

    def appraises(self):
        """民主评议: the branch decides each member's grade, one of them 优秀; his file says it to him."""
        secretary = self.at("secretary")
        secretary.opens(f"/organisations/{self.town.branch.pk}/appraisal")
        secretary.page.evaluate(SECOND_OF_EACH)
        secretary.page.locator("#grades input[type=radio]").first.check(force=True)
        secretary.presses("评定")
        sheet = AppraisalSheet.objects.get(period=self.town.period, organisation=self.town.branch)
        grades = Counter(sheet.grades.values_list("grade", flat=True))
        assert grades["excellent"] == 1
        assert grades.total() > 3
        own = self.at("member", phone=True).opens(f"/periods/{self.town.period.pk}/file")
        return own.sees("合格")

    # --- 督查 -------------------------------------------------------------------------------------
    def draws_and_inspects(self):
        """A draw that anybody can repeat, a check point by point, a finding with its demand."""
        inspector = self.at("inspector").opens("/inspections").follows("随机抽窗口")
        inspector.writes({"抽几个": 1}).presses("抽签").sees("抽中 1 个窗口")
        draw = Draw.objects.filter(period=self.town.period).get()
        inspector.follows("去检查：" + draw.drawn[0][1]).presses("开始检查")
        inspector.page.get_by_role("radio", name="没做到").first.check()
        inspector.sees("已保存")
        for row in inspector.page.get_by_role("radio", name="不涉及").all()[1:]:
            row.check()
        inspector.sees("各项都点过了")
        inspector.page.reload()
        inspector.writes({
            "检查情况": "台签、公示栏齐全", "发现问题": "一次性告知单缺一张", "整改要求": "当日补齐",
        })  # fmt: skip
        inspector.page.get_by_label("整改时限").fill(f"{today() + timedelta(days=14):%Y-%m-%d}")
        inspector.presses("保存督查记录").sees("督查记录已保存", "一次性告知单缺一张")
        return draw

    # --- 比、创 -----------------------------------------------------------------------------------
    def selects(self, title, subject, *, nominator="member", kind="person"):
        """Recommended, reviewed, made public, decided, on the honours page."""
        committee = self.at("committee").opens("/selections/add").chooses(title, of="称号")
        place = committee.page.get_by_label(re.compile("评选单位"))
        if place.count():
            place.first.select_option(index=1)
        committee.page.get_by_label(re.compile("截止")).first.fill(
            f"{today() + timedelta(days=20):%Y-%m-%d}"
        )
        committee.presses("发起评选")
        selection = Selection.objects.get(period=self.town.period, name=title, state="nominating")
        path = f"/selections/{selection.pk}"
        friend = self.at(nominator).opens(path).follows("推荐")
        if friend.page.locator("select#id_kind").count():
            friend.page.locator("#id_kind").select_option(kind)
        friend.writes({"名称": str(subject), "推荐理由": "全年没有一件办错"}).presses("推荐")
        committee.opens(path).follows(str(subject)).follows("审核")
        committee.page.get_by_role("radio").first.check()
        committee.presses("审核").opens(path).follows("公示拟表彰名单")
        committee.page.get_by_role("checkbox").first.check()
        committee.presses("公示拟表彰名单").sees("公示到")
        Selection.objects.filter(pk=selection.pk).update(objections_until=today() - ONE_DAY)
        committee.opens(path).follows("作出表彰决定").writes({"表彰决定": "经会议研究决定"})
        committee.presses("作出表彰决定").sees("经会议研究决定")
        self.citizen().opens(f"/honours/{self.town.campaign.slug}/").sees(str(subject))
        return selection

    def decides_class(self, standing, number, *, guide=False):
        """The committee's word on a branch, with its reason, a plan and, where it helps, a guide."""
        committee = self.at("committee").opens(f"/standings/{standing.pk}/decide")
        committee.page.get_by_role("radio").nth(number).check()
        page = committee.page
        page.locator("#id_why").fill("结合群众意见和台账")
        page.locator("#id_plan").fill("每月到场一次，逐件核对台账")
        page.locator("#id_plan_due_on").fill(f"{today() + timedelta(days=40):%Y-%m-%d}")
        if guide:
            page.locator("#id_guide").select_option(index=1)
        committee.presses("定下")
        standing.refresh_from_db()
        chosen = self.town.campaign.plan.classification.class_of(standing.decided)
        return committee.opens(f"/standings/{standing.pk}").sees(chosen.treatment)

    # --- 收尾 -------------------------------------------------------------------------------------
    def closes(self):
        """The button, a real worker, a scorecard on a phone."""
        committee = self.at("committee").opens("/close")
        committee.is_asked_and_presses(f"结算{self.town.period.name}")
        _finished(committee, "close_period")
        self.town.period.refresh_from_db()
        return committee.follows("查看结果")

    def archives(self):
        committee = self.at("committee").opens("/archives").presses("生成资料包")
        _finished(committee, None)
        committee.opens("/archives")
        with committee.page.expect_download() as download:
            committee.page.get_by_role("link", name="下载").first.click()
        return download.value.path()

    def archives_everything(self):
        """One press: the year's folder with its index and more than a handful of papers (G09)."""
        with zipfile.ZipFile(self.archives()) as folder:
            names = folder.namelist()
        assert len(names) > 5
        assert any("目录" in name for name in names), names


def _finished(visitor, kind):
    from playwright.sync_api import expect  # noqa: PLC0415

    expect(visitor.page.get_by_text("已完成")).to_be_visible(timeout=60_000)
    if kind:
        assert Job.objects.filter(kind=kind).latest("created_at").state == Job.State.DONE


def enter(visitor, campaign):
    """Of several campaigns over the same people one is chosen; unchosen it is whichever asks most today."""
    visitor.opens("/campaigns").sees("同期的另一个活动")
    if not _switches(visitor, campaign.name):
        _switches(visitor, "同期的另一个活动")
        visitor.opens("/campaigns")
        assert _switches(visitor, campaign.name)


def _switches(visitor, name):
    row = visitor.page.locator("tr").filter(has_text=name)
    button = row.get_by_role("button", name="切换到它")
    if not button.count():
        return False
    with visitor.page.expect_navigation():
        button.first.click()
    return True
