import pytest
from django.urls import reverse

from common.models import AuditEvent
from tests.factories import DutyFactory


@pytest.fixture
def duty(world):
    return DutyFactory(period=world.period, assignee=world.member, organisation=world.north)


def post(as_person, person, duty, reason="长期病假"):
    url = reverse("campaigns:duty_waive", args=[duty.pk])
    return as_person(person).post(url, {"reason": reason})


def test_the_secretary_excuses_a_member_with_a_reason(world, as_person, duty):
    response = post(as_person, world.secretary, duty)

    assert response.status_code == 302
    duty.refresh_from_db()
    assert duty.waived_reason == "长期病假"
    assert AuditEvent.objects.filter(verb="免办职责", by=world.secretary).exists()


def test_without_a_reason_nothing_happens(world, as_person, duty):
    response = post(as_person, world.secretary, duty, reason="")

    assert "请写明免办原因" in response.content.decode()
    duty.refresh_from_db()
    assert duty.waived_at is None


def test_nobody_excuses_himself(world, as_person):
    own = DutyFactory(period=world.period, assignee=world.secretary, organisation=world.north)

    assert post(as_person, world.secretary, own).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [("member", 403), ("member2", 404), ("secretary2", 404), ("leader", 403), ("inspector", 403)],
)
def test_others_are_refused(world, as_person, duty, name, status):
    assert post(as_person, getattr(world, name), duty).status_code == status

    duty.refresh_from_db()
    assert duty.waived_at is None


def test_a_second_time_is_refused(world, as_person, duty):
    post(as_person, world.secretary, duty)

    assert post(as_person, world.secretary, duty).status_code == 403
