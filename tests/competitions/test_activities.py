"""B01, B05, B10 to B12, R08: what was done, who was there, what it is evidence of; self-checks stay private."""

from datetime import timedelta

import pytest
from django.urls import reverse

from campaigns.models import Period
from common.dates import today
from competitions.models import Activity, SelfCheck
from tests.dump import dump
from tests.factories import DutyFactory
from tests.factories.competitions import ActivityFactory


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def add(client, fair, **data):
    given = {
        "kind": "quality/学业务", "name": "新流程学习", "organisation": fair.north.pk,
        "held_on": today().isoformat(), "tags": ["style"], "co_organisers": ["工会"],
        "people": "钱一\n孙二", "leader": "周书记", "summary": "学了新流程",
    }  # fmt: skip
    return client.post(url("activity_add"), given | data, follow=True)


def study_rule(fair, item="quality"):
    period = Period.objects.select_related("scheme_version").get(pk=fair.period.pk)
    rule = {
        "key": "study", "name": "支部学习", "act": "study", "item": item, "who": ["secretary"],
        "about": "own_branch", "frequency": "monthly",
    }  # fmt: skip
    version = period.scheme_version
    version.document = {**version.document, "cadence": [*version.document["cadence"], rule]}
    version.digest = f"studies {item}"
    version.save()


def test_a_study_is_recorded_with_who_was_there_and_fulfils_the_duty(fair, as_person):
    study_rule(fair)
    duty = DutyFactory(
        period=fair.period, act="study", assignee=fair.people["secretary"], organisation=fair.north,
        about_organisation=fair.north, subject_key=f"organisation:{fair.north.pk}",
    )  # fmt: skip

    page = add(as_person(fair.secretary), fair).content.decode()

    activity = Activity.objects.get()
    duty.refresh_from_db()
    assert "工会协办" in "".join(page.split())
    assert [one.person.name for one in activity.attendance.order_by("person__name")] == [
        "孙二",
        "钱一",
    ]
    assert activity.tags == ["quality", "style"]
    assert duty.done_at is not None


def test_an_activity_of_another_item_fulfils_no_study(fair, as_person):
    study_rule(fair, item="style")
    duty = DutyFactory(
        period=fair.period, act="study", assignee=fair.people["secretary"], organisation=fair.north
    )

    add(as_person(fair.secretary), fair)

    duty.refresh_from_db()
    assert duty.done_at is None


def test_the_items_page_gathers_the_evidence_and_counts_the_kinds(fair, as_person):
    add(as_person(fair.secretary), fair)
    client = as_person(fair.member)

    quality = client.get(url("item_detail", "quality")).content.decode()
    style = client.get(url("item_detail", "style")).content.decode()
    other = client.get(url("item_detail", "faultless_shifts")).content.decode()

    assert "新流程学习" in quality
    assert "新流程学习" in style
    assert "新流程学习" not in other
    assert "学理论</dt>" in quality
    assert client.get(url("item_detail", "nothing")).status_code == 404


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"people": "钱一\n远方人"}, "没有名为“远方人”的人"),
        ({"held_on": (today() + timedelta(days=2)).isoformat()}, "活动办完再记"),
        ({"ends_on": (today() - timedelta(days=2)).isoformat()}, "结束日期不能早于开始日期"),
        ({"leader": "无此人"}, "没有名为“无此人”的人"),
        ({"kind": "quality/上网"}, "id_kind_error"),
    ],
)
def test_bad_records_are_refused_whole(fair, as_person, data, reason):
    assert reason in add(as_person(fair.secretary), fair, **data).content.decode()
    assert Activity.objects.count() == 0


def test_a_team_keeps_a_log_of_tasks_and_of_help(fair, as_person):
    add(as_person(fair.secretary), fair, kind="quality/驻村")
    activity = Activity.objects.get()
    note = url("activity_deed", activity.pk, "note")
    given = {"kind": "help", "done_on": today().isoformat(), "text": "帮助制定发展规划"}
    nobody = as_person(fair.member).post(note, given | {"whom": ""}).content.decode()
    page = as_person(fair.member).post(note, given | {"whom": "三组李家"}, follow=True)

    assert "结对帮扶请写明帮扶对象" in nobody
    assert "三组李家" in page.content.decode()
    assert as_person(fair.member3).get(note).status_code == 403  # was not there


def test_attendance_is_the_organisers(fair, as_person):
    activity = ActivityFactory(period=fair.period, organisation=fair.north)
    deed = url("activity_deed", activity.pk, "attendance")

    as_person(fair.secretary).post(deed, {"people": "钱一\n李三"})
    as_person(fair.secretary).post(deed, {"people": "李三"})

    assert [one.person.name for one in activity.attendance.all()] == ["李三"]
    assert as_person(fair.member).get(deed).status_code == 403


# Self-checks: nobody else reads the answers.


def check(client, **answers):
    given = {"why": "为群众办事", "done": "yes", "level": "good"} | answers
    return client.post(url("check_write", "six_questions"), given, follow=True)


def test_a_self_check_is_ones_own_and_may_be_written_again(fair, as_person):
    check(as_person(fair.member))
    check(as_person(fair.member), why="为人民服务")

    own = as_person(fair.member).get(url("check_write", "six_questions")).content.decode()
    pages = [
        as_person(who).get(address).content.decode()
        for who in (fair.secretary, fair.committee_member, fair.member2)
        for address in (url("check_list"), url("check_write", "six_questions"))
    ]
    assert SelfCheck.objects.get().answers["why"] == "为人民服务"
    assert "为人民服务" in own
    assert not any("为人民服务" in page for page in pages)
    assert "1 / 8" in as_person(fair.secretary).get(url("check_list")).content.decode()


def test_the_answers_are_in_no_log(fair, as_person):
    check(as_person(fair.member), why="一句只有自己看的话")

    kept = {table: rows for table, rows in dump().items() if "一句只有自己看的话" in str(rows)}
    assert list(kept) == ["competitions.SelfCheck"]


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_with_many(fair, as_person, django_assert_num_queries, count):
    Activity.objects.bulk_create(
        ActivityFactory.build(
            period=fair.period, campaign=fair.campaign, organisation=fair.north,
            made_by=fair.people["secretary"],
        )
        for _ in range(count)
    )  # fmt: skip
    client = as_person(fair.member)
    client.get(url("activity_list"))

    with django_assert_num_queries(7):
        client.get(url("activity_list"))
