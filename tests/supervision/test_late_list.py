"""催办: the late and only they, once a day; the answer comes back; what stays late goes up."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import fulfil
from common import notices
from common.dates import today
from common.models import Notice
from supervision.actions import urging as actions
from supervision.models import Urge
from supervision.queries.late import late_lines, open_urges
from tests.factories import DutyFactory
from tests.factories.branches import moment

LIST = "supervision:late_list"
RULE = "quarterly_pledge"


def owed(world, person, organisation=None, *, late=3, **fields):
    fields = {"rule": RULE, "title": "每季承诺"} | fields
    return DutyFactory(
        period=world.period,
        assignee=person,
        organisation=organisation or world.north,
        starts_on=today() - timedelta(days=60),
        due_on=today() - timedelta(days=late),
        **fields,
    )


def urge_all(client):
    return client.post(reverse("supervision:late_urge"))


def test_the_list_says_who_is_late_and_by_how_long(world, as_person):
    owed(world, world.member, late=3)
    owed(world, world.member2, late=10)
    owed(world, world.member3, late=-5)
    owed(world, world.neighbour1, world.south)

    response = as_person(world.secretary).get(reverse(LIST))

    lines = response.context["page"].object_list
    assert [(line.person, line.days) for line in lines] == [(world.member2, 10), (world.member, 3)]


def test_one_click_reaches_the_late_only_and_once_a_day(world, as_person):
    owed(world, world.member)
    owed(world, world.member2, late=-5)
    owed(world, world.neighbour1, world.south)
    secretary = as_person(world.secretary)

    urge_all(secretary)
    urge_all(secretary)
    urge_all(as_person(world.committee_member))

    assert sorted(Urge.objects.values_list("person__username", flat=True)) == [
        "member",
        "neighbour1",
    ]
    told = Notice.objects.filter(step__gte=actions.URGE_STEP)
    assert sorted(told.values_list("recipient__username", flat=True)) == ["member", "neighbour1"]


def test_a_line_is_urged_alone_and_a_foreign_one_not_at_all(world, as_person):
    owed(world, world.member)
    owed(world, world.member2)
    owed(world, world.neighbour1, world.south)
    due = today() - timedelta(days=3)
    secretary = as_person(world.secretary)

    for person in [world.member, world.neighbour1]:
        secretary.post(
            reverse("supervision:late_urge"), {"line": f"{RULE}|{due:%Y-%m-%d}|{person.pk}"}
        )

    assert [urge.person for urge in Urge.objects.all()] == [world.member]


def test_nobody_urges_himself_and_members_urge_nobody(world, as_person):
    owed(world, world.secretary)

    urge_all(as_person(world.secretary))

    assert not Urge.objects.exists()
    assert as_person(world.member).get(reverse(LIST)).status_code == 403
    assert urge_all(as_person(world.member)).status_code == 403


def test_what_was_done_meanwhile_is_left_in_peace(world):
    owed(world, world.member, act="self_review", rule="quarterly_self")
    lines = late_lines(world.secretary, world.period, today=today())
    fulfil(
        campaign=world.campaign, period=world.period, act="self_review",
        by=world.member, at=timezone.now(),
    )  # fmt: skip

    called = actions.urge_late(world.period, lines, by=world.secretary, at=timezone.now())

    assert (called, Urge.objects.count()) == (0, 0)


def test_who_votes_in_a_sealed_round_is_never_listed(world):
    owed(world, world.member, act="peer_ballot", rule="quarterly_peers")

    assert late_lines(world.secretary, world.period, today=today()) == []


def test_at_night_it_lies_in_the_inbox_and_no_mail_goes_before_eight(world):
    member = world.member
    member.email = "member@example.org"
    member.save()
    owed(world, member)
    day = today()
    lines = late_lines(world.secretary, world.period, today=day)

    actions.urge_late(world.period, lines, by=world.secretary, at=moment(day, 22))

    assert Notice.objects.filter(recipient=member).count() == 1
    assert notices.send_waiting_mail(at=moment(day, 22)) == 0
    assert notices.send_waiting_mail(at=moment(day + timedelta(days=1), 9)) == 1
    assert len(mail.outbox) == 1


def test_the_answer_comes_back_and_stands_in_the_list(world, as_person):
    owed(world, world.member)
    urge_all(as_person(world.secretary))
    urge = Urge.objects.get()
    day = today() + timedelta(days=4)
    member = as_person(world.member)
    url = reverse("supervision:urge_answer", args=[urge.pk])

    assert url in member.get(reverse("supervision:today")).content.decode()
    past = member.post(url, {"expected_on": "2020-01-01", "answer": "在外学习"})
    member.post(url, {"expected_on": day.isoformat(), "answer": "在外学习"})

    assert "不能早于今天" in past.content.decode()
    assert "在外学习" in past.content.decode()
    page = as_person(world.secretary).get(reverse(LIST)).content.decode()
    assert "在外学习" in page
    assert Notice.objects.filter(
        recipient=world.secretary, title__startswith="钱一 答复催办"
    ).exists()


def test_only_the_person_called_on_answers(world, as_person):
    owed(world, world.member)
    urge_all(as_person(world.secretary))
    url = reverse("supervision:urge_answer", args=[Urge.objects.get().pk])

    assert as_person(world.secretary).get(url).status_code == 403
    assert as_person(world.member2).get(url).status_code == 404


def test_a_call_about_what_is_done_is_not_shown_any_more(world, as_person):
    duty = owed(world, world.member)
    urge_all(as_person(world.secretary))
    assert len(open_urges(world.member, today=today())) == 1

    type(duty).objects.update(done_at=timezone.now(), done_by=world.member)

    assert open_urges(world.member, today=today()) == []


def test_the_export_is_what_is_shown(world, as_person):
    owed(world, world.member)
    owed(world, world.member2, rule="quarterly_self", title="季度自评")

    response = as_person(world.secretary).get(
        reverse("supervision:late_export") + "?rule=quarterly_self"
    )

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:2] for row in texts if "孙二" in row] == [["季度自评", "孙二"]]
    assert not any("钱一" in row for row in texts)


def late_for(world, working_day):
    """Escalations that have gone out when it is `working_day`, seen from a Monday that fell due."""
    due = date(2026, 9, 7)
    DutyFactory(
        period=world.period, assignee=world.member, organisation=world.north, rule=RULE,
        title="每季承诺", starts_on=date(2026, 7, 1), due_on=due,
    )  # fmt: skip
    actions.escalate_late(at=moment(working_day))
    return list(
        Notice.objects.filter(event__startswith="duty-up:")
        .order_by("step", "recipient__username")
        .values_list("step", "recipient__username")
    )


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 9, 9), []),
        (date(2026, 9, 10), [(0, "secretary")]),
        (date(2026, 9, 16), [(1, "committee_member")]),
    ],
)
def test_late_for_so_many_working_days_it_goes_up(world, day, told):
    assert late_for(world, day) == told


def test_ten_sweeps_tell_each_superior_once(world):
    late_for(world, date(2026, 9, 10))

    for _ in range(10):
        actions.escalate_late(at=moment(date(2026, 9, 10)))

    assert Notice.objects.filter(event__startswith="duty-up:").count() == 1


def test_nothing_goes_up_at_night(world):
    owed(world, world.member, late=30)

    assert actions.escalate_late(at=moment(today(), 23)) == 0
    assert actions.escalate_late(at=moment(today(), 9)) == 1


def test_mail_to_the_superior_is_withdrawn_when_all_is_done(world):
    secretary = world.secretary
    secretary.email = "s@example.org"
    secretary.save()
    late_for(world, date(2026, 9, 10))
    world.period.duties.update(done_at=moment(date(2026, 9, 10)), done_by=world.member)

    assert actions.withdraw_told_escalations(at=moment(date(2026, 9, 10))) == 1
    assert notices.send_waiting_mail(at=moment(date(2026, 9, 10))) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(world, as_person, django_assert_num_queries, count):
    for person in [world.member, world.member2, world.member3][:count]:
        owed(world, person)
    client = as_person(world.secretary)
    urge_all(client)
    client.get(reverse(LIST))

    # session, person, roles, home, periods, lines, people, places, urges, ledger, unread messages
    with django_assert_num_queries(10):
        client.get(reverse(LIST))
