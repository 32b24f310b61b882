"""比与创 in each campaign, as far as its plan asks: a contest, figures, streaks, study, honours, a target."""

from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.dice import between
from competitions.actions import (
    activities,
    cases,
    contests,
    efficacy,
    growth,
    indicators,
    selections,
    streaks,
    targets,
)
from competitions.models import Activity, Case, Contest, Growth, Target
from competitions.queries.honours import nominations_of

REASON = "主动帮群众填表、复印材料，收到三次感谢。"
MODEL = "窗口把常办的十二项业务各写成一张材料清单，挂在取号机旁，也能扫码带走。三个月里补材料的人少了一半。"
WARNING = "某窗口工作人员连续两天下午提前离岗，群众来了没有人办。经查属实，已谈话提醒，窗口重新排了补岗表。"
STUDIED = "对照新修订的办事指南逐条学，讨论了三个容易被问倒的问题。"
ENDINGS = ("竞赛", "比赛", "比武", "练兵")
NOT_RULES = {"about", "series", "subjects", "teams", "certificate"}
STANDARD = "群众满意率达到 98%，没有查实的差评未整改。"


def compare(season):
    """Without study and honours, which a simulation does as people's duties."""
    for step in (
        _compete,
        measure_windows,
        _show_efficacy,
        _count_shifts,
        _aim,
        _tell_a_case,
        _develop,
    ):
        step(season)


def compare_and_honour(season):
    """Small and the same at every build; the visitor's own duties stay his."""
    _compete(season)
    measure_windows(season)
    _show_efficacy(season)
    _count_shifts(season)
    _study(season)
    _hand_on_the_flag(season)
    _aim(season)
    _tell_a_case(season)
    _develop(season)


def _committee(season):
    return season.scene.committee


def _players(season):
    """People whose own deeds are not left to the visitor."""
    return [p for troupe in season.scene.troupes for p in troupe.members if not p.is_visitor]


def _compete(season):
    """Each contest of the plan once a closed quarter, a series in turn: judged by three, ranked, published."""
    if season.is_running:
        return
    for item in season.plan.items_with("contest"):
        kind = item.options.subjects[0]
        names = item.options.series or (item.name,)
        if kind != "person":
            hold_contest(season, item, names[0])
        elif season.number > 0:
            hold_contest(season, item, names[season.number % len(names)])


def hold_contest(season, item, name):
    """One contest of a plan's item; None when there are no two who could compete."""
    kind = item.options.subjects[0]
    rivals = _rivals(season, kind)
    if len(rivals) < 2:
        return None
    contest = _announce(season, item, kind, name)
    _judge(season, contest, rivals)
    return contest


def _rivals(season, kind):
    """[(label, {kind: subject}, how good)]."""
    if kind == "person":
        return [(p.person.name, {kind: p.person}, p.talent) for p in _players(season)[:8]]
    if kind == "window":
        return [
            (window.name, {kind: window}, 0.4 + 0.1 * (number % 4))
            for number, (_, window, _) in enumerate(season.scene.windows[:6])
        ]
    return [
        (troupe.organisation.label, {kind: troupe.organisation}, 0.4 + 0.1 * (number % 4))
        for number, troupe in enumerate(season.scene.troupes[:6])
    ]


def _announce(season, item, kind, name):
    rules = item.options.model_dump(mode="json", exclude=NOT_RULES) | {
        "certificate": True,
        "prizes": [{"name": "一等奖", "places": 1}, {"name": "二等奖", "places": 2}],
    }
    at = season.clock.at(0.7)
    contest = Contest(
        campaign=season.scene.campaign, period=season.period, organisation=season.scene.root,
        item=item.key, series=name if item.options.series else "", subject=kind,
        name=f"{season.period.name}{name if name.endswith(ENDINGS) else f'{name}竞赛'}", rules=rules,
        held_on=timezone.localdate(at), place="三楼会议室",
    )  # fmt: skip
    return contests.add_contest(contest, by=_committee(season), at=at)


def _judge(season, contest, rivals):
    by, at, rng = _committee(season), season.clock.at(0.7), season.rng(f"contest-{contest.item}")
    judges = [*[p.person for p in season.scene.outsiders if p.person != by][:2], by]
    rivals = [one for one in rivals if one[1].get("person") not in judges]
    entries = [(label, subject, "") for label, subject, _ in rivals]
    contests.add_entrants(contest, entries=entries, by=by, at=at)
    contests.add_judges(contest, judges=[(judge, "") for judge in judges], by=by, at=at)
    for judge in contest.judges.select_related("contest", "person").order_by("pk"):
        marks = {
            (entrant.pk, "total"): 78 + round(16 * good, 1) + rng.randint(0, 30) / 10
            for entrant, (_, _, good) in zip(
                contest.entrants.order_by("number"), rivals, strict=True
            )
        }
        contests.save_sheet(judge, marks=marks, at=at)
        contests.submit_sheet(judge, by=judge.person, at=at)
    contests.close_contest(contest, by=by, at=at)
    if not contest.entrants.filter(is_tied=True).exists():
        contests.publish_contest(contest, by=by, at=at + timedelta(hours=1))


