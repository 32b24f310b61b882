"""Each invariant of a simulated period turns red when the state is spoilt in its own way, and only that one does."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campaign_portal.simulation import deeds, others, play
from campaign_portal.simulation.invariants import check
from campaign_portal.simulation.play import begin, closing_day_of, live, next_season
from campaigns.models import Duty
from campaigns.models.document import ACTS
from common.models import AuditEvent, Notice
from evaluations.models import Feedback, RollEntry, Round
from pledges.models import Bulletin
from supervision.models import Rectification, Scorecard

pytestmark = pytest.mark.django_db


def first(rows):
    """As a queryset that can be updated."""
    found = rows.order_by("pk").first()
    assert found is not None
    return type(found).objects.filter(pk=found.pk)


def lose_a_card(season):
    first(Scorecard.objects.filter(period=season.period, subject="window")).delete()


def count_a_ballot_less(season):
    first(Round.objects.filter(period=season.period)).update(
        ballots_counted=F("ballots_counted") - 1
    )


def forget_a_duty(season):
    left = Duty.objects.pending().filter(period=season.period)
    first(left).update(due_on=closing_day_of(season) + timedelta(days=9), rule="no-ledger")


def tell_twice(season):
    one = Notice.objects.exclude(body="").order_by("pk").first()
    one.pk, one.event = None, "again"
    one.save(force_insert=True)


def nobody_mends(season):
    first(Rectification.objects.all()).update(state="found", signed_off_by=None, owner=None)


def nobody_answers(season):
    first(Feedback.objects.filter(state=Feedback.State.RECEIVED)).update(owner=None)


def rewrite_the_past(season):
    first(AuditEvent.objects.filter(pk__gt=AuditEvent.objects.order_by("pk").first().pk)).update(
        verb="x"
    )


def show_what_few_said(season):
    RollEntry.objects.filter(round__period=season.period).update(is_voter=False)


def hang_what_few_said(season):
    hung = Bulletin.objects.filter(period=season.period, kind=Bulletin.Kind.RESULTS).first()
    hung.rows[0] |= {"n": 2, "value": "满意率 50%"}
    hung.save(update_fields=["rows"])


FAULTS = {
    lose_a_card: "得分卡与名册一致",
    count_a_ballot_less: "互评票数与名册一致",
    forget_a_duty: "每项职责有着落",
    tell_twice: "没有重复的消息",
    nobody_mends: "整改都已销号或有人负责",
    nobody_answers: "群众意见都已答复或有人负责",
    rewrite_the_past: "留痕链完好",
    show_what_few_said: "人数不足的数字没有露出",
    hang_what_few_said: "人数不足的数字没有露出",
}


def test_every_act_is_done_and_each_fault_turns_its_own_invariant_red_and_no_other():
    """L26, P19, G02: results, panels and registers are done in their period; then the state is spoilt, a way at a time."""
    year = begin("county-service-centre", seed=7, members=None, now=timezone.now())
    for number in (0, 1):
        season = next_season(year, number)
        live(year, season)
    done = Duty.objects.filter(campaign=year.campaign).exclude(done_at=None)
    for act in ("publish_results", "panel_review", "select_title", "meeting"):
        assert done.filter(act=act).exists(), act
    assert year.unknown == set()
    assert Bulletin.objects.filter(state="live").count() == 2

    def red():
        lines = check(year, season, today=closing_day_of(season))
        assert len(lines) == len(set(FAULTS.values())) + 1
        return [line.name for line in lines if not line.holds]

    assert red() == []
    for spoil, name in FAULTS.items():
        with transaction.atomic():
            spoil(season)
            assert red() == [name], spoil.__name__
            transaction.set_rollback(True)
    year.got_through.append("给自己打分")
    assert red() == ["不该做的都被拒绝"]


def test_every_act_a_plan_may_ask_is_simulated():
    """L26, G09 and all others: an act nobody plays would only ever be overdue."""
    known = set(deeds.DEEDS) | set(play.AT_ONCE) | set(others.BY_STEPS)

    assert set(ACTS) == known
    assert not set(others.BY_STEPS) & (set(deeds.DEEDS) | set(play.AT_ONCE))
