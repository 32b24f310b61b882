"""Z01 to Z06, Z08: from the problem to the recheck; nobody signs off his own work."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from campaigns.models import SchemeVersion
from common.models import Notice
from evaluations.models import Feedback
from supervision.actions import rectifications as actions
from supervision.actions.aftercare import escalate_overdue
from supervision.actions.rollups import refresh_rollups
from supervision.models import Rectification, Step
from tests.factories import FeedbackFactory, InspectionFactory

RULES = {
    "sources": [
        {"key": "self_found", "name": "自己找"},
        {"key": "public", "name": "群众提"},
        {"key": "inspection", "name": "督查发现"},
    ],
    "categories": [{"key": "attitude", "name": "服务态度", "types": ["脸难看"]}],
    "deadline_working_days": 15,
    "escalation": {"after_overdue_working_days": 5, "to": "committee"},
    "recheck": {
        "name": "回头看",
        "questions": [
            {"key": "solved", "name": "突出问题解决了吗"},
            {"key": "satisfied", "name": "群众满意了吗"},
        ],
    },
}


@pytest.fixture
def office(world):
    """The county with a plan that asks for a ledger."""
    version = SchemeVersion.objects.get(pk=world.period.scheme_version_id)
    version.document = {**version.document, "rectification": RULES}
    version.digest = "with a ledger"  # plans are kept by digest
    version.save()
    return world


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def found(office, **fields):
    item = Rectification(
        campaign=office.campaign,
        period=office.period,
        organisation=office.north,
        source="self_found",
        problem="窗口排队时间长",
        due_on=in_days(10),
        **fields,
    )
    return actions.add_rectification(item, by=office.inspector, at=timezone.now())


def planned(office):
    item = found(office)
    actions.plan_rectification(
        item,
        measure="增开一个窗口",
        owner=office.member,
        category="attitude",
        due_on=in_days(10),
        reason="",
        by=office.secretary,
        at=timezone.now(),
    )
    item.refresh_from_db()
    return item


def reported(office):
    item = planned(office)
    actions.report_rectification(item, evidence="已增开", by=office.member, at=timezone.now())
    item.refresh_from_db()
    return item


def signed_off(office):
    item = reported(office)
    actions.sign_off_rectification(
        item, passed=True, note="属实", by=office.secretary, at=timezone.now()
    )
    item.refresh_from_db()
    return item


def url(item, deed="detail"):
    return reverse(f"supervision:ledger_{deed}", args=[item.pk])


def test_the_whole_chain_in_the_browser(office, as_person):
    """Row Z07."""
    as_person(office.inspector).post(
        reverse("supervision:ledger_add"),
        {
            "organisation": office.north.pk,
            "source": "inspection",
            "category": "",
            "problem": "公示栏内容过期",
            "due_on": in_days(9).isoformat(),
        },
    )
    item = Rectification.objects.get()
    as_person(office.secretary).post(
        url(item, "plan"),
        {
            "measure": "每周更新",
            "owner": office.member.pk,
            "category": "attitude",
            "due_on": in_days(9).isoformat(),
            "reason": "",
        },
    )
    as_person(office.member).post(url(item, "report"), {"evidence": "已更新并定了值班表"})
    as_person(office.secretary).post(url(item, "sign_off"), {"verdict": "passed", "note": ""})
    as_person(office.secretary).post(url(item, "answer"), {"answer": "公示栏每周一更新"})
    as_person(office.committee_member).post(
        url(item, "recheck"), {"q_solved": "yes", "q_satisfied": "yes", "note": "保持得好"}
    )

    item.refresh_from_db()
    page = as_person(office.member).get(url(item)).content.decode()
    assert item.state == Rectification.State.SIGNED_OFF
    assert [step.kind for step in item.steps.order_by("pk")] == [
        "found", "planned", "reported", "signed_off", "answered", "rechecked",
    ]  # fmt: skip
    assert "突出问题解决了吗" in page
    assert "公示栏每周一更新" in page


def test_the_fixer_cannot_sign_off(office, as_person):
    item = reported(office)
    own = found(office)
    actions.plan_rectification(
        own, measure="改", owner=office.secretary, category="", due_on=in_days(5), reason="",
        by=office.secretary, at=timezone.now(),
    )  # fmt: skip
    actions.report_rectification(own, evidence="改了", by=office.secretary, at=timezone.now())

    assert as_person(office.member).get(url(item, "sign_off")).status_code == 403
    assert as_person(office.secretary).get(url(own, "sign_off")).status_code == 403
    with pytest.raises(actions.LedgerMoved, match="不能给自己销号"):
        actions.sign_off_rectification(
            own, passed=True, note="", by=office.secretary, at=timezone.now()
        )


def test_the_database_refuses_it_too(office):
    item = reported(office)

    with pytest.raises(IntegrityError):
        Rectification.objects.filter(pk=item.pk).update(
            state="signed_off", signed_off_by=office.member, signed_off_at=timezone.now()
        )


def test_sent_back_it_is_mended_again(office, as_person):
    item = reported(office)
    secretary = as_person(office.secretary)

    bare = secretary.post(url(item, "sign_off"), {"verdict": "returned", "note": ""})
    secretary.post(url(item, "sign_off"), {"verdict": "returned", "note": "只开了半天"})

    item.refresh_from_db()
    assert "退回时请写明" in bare.content.decode()
    assert item.state == Rectification.State.MENDING


def test_an_extension_is_reasoned_and_the_first_deadline_kept(office, as_person):
    item = planned(office)
    form = {
        "measure": item.measure,
        "owner": office.member.pk,
        "category": "",
        "due_on": in_days(20).isoformat(),
        "reason": "",
    }
    secretary = as_person(office.secretary)

    bare = secretary.post(url(item, "plan"), form)
    secretary.post(url(item, "plan"), {**form, "reason": "等设备到货"})

    item.refresh_from_db()
    assert "推后时限要写明原因" in bare.content.decode()
    assert (item.first_due_on, item.due_on) == (in_days(10), in_days(20))
    assert item.steps.filter(kind=Step.Kind.EXTENDED, text__contains="等设备到货").exists()


def test_a_recheck_may_reopen(office, as_person):
    item = signed_off(office)
    form = {"q_solved": "no", "q_satisfied": "yes", "reopen": "on", "note": "又排长队"}
    committee = as_person(office.committee_member)

    bare = committee.post(url(item, "recheck"), form)
    committee.post(url(item, "recheck"), {**form, "due_on": in_days(7).isoformat()})

    item.refresh_from_db()
    assert "今天以后的时限" in bare.content.decode()
    assert (item.state, item.reopened, item.signed_off_by) == ("mending", 1, None)


def test_a_deadline_in_the_past_is_refused(office, as_person):
    page = as_person(office.secretary).post(
        reverse("supervision:ledger_add"),
        {
            "organisation": office.north.pk,
            "source": "self_found",
            "problem": "写到这里",
            "due_on": "2020-01-01",
        },
    )

    assert "不能早于今天" in page.content.decode()
    assert "写到这里" in page.content.decode()
    assert not Rectification.objects.exists()


def test_a_finding_becomes_an_item_in_one_tap_and_only_once(office, as_person):
    inspection = InspectionFactory(
        period=office.period,
        organisation=office.north,
        problem="台签缺失",
        demand="补齐",
        demand_due_on=in_days(6),
    )
    page = reverse("supervision:ledger_add") + f"?inspection={inspection.pk}"
    client = as_person(office.inspector)

    form = client.get(page).context["form"]
    client.post(
        page,
        {
            "organisation": office.north.pk,
            "source": "inspection",
            "problem": form.initial["problem"],
            "due_on": form.initial["due_on"].isoformat(),
        },
    )

    item = Rectification.objects.get()
    assert (item.inspection, item.due_on) == (inspection, in_days(6))
    assert "台签缺失" in item.problem
    assert client.get(page).status_code == 404


def test_the_sender_reads_the_answer_of_the_ledger(office):
    feedback = FeedbackFactory(campaign=office.campaign, window=office.window, state="received")
    item = found(office, feedback=feedback)
    actions.plan_rectification(
        item, measure="改", owner=office.member, category="", due_on=in_days(5), reason="",
        by=office.secretary, at=timezone.now(),
    )  # fmt: skip
    actions.report_rectification(item, evidence="好了", by=office.member, at=timezone.now())
    actions.sign_off_rectification(
        item, passed=True, note="", by=office.secretary, at=timezone.now()
    )

    actions.answer_rectification(item, answer="已增开窗口", by=office.secretary, at=timezone.now())

    feedback.refresh_from_db()
    assert (feedback.state, feedback.answer) == (Feedback.State.ANSWERED, "已增开窗口")


def test_what_stays_overdue_goes_up_once(office):
    item = planned(office)
    Rectification.objects.filter(pk=item.pk).update(due_on=in_days(-30))

    at_night = escalate_overdue(at=by_day().replace(hour=23))
    first = escalate_overdue(at=by_day())
    second = escalate_overdue(at=by_day())

    told = Notice.objects.filter(event__startswith=f"ledger-up:{item.pk}:")
    assert (at_night, first, second) == (0, 1, 0)  # D11: nobody is told at night
    assert [notice.recipient for notice in told] == [office.committee_member]


def test_many_items_in_time_hide_no_overdue_one(office):
    """Z08: what runs in time does not keep the sweeper from what stayed overdue."""
    item = planned(office)
    running = {field.attname: getattr(item, field.attname) for field in item._meta.concrete_fields}
    running.pop("id")
    Rectification.objects.bulk_create(
        Rectification(**running | {"category": ""}) for _ in range(2000)
    )
    late = planned(office)
    Rectification.objects.filter(pk=late.pk).update(due_on=in_days(-30))

    assert escalate_overdue(at=by_day()) == 1


def by_day():
    return timezone.localtime().replace(hour=10)


def test_two_reports_at_once_are_one(office):
    item = planned(office)
    stale = Rectification.objects.get(pk=item.pk)
    actions.report_rectification(item, evidence="好了", by=office.member, at=timezone.now())

    with pytest.raises(actions.LedgerMoved, match="待销号"):
        actions.report_rectification(stale, evidence="又好了", by=office.member, at=timezone.now())


def test_export_has_the_columns_of_the_office(office, as_person):
    signed_off(office)

    response = as_person(office.committee_member).get(reverse("supervision:ledger_export"))

    rows = list(
        openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.iter_rows(
            values_only=True
        )
    )
    line = dict(zip(rows[2], rows[3], strict=True))
    assert (line["问题"], line["来源"], line["责任人"], line["销号人"]) == (
        "窗口排队时间长", "自己找", "钱一", "周书记",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"),
    [("member2", 200), ("neighbour1", 404), ("secretary2", 404), ("far_secretary", 404)],
)
def test_who_sees_an_item(office, as_person, who, status):
    item = found(office)

    assert as_person(getattr(office, who)).get(url(item)).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_constant_number_of_questions(
    office, as_person, django_assert_max_num_queries, count
):
    for _ in range(count):
        planned(office)
    client = as_person(office.secretary)
    client.get(reverse("supervision:ledger_list"))
    with django_assert_max_num_queries(15):
        client.get(reverse("supervision:ledger_list"))


def test_without_rules_there_is_no_ledger(world, as_person):
    client = as_person(world.secretary)

    assert "本方案没有整改台账" in client.get(reverse("supervision:ledger_list")).content.decode()
    assert client.get(reverse("supervision:ledger_add")).status_code == 404


def test_the_dashboard_counts_what_runs_and_what_is_late(office, as_person):
    Rectification.objects.filter(pk=planned(office).pk).update(due_on=in_days(-3))
    planned(office)
    refresh_rollups(office.period, at=timezone.now())

    page = as_person(office.committee_member).get(reverse("supervision:dashboard"))

    figures = page.context["figures"]
    assert (figures.ledger_running, figures.ledger_overdue) == (2, 1)
