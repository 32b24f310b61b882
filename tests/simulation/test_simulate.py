"""`manage.py simulate`: a year of invented people through the actions; invariants hold, the same seed gives the same bytes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from campaign_portal.simulation import tempers
from campaign_portal.simulation.account import account_of, digest_of
from campaign_portal.simulation.cast import cast_of
from campaign_portal.simulation.invariants import check
from campaign_portal.simulation.play import begin, closing_day_of, live, next_season, simulate
from campaigns.models import Campaign, Duty
from common.models import AuditEvent
from supervision.models import Rectification, Scorecard

pytestmark = pytest.mark.django_db
A, C = "guanyun-weather", "huanggang-hospital"


def played(slug, **given):
    """Two periods, in a transaction that is rolled back."""
    with transaction.atomic():
        year, digest, broken = simulate(slug, periods=2, seed=5, now=timezone.now(), **given)
        account = account_of(year)
        transaction.set_rollback(True)
    return account, digest, [str(one) for one in broken]


def test_the_same_seed_gives_the_same_bytes_and_every_invariant_holds():
    first, digest, broken = played(A)
    again, same, _ = played(A)

    assert broken == []
    assert first == again
    assert digest == same == digest_of(first)
    assert {row[0] for row in first["scorecards"]} == {"2025-Q1", "2025-Q2"}


def test_each_kind_of_people_does_what_it_is_for():
    year = begin(C, seed=3, members=None, now=timezone.now())
    for number in (0, 1):
        season = next_season(year, number)
        live(year, season)
    of = {kind: [p.person for p in year.of_temper(kind)] for kind in tempers.SHARES}
    done = Duty.objects.exclude(done_at=None)

    assert [
        str(one) for one in check(year, season, today=closing_day_of(season)) if not one.holds
    ] == []
    assert not done.filter(assignee__in=of["absent"]).exists()
    assert Duty.objects.filter(assignee__in=of["absent"]).exclude(waived_at=None).exists()
    assert done.filter(assignee__in=of["late"], is_late=True).exists()
    assert {person.affiliations.count() for person in of["transferred"]} == {2}
    assert year.refused["给自己打分"] == year.refused["投第二张票"] > 0
    assert Rectification.objects.filter(state="signed_off").exists()


def test_a_fault_is_found():
    year = begin(A, seed=3, members=None, now=timezone.now())
    season = next_season(year, 0)
    live(year, season)
    Scorecard.objects.filter(subject="window").order_by("pk").first().delete()
    fifth = AuditEvent.objects.order_by("pk")[5].pk
    AuditEvent.objects.filter(pk=fifth).update(verb="x")
    year.got_through.append("给自己打分")

    lines = check(year, season, today=closing_day_of(season))

    assert [one.name for one in lines if not one.holds] == [
        "得分卡与名册一致", "留痕链完好", "不该做的都被拒绝",
    ]  # fmt: skip


def test_a_cast_grows_to_the_number_asked_for():
    cast = cast_of(A, seed=9, members=100)

    assert sum(len(branch.seats) for branch in cast.branches) == 100
    assert len({branch.name for branch in cast.branches}) == len(cast.branches) > 3
    assert sum(seat.role == "committee" for branch in cast.branches for seat in branch.seats) == 2


def test_what_cannot_be_simulated_is_told():
    with pytest.raises(CommandError, match="没有“nonsense”"):
        call_command("simulate", "nonsense", stdout=StringIO())
    with pytest.raises(CommandError, match="至少要 23 人"):
        call_command("simulate", A, members=3, stdout=StringIO())
    with pytest.raises(CommandError, match="1 到 12"):
        call_command("simulate", A, periods=0, stdout=StringIO())
    assert not Campaign.objects.exists()
