"""Titles held and rows without an error go down to boards and 光荣榜 (B07, H01, L24)."""

from competitions.models import Award, Milestone
from pledges.actions.honours import publish_honours
from pledges.models import PublishedHonour


def show_honours(*, at):
    """The sweeper's step: what is held now hangs, what was handed on or taken back does not."""
    return publish_honours([*_titles(), *_streaks()])


def _titles():
    awards = (
        Award.objects.holding().filter(revoked_reason="").select_related("period__scheme_version")
    )
    return [
        PublishedHonour(
            key=f"award:{award.pk}",
            name=award.name,
            note=award.period.name[:60],
            criteria=_criteria(award),
            since_on=award.granted_on,
            **_holder(award),
        )
        for award in awards.order_by("pk")
    ]


def _criteria(award):
    """What the plan asks of who gets the title; wording that is still to come is left out (L22)."""
    plan = award.period.plan
    title = next((one for one in plan.titles if one.key == award.title), None)
    lists = (plan.criteria_list(key) for key in title.criteria) if title else ()
    texts = [entry.text for one in lists for entry in one.entries if not entry.placeholder]
    return "；".join(texts)


def _streaks():
    """The highest threshold that each has reached; how far the count is now stands beside it."""
    highest = {}
    reached = Milestone.objects.select_related("streak").order_by("streak", "threshold", "pk")
    for milestone in reached:
        highest[milestone.streak_id] = milestone
    return [
        PublishedHonour(
            key=f"streak:{pk}",
            name=milestone.name,
            note=f"最长连续 {milestone.streak.best}",
            criteria=f"连续满 {milestone.threshold}，中间没有差错",
            since_on=milestone.reached_on,
            **_holder(milestone.streak),
        )
        for pk, milestone in highest.items()
    ]


def _holder(about):
    return {
        "organisation_id": about.branch_id or about.organisation_id,
        "person_id": about.person_id,
        "window_id": about.window_id,
    }
