"""C01, C05, C09: aimed at, declared with evidence, verified and decided by somebody else."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from branches.models import Person, Window
from competitions.models import Target
from tests.factories import DutyFactory

TICKED = {"list": "五带头", "text": "带头学习提高", "met": True, "shown": "参加六次培训"}


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def aim(client, fair, **data):
    given = {
        "item": "first_team", "kind": "branch", "who": "第一支部", "name": "", "standard": "",
        "measure": "", "due_on": fair.period.ends_on.isoformat(),
    }  # fmt: skip
    return client.post(url("target_add"), given | data, follow=True)


def deed(client, target, key, **data):
    return client.post(url("target_deed", target.pk, key), data, follow=True)


def declared(fair, as_person):
    aim(as_person(fair.secretary), fair)
    target = Target.objects.get()
    deed(
        as_person(fair.secretary),
        target,
        "declare",
        evidence="培训 12 次",
        criteria_five_lead=["0"],
        shown_five_lead="参加六次培训",
    )
    return target


def test_declared_verified_and_decided_by_others(fair, as_person):
    DutyFactory(
        period=fair.period, act="verify_target", assignee=fair.people["committee_member"],
        organisation=fair.root,
    )  # fmt: skip
    target = declared(fair, as_person)
    own = as_person(fair.secretary).get(url("target_deed", target.pk, "verify")).status_code
    deed(as_person(fair.officer), target, "verify", verdict="yes", note="属实")
    deed(as_person(fair.committee_member), target, "decide", verdict="yes", note="")

    target.refresh_from_db()
    page = as_person(fair.member).get(url("target_detail", target.pk)).content.decode()
    assert own == 403
    assert (target.state, target.decided_by, target.criteria_met) == (
        "met", fair.committee_member, [TICKED],
    )  # fmt: skip
    assert (
        target.standard == "带头学习提高\n按“五带头”，条文由党委在方案里填写"
    )  # the scheme's criteria, nobody wrote another
    assert "已达到" in page
    assert fair.committee_member.duties.get(act="verify_target").done_at is not None


def test_what_is_sent_back_says_why_and_may_be_declared_again(fair, as_person):
    target = declared(fair, as_person)
    no_reason = deed(as_person(fair.officer), target, "verify", verdict="no", note="")
    deed(as_person(fair.officer), target, "verify", verdict="no", note="缺培训记录")
    again = deed(as_person(fair.secretary), target, "declare", evidence="补了培训记录")

    target.refresh_from_db()
    assert "请写明原因" in no_reason.content.decode()
    assert again.status_code == 200
    assert target.state == "declared"


def test_a_verdict_of_the_declarer_cannot_be_stored(fair, as_person):
    target = declared(fair, as_person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(state="met", decided_by=target.declared_by)


def test_a_member_aims_for_himself_only_and_belongs_to_the_branchs_goal(fair, as_person):
    aim(as_person(fair.secretary), fair)
    goal = Target.objects.get()
    refused = aim(as_person(fair.member), fair, kind="person", who="孙二").content.decode()
    aim(as_person(fair.member), fair, kind="person", who="钱一", goal_of=goal.pk)

    own = Target.objects.get(person=fair.member)
    page = as_person(fair.member2).get(url("target_detail", goal.pk)).content.decode()
    assert "您只能为自己提出目标" in refused
    assert own.goal_of == goal
    assert "钱一：创一流队伍" in page


def test_everybody_is_enrolled_once(fair, as_person):
    client = as_person(fair.committee_member)
    data = {"item": "first_team", "due_on": fair.period.ends_on.isoformat()}
    client.post(url("target_everybody"), data)
    first = Target.objects.count()
    client.post(url("target_everybody"), data)

    people = Person.objects.in_organisation(fair.root, today=fair.period.starts_on).count()
    windows = Window.objects.filter(organisation__path__startswith=fair.root.path).count()
    assert first == people + windows + 2  # two branches
    assert Target.objects.count() == first
    assert as_person(fair.secretary).get(url("target_everybody")).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_with_many(fair, as_person, django_assert_num_queries, count):
    Target.objects.bulk_create(
        Target(
            campaign=fair.campaign, period=fair.period, item="first_team", name="目标", standard="好",
            branch=fair.north, organisation=fair.north, due_on=fair.period.ends_on,
            aimed_by=fair.people["secretary"], aimed_at=fair.campaign.scheme_version.created_at,
        )
        for _ in range(count)
    )  # fmt: skip
    client = as_person(fair.member)
    client.get(url("target_list"))

    with django_assert_num_queries(7):
        client.get(url("target_list"))


def test_lists_are_ticked_in_the_plans_wording_and_a_placeholder_never(fair, as_person):
    """C05, C07: a line without its official wording waits for the committee."""
    aim(as_person(fair.secretary), fair)
    target = Target.objects.get()
    form = as_person(fair.secretary).get(url("target_deed", target.pk, "check")).content.decode()
    forged = deed(as_person(fair.secretary), target, "check", criteria_five_lead=["1"])
    deed(
        as_person(fair.secretary),
        target,
        "check",
        criteria_five_lead=["0"],
        shown_five_lead="有台账",
    )
    page = as_person(fair.member).get(url("target_detail", target.pk)).content.decode()
    later = as_person(fair.secretary).get(url("target_deed", target.pk, "declare")).content.decode()

    target.refresh_from_db()
    flat = "".join(page.split())
    assert "带头学习提高" in form
    assert "请按上级文件填写" not in form + page
    assert "id_criteria_five_lead_error" in forged.content.decode()
    assert target.criteria_met == [{**TICKED, "shown": "有台账"}]
    assert target.state == "aimed"
    assert "还有1条等党委在方案里填写正式条文" in flat
    assert "有台账" in later
