"""P13 to P17: named reviews in the scheme's parts; the tracker and the clock move."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.dates import today
from evaluations.models import Review
from evaluations.queries.reviews import review_form
from tests.factories import DutyFactory, ReviewFactory, SelfReviewFactory
from tests.factories.branches import moment


def words(world, **changes):
    plan = world.period.plan
    parts, questions = review_form(plan, "leader")
    filled = {f"text_{part.key}": "说到了实处" for part in parts}
    filled |= {f"level_{asked.key}": plan.scale_of(asked).levels[0].key for asked in questions}
    return filled | {"occasion": "日常工作"} | changes


def url(kind, person):
    return reverse("evaluations:review_write", args=[kind, person.pk])


def test_secretary_reviews_a_member_and_the_tracker_moves(world, as_person):
    duty = DutyFactory(
        period=world.period,
        organisation=world.north,
        assignee=world.secretary,
        act="branch_review",
        about_person=world.member,
        subject_key=f"person:{world.member.pk}",
    )
    client = as_person(world.secretary)
    before = client.get(reverse("evaluations:review_person_list", args=["branch"]))

    client.post(url("branch", world.member), words(world))
    after = client.get(reverse("evaluations:review_person_list", args=["branch"]))

    duty.refresh_from_db()
    assert before.context["done"] == 0
    assert after.context["done"] == 1
    assert after.context["total"] == before.context["total"] == 7
    assert duty.done_by == world.secretary


def test_from_one_to_the_next_until_nobody_is_left(world, as_person):
    """P14: twenty people are reviewed without going back to the list."""
    client = as_person(world.secretary)
    people = client.get(reverse("evaluations:review_person_list", args=["branch"])).context["page"]
    queue = [row.person for row in people.object_list]

    for person, following in zip(queue, [*queue[1:], None], strict=True):
        response = client.post(url("branch", person), words(world) | {"next": "1"})
        assert response.url == (
            url("branch", following)
            if following
            else reverse("evaluations:review_person_list", args=["branch"])
        )


def test_first_review_of_the_quarter_stops_the_leaders_clock(world, as_person):
    duty = DutyFactory(
        period=world.period, organisation=world.root, assignee=world.leader, act="leader_review"
    )

    as_person(world.leader).post(url("leader", world.member), words(world))

    duty.refresh_from_db()
    assert duty.done_by == world.leader
    assert Review.objects.get().kind == "leader"


@pytest.mark.parametrize(
    ("who", "kind", "about", "status"),
    [
        ("secretary", "branch", "secretary", 403),  # not oneself (D4)
        ("secretary", "branch", "neighbour1", 404),
        ("secretary", "leader", "member", 403),
        ("leader", "branch", "member", 403),
        ("member", "branch", "member2", 403),
        ("inspector", "leader", "member", 403),
        ("committee_member", "leader", "member", 403),
        ("leader", "nonsense", "member", 404),
    ],
)
def test_who_is_refused(world, as_person, who, kind, about, status):
    page = reverse("evaluations:review_write", args=[kind, getattr(world, about).pk])

    response = as_person(getattr(world, who)).post(page, words(world))

    assert response.status_code == status
    assert not Review.objects.exists()


def test_the_servers_clock_says_when_it_was_written(world, as_person):
    """D7: a date in the form is not heard."""
    last = moment(world.closed_period.ends_on).isoformat()
    before = timezone.now()

    as_person(world.leader).post(
        url("leader", world.member),
        words(world, written_at=last, reviewed_at=last, is_late="", period=world.closed_period.pk),
    )

    review = Review.objects.get()
    assert before <= review.written_at <= timezone.now()
    assert review.period == world.period


def test_a_second_review_is_told_to_correct_the_first(world, as_person):
    client = as_person(world.leader)
    client.post(url("leader", world.member), words(world))

    again = client.post(url("leader", world.member), words(world))

    assert "选“更正”" in again.content.decode()
    assert Review.objects.count() == 1


def test_a_correction_keeps_the_old_words(world, as_person):
    client = as_person(world.leader)
    client.post(url("leader", world.member), words(world))
    first = Review.objects.get()
    key = next(iter(first.texts))

    client.post(
        reverse("evaluations:review_correct", args=[first.pk]),
        words(world, **{f"text_{key}": "改了的话"}),
    )

    newer = Review.objects.current().get()
    first.refresh_from_db()
    page = client.get(reverse("evaluations:review_detail", args=[newer.pk])).content.decode()
    assert (newer.version, first.superseded_by) == (2, newer)
    assert "改了的话" in page
    assert "说到了实处" in page


def test_copied_texts_are_pointed_out(world, as_person):
    client = as_person(world.leader)
    client.post(url("leader", world.member), words(world))

    page = client.post(url("leader", world.member2), words(world), follow=True)

    assert "文字相同" in page.content.decode()


def test_missing_part_is_told_and_what_was_typed_is_kept(world, as_person):
    filled = words(world)
    missing = next(key for key in filled if key.startswith("text_"))

    page = as_person(world.leader).post(
        url("leader", world.member), {**filled, missing: "", "occasion": "组织生活会"}
    )

    assert "还有几处需要改" in page.content.decode() or "请填写" in page.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_constant_number_of_questions(
    world, as_person, django_assert_max_num_queries, count
):
    for _ in range(count):
        ReviewFactory(period=world.period, organisation=world.north)
    client = as_person(world.secretary)
    client.get(reverse("evaluations:review_list"))
    with django_assert_max_num_queries(14):
        client.get(reverse("evaluations:review_list"))


def test_only_those_concerned_read_it(world, as_person):
    review = ReviewFactory(
        period=world.period, organisation=world.north, person=world.member, author=world.leader
    )
    page = reverse("evaluations:review_detail", args=[review.pk])

    assert as_person(world.member).get(page).status_code == 200
    assert as_person(world.secretary).get(page).status_code == 200
    assert as_person(world.secretary2).get(page).status_code == 404
    assert as_person(world.member2).get(page).status_code == 404


def test_facts_stand_beside_the_form(world, as_person):
    """P14: the self-review to open, duties done and late, never whether he has voted."""
    SelfReviewFactory(period=world.period, person=world.member, organisation=world.north)
    for number, late in enumerate((False, True)):
        DutyFactory(
            period=world.period, assignee=world.member, organisation=world.north,
            rule=f"rule_{number}", starts_on=today() - timedelta(days=30),
            due_on=today() - timedelta(days=1) if late else today() + timedelta(days=3),
        )  # fmt: skip
    DutyFactory(
        period=world.period, assignee=world.member, organisation=world.north, act="peer_ballot",
        rule="ballot",
    )  # fmt: skip

    page = as_person(world.secretary).get(url("branch", world.member)).content.decode()

    assert "应办 2，已办 0，逾期 1" in page
    assert "/self-reviews/" in page
    assert "还差 <strong" in as_person(world.secretary).get("/reviews/branch").content.decode()
