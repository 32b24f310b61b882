"""G11: members and backbones developed in both directions: mentor, steps, evidence, dates, a third one's conclusion."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from branches.models import Person
from common.dates import today
from common.models import AuditEvent, Notice
from competitions.actions import growth as actions
from competitions.actions.contests import Refused
from competitions.models import Growth
from competitions.queries.evidence import pack_of
from tests.factories import PersonFactory
from tests.factories.competitions import GrowthFactory


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def add(client, fair, **data):
    given = {
        "track": "two_way/to_backbone", "who": "钱一", "mentor": "孙二", "goal": "能独立值一线窗口",
        "starts_on": fair.period.starts_on.isoformat(), "due_on": fair.period.ends_on.isoformat(),
    }  # fmt: skip
    return client.post(url("growth_add"), given | data, follow=True).content.decode()


def step(client, growth, name, **data):
    given = {
        "step": name,
        "done_on": today().isoformat(),
        "text": "跟班三周",
        "evidence": "跟班日志",
    }
    return client.post(url("growth_deed", growth.pk, "step"), given | data, follow=True)


def test_from_the_mentor_to_the_conclusion(fair, as_person):
    add(as_person(fair.secretary), fair)
    growth = Growth.objects.get()
    step(as_person(fair.member2), growth, "定导师")  # the mentor notes
    secretary = as_person(fair.secretary)
    early = secretary.post(
        url("growth_deed", growth.pk, "conclude"), {"verdict": "reached", "result": "考核合格"}
    )
    step(secretary, growth, "考核")
    page = secretary.post(
        url("growth_deed", growth.pk, "conclude"),
        {"verdict": "reached", "result": "考核合格"},
        follow=True,
    ).content.decode()

    growth.refresh_from_db()
    assert "还有步骤没有记录：考核" in early.content.decode()
    assert (growth.state, growth.decided_by, growth.ended_on) == (
        "reached",
        fair.secretary,
        today(),
    )
    assert "跟班日志" in page
    assert "已达到：考核合格" in page
    assert Notice.objects.filter(title="孙二 担任 钱一 的导师").count() == 2
    pack = [
        one for one in pack_of(fair.campaign, "person", fair.member2.pk) if one.label == "双向培养"
    ]
    assert "导师，钱一" in pack[0].lines[0][0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"mentor": "钱一"}, "导师不能是培养对象自己"),
        ({"who": "王群众"}, "王群众 不是党员"),
        ({"track": "two_way/to_member"}, "钱一 已经是党员"),
        ({"who": "远方人"}, "没有名为“远方人”的人"),
        ({"due_on": "2001-01-01"}, "预计完成不能早于开始"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_stored(fair, as_person, data, reason):
    assert reason in add(as_person(fair.secretary), fair, **data)
    assert Growth.objects.count() == 0


def test_one_running_record_a_track_and_it_says_so(fair, as_person):
    client = as_person(fair.secretary)
    add(client, fair)

    again = add(client, fair)
    add(client, fair, track="two_way/to_member", who="王群众")

    assert "正在培养，请接着记步骤" in again
    assert Growth.objects.count() == 2


def test_neither_the_person_nor_the_mentor_concludes(fair):
    growth = GrowthFactory(
        campaign=fair.campaign, organisation=fair.north, person=fair.member, mentor=fair.secretary
    )
    given = {"reached": False, "result": "调离", "at": timezone.now()}

    with pytest.raises(Refused, match="不能自己下结论"):
        actions.conclude_growth(growth, by=fair.secretary, **given)
    actions.conclude_growth(growth, by=fair.committee_member, **given)
    with pytest.raises(Refused, match="已终止，不能再改"):
        actions.conclude_growth(growth, by=fair.committee_member, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Growth.objects.filter(pk=growth.pk).update(result="")


def test_it_is_seen_by_the_two_and_by_who_is_responsible(fair, as_person):
    growth = GrowthFactory(
        campaign=fair.campaign, organisation=fair.north, person=fair.member, mentor=fair.neighbour1
    )
    address = url("growth_detail", growth.pk)

    seen = [
        as_person(one).get(address).status_code
        for one in (fair.member, fair.neighbour1, fair.leader)
    ]
    hidden = [as_person(one).get(address).status_code for one in (fair.member2, fair.secretary2)]

    assert seen == [200, 200, 200]
    assert hidden == [404, 404]
    assert as_person(fair.member).get(url("growth_deed", growth.pk, "step")).status_code == 403


def test_another_mentor_comes_with_a_reason(fair, as_person):
    growth = GrowthFactory(
        campaign=fair.campaign, organisation=fair.north, person=fair.member, mentor=fair.member2
    )
    client = as_person(fair.secretary)

    same = client.post(
        url("growth_deed", growth.pk, "mentor"), {"mentor": "钱一", "reason": "换人"}
    ).content.decode()
    client.post(url("growth_deed", growth.pk, "mentor"), {"mentor": "李三", "reason": "原导师借调"})

    growth.refresh_from_db()
    assert "导师不能是培养对象自己" in same
    assert growth.mentor == fair.member3
    detail = AuditEvent.objects.filter(verb="换导师").latest("number").detail
    assert detail == {"导师": "孙二 → 李三", "原因": "原导师借调"}


@pytest.mark.parametrize(("days", "reason"), [(1, "不能登记以后的日期"), (-4000, "日期不能更早")])
def test_a_step_lies_between_the_start_and_today(fair, days, reason):
    growth = GrowthFactory(campaign=fair.campaign, organisation=fair.north, person=fair.member)

    with pytest.raises(Refused, match=reason):
        actions.note_step(
            growth, step="岗位考核", done_on=today() + timedelta(days=days), text="考核",
            evidence="", by=fair.secretary, at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_with_many(fair, as_person, django_assert_num_queries, count):
    people = Person.objects.bulk_create(PersonFactory.build() for _ in range(count))
    Growth.objects.bulk_create(
        GrowthFactory.build(
            campaign=fair.campaign,
            organisation=fair.north,
            person=person,
            mentor=fair.member,
            made_by=fair.secretary,
        )
        for person in people
    )
    client = as_person(fair.secretary)
    client.get(url("growth_list"))

    with django_assert_num_queries(8):
        client.get(url("growth_list"))
