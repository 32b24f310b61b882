"""Classes proposed from figures, decided by people, answered by the branch, followed by a guide (S06, S07, S09)."""

from django.db import transaction

from campaigns.actions import fulfil
from common import audit, notices
from supervision.models import GuideVisit, Standing
from supervision.queries.standings import proposals


class StandingRefused(Exception):
    """The text says what is missing."""


@transaction.atomic
def propose_standings(period, *, by, at):
    """Lay out the evidence anew for whatever is not decided yet. Safe to repeat."""
    if period.is_open:
        raise StandingRefused("本期还没有结算；结算后才有得分和名次可以作依据。")
    decided = {
        (one.organisation_id, one.window_id)
        for one in Standing.objects.decided().filter(period=period)
    }
    count = 0
    for one in proposals(period):
        card = one.card
        if (card.organisation_id, card.window_id) in decided:
            continue
        Standing.objects.update_or_create(
            period=period,
            organisation=card.organisation,
            window=card.window,
            defaults={
                "subject": card.subject,
                "proposed": one.key,
                "reasons": one.reasons,
                "figures": one.figures,
                "proposed_at": at,
            },
        )
        count += 1
    path = period.campaign.organisation.path
    audit.record("提出分类建议", period, by=by, at=at, path=path, detail={"个数": count})
    return count


@transaction.atomic
def decide_standing(standing, *, decided, why, plan, plan_due_on, guide, by, at):  # noqa: PLR0913 (one decision)
    """The committee's word; another class than the proposed one needs its reason."""
    held = Standing.objects.select_for_update().get(pk=standing.pk)
    _check(held, decided, why)
    held.decided, held.why, held.plan, held.plan_due_on = decided, why, plan, plan_due_on
    held.guide, held.decided_by, held.decided_at = guide, by, at
    held.save()
    fulfil(campaign=held.period.campaign, period=held.period, act="classify", by=by, at=at)
    _tell(held, at=at)
    detail = {"类别": decided, "建议": held.proposed, "理由": why}
    audit.record("确定类别", held, by=by, at=at, path=held.organisation.path, detail=detail)
    return held


def _check(held, decided, why):
    rules = held.period.plan.classification
    if rules.class_of(decided) is None:
        raise StandingRefused("方案里没有这一类。")
    if held.decided and held.decided != decided and not why:
        raise StandingRefused("已经定过类，改类要写明理由。")
    if held.proposed and decided != held.proposed and not why:
        raise StandingRefused("和建议的类别不同，请写明理由。")


@transaction.atomic
def decide_as_proposed(period, standings, *, by, at):
    """All that are proposed and not decided yet, in one go; returns how many."""
    waiting = [one for one in standings.filter(period=period, decided="") if one.proposed]
    for one in waiting:
        decide_standing(
            one,
            decided=one.proposed,
            why="",
            plan=one.plan,
            plan_due_on=one.plan_due_on,
            guide=one.guide,
            by=by,
            at=at,
        )
    return len(waiting)


@transaction.atomic
def answer_standing(standing, *, answer, by, at):
    """The branch's own word on its class, once."""
    moved = (
        Standing.objects.decided()
        .filter(pk=standing.pk, answer="")
        .update(answer=answer, answered_by=by, answered_at=at)
    )
    if not moved:
        raise StandingRefused("已经回应过了，或者类别还没有确定。")
    audit.record("回应类别", standing, by=by, at=at, path=standing.organisation.path)


@transaction.atomic
def add_guide_visit(standing, *, visited_on, found, next_step, by, at):  # noqa: PLR0913 (one visit)
    """A line in the log of who helps a weak branch (S09)."""
    visit = GuideVisit.objects.create(
        standing=standing,
        visited_on=visited_on,
        found=found,
        next_step=next_step,
        written_at=at,
        written_by=by,
    )
    audit.record("记指导", visit, by=by, at=at, path=standing.organisation.path)
    return visit


def _tell(held, *, at):
    name = held.period.plan.classification.class_of(held.decided).name
    roles = held.organisation.roles.filter(kind="secretary", ends_on=None)
    people = [role.person for role in roles.select_related("person")]
    if held.guide and held.guide not in people:
        people.append(held.guide)
    notices.post(
        people,
        event=f"standing:{held.pk}:{held.decided}",
        title=f"{held.target} {held.period.name}定为{name}",
        body="打开可以看依据、差距和计划，支部可以写下回应。",
        url=f"/standings/{held.pk}",
        at=at,
    )