def measure_windows(season):
    """Each measure of each window, a little better every quarter; the benchmark once."""
    rng, at = season.rng("readings"), season.clock.at(0.8)
    for item in season.plan.items_with("indicator"):
        for measure in item.options.measures:
            sign = 1 if measure.better == "more" else -1
            for troupe, window, _ in season.scene.windows:
                value = 40 + sign * 3 * season.number + round(between(rng, 0, 12), 1)
                indicators.note_reading(
                    period=season.period, item=item.key, measure=measure.key, kind="window",
                    subject=window, place=troupe.organisation, value=round(value, 1), note="",
                    cases=rng.randint(120, 480),
                    by=troupe.secretary, at=at,
                )  # fmt: skip
            if season.number == 0:
                indicators.set_benchmark(
                    campaign=season.scene.campaign, item=item.key, measure=measure.key,
                    values={"kind": "standard", "name": "行业标准", "value": 55 if sign > 0 else 30,
                            "source": "上级部门年度通报"},
                    by=_committee(season), at=at,
                )  # fmt: skip


def _show_efficacy(season):
    """What was measured in a closed quarter goes to the public: proposed by one, checked by another."""
    if season.is_running or season.plan.item_with("indicator") is None:
        return
    troupe, at = season.scene.troupes[0], season.clock.at(0.85)
    notice = efficacy.propose_efficacy(
        season.period, troupe.organisation, by=troupe.secretary, at=at
    )
    notice.refresh_from_db()
    efficacy.judge_efficacy(
        notice, passed=True, note="", by=_committee(season), at=at + timedelta(hours=3)
    )


def _count_shifts(season):
    """One has reached the first threshold and stands at 125; another began anew after an error."""
    item = season.plan.item_with("streak")
    if item is None:
        return
    first, second = _players(season)[:2]
    place = season.scene.troupes[0].organisation
    by, day = season.scene.troupes[0].secretary, season.clock.day(0.6)
    for player, taps in ((first, (45, 50, 30)), (second, (38, 20, 12))):
        streak = streaks.open_streak(
            campaign=season.scene.campaign, item=item.key, kind="person", subject=player.person,
            place=place, by=by, at=season.clock.at(0.6),
        )  # fmt: skip
        streaks.tap(
            streak, expected=streak.taps, clean=taps[min(season.number, 2)], worked_on=day,
            rules=item.options, period=season.period, by=player.person, at=season.clock.at(0.6),
        )  # fmt: skip
        if player is second and season.number == 1:
            streaks.reset(
                streak, expected=streak.taps + 1, reason="漏报一次能见度，已补发更正报", worked_on=day,
                by=player.person, at=season.clock.at(0.61),
            )  # fmt: skip


def _study(season):
    """One activity of each kind of the first study item, in turn, organised by each branch."""
    items = season.plan.items_with("activity")
    for number, item in enumerate(items):
        kinds = item.options.kinds or (item.name,)
        for place, troupe in enumerate(season.scene.troupes):
            kind = kinds[(season.number + place + number) % len(kinds)]
            at = season.clock.at(0.2 + 0.1 * number)
            activity = Activity(
                campaign=season.scene.campaign, period=season.period, item=item.key, kind=kind,
                tags=sorted({*item.options.tags, item.key}), organisation=troupe.organisation,
                co_organisers=list(item.options.organisers[:1]), name=f"{troupe.organisation.label}{kind}",
                held_on=timezone.localdate(at), place="会议室", summary=STUDIED,
            )  # fmt: skip
            people = [p.person for p in troupe.members[:8]]
            if number == 0 or not season.is_running:
                activities.add_activity(activity, people=people, by=troupe.secretary, at=at)


