from datetime import date

from django.urls import reverse

from campaigns.models import WorkdayException
from campaigns.queries.calendar import working_calendar
from common.models import AuditEvent

URL = "campaigns:workday_list"


def add(as_person, person, day="2027-01-01", kind="off"):
    return as_person(person).post(reverse(URL), {"day": day, "name": "元旦", "kind": kind})


def test_the_holidays_of_2026_are_there(db):
    assert WorkdayException.objects.filter(is_working=False).count() == 19
    assert WorkdayException.objects.filter(is_working=True).count() == 6


def test_the_committee_adds_a_holiday_and_a_day_to_work(world, as_person):
    add(as_person, world.committee_member)
    add(as_person, world.committee_member, day="2027-01-09", kind="on")

    is_working_day = working_calendar()
    assert not is_working_day(date(2027, 1, 1))
    assert is_working_day(date(2027, 1, 9))
    assert AuditEvent.objects.filter(verb="安排节假日").count() == 2


def test_the_same_day_twice_is_refused(world, as_person):
    add(as_person, world.committee_member)

    response = add(as_person, world.committee_member)

    assert "这一天已经安排过了" in response.content.decode()


def test_members_look_but_do_not_change(world, as_person):
    assert as_person(world.member).get(reverse(URL)).status_code == 200
    assert add(as_person, world.member).status_code == 403
    assert not WorkdayException.objects.filter(day=date(2027, 1, 1)).exists()


def test_a_day_is_taken_back(world, as_person):
    add(as_person, world.committee_member)
    day = WorkdayException.objects.get(day=date(2027, 1, 1))

    as_person(world.officer).post(reverse("campaigns:workday_delete", args=[day.pk]))

    assert not WorkdayException.objects.filter(pk=day.pk).exists()
    assert AuditEvent.objects.filter(verb="删去节假日安排").exists()
