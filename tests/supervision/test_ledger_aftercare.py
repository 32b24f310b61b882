"""After the sign-off: call-back, the complainant's verdict, 回头看 on a drawn sample, what went up (Z04, Z06, Z08)."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import make_duties
from campaigns.models import Duty
from common.dates import today
from common.models import Notice
from evaluations.actions.codes import hash_receipt
from supervision.actions import aftercare, rechecks
from supervision.actions import rectifications as actions
from supervision.models import RecheckDraw, Rectification, Step
from supervision.queries.inputs import PLAIN
from supervision.queries.ledger import chain_of, steps_of
from supervision.queries.today import today_of
from supervision.views.duty_links import link_of
from tests.factories import DutyFactory, FeedbackFactory, ReviewFactory
from tests.supervision.test_ledger import (
    RULES,
    by_day,
    found,
    in_days,
    office,
    planned,
    signed_off,
    url,
)

__all__ = ["office"]
CODE = "7K3-Q9F"


def lines_of(office, person):
    return list(today_of(person, office.campaign, today=today()).waiting)


def test_an_item_stands_among_its_owners_duties_until_it_is_reported(office, as_person):
    item = planned(office)

    line = lines_of(office, office.member)[0]
    assert line.title.startswith("落实整改：窗口排队时间长")
    assert link_of(line) == (url(item), "去整改")
    make_duties(office.period, today=today(), at=timezone.now())
    assert lines_of(office, office.member)

    as_person(office.member).post(url(item, "report"), {"evidence": "已增开"})

    assert not [line for line in lines_of(office, office.member) if line.act == "rectify"]
    assert Duty.objects.get(act="rectify").done_by == office.member


def test_another_owner_takes_the_duty_over(office):
    item = planned(office)

    actions.plan_rectification(
        item, measure="增开一个窗口", owner=office.member2, category="", due_on=in_days(10),
        reason="", by=office.secretary, at=timezone.now(),
    )  # fmt: skip

    owed = Duty.objects.pending().filter(act="rectify")
    assert [duty.assignee for duty in owed] == [office.member2]


def test_sent_back_it_is_owed_again(office):
    item = planned(office)
    actions.report_rectification(item, evidence="改了", by=office.member, at=timezone.now())
    actions.sign_off_rectification(
        item, passed=False, note="没改", by=office.secretary, at=timezone.now()
    )

    assert Duty.objects.pending().filter(act="rectify", assignee=office.member).count() == 1


def test_the_sweeper_carries_it_into_the_next_period(office):
    item = planned(office)
    Duty.objects.filter(act="rectify").delete()

    assert actions.carry_rectifications(at=timezone.now()) == 1
    assert actions.carry_rectifications(at=timezone.now()) == 0
    assert Duty.objects.get(act="rectify").rule == f"ledger-{item.pk}"


def test_what_citizens_said_must_be_checked_first(office, as_person):
    feedback = FeedbackFactory(window=office.window, campaign=office.campaign)
    item = found(office, feedback=feedback)
    form = {"measure": "增开", "owner": office.member.pk, "due_on": in_days(9).isoformat()}
    secretary = as_person(office.secretary)

    bare = secretary.post(url(item, "plan"), form)
    secretary.post(url(item, "plan"), {**form, "checked": "看了录像，属实"})

    item.refresh_from_db()
    assert bare.status_code == 200
    assert item.state == "mending"
    assert item.steps.filter(kind=Step.Kind.CHECKED, text="看了录像，属实").exists()


def test_a_call_back_is_on_record(office, as_person):
    item = signed_off(office)
    form = {"whom": "张女士", "how": "电话", "on": today().isoformat(), "said": "现在快多了"}
    committee = as_person(office.committee_member)

    late = committee.post(
        url(item, "call_back"), {**form, "on": in_days(1).isoformat(), "satisfied": "yes"}
    )
    committee.post(url(item, "call_back"), {**form, "satisfied": "yes"})

    step = item.steps.get(kind=Step.Kind.CALLED_BACK)
    assert "不能晚于今天" in late.content.decode()
    assert "张女士" in step.text
    assert "满意" in step.text
    assert as_person(office.member).get(url(item, "call_back")).status_code == 403


def judged(client, verdict, code=CODE):
    return client.post(
        reverse("supervision:ledger_verdict"), {"code": code, "verdict": verdict, "said": "还是慢"}
    )


def test_the_complainant_judges_by_receipt_code_once(office, client):
    feedback = FeedbackFactory(
        window=office.window, campaign=office.campaign, receipt_hash=hash_receipt(CODE)
    )
    item = signed_off(office)
    Rectification.objects.filter(pk=item.pk).update(feedback=feedback)

    asked = client.post(reverse("evaluations:feedback_follow"), {"code": CODE}).content.decode()
    first = judged(client, "unsatisfied").content.decode()
    second = judged(client, "satisfied").content.decode()

    item.refresh_from_db()
    step = item.steps.get(kind=Step.Kind.JUDGED)
    assert "整改结果您满意吗" in asked
    assert "已记下" in first
    assert "已经评过了" in second
    assert item.verdict == "unsatisfied"
    assert (step.by, timezone.localtime(step.at).weekday()) == (None, 0)
    assert Notice.objects.filter(
        recipient=office.committee_member, body__contains="不满意"
    ).exists()


def test_a_wrong_code_judges_nothing(office, client):
    signed_off(office)

    assert judged(client, "satisfied", code="AAA-AAA").status_code == 404


def test_before_the_sign_off_nothing_is_judged(office, client):
    feedback = FeedbackFactory(
        window=office.window, campaign=office.campaign, receipt_hash=hash_receipt(CODE)
    )
    item = found(office, feedback=feedback)

    judged(client, "satisfied")

    item.refresh_from_db()
    assert item.verdict == ""


def old_sign_offs(office, count):
    items = [signed_off(office) for _ in range(count)]
    Rectification.objects.update(signed_off_at=timezone.now() - timedelta(days=40))
    return items


def test_a_sample_is_drawn_that_anybody_can_repeat(office, as_person):
    old_sign_offs(office, 5)

    as_person(office.inspector).post(
        reverse("supervision:recheck_draw"), {"days": "30", "count": "2"}
    )

    draw = RecheckDraw.objects.get()
    keys = {n: hashlib.sha256(f"{draw.seed}:{n}".encode()).hexdigest() for n in draw.pool}
    by_hand = sorted(draw.pool, key=keys.get)[:2]
    page = as_person(office.secretary).get(reverse("supervision:recheck_detail", args=[draw.pk]))
    assert len(draw.pool) == 5
    assert sorted(draw.items.values_list("pk", flat=True)) == sorted(by_hand)
    assert draw.seed in page.content.decode()


def test_more_than_there_are_is_refused_with_the_number(office, as_person):
    old_sign_offs(office, 2)

    page = as_person(office.inspector).post(
        reverse("supervision:recheck_draw"), {"days": "30", "count": "3"}
    )

    assert "有 2 件，抽不出 3 件" in page.content.decode()
    assert not RecheckDraw.objects.exists()


def test_what_was_drawn_is_not_drawn_again(office):
    old_sign_offs(office, 3)
    draw = {"days": 30, "count": 2, "by": office.inspector, "at": timezone.now()}
    first = rechecks.draw_rechecks(office.period, **draw)

    second = rechecks.draw_rechecks(office.period, **{**draw, "count": 1})

    assert not set(first.drawn) & set(second.drawn)


def test_the_duty_to_look_again_is_done_with_the_last_of_the_sample(office):
    items = old_sign_offs(office, 2)
    duty = DutyFactory(
        period=office.period, assignee=office.committee_member, organisation=office.root,
        act="recheck", starts_on=office.period.starts_on, due_on=office.period.ends_on,
    )  # fmt: skip
    at = timezone.now()
    rechecks.draw_rechecks(office.period, days=30, count=2, by=office.inspector, at=at)
    done = []
    for item in items:
        rechecks.recheck_rectification(
            item, answers={"solved": True, "satisfied": True}, note="", reopen=False, due_on=None,
            by=office.committee_member, at=at,
        )  # fmt: skip
        duty.refresh_from_db()
        done.append(bool(duty.done_at))

    assert done == [False, True]


@pytest.mark.parametrize(("note", "days"), [("", 5), ("又犯", -1)])
def test_reopening_wants_a_reason_and_a_day_to_come(office, note, days):
    item = signed_off(office)

    with pytest.raises(rechecks.RecheckRefused, match="写明原因"):
        rechecks.recheck_rectification(
            item, answers={}, note=note, reopen=True, due_on=in_days(days),
            by=office.committee_member, at=timezone.now(),
        )  # fmt: skip

    item.refresh_from_db()
    assert item.state == "signed_off"


def test_a_new_period_owes_every_item_that_is_being_mended(office):
    """The sweeper takes a part at a time, and comes to the end."""
    item = planned(office)
    running = {field.attname: getattr(item, field.attname) for field in item._meta.concrete_fields}
    running.pop("id")
    Rectification.objects.bulk_create(Rectification(**running) for _ in range(520))
    Duty.objects.filter(act="rectify").delete()

    carried = [actions.carry_rectifications(at=timezone.now()) for _ in range(3)]

    assert carried == [500, 21, 0]


def test_what_keeps_coming_back_goes_up_and_the_outcome_is_kept(office, as_person):
    for _ in range(3):
        planned(office)

    told = aftercare.escalate_overdue(at=by_day())
    again = aftercare.escalate_overdue(at=by_day())
    item = Rectification.objects.order_by("pk").last()
    form = {"outcome": "约谈支部书记，限期一周"}
    refused = as_person(office.secretary).post(url(item, "outcome"), form)
    as_person(office.committee_member).post(url(item, "outcome"), form)

    item.refresh_from_db()
    assert (told, again) == (3, 0)
    assert refused.status_code == 403
    assert item.outcome == "约谈支部书记，限期一周"
    assert "约谈支部书记" in as_person(office.secretary).get(url(item)).content.decode()


def test_the_chain_has_seven_links_with_dates_and_names(office, as_person):
    item = signed_off(office)
    aftercare.call_back(
        item, whom="张女士", how="电话", on=today(), said="好", satisfied=True,
        by=office.inspector, at=timezone.now(),
    )  # fmt: skip
    item.period.refresh_from_db()

    links = chain_of(item, steps_of(item))

    assert [name for name, _, _ in links] == [
        "意见",
        "核实",
        "整改",
        "销号",
        "回访",
        "公开",
        "回头看",
    ]
    assert [bool(step) for _, step, _ in links] == [True, True, True, True, True, False, False]
    page = as_person(office.secretary).get(url(item)).content.decode()
    assert "沈督查" in page


@pytest.mark.parametrize("kind", ["review", "duty"])
def test_one_tap_from_a_review_or_an_overdue_duty(office, as_person, kind):
    if kind == "review":
        origin = ReviewFactory(
            period=office.period, organisation=office.north, person=office.member,
            author=office.leader, texts={"problem": "办件慢"},
        )  # fmt: skip
    else:
        origin = DutyFactory(
            period=office.period, organisation=office.north, assignee=office.member,
            title="每季承诺", due_on=in_days(-3), starts_on=in_days(-30),
        )  # fmt: skip
    page = reverse("supervision:ledger_add") + f"?{kind}={origin.pk}"
    client = as_person(office.secretary)

    initial = client.get(page).context["form"].initial
    client.post(
        page,
        {
            "organisation": office.north.pk,
            "source": "self_found",
            "problem": initial["problem"],
            "due_on": initial["due_on"].isoformat(),
        },
    )

    item = Rectification.objects.get()
    assert getattr(item, kind) == origin
    assert client.get(page).status_code == 404
    assert RULES["deadline_working_days"] == 15


def test_what_is_being_mended_in_time_lowers_nobodys_score(office):
    """A deadline in the next quarter is no duty left undone in this one."""
    item = planned(office)
    before = PLAIN["duties"](office.period, "person")
    Duty.objects.filter(act="rectify").update(due_on=office.period.ends_on + timedelta(days=3))

    after = PLAIN["duties"](office.period, "person")

    assert item.state == "mending"
    assert office.member.pk in before
    assert office.member.pk not in after
