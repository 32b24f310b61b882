"""A note on the door is taken down by whoever is over its writer, with a reason (G05)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.models import AuditEvent, Notice
from pledges.models import Whereabouts


@pytest.fixture
def note(world):
    now = timezone.now()
    return Whereabouts.objects.create(
        person=world.member, organisation=world.north, text="写错的去向",
        away_at=now - timedelta(minutes=5), back_at=now + timedelta(hours=2),
    )  # fmt: skip


def url(note):
    return reverse("pledges:whereabouts_withdraw", args=[note.pk])


def test_it_leaves_the_window_and_the_writer_is_told_why(world, note, as_person, client):
    secretary = as_person(world.secretary)
    listed = secretary.get(reverse("pledges:cover_today")).content.decode()
    secretary.post(url(note), {"reason": "说的不是去向"})
    client.logout()
    board = client.get(reverse("pledges:window_board", args=[world.window.code]) + "?fresh=1")

    assert url(note) in listed
    assert "写错的去向" not in board.content.decode()
    note.refresh_from_db()
    assert (note.withdrawn_by, note.withdrawn_reason) == (world.secretary, "说的不是去向")
    assert "说的不是去向" in Notice.objects.get(title="您的去向留言被撤下").body
    assert AuditEvent.objects.filter(verb="撤下去向留言").exists()


def test_without_a_reason_it_stays(world, note, as_person):
    page = as_person(world.secretary).post(url(note), {"reason": " "})

    assert page.status_code == 200
    note.refresh_from_db()
    assert note.ended_at is None


def test_twice_or_too_late_changes_nothing(world, note, as_person):
    secretary = as_person(world.secretary)
    secretary.post(url(note), {"reason": "第一次"})

    assert secretary.post(url(note), {"reason": "第二次"}).status_code == 404
    note.refresh_from_db()
    assert note.withdrawn_reason == "第一次"


def test_a_colleague_may_not(world, note, as_person):
    client = as_person(world.member2)

    assert url(note) not in client.get(reverse("pledges:cover_today")).content.decode()
    assert client.post(url(note), {"reason": "不喜欢"}).status_code == 403
