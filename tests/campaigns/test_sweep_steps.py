from datetime import date, timedelta

from django.core.cache import cache
from django.utils import timezone

from campaign_portal.sweep import STEPS, sweep
from campaigns.actions import make_due_duties, open_due_periods, send_reminders
from campaigns.models import Duty, Period
from common.dates import today
from tests.factories import PersonFactory
from tests.factories.branches import moment


def test_the_steps_are_in_the_timetable_in_their_order():
    steps = [step for step in STEPS if step in {open_due_periods, make_due_duties, send_reminders}]

    assert steps == [open_due_periods, make_due_duties, send_reminders]


def test_a_sweep_makes_the_duties_of_open_periods(world):
    outcome = sweep(at=timezone.now())

    assert outcome["failed"] == {}
    assert outcome["done"]["campaigns.actions.sweeping.make_due_duties"] > 0
    assert not Duty.objects.filter(period=world.closed_period).exists()


def test_while_nothing_changes_the_work_is_saved(world, django_assert_num_queries):
    make_due_duties(at=timezone.now())

    # six times "has anybody come or gone", the open periods
    with django_assert_num_queries(7):
        assert make_due_duties(at=timezone.now()) == 0


def test_an_emptied_cache_changes_nothing(world):
    make_due_duties(at=timezone.now())
    before = list(Duty.objects.order_by("pk").values())

    cache.clear()

    assert make_due_duties(at=timezone.now()) == 0
    assert list(Duty.objects.order_by("pk").values()) == before


def test_a_newcomer_is_noticed_at_once(world):
    make_due_duties(at=timezone.now())
    newcomer = PersonFactory(organisation=world.north, organisation__starts_on=today())

    make_due_duties(at=timezone.now())

    asked = set(Duty.objects.filter(about_person=newcomer).values_list("act", flat=True))
    ends_on = world.period.ends_on
    assert asked == ({"branch_review"} if today() <= ends_on - timedelta(days=4) else set())


def test_the_next_period_opens_by_itself_and_only_once(world):
    first = world.period.ends_on + timedelta(days=1)

    opened = open_due_periods(at=moment(first))
    again = open_due_periods(at=moment(first))

    assert (opened, again) == (1, 0)
    assert Period.objects.filter(campaign=world.campaign, starts_on=first).exists()


def test_periods_end_with_the_campaign(world):
    world.campaign.ends_on = world.period.ends_on
    world.campaign.save()

    assert open_due_periods(at=moment(date(world.period.ends_on.year + 3, 1, 1))) == 0
