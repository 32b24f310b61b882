"""民主评议 in one place: the file with gaps, the right to reply, grades with the third, the letter (P24, P26)."""

from copy import deepcopy
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from branches.models import Affiliation
from evaluations.models import Appraisal, AppraisalSheet, Reply
from evaluations.queries import appraisals as queries
from tests.evaluations.test_poll import answer, close, full, open_poll, passes
from tests.factories import RatingCountFactory, ReviewFactory, SelfReviewFactory
from tests.factories.branches import moment


def own(world):
    return reverse("evaluations:review_file", args=[world.period.pk])


def of(world, person):
    return reverse("evaluations:person_file", args=[world.period.pk, person.pk])


def grade(client, world, reason="", **grades):
    url = reverse("evaluations:appraisal_edit", args=[world.north.pk])
    data = {f"grade_{getattr(world, name).pk}": level for name, level in grades.items()}
    return client.post(url, data | {"over_reason": reason})


def voices(world, person):
    found = queries.file_of(person, world.period)["voices"]
    return {voice.name: (str(voice.mean), str(voice.gap)) for voice in found}


def test_the_file_puts_self_and_others_side_by_side(world, client):
    person = world.member
    SelfReviewFactory(
        period=world.period, person=person, organisation=world.north,
        levels={"overall": "excellent"},
    )  # fmt: skip
    ReviewFactory(
        period=world.period, person=person, organisation=world.north, author=world.leader,
        levels={"overall": "good"},
    )  # fmt: skip
    poll = open_poll(world, "panel")
    for code in passes(poll, world, 5):
        answer(client, code, full(poll, "fair"))
    close(poll, world)

    found = voices(world, person)

    assert found["自评"] == ("95.0", "None")
    assert found["领导点评"] == ("80.0", "-15.0")
    assert found["人大代表"] == ("65.0", "-30.0")


def test_few_panellists_give_no_mean(world, client):
    poll = open_poll(world, "panel")
    for code in passes(poll, world, 4):
        answer(client, code, full(poll))
    close(poll, world)

    assert voices(world, world.member)["人大代表"] == ("None", "None")


def test_the_window_gives_its_rate_with_number_and_interval(world, as_person, time_machine):
    day = world.period.starts_on
    RatingCountFactory(campaign=world.campaign, window=world.window, day=day, count=19)
    RatingCountFactory(
        campaign=world.campaign, window=world.window, day=day, level="unsatisfied", count=1
    )
    time_machine.move_to(moment(world.period.ends_on))

    page = as_person(world.member).get(own(world)).content.decode()

    assert "满意率 95.0%（20 票" in page


def test_everybody_may_reply_and_amend(world, as_person):
    client = as_person(world.member2)
    client.post(own(world), {"text": "那天我在外出差"})
    client.post(own(world), {"text": "那天我在县里开会"})

    assert Reply.objects.get().text == "那天我在县里开会"
    assert "在县里开会" in as_person(world.secretary).get(of(world, world.member2)).content.decode()
    assert as_person(world.member).get(of(world, world.member2)).status_code == 403


def test_nobody_replies_for_another(world, as_person):
    response = as_person(world.secretary).post(of(world, world.member2), {"text": "代写"})

    assert response.status_code == 405
    assert not Reply.objects.exists()


@pytest.mark.parametrize("text", ["", "长" * 300_000])
def test_a_wrong_reply_is_told(world, as_person, text):
    page = as_person(world.member2).post(own(world), {"text": text})

    assert page.status_code == 200
    assert not Reply.objects.exists()


def test_grades_are_decided_and_read_by_the_person(world, as_person):
    grade(as_person(world.secretary), world, member="excellent", member2="qualified")

    assert Appraisal.objects.count() == 2
    assert "优秀" in as_person(world.member).get(own(world)).content.decode()


def test_more_than_a_third_needs_a_reason(world, as_person):
    most = dict.fromkeys(("member", "member2", "member3"), "excellent")

    page = grade(as_person(world.secretary), world, **most)

    assert "超过三分之一（2 人）" in page.content.decode()
    assert not AppraisalSheet.objects.exists()
    grade(as_person(world.secretary), world, reason="抢险救灾表现突出", **most)
    assert AppraisalSheet.objects.get().over_reason == "抢险救灾表现突出"
    assert Appraisal.objects.filter(grade="excellent").count() == 3


def test_nobody_grades_himself(world, as_person):
    page = as_person(world.secretary).get(
        reverse("evaluations:appraisal_edit", args=[world.north.pk])
    )
    grade(as_person(world.secretary), world, secretary="excellent")

    assert "您自己的等次由上级评定" in page.content.decode()
    assert not Appraisal.objects.exists()
    grade(as_person(world.officer), world, secretary="qualified")
    assert Appraisal.objects.get().person == world.secretary


def test_probationary_members_take_part_and_get_no_grade(world, as_person):
    Affiliation.objects.filter(person=world.member3).update(status=Affiliation.Status.PROBATIONARY)
    page = as_person(world.secretary).get(
        reverse("evaluations:appraisal_edit", args=[world.north.pk])
    )
    grade(as_person(world.secretary), world, member3="excellent")

    assert "预备党员参加评议，不评定等次" in page.content.decode()
    assert not Appraisal.objects.exists()
    assert "不评定等次" in as_person(world.member3).get(own(world)).content.decode()


def test_probationary_members_get_a_grade_where_the_plan_says_so(world, as_person):
    Affiliation.objects.filter(person=world.member3).update(status=Affiliation.Status.PROBATIONARY)
    version = world.period.scheme_version
    version.document, version.digest = deepcopy(version.document), "probationary are graded"
    items = [item for family in version.document["families"] for item in family["items"]]
    peers = next(item for item in items if item.get("mechanism") == "peer_review")
    peers["settings"]["grades_probationary"] = True
    version.save()

    grade(as_person(world.secretary), world, member3="qualified")

    assert Appraisal.objects.get().person == world.member3


def test_others_do_not_decide(world, as_person):
    url = reverse("evaluations:appraisal_edit", args=[world.north.pk])

    assert as_person(world.member).get(url).status_code == 403
    assert as_person(world.secretary2).get(url).status_code == 404


def test_the_letter_says_what_the_page_says(world, as_person):
    grade(as_person(world.secretary), world, member="excellent")
    url = reverse("evaluations:review_letter", args=[world.period.pk, world.member.pk])

    response = as_person(world.member).get(url)

    document = Document(BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "组织评定等次：优秀" in text
    assert "钱一同志" in text