def _hand_on_the_flag(season):
    """A travelling title of the plan goes to another window each closed quarter."""
    item_titles = [key for item in season.plan.items_with("title") for key in item.options.titles]
    titles = [season.plan.title(key) for key in dict.fromkeys(item_titles)]
    title = next((one for one in titles if one.travelling), None)
    if title is None or season.is_running:
        return
    troupe, window, _ = season.scene.windows[season.number % len(season.scene.windows)]
    by, at = _committee(season), season.clock.at(0.75)
    selection = selections.open_selection(
        title=title, period=season.period, organisation=season.scene.root,
        closes_on=timezone.localdate(at), by=by, at=at,
    )  # fmt: skip
    selections.nominate(
        selection, kind=title.subject, subject=window, place=troupe.organisation,
        reason=REASON, by=troupe.secretary, at=at,
    )  # fmt: skip
    for nomination in nominations_of(selection, whole=True):
        selections.review_nomination(nomination, passed=True, note="", shown=[], by=by, at=at)
        selections.publicise(
            selection, chosen=[nomination], days=title.publicity_working_days, by=by, at=at
        )
    later = at + timedelta(days=14)
    selections.award(
        selection, decision="经办公会研究决定。", by=by, at=min(later, season.clock.now)
    )


def _aim(season):
    """Each branch or window aims at the first target of the plan; the first one has got there."""
    item = season.plan.item_with("target")
    if item is None or season.number != 0:
        return
    by, at, kind = _committee(season), season.clock.at(0.3), item.options.subjects[0]
    for number, (troupe, window, _) in enumerate(season.scene.windows[:3]):
        subject = {"window": window, "branch": troupe.organisation, "person": troupe.secretary}[
            kind
        ]
        if Target.objects.filter(period=season.period, item=item.key, **{kind: subject}).exists():
            continue
        target = targets.aim(
            Target(
                campaign=season.scene.campaign, period=season.period, item=item.key, name=item.name,
                standard=item.options.standard or STANDARD, measure=item.options.measure or "",
                due_on=season.period.ends_on, organisation=troupe.organisation, **{kind: subject},
            ),
            by=troupe.secretary, at=at,
        )  # fmt: skip
        if number == 0:
            targets.declare(target, evidence=STANDARD, criteria_met=[], by=troupe.secretary, at=at)
            targets.verify(target, passed=True, note="与统计一致", by=by, at=season.clock.at(0.8))


def _tell_a_case(season):
    """A model, checked by a second person and spread in two ways; a warning stays inside."""
    if season.number != 0:
        return
    troupe, by, at = season.scene.troupes[0], _committee(season), season.clock.at(0.5)
    day, common = timezone.localdate(at), {"campaign": season.scene.campaign}
    model = cases.add_case(
        Case(**common, organisation=troupe.organisation, kind="model", name="一张清单，少跑一趟",
             text=MODEL, lesson="把材料清单写明白，群众一次就能带齐。"),
        today=day, by=troupe.secretary, at=at,
    )  # fmt: skip
    cases.propose_case(model, by=troupe.secretary, at=at)
    model.refresh_from_db()
    cases.judge_case(model, passed=True, note="属实", by=by, at=at + timedelta(hours=2))
    for way, where, reached in (
        ("经验交流", "全系统推进会", 86),
        ("媒体宣传", "本地党建公众号", 1240),
    ):
        cases.spread(model, way=way, spread_on=day, where=where, reached=reached, by=by, at=at)
    cases.add_case(
        Case(**common, organisation=season.scene.root, kind="warning", name="迟到早退被群众反映",
             text=WARNING, lesson="空岗要有人补岗，离开要挂去向牌。"),
        today=day, by=by, at=at,
    )  # fmt: skip


def _develop(season):
    """One on each track of the plan that fits him, with a mentor and the first steps."""
    item = season.plan.item_with("development")
    if item is None or season.number != 0:
        return
    troupe, at = season.scene.troupes[0], season.clock.at(0.3)
    people = [one.person for one in troupe.members]
    for track in item.options.tracks:
        wanted = {"members": (True,), "others": (False,), "anyone": (True, False)}[track.of]
        person = next((one for one in people[1:] if one.is_party_member in wanted), None)
        if person is None:
            continue
        record = growth.add_growth(
            Growth(
                campaign=season.scene.campaign, organisation=troupe.organisation, item=item.key,
                track=track.key, name=track.name, steps=list(track.steps), person=person,
                mentor=troupe.secretary, goal="一年内能独当一面，群众评价在同岗位前列。",
                starts_on=season.period.starts_on, due_on=season.scene.campaign.ends_on,
            ),
            by=troupe.secretary, at=at,
        )  # fmt: skip
        for step in track.steps[:2]:
            growth.note_step(
                record, step=step, done_on=timezone.localdate(at), text="支委会研究后谈话，写明每月做什么。",
                evidence="支委会记录", by=troupe.secretary, at=at,
            )  # fmt: skip
