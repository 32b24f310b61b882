"""P06, P09, Z06: what citizens say gets an owner, a deadline, an answer, and their own verdict."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from common.dates import today
from common.models import Notice
from evaluations.actions import feedback as actions
from evaluations.models import Feedback, FeedbackAppeal, RatingCount
from tests.factories import FeedbackFactory

CODE = r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"
FOLLOW = "evaluations:feedback_follow"
PHONE = "13912345678"


def send(client, url, **data):
    nonce = re.search(r'name="nonce" value="([^"]+)"', client.get(url).content.decode())[1]
    return client.post(url, {"nonce": nonce, **data})


def code_on(page):
    return re.search(CODE, page.content.decode())[0]


def slip(client, **data):
    url = reverse("evaluations:suggestion_window", args=["NORTH2"])
    return send(client, url, text="建议增设老花镜", **data)


def answer(as_person, world, feedback, text="已增设老花镜"):
    url = reverse("evaluations:feedback_answer", args=[feedback.pk])
    return as_person(world.secretary).post(url, {"answer": text})


def page_of(as_person, person, feedback):
    return as_person(person).get(reverse("evaluations:feedback_detail", args=[feedback.pk]))


def test_a_slip_gets_a_receipt_an_owner_and_a_deadline(world, client):
    page = slip(client)

    feedback = Feedback.objects.get()
    assert (feedback.kind, feedback.window, feedback.owner) == (
        "box",
        world.window,
        world.secretary,
    )
    assert feedback.due_on > feedback.week_on + timedelta(days=6)
    assert code_on(page).replace("-", "") not in feedback.receipt_hash


def test_a_branch_has_a_box_of_its_own(world, client, as_person):
    page = send(client, reverse("evaluations:suggestion_branch", args=["NORTH"]), text="多开夜校")

    assert code_on(page)
    feedback = Feedback.objects.get()
    assert (feedback.organisation, feedback.window) == (world.north, None)
    assert "多开夜校" in page_of(as_person, world.member, feedback).content.decode()
    assert page_of(as_person, world.secretary2, feedback).status_code == 404


def test_sending_the_same_slip_twice_keeps_one(world, client):
    url = reverse("evaluations:suggestion_window", args=["NORTH2"])
    nonce = re.search(r'name="nonce" value="([^"]+)"', client.get(url).content.decode())[1]
    client.post(url, {"nonce": nonce, "text": "一次"})

    again = client.post(url, {"nonce": nonce, "text": "一次"})

    assert "不会重复登记" in again.content.decode()
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "请写下您的意见"),
        ({"text": "长" * 350_000}, "最多 500 字"),
        ({"text": "好", "phone": "12"}, "11 位手机号"),
    ],
)
def test_a_wrong_slip_is_told_and_not_kept(world, client, data, said):
    page = send(client, reverse("evaluations:suggestion_window", args=["NORTH2"]), **data)

    assert said in page.content.decode()
    assert not Feedback.objects.exists()


def test_the_sender_reads_the_answer_and_says_whether_it_helped(world, client, as_person):
    code = code_on(slip(client))
    feedback = Feedback.objects.get()
    answer(as_person, world, feedback)
    client.logout()
    assert "已增设老花镜" in client.post(reverse(FOLLOW), {"code": code}).content.decode()

    page = client.post(reverse(FOLLOW), {"code": code, "solved": "no", "note": "还是没有"})

    assert "已退回重新办理" in page.content.decode()
    feedback.refresh_from_db()
    assert (feedback.state, feedback.is_solved, feedback.reopened) == ("received", False, 1)
    answer(as_person, world, feedback, "这次真的有了")
    client.logout()
    client.post(reverse(FOLLOW), {"code": code, "solved": "yes"})
    feedback.refresh_from_db()
    assert (feedback.state, feedback.is_solved) == ("answered", True)
    kinds = list(feedback.steps.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["answered", "unsolved", "answered", "solved"]


def test_nobody_sends_it_back_for_ever(world, client, as_person):
    feedback = FeedbackFactory(window=world.window, campaign=world.campaign, reopened=2)
    Feedback.objects.update(state="answered", answer="第三次")

    with pytest.raises(actions.FeedbackMoved):
        actions.judge_answer(feedback, solved=False, note="", today=today())


def test_the_phone_is_sealed_and_never_shown_to_the_window(world, client, as_person):
    code = code_on(slip(client))
    client.post(reverse(FOLLOW), {"code": code, "name": "老张", "phone": PHONE})
    feedback = Feedback.objects.get()

    assert PHONE.encode() not in bytes(feedback.contact)
    assert PHONE in page_of(as_person, world.officer, feedback).content.decode()
    for person in (world.secretary, world.member, world.leader):
        page = page_of(as_person, person, feedback).content.decode()
        assert PHONE not in page
        assert "老张" not in page


def test_after_the_call_the_phone_is_forgotten(world, client, as_person):
    slip(client, phone=PHONE)
    feedback = Feedback.objects.get()
    url = reverse("evaluations:feedback_call_back", args=[feedback.pk])

    assert as_person(world.secretary).post(url, {"note": "问过"}).status_code == 403
    as_person(world.officer).post(url, {"note": "说已经好了"})

    feedback.refresh_from_db()
    assert feedback.contact is None
    assert feedback.steps.get().text == "说已经好了"


def bad_rating(client, **data):
    url = reverse("evaluations:window_rate", args=["NORTH2"])
    return send(client, url, q_overall="very_unsatisfied", **data)


def test_a_bad_rating_without_words_comes_back_too(world, client):
    code = code_on(bad_rating(client))

    feedback = Feedback.objects.get()
    assert (feedback.is_bad, feedback.text, feedback.owner) == (True, "", world.secretary)
    assert "差评，没有留言" in client.post(reverse(FOLLOW), {"code": code}).content.decode()


def appeal(as_person, world, feedback):
    url = reverse("evaluations:feedback_appeal", args=[feedback.pk])
    return as_person(world.secretary).post(url, {"reason": "当天窗口没有开"})


@pytest.mark.parametrize(("verdict", "left"), [("upheld", 0), ("rejected", 1)])
def test_an_appeal_is_decided_above_with_a_reason(world, client, as_person, verdict, left):
    bad_rating(client, comment="恶意差评")
    feedback = Feedback.objects.get()
    appeal(as_person, world, feedback)
    url = reverse("evaluations:feedback_decide", args=[feedback.pk])
    assert as_person(world.secretary).get(url).status_code == 403

    as_person(world.officer).post(url, {"verdict": verdict, "decision": "查了监控"})

    feedback.refresh_from_db()
    assert feedback.appeal.state == verdict
    assert feedback.appeal.decision == "查了监控"
    assert feedback.is_counted is (verdict == "rejected")
    assert sum(RatingCount.objects.values_list("count", flat=True)) == left


def test_an_appeal_is_made_and_decided_once(world, client, as_person):
    bad_rating(client)
    feedback = Feedback.objects.get()
    appeal(as_person, world, feedback)
    assert "已经申诉过" in appeal(as_person, world, feedback).content.decode()
    url = reverse("evaluations:feedback_decide", args=[feedback.pk])
    data = {"verdict": "upheld", "decision": "属实"}
    as_person(world.officer).post(url, data)

    again = as_person(world.officer).post(url, data)

    assert "没有等您复核的申诉" in again.content.decode()
    assert FeedbackAppeal.objects.count() == 1
    assert sum(RatingCount.objects.values_list("count", flat=True)) == 0


def test_a_good_rating_cannot_be_appealed(world, as_person):
    feedback = FeedbackFactory(window=world.window, campaign=world.campaign)

    assert appeal(as_person, world, feedback).status_code == 403


def test_the_published_answer_stands_below_the_box(world, client, as_person):
    slip(client)
    feedback = Feedback.objects.get()
    answer(as_person, world, feedback)
    url = reverse("evaluations:feedback_publish", args=[feedback.pk])
    as_person(world.secretary).post(url, {"question": "有群众建议", "answer": "已经采纳"})
    client.logout()

    page = client.get(reverse("evaluations:suggestion_window", args=["NORTH2"])).content.decode()

    assert "有群众建议" in page
    assert "已经采纳" in page
    assert "建议增设老花镜" not in page


def test_owners_hear_once_in_the_morning_and_not_at_the_hour_it_came(world, client):
    morning = timezone.localtime().replace(hour=8, minute=5)
    slip(client)

    assert actions.tell_owners(at=morning.replace(hour=15)) == 0
    assert actions.tell_owners(at=morning) == 1
    assert actions.tell_owners(at=morning) == 0
    assert list(Notice.objects.values_list("recipient", flat=True)) == [world.secretary.pk]


def test_the_deadline_does_not_tell_the_day(world, client):
    """B19: Tuesday's and Thursday's slip of one week carry the same dates."""
    monday = world.period.starts_on + timedelta(days=14 - world.period.starts_on.weekday())
    for days in (1, 3):
        with time_machine.travel(f"{monday + timedelta(days=days)} 10:00+08:00", tick=False):
            slip(client)

    assert Feedback.objects.count() == 2
    assert len(set(Feedback.objects.values_list("due_on", "week_on"))) == 1


def test_list_filters_and_exports(world, as_person):
    late = FeedbackFactory(
        window=world.window, campaign=world.campaign, text="逾期的", is_bad=True,
        due_on=today() - timedelta(days=1), owner=world.secretary,
    )  # fmt: skip
    FeedbackFactory(window=world.window, campaign=world.campaign, text="不急的")
    FeedbackFactory(window=world.window2, campaign=world.campaign, text="别家的")
    url = reverse("evaluations:feedback_list")

    page = as_person(world.secretary).get(url + "?late=1").content.decode()
    book = as_person(world.secretary).get(url + "?late=1&export=xlsx")

    assert late.text in page
    assert "不急的" not in page
    assert "别家的" not in as_person(world.secretary).get(url).content.decode()
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(book))).active.values)
    assert any(late.text in row for row in rows)
    assert not any("不急的" in row for row in rows)


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    world, as_person, django_assert_max_num_queries, count
):
    for _ in range(count):
        FeedbackFactory(window=world.window, campaign=world.campaign, owner=world.secretary)
    client = as_person(world.secretary)
    with django_assert_max_num_queries(16):
        client.get(reverse("evaluations:feedback_list"))


def test_another_owner_and_deadline(world, as_person):
    feedback = FeedbackFactory(window=world.window, campaign=world.campaign)
    url = reverse("evaluations:feedback_assign", args=[feedback.pk])
    day = today() + timedelta(days=3)

    as_person(world.secretary).post(url, {"owner": world.member.pk, "due_on": day})

    feedback.refresh_from_db()
    assert (feedback.owner, feedback.due_on) == (world.member, day)
    refused = as_person(world.secretary).post(url, {"owner": world.stranger.pk, "due_on": day})
    assert refused.status_code == 200
