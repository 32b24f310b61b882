import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Period
from campaigns.models.document.questions import Scale
from common.models import AuditEvent
from evaluations.forms.figures import answer_field
from evaluations.models import SelfReview
from tests.factories import DutyFactory, ReviewFactory, SelfReviewFactory


def url(world):
    return reverse("evaluations:self_review_write", args=[world.period.pk])


def test_member_writes_once_and_may_change_it_until_the_period_closes(world, as_person):
    duty = DutyFactory(
        period=world.period, act="self_review", assignee=world.member, organisation=world.north
    )
    client = as_person(world.member)

    client.post(url(world), {"overall": "good", "done": "已兑现三项"})
    response = client.post(url(world), {"overall": "excellent", "done": "已兑现四项"}, follow=True)

    review = SelfReview.objects.get()
    assert (review.person, review.organisation) == (world.member, world.north)
    assert (review.levels, review.texts) == ({"overall": "excellent"}, {"done": "已兑现四项"})
    assert review.written_at < review.changed_at
    assert "已兑现四项" in response.content.decode()
    duty.refresh_from_db()
    assert duty.done_by == world.member
    verbs = AuditEvent.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["写自评", "改自评"]


def test_closed_period_takes_no_self_review(world, as_person):
    Period.objects.filter(pk=world.period.pk).update(state="closed", closed_at=timezone.now())

    assert as_person(world.member).post(url(world), {"overall": "good"}).status_code == 403
    assert not SelfReview.objects.exists()


def test_last_periods_advice_is_asked_after_one_by_one(world, as_person):
    review = ReviewFactory(
        period=world.closed_period,
        person=world.member,
        organisation=world.north,
        author=world.leader,
        texts={"advice": "多到一线走走"},
    )
    client = as_person(world.member)

    page = client.get(url(world)).content.decode()
    incomplete = client.post(url(world), {"overall": "good"})
    field = f"advice_{review.pk}"
    client.post(url(world), {"overall": "good", field: "partly", f"note_{review.pk}": "每周一天"})

    assert "褚局长（领导点评）的建议：多到一线走走" in page
    assert incomplete.status_code == 200
    saved = SelfReview.objects.get()
    assert saved.follow_ups == [
        {
            "review": review.pk,
            "whose": "褚局长（领导点评）",
            "advice": "多到一线走走",
            "state": "partly",
            "note": "每周一天",
        }
    ]
    detail = client.get(reverse("evaluations:self_review_detail", args=[saved.pk]))
    assert "正在改" in detail.content.decode()


def test_page_is_filled_with_what_was_written(world, as_person):
    SelfReviewFactory(
        period=world.period,
        person=world.member,
        organisation=world.north,
        texts={"done": "写过的话"},
    )

    page = as_person(world.member).get(url(world)).content.decode()

    assert "写过的话" in page


@pytest.mark.parametrize(("who", "status"), [("member2", 404), ("secretary", 200), ("leader", 200)])
def test_colleagues_do_not_read_it(world, as_person, who, status):
    review = SelfReviewFactory(period=world.period, person=world.member, organisation=world.north)
    page = reverse("evaluations:self_review_detail", args=[review.pk])

    assert as_person(getattr(world, who)).get(page).status_code == status


def test_nobody_answers_about_himself_that_he_does_not_know():
    """P12: the scale's 不了解 is for the others' sheets."""
    scale = Scale.model_validate(
        {
            "key": "grade",
            "name": "等次",
            "levels": [
                {"key": "good", "name": "合格", "value": 80},
                {"key": "unknown", "name": "不了解"},
            ],
        }
    )

    own = answer_field(scale, about_oneself=True, label="自我评价").choices
    others = answer_field(scale, label="总体评价").choices

    assert [name for _, name in own] == ["合格"]
    assert [name for _, name in others] == ["合格", "不了解"]
