"""C6: what comes through an open channel never outweighs the share the scheme gives it."""

from datetime import timedelta
from types import SimpleNamespace

from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models.document import SchemeDocument
from supervision.actions.closing import close_period
from supervision.models import Scorecard
from supervision.queries.inputs import cut, weigh_channels
from tests.factories import RatingCountFactory
from tests.factories.document import plan as sample_plan

PLAN = SchemeDocument.model_validate(sample_plan())


def test_ten_thousand_scripted_scans_change_the_verified_picture_by_their_share_only():
    honest = {"ticket": {"satisfied": 70}, "qr": {"very_unsatisfied": 10_000}}

    counted = weigh_channels(PLAN, honest)

    assert counted == {"satisfied": 70, "very_unsatisfied": 30}


def test_without_verified_ratings_the_open_channel_counts_nothing():
    assert sum(weigh_channels(PLAN, {"qr": {"satisfied": 500}}).values()) == 0


def test_few_open_ratings_count_in_full():
    assert weigh_channels(PLAN, {"ticket": {"a": 70}, "qr": {"b": 5}}) == {"a": 70, "b": 5}


def test_a_channel_the_scheme_does_not_know_counts_nothing():
    assert weigh_channels(PLAN, {"vote": {"a": 9}}) == {}


def test_an_advisory_channel_weighs_nothing():
    channels = [SimpleNamespace(key="vote", advisory=True, weight=1, at_most=None)]

    assert weigh_channels(SimpleNamespace(channels=channels), {"vote": {"a": 9}}) == {}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # shared machines
@given(
    st.dictionaries(st.sampled_from("abcde"), st.integers(0, 200), min_size=1),
    st.integers(0, 300),
)
def test_a_cut_keeps_proportions_and_never_exceeds(counts, allowed):
    kept = cut(counts, allowed)

    assert sum(kept.values()) == min(sum(counts.values()), allowed)
    total = sum(counts.values())
    for level, number in kept.items():
        exact = counts[level] * min(allowed, total) / total if total else 0
        assert abs(number - exact) < 1


def test_a_window_rated_only_through_the_open_channel_says_so(world, as_person):
    RatingCountFactory(
        campaign=world.campaign,
        window=world.window,
        day=world.period.starts_on + timedelta(days=1),
        channel="qr",
        question="overall",
        level="satisfied",
        count=37,
    )
    close_period(world.period, by=None, at=timezone.now())
    card = Scorecard.objects.get(subject="window", window=world.window)

    page = as_person(world.committee_member).get(
        reverse("supervision:scorecard_detail", args=[card.pk])
    )

    assert page.context["channels"][1] == 0
    assert [count for _, count in page.context["channels"][0]] == [37]
    assert "按方案计入" in page.content.decode()
