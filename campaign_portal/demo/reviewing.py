"""Self-reviews, the secretaries' review of each member, the leaders' reviews."""

from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.dice import between, shuffled
from campaign_portal.demo.words import reviews as words
from campaigns.models import Duty
from evaluations.actions.reviews import write_review
from evaluations.actions.self_reviews import save_self_review
from evaluations.queries.reviews import occasions, review_form
from evaluations.queries.self_reviews import advice_for

PARTS = {
    "achievements": words.ACHIEVEMENTS,
    "problems": words.PROBLEMS,
    "advice": words.ADVICE,
    "direction": words.DIRECTIONS,
}
NOTES = {
    "changed": ("已照做，这个季度没有再出现。", "做成了清单，一直在用。"),
    "partly": ("已开始，忙的时候还会忘。", "做了一半，季度末前补齐。"),
    "unchanged": ("这季度抽调在外，下季度补上。",),
}


def make_self_reviews(season):
    questionnaire = season.plan.questionnaire_for("self_review")
    if questionnaire is None or not season.owes("self_review"):
        return
    for troupe in season.scene.troupes:
        rng = season.rng(f"self {troupe.branch.name}")
        for player in season.participants(troupe):
            if _skips(season, troupe, player, rng):
                continue
            save_self_review(
                season.period,
                troupe.organisation,
                answers=self_answers(season, questionnaire, player, rng),
                by=player.person,
                at=season.clock.at(between(rng, 0.62, 0.76)),
            )


def _skips(season, troupe, player, rng):
    if season.is_running:
        return player.is_visitor or rng.random() < 0.5
    return rng.random() > troupe.branch.diligence + 0.04


def self_answers(season, questionnaire, player, rng):
    """What a self-review holds, with what became of last period's advice."""
    advice = advice_for(player.person, season.period)
    return {
        "texts": {one.key: rng.choice(words.SELF[one.key]) for one in questionnaire.text_questions},
        "levels": {
            one.key: level_of(season, one, player.talent + 0.1, rng)
            for one in questionnaire.scale_questions
        },
        "follow_ups": [_follow_up(one, rng) for one in advice],
    }


def _follow_up(advice, rng):
    state = rng.choices(("changed", "partly", "unchanged"), (5, 4, 1))[0]
    return {**advice, "state": state, "note": rng.choice(NOTES[state])}


def level_of(season, question, talent, rng):
    """The key of a level: better people get better ones, mostly."""
    levels = [level for level in season.plan.scale_of(question).levels if level.value is not None]
    place = (1 - talent) * 2.2 + rng.gauss(0, 0.35) + 0.1
    return levels[min(max(round(place), 0), len(levels) - 1)].key


# -- the secretary and the leaders


def make_branch_reviews(season):
    """Each member by the secretary (P14); now about half of them."""
    if not season.owes("branch_review"):
        return
    for troupe in season.scene.troupes:
        rng = season.rng(f"branch review {troupe.branch.name}")
        others = [one for one in season.participants(troupe) if one.person != troupe.secretary]
        share = 0.45 if season.is_running else troupe.branch.diligence + 0.04
        for player in shuffled(rng, others)[: round(len(others) * min(share, 1))]:
            _review(season, "branch", troupe, troupe.secretary, player, rng, (0.78, 0.89))


def make_leader_reviews(season):
    """The leaders share the branches' people out among them; the demo leader's turn is still to come."""
    leaders = [player.person for player in season.scene.holders("leader")]
    if season.is_running:
        leaders = leaders[2:]
    if not leaders:
        return
    rng = season.rng("leader reviews")
    reviewed = [
        (troupe, player)
        for troupe in season.scene.troupes
        for player in season.participants(troupe)
    ]
    for at, (troupe, player) in enumerate(shuffled(rng, reviewed)):
        leader = leaders[at % len(leaders)]
        if leader == player.person or rng.random() < (0.6 if season.is_running else 0.06):
            continue
        window = (0.8, 0.91) if leader != leaders[-1] else (0.86, 0.97)
        _review(season, "leader", troupe, leader, player, rng, window)


def _review(season, kind, troupe, author, player, rng, window):  # noqa: PLR0913 (a review is all of this)
    parts, questions = review_form(season.plan, kind)
    at = season.clock.at(between(rng, *window))
    write_review(
        period=season.period,
        kind=kind,
        author=author,
        person=player.person,
        organisation=troupe.organisation,
        occasion=rng.choice(occasions(season.plan, kind) or ("",)),
        texts={part.key: rng.choice(PARTS[part.key]) for part in parts},
        levels={one.key: level_of(season, one, player.talent, rng) for one in questions},
        at=at,
        today=timezone.localdate(at),
    )


def call_one_leader(season):
    """One leader was asked to review earlier than the rest, and has not (P15): the clock shows red."""
    leaders = [player.person for player in season.scene.holders("leader")]
    due_on = max(season.period.starts_on, timezone.localdate(season.clock.now) - timedelta(days=6))
    if len(leaders) > 1:
        Duty.objects.filter(
            period=season.period, act="leader_review", assignee=leaders[1], done_at=None
        ).update(due_on=due_on)
