"""P08, P19 to P22, R06, R07: invited classes by one-time code, surveys with sample and interval, votes for advice."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.dates import today
from evaluations.actions import polls as actions
from evaluations.models import PassTaken, Poll, PollCount, PollPass, PollRemark, Supervisor
from evaluations.queries import polls as queries
from supervision.queries.inputs import Facts, reviews_by

CODE = r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"


def words(page):
    return re.sub(r"\s+", "", page.content.decode())


def open_poll(world, kind, **extra):
    offer = next(one for one in queries.offers(world.period.plan) if one.kind == kind)
    poll = Poll(
        campaign=world.campaign, period=world.period, organisation=world.root,
        name="代表评议", opens_on=today(), closes_on=today() + timedelta(days=9), **extra,
    )  # fmt: skip
    return actions.open_poll(
        poll, offer=offer, organisations=[world.north], by=world.officer, at=timezone.now()
    )


def passes(poll, world, count):
    return actions.issue_passes(
        poll, rater_class="deputies", count=count, by=world.officer, at=timezone.now()
    )


def full(poll, level="good"):
    return {
        f"s{number}_{question}": level
        for number in poll.subjects.values_list("position", flat=True)
        for question in ("promise", "approval")
    }


def answer(client, code, data):
    return client.post(reverse("evaluations:poll_answer", args=[code]), data)


def close(poll, world):
    actions.close_poll(poll, by=world.officer, at=timezone.now())
    poll.refresh_from_db()
    return queries.results(poll)


def test_the_office_opens_prints_closes_and_reads(world, client, as_person):
    """P23: the round belongs to an event of the year, and says so."""
    office = as_person(world.officer)
    form = {
        "offer": "panel:panel", "name": "半年民主评议", "occasion": "行风评议",
        "organisations": [world.north.pk], "opens_on": today(),
        "closes_on": today() + timedelta(days=5),
    }  # fmt: skip
    assert office.post(reverse("evaluations:poll_add"), form).status_code == 302
    poll = Poll.objects.get()
    sheet = office.post(
        reverse("evaluations:poll_codes", args=[poll.pk]), {"rater_class": "deputies", "count": 6}
    )
    codes = sorted(set(re.findall(CODE, sheet.content.decode())))
    client.logout()
    for code in codes[:5]:
        assert "已计入" in answer(client, code, full(poll)).content.decode()
    office = as_person(world.officer)
    office.post(reverse("evaluations:poll_close", args=[poll.pk]))

    page = words(office.get(reverse("evaluations:poll_detail", args=[poll.pk])))

    assert len(codes) == 6
    assert "5份（发出6张评议码）" in page
    assert "行风评议" in page
    assert "称职5" in page


def test_a_code_counts_once_and_is_kept_as_a_hash(world, client):
    poll = open_poll(world, "panel")
    code = passes(poll, world, 1)[0]
    answer(client, code, full(poll))

    again = answer(client, code, full(poll, "poor"))

    assert "已提交" in again.content.decode()
    assert not PollCount.objects.filter(level="poor").exists()
    assert code.replace("-", "") not in str(PollPass.objects.values())


def test_guessed_and_foreign_codes_find_nothing(world, client):
    open_poll(world, "panel")

    assert client.get(reverse("evaluations:poll_answer", args=["AAAABBBBCCCC"])).status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"s1_approval": ""}, "只评了一部分"),
        ({"s1_promise": "wonderful"}, "有的内容不对"),
        ({"remark": "长" * 400_000}, "有的内容不对"),
    ],
)
def test_a_wrong_form_is_told_and_burns_nothing(world, client, change, said):
    poll = open_poll(world, "panel")
    code = passes(poll, world, 1)[0]

    page = answer(client, code, full(poll) | change).content.decode()

    assert said in page
    assert not PollCount.objects.exists()
    assert not PollPass.objects.get().is_used


def test_whoever_is_not_known_may_be_left_out(world, client):
    poll = open_poll(world, "panel")
    code = passes(poll, world, 1)[0]

    answer(client, code, {"s1_promise": "good", "s1_approval": "good"})

    given = PollCount.objects.exclude(question="").values_list("position", flat=True)
    assert set(given) == {1}


def test_nothing_is_known_before_the_close_and_little_of_few(world, client):
    poll = open_poll(world, "panel")
    for code in passes(poll, world, 4):
        answer(client, code, full(poll))
    assert queries.results(poll) == []

    line = close(poll, world)[0]

    assert line.questions == []
    assert line.known["grade_name"] == "称职"


def test_below_three_nothing_is_shown(world, client):
    poll = open_poll(world, "panel")
    for code in passes(poll, world, 2):
        answer(client, code, full(poll))

    assert close(poll, world)[0].known["hidden"] is True


def test_after_the_close_no_code_counts(world, client):
    poll = open_poll(world, "panel")
    code = passes(poll, world, 1)[0]
    close(poll, world)

    assert "现在不能评" in answer(client, code, full(poll)).content.decode()
    assert not PollCount.objects.exists()


def test_the_class_feeds_the_scorecards(world, client):
    poll = open_poll(world, "panel")
    for code in passes(poll, world, 5):
        answer(client, code, full(poll))
    close(poll, world)
    person = poll.subjects.get(position=1).person_id

    found = queries.class_counts(world.period, "person", "deputies")

    assert found[person] == {"approval": {"good": 5}, "promise": {"good": 5}}
    rater = next(one for one in world.period.plan.rater_classes if one.key == "deputies")
    assert reviews_by(rater, Facts(world.period), "person") == found


def survey(client, poll, **data):
    url = reverse("evaluations:poll_open", args=[poll.slug])
    nonce = re.search(r'name="nonce" value="([^"]+)"', client.get(url).content.decode())[1]
    return client.post(url, {"nonce": nonce, **data})


def test_a_survey_says_sample_number_and_interval(world, client, as_person):
    poll = open_poll(world, "survey", sample_size=200)
    for level in ["satisfied"] * 8 + ["unsatisfied"] * 2:
        survey(client, poll, s1_overall=level, remark="多开窗口")
    close(poll, world)

    url = reverse("evaluations:poll_detail", args=[poll.pk])
    page = words(as_person(world.officer).get(url))

    assert "样本200" in page
    assert "80" in page
    assert "10票" in page
    assert page.count("多开窗口") == 10
    assert PollRemark.objects.count() == 10
    assert "多开窗口" not in as_person(world.inspector).get(url).content.decode()


def test_a_survey_form_sent_twice_counts_once(world, client):
    poll = open_poll(world, "survey")
    url = reverse("evaluations:poll_open", args=[poll.slug])
    nonce = re.search(r'name="nonce" value="([^"]+)"', client.get(url).content.decode())[1]
    for _ in range(2):
        client.post(url, {"nonce": nonce, "s1_overall": "satisfied"})

    assert PollCount.objects.get(question="").count == 1


def test_a_vote_is_advice_and_never_counts(world, client, as_person):
    poll = open_poll(world, "vote")
    survey(client, poll, s1_overall="satisfied")
    close(poll, world)

    page = as_person(world.officer).get(reverse("evaluations:poll_detail", args=[poll.pk]))

    assert "仅供参考" in page.content.decode()
    assert queries.class_counts(world.period, "window", "open") == {}


def appoint(as_person, world, **extra):
    form = {
        "name": "老李", "unit": "县人大", "rater_class": "deputies", "letter_no": "聘2026-1",
        "starts_on": today(), "ends_on": today() + timedelta(days=300),
    } | extra  # fmt: skip
    return as_person(world.officer).post(reverse("evaluations:supervisor_add"), form)


def test_a_supervisor_has_a_letter_and_a_to_do_of_his_own(world, client, as_person):
    letter = appoint(as_person, world).content.decode()
    code = re.search(CODE, letter)[0]
    poll = open_poll(world, "panel")
    client.logout()
    url = reverse("evaluations:supervisor_today", args=[code])
    assert "代表评议" in client.get(url).content.decode()

    drawn = re.search(CODE, client.post(url, {"poll": poll.pk}).content.decode())[0]

    assert "已计入" in answer(client, drawn, full(poll)).content.decode()
    again = client.post(url, {"poll": poll.pk}).content.decode()
    assert "已经领过" in again
    assert (PassTaken.objects.count(), PollPass.objects.count()) == (1, 1)


def test_after_his_term_he_has_nothing_to_do(world, client, as_person):
    code = re.search(CODE, appoint(as_person, world).content.decode())[0]
    open_poll(world, "panel")
    day = today() - timedelta(days=1)
    Supervisor.objects.update(starts_on=day, ends_on=day)
    client.logout()

    page = client.get(reverse("evaluations:supervisor_today", args=[code])).content.decode()

    assert "任期已满" in page


def test_a_letter_number_is_given_once(world, as_person):
    appoint(as_person, world)

    assert "已经用过" in appoint(as_person, world, name="老王").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries(world, as_person, django_assert_max_num_queries, count):
    for _ in range(count):
        open_poll(world, "survey")
    client = as_person(world.officer)
    with django_assert_max_num_queries(14):
        client.get(reverse("evaluations:poll_list"))
