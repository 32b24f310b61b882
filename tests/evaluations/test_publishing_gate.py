"""Answers and comments for the public pass the publishing gate."""

import pytest
from django.urls import reverse

from common.dates import today
from evaluations.models import Feedback, MeetingComment
from pledges.models import Bulletin
from tests.evaluations.test_meeting import comment, meeting_of, publish
from tests.factories import FeedbackFactory


@pytest.mark.parametrize(
    ("visibility", "is_published"), [("public", False), ("organisation", True), ("branch", True)]
)
def test_comments_with_a_number_do_not_reach_the_public(world, as_person, visibility, is_published):
    """L25: refused whole, nothing of it is stored."""
    meeting = meeting_of(as_person, world)
    comment(as_person, world, meeting)
    MeetingComment.objects.update(texts={"attitude": "电话 138 1234 5678 常有人接"})

    page = publish(as_person, world, meeting, visibility).content.decode()

    meeting.refresh_from_db()
    assert meeting.is_published is is_published
    assert ("手机号138…78" in page) is not is_published
    assert not Bulletin.objects.exists()


def test_a_public_answer_is_taken_down_with_a_reason(world, as_person, client):
    """Q17, R11: at once; the reason stands in the record, and it can be published again in other words."""
    feedback = FeedbackFactory(
        window=world.window, campaign=world.campaign, state=Feedback.State.ANSWERED,
        public_question="座椅少", public_answer="添了十把", published_on=today(),
        published_by=world.secretary,
    )  # fmt: skip
    box = reverse("evaluations:suggestion_window", args=[world.window.code])
    before = client.get(box).content.decode()
    url = reverse("evaluations:feedback_take_down", args=[feedback.pk])

    empty = as_person(world.secretary).post(url, {"reason": ""})
    as_person(world.secretary).post(url, {"reason": "写到了人"})
    twice = as_person(world.secretary).post(url, {"reason": "再撤一次"})
    page = as_person(world.secretary).get(
        reverse("evaluations:feedback_detail", args=[feedback.pk])
    )

    client.logout()
    assert "添了十把" in before
    assert empty.status_code == 200
    assert "没有公开，或者已经撤下" in twice.content.decode()
    assert "写到了人" in page.content.decode()
    assert "添了十把" not in client.get(box).content.decode()


def test_a_public_answer_names_no_number(world, as_person):
    feedback = FeedbackFactory(
        window=world.window, campaign=world.campaign, state=Feedback.State.ANSWERED
    )
    url = reverse("evaluations:feedback_publish", args=[feedback.pk])

    response = as_person(world.secretary).post(
        url, {"question": "有群众建议", "answer": "请打13812345678"}
    )

    feedback.refresh_from_db()
    assert feedback.published_on is None
    assert response.status_code in {200, 403}
