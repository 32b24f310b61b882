"""Two years after leaving the fields are emptied, once, on record; the name and the results stay (I5)."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from branches import actions
from branches.actions import leavers
from branches.models import CorrectionRequest, Person, hash_id_number, seal_id_number
from branches.models.inventory import KEPT
from campaign_portal.sweep import STEPS
from common import audit
from common.models import AuditEvent, Notice
from common.personal import AFTER_LEAVING
from tests.dump import dump
from tests.excel.books import id_number
from tests.factories import OrganisationFactory, PersonFactory, RoleFactory
from tests.factories.branches import moment

LEFT = date(2024, 3, 5)
DUE = date(2026, 3, 5)
AT = moment(DUE)
NUMBER = id_number("19900503", 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = PersonFactory(
        name="赵离开", organisation=OrganisationFactory(), phone="13900001111", email="z@x.cn", work_no="W9",
        birth_on=date(1990, 5, 3), birth_precision="day", id_number_sealed=seal_id_number(NUMBER),
        id_number_hash=hash_id_number(NUMBER), photo=ContentFile(b"jpeg", name="a.jpg"),
        photo_consented_at=moment(),
    )  # fmt: skip
    CorrectionRequest.objects.create(
        person=person, about="other", wanted="13900001111", asked_at=moment()
    )
    Notice.objects.create(recipient=person, event="e", title="请办", created_at=moment())
    actions.leave_person(person, on=LEFT, reason="调出", by=person, at=moment(LEFT))
    return person


def due(day):
    return [person.name for person in leavers.leavers_due(today=day)]


def test_not_a_day_before_the_two_years_are_over(leaver):
    assert due(DUE - timedelta(days=1)) == []
    assert due(DUE) == ["赵离开"]


def test_the_fields_are_empty_and_the_name_stays(leaver, django_capture_on_commit_callbacks):
    stored, name = leaver.photo.storage, leaver.photo.name

    with django_capture_on_commit_callbacks(execute=True):
        assert leavers.purge_leavers(at=AT) == 1

    leaver.refresh_from_db()
    assert not any(getattr(leaver, field) for field in leavers.EMPTIED)
    assert (leaver.name, leaver.political_status) == ("赵离开", Person.Political.MEMBER)
    assert leaver.affiliations.get().ends_on == LEFT
    assert not leaver.has_usable_password()
    assert not stored.exists(name)
    assert Notice.objects.count() == 0
    assert "13900001111" not in str(dump())


def test_it_is_on_record_by_the_names_of_the_fields_and_the_chain_holds(leaver):
    leavers.purge_leavers(at=AT)

    event = AuditEvent.objects.get(verb="清除离开人员资料")
    assert {"phone", "id_number_hash", "password"} <= set(event.detail["fields"])
    assert (event.detail["corrections"], event.detail["notices"]) == (1, 1)
    assert event.organisation_path == leaver.affiliations.get().organisation.path
    assert audit.verify() == []


def test_twice_changes_nothing_more(leaver):
    leavers.purge_leavers(at=AT)
    events = AuditEvent.objects.count()

    assert leavers.purge_leavers(at=AT) == 0
    assert not leavers.purge_leaver(leaver.pk, today=DUE, by=None, at=AT)
    assert AuditEvent.objects.count() == events


def test_an_interrupted_run_goes_on_with_the_rest(leaver, monkeypatch):
    other = PersonFactory(name="钱离开", organisation=OrganisationFactory(), phone="1")
    actions.leave_person(other, on=LEFT, reason="退休", by=other, at=moment(LEFT))
    monkeypatch.setattr(leavers, "A_ROUND", 1)

    assert [leavers.purge_leavers(at=AT) for _ in range(3)] == [1, 1, 0]


def test_who_is_back_or_has_a_role_is_left_alone(leaver):
    RoleFactory(
        person=leaver, organisation=OrganisationFactory(), starts_on=LEFT, ends_on=date(2025, 1, 1)
    )
    assert due(DUE) == []

    leaver.roles.all().delete()
    Person.objects.filter(pk=leaver.pk).update(is_active=True)
    assert due(DUE) == []
    assert not leavers.purge_leaver(leaver.pk, today=DUE, by=None, at=AT)


def test_the_command_shows_first_and_does_then(leaver, time_machine):
    time_machine.move_to(AT)
    shown, done = StringIO(), StringIO()

    call_command("purge", "--dry-run", stdout=shown)
    assert leaver.username in shown.getvalue()
    assert "到期 1 人" in shown.getvalue()
    assert Person.objects.get(pk=leaver.pk).phone

    call_command("purge", stdout=done)
    assert "已清除 1 人" in done.getvalue()
    assert not Person.objects.get(pk=leaver.pk).phone


def test_a_29_february_is_the_28th_two_years_earlier():
    assert leavers.years_before(date(2028, 2, 29), 2) == date(2026, 2, 28)


def test_what_privacy_says_is_what_is_emptied():
    told = " ".join(
        kept.fields for kept in KEPT if kept.model == "Person" and AFTER_LEAVING in kept.until
    )
    assert {*told.split()} == {*leavers.EMPTIED, "password", "must_change_password"}


def test_the_sweeper_does_it():
    assert leavers.purge_leavers in STEPS
