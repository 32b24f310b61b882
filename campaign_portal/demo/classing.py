"""分类定级 after a settled period: as proposed, with a plan, a guide and an answer for the weakest."""

from datetime import timedelta

from django.utils import timezone

from supervision.actions import standings
from supervision.models import Standing

PLAN = "联系人每月到场一次，逐件核对台账；群众反映的问题一周内答复。"
FOUND = "超期的两件已说明原因，一件当场办结；大家愿意把问题摆到例会上说。"
ANSWER = "认可这个类别。先把超期事项办完，再按月把进展贴到公示栏。"


def make_standings(season, *, at):
    """Nothing where the plan has no classes."""
    rules = season.period.plan.classification
    if rules is None:
        return
    season.period.refresh_from_db()
    committee = season.scene.committee
    standings.propose_standings(season.period, by=committee, at=at)
    own = Standing.objects.filter(period=season.period)
    weakest = rules.classes[-1].key
    guide = next((player.person for player in season.scene.holders("leader")), committee)
    due_on = timezone.localdate(at) + timedelta(days=45)
    own.filter(proposed=weakest).update(plan=PLAN, plan_due_on=due_on, guide=guide)
    standings.decide_as_proposed(season.period, own, by=committee, at=at)
    for one in own.filter(decided=weakest).order_by("pk"):
        standings.add_guide_visit(
            one,
            visited_on=timezone.localdate(at),
            found=FOUND,
            next_step="月底再看一次",
            by=guide,
            at=at,
        )
    first = own.filter(decided=weakest).order_by("pk").first()
    secretary = first and first.organisation.roles.filter(kind="secretary").first()
    if secretary:
        standings.answer_standing(first, answer=ANSWER, by=secretary.person, at=at)
