from datetime import UTC, datetime

from django.core import mail

from branches.models import Person
from common import notices
from common.models import Notice
from tests.factories import NoticeFactory, PersonFactory

NOON = datetime(2026, 9, 28, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
NIGHT = datetime(2026, 9, 28, 14, 0, tzinfo=UTC)  # 22:00
AFTERNOON = datetime(2026, 9, 28, 7, 0, tzinfo=UTC)


def post(person, **changes):
    given = {"event": "leader_review:1", "title": "还没有点评", "at": NOON, "url": "/today"}
    notices.post([person], **{**given, **changes})


def test_a_message_reaches_an_inbox_once_however_often_it_is_posted(db):
    person = PersonFactory()

    for _ in range(10):
        post(person)

    assert list(Notice.objects.values_list("title", flat=True)) == ["还没有点评"]


def test_a_message_to_all_reaches_those_who_have_it_not_yet(db):
    """T8: as one statement, told again to more people: once each."""
    first, second = PersonFactory(), PersonFactory(email="a@example.org")
    given = {"event": "closing:1:1", "title": "得分卡出来了", "at": NOON}

    notices.post_to_all(Person.objects.filter(pk=first.pk).values("pk"), **given)
    for _ in range(2):
        notices.post_to_all(Person.objects.values("pk"), **given)
    notices.post_to_all(Person.objects.filter(pk=first.pk).values("pk"), **given, step=1)

    told = Notice.objects.order_by("recipient", "step").values_list(
        "recipient", "step", "mail_after"
    )
    assert list(told) == [(first.pk, 0, None), (first.pk, 1, None), (second.pk, 0, NOON)]


def test_a_second_step_is_a_second_message(db):
    person = PersonFactory()

    post(person, step=1)
    post(person, step=2)

    assert Notice.objects.count() == 2


def test_mail_is_sent_once_by_however_many_sweepers(db, settings):
    post(PersonFactory(email="a@example.com"))

    sent = [notices.send_waiting_mail(at=NOON) for _ in range(3)]

    assert sent == [1, 0, 0]
    assert mail.outbox[0].to == ["a@example.com"]
    assert f"{settings.PORTAL_URL}/today" in mail.outbox[0].body


def test_nobody_is_mailed_at_night(db):
    post(PersonFactory(email="a@example.com"), at=NIGHT)

    assert notices.send_waiting_mail(at=NIGHT) == 0
    assert notices.send_waiting_mail(at=NOON.replace(day=29)) == 1


def test_people_without_an_address_or_gone_get_no_mail(db):
    post(PersonFactory())
    post(PersonFactory(email="gone@example.com", is_active=False))

    notices.send_waiting_mail(at=NOON)

    assert mail.outbox == []


def test_a_message_read_in_the_portal_is_not_mailed(db):
    NoticeFactory(recipient=PersonFactory(email="a@example.com"), mail_after=NOON, read_at=NOON)

    assert notices.send_waiting_mail(at=NOON) == 0


def test_a_mail_server_that_is_down_is_asked_again_later(db, monkeypatch):
    post(PersonFactory(email="a@example.com"))
    monkeypatch.setattr(notices, "send_mail", refuse)

    assert notices.send_waiting_mail(at=NOON) == 0
    monkeypatch.undo()

    assert notices.send_waiting_mail(at=NOON) == 0  # not at once
    assert notices.send_waiting_mail(at=AFTERNOON) == 1


def refuse(*_args, **_kwargs):
    raise ConnectionRefusedError
