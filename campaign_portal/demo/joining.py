"""Peer rounds where branches are too small for sealed ballots: joint, by name, on paper (P10, B12, P17, P23).

Opened, answered and counted by the real actions, as in `voting`.
"""

from datetime import timedelta

from campaign_portal.demo.casts.model import BY_NAME, JOINT, ON_PAPER
from campaign_portal.demo.dice import shuffled
from campaign_portal.demo.voting import closing_time, count_round, fill_in, past_vote
from evaluations.actions.ballots import cast_ballot
from evaluations.actions.named import rate_by_name
from evaluations.actions.papers import type_paper
from evaluations.actions.rounds import open_joint_round, open_round
from evaluations.models import PaperSheet
from evaluations.queries.papers import round_form
from evaluations.queries.peer import paper_for
from evaluations.queries.rolls import peer_item

JOINED_WITH = "民主生活会"
NAMED_WITH = "组织生活会"
TYPED_AFTER = timedelta(hours=1)


def hold_small_rounds(season):
    """One of each kind a period, as far as the cast has such branches."""
    if peer_item(season.plan) is None:
        return
    _joint(season, [one for one in season.scene.troupes if one.branch.way == JOINT])
    for troupe in season.scene.troupes:
        if troupe.branch.way == BY_NAME:
            _by_name(season, troupe)
        if troupe.branch.way == ON_PAPER:
            _on_paper(season, troupe)


def _opening(season, occasion=""):
    return {
        "closes_at": closing_time(season),
        "by": season.scene.committee,
        "at": season.clock.at(0.72),
        "occasion": occasion,
    }


def _joint(season, troupes):
    if not troupes:
        return
    organisations = [one.organisation for one in troupes]
    round = open_joint_round(season.period, organisations, **_opening(season, JOINED_WITH))
    _answer(season, troupes, round, cast_ballot)


def _by_name(season, troupe):
    form = {"form": "named", **_opening(season, NAMED_WITH)}
    round = open_round(season.period, troupe.organisation, **form)
    at = season.clock.at(0.78)
    _answer(season, [troupe], round, lambda paper, **how: rate_by_name(paper, at=at, **how))


def _answer(season, troupes, round, send):
    """Everybody in the past; some of them while the period runs."""
    if season.is_running:
        _vote(season, troupes, round, send)
        return
    with past_vote(season, round):
        _vote(season, troupes, round, send)
    count_round(season, troupes[0], round)


def _vote(season, troupes, round, send):
    rng = season.rng(f"votes {troupes[0].branch.name}")
    members = [player for troupe in troupes for player in troupe.members]
    voters = shuffled(rng, members)[: len(members) // 2 if season.is_running else None]
    talents = {player.person.pk: player.talent for player in members}
    for player in voters:
        paper = paper_for(player.person, round.pk)
        send(paper, ballot=fill_in(paper, talents, rng), by=player.person)


def _on_paper(season, troupe):
    """Two people type the slips in; while the period runs the second one is still to come."""
    round = open_round(
        season.period, troupe.organisation, form="paper", **_opening(season, NAMED_WITH)
    )
    form = round_form(round)
    # two others rate each person: one gives the first level, one the second
    totals = {key: {levels[0][0]: 1, levels[1][0]: 1} for key, _, levels in form.questions}
    people = [troupe.secretary, season.scene.committee]
    at = season.clock.at(0.8) if season.is_running else round.closes_at + TYPED_AFTER
    for person in people[:1] if season.is_running else people:
        sheet = PaperSheet(period=season.period, round=round, form=form.names[0][:60], pile="全部")
        type_paper(sheet, slips=round.voter_count, totals=totals, by=person, at=at)
