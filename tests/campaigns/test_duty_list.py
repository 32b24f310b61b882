from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.dates import today
from tests.factories import DutyFactory

URL = "campaigns:duty_list"


@pytest.fixture
def duties(world):
    def make(person, organisation=None, **fields):
        return DutyFactory(
            period=world.period,
            assignee=person,
            organisation=organisation or world.north,
            **fields,
        )

    return make


def listed(client, query=""):
    response = client.get(reverse(URL) + query)
    assert response.status_code == 200
    return [duty.title for duty in response.context["page"].object_list]


def test_members_see_their_own_secretaries_the_branch_the_committee_all(world, as_person, duties):
    duties(world.member, title="甲")
    duties(world.member2, title="乙")
    duties(world.neighbour1, world.south, title="丙")

    assert listed(as_person(world.member)) == ["甲"]
    assert sorted(listed(as_person(world.secretary))) == sorted(["甲", "乙"])
    assert sorted(listed(as_person(world.committee_member))) == sorted(["甲", "乙", "丙"])
    assert listed(as_person(world.stranger)) == []


def test_filters_by_state(world, as_person, duties):
    day = today()
    duties(world.member, title="逾期", due_on=day - timedelta(days=1), starts_on=day - timedelta(9))
    duties(world.member, title="未到", due_on=day)
    duties(world.member, title="办完", done_at=timezone.now(), done_by=world.member)
    duties(world.member, title="免了", waived_at=timezone.now(), waived_reason="病假")
    client = as_person(world.member)

    assert listed(client, "?state=late") == ["逾期"]
    assert listed(client, "?state=open") == ["逾期", "未到"]
    assert listed(client, "?state=done") == ["办完"]
    assert listed(client, "?state=waived") == ["免了"]


def test_filters_by_rule_and_name(world, as_person, duties):
    duties(world.member, title="甲", rule="quarterly_pledge")
    duties(world.member2, title="乙", rule="quarterly_self")
    client = as_person(world.secretary)

    assert listed(client, "?rule=quarterly_self") == ["乙"]
    assert listed(client, f"?q={world.member.name}") == ["甲"]


def test_unknown_filters_are_ignored(world, as_person, duties):
    duties(world.member, title="甲")

    assert listed(as_person(world.member), "?state=x&rule=y&sort=assignee__password") == ["甲"]


def test_sorts_by_due_date_both_ways(world, as_person, duties):
    duties(world.member, title="早", due_on=today())
    duties(world.member, title="晚", due_on=today() + timedelta(days=2))
    client = as_person(world.member)

    assert listed(client) == ["早", "晚"]
    assert listed(client, "?sort=-due") == ["晚", "早"]


def test_pages_of_twenty_keep_the_filter(world, as_person, duties):
    for number in range(23):
        duties(world.member, title=f"第{number}件", rule=f"rule_{number}")
    client = as_person(world.member)

    response = client.get(reverse(URL) + "?state=open&page=2")

    assert len(response.context["page"].object_list) == 3
    assert "?state=open&amp;page=1" in response.content.decode()


def test_empty_pages_say_what_to_do(world, as_person):
    client = as_person(world.member)

    assert "本期还没有职责" in client.get(reverse(URL)).content.decode()
    assert "清除筛选" in client.get(reverse(URL) + "?state=late").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    world, as_person, duties, django_assert_num_queries, count
):
    for number in range(count):
        duties(world.member, rule=f"rule_{number}", about_window=world.window)
    client = as_person(world.secretary)
    client.get(reverse(URL))

    # user, roles, home, periods, count, page, unread messages
    with django_assert_num_queries(7):
        client.get(reverse(URL))
