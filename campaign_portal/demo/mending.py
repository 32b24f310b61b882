"""The 整改台账: opened from what reviews and inspections said, in all states, with its call-backs and rechecks."""

from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.dice import between, shuffled
from supervision.actions import aftercare, rechecks
from supervision.actions import rectifications as ledger
from supervision.models import Inspection, Rectification
from supervision.queries.ledger import recheck_questions

MEASURES = (
    "定人定责，每天晨会检查，周五在支部微信群通报。",
    "补齐缺的内容，写进窗口交接单，换班时逐项核对。",
    "组织一次业务练兵，老带新一个月，月底再抽查。",
    "把流程改短一步，印在明白卡上，引导员当面讲清。",
)
DONE = (
    "已按措施办完，连续两周抽查没有再发生，记录附在交接单里。",
    "已全部补齐，支部逐项核对过，群众来问的少了一半。",
)
SAID = ("现在快多了，没有再白跑。", "态度好了，讲得清楚。")


def mend_problems(season):
    """Of a closed quarter everything is mended; of the running one there is something in every state."""
    rules = season.plan.rectification
    if rules is None:
        return
    rng = season.rng("ledger")
    found = Inspection.objects.filter(campaign=season.scene.campaign, rectification=None)
    found = list(found.exclude(problem="").select_related("organisation", "window").order_by("pk"))
    depths = (4, 2, 0, 3, 1) if season.is_running else (9, 9)
    branches = {troupe.organisation.pk for troupe in season.scene.troupes}
    found = shuffled(rng, [one for one in found if one.organisation_id in branches])
    for depth, inspection in zip(depths, found, strict=False):
        begun = season.clock.at(between(rng, 0.3, 0.45))
        carry_on(season, rng, open_item(season, rng, inspection, begun), begun, depth)
    if season.is_running:
        _look_again(season)


def open_item(season, rng, inspection, at):
    """What an inspection found, as an item of the ledger."""
    rules = season.plan.rectification
    keys = [source.key for source in rules.sources]
    day = timezone.localdate(at)
    item = Rectification(
        campaign=season.scene.campaign,
        period=season.period,
        organisation=inspection.organisation,
        window=inspection.window,
        inspection=inspection,
        source="inspection" if "inspection" in keys else keys[0],
        category=rng.choice([kind.key for kind in rules.categories] or [""]),
        problem=f"{inspection.problem}\n整改要求：{inspection.demand}",
        due_on=ledger.default_due_on(season.plan, today=day),
    )
    return ledger.add_rectification(item, by=inspection.inspected_by, at=at)


def carry_on(season, rng, item, begun, depth):
    """So many deeds further, a few days each: plan, report, sign-off, call-back and answer."""
    troupe = next(one for one in season.scene.troupes if one.organisation == item.organisation)
    secretary, committee = troupe.secretary, season.scene.committee
    free = [one.person for one in troupe.players if not one.is_visitor and one.person != committee]
    owner = rng.choice(free)
    moments = [min(begun + timedelta(days=days), season.clock.now) for days in (1, 6, 8, 10)]
    deeds = (
        lambda at: ledger.plan_rectification(
            item, checked="现场看过，属实。", measure=rng.choice(MEASURES), owner=owner,
            category=item.category, due_on=max(item.due_on, timezone.localdate(at)), reason="",
            by=secretary, at=at,
        ),
        lambda at: ledger.report_rectification(item, evidence=rng.choice(DONE), by=owner, at=at),
        lambda at: ledger.sign_off_rectification(
            item, passed=True, note="现场核过，属实。", by=committee, at=at
        ),
        lambda at: _after(item, rng, committee, at),
    )  # fmt: skip
    for deed, at in list(zip(deeds, moments, strict=True))[:depth]:
        deed(at)


def _after(item, rng, by, at):
    aftercare.call_back(
        item, whom="办事群众", how="电话", on=timezone.localdate(at), said=rng.choice(SAID),
        satisfied=True, by=by, at=at,
    )  # fmt: skip
    ledger.answer_rectification(item, answer="已经整改，请大家继续监督。", by=by, at=at)


def _look_again(season):
    """回头看 on a sample of what earlier quarters signed off; the last of it is left to the visitor."""
    questions = recheck_questions(season.plan)
    signed = Rectification.objects.filter(campaign=season.scene.campaign, state="signed_off")
    at = season.clock.at(0.7)
    ready = signed.filter(signed_off_at__lte=at - timedelta(days=30)).count()
    if not questions or ready < 2:
        return
    by = season.scene.committee
    draw = rechecks.draw_rechecks(season.period, days=30, count=2, by=by, at=at)
    rechecks.recheck_rectification(
        Rectification.objects.get(pk=draw.drawn[0]),
        answers={question.key: True for question in questions},
        note="保持得好。", reopen=False, due_on=None, by=by, at=at,
    )  # fmt: skip
