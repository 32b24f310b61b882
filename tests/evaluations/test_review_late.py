"""D7: the server's clock says when a review was given; one after the period's end is 补录, also when corrected."""

from datetime import timedelta

from evaluations.actions.reviews import correct_review, write_review
from tests.factories.branches import moment


def test_a_review_after_the_end_says_so_and_keeps_saying_it(world):
    day = world.period.ends_on + timedelta(days=2)
    late = write_review(
        period=world.period, kind="leader", author=world.leader, person=world.member,
        organisation=world.north, occasion="", texts={}, levels={}, at=moment(day), today=day,
    )  # fmt: skip

    newer = correct_review(late, texts={"x": "y"}, levels={}, by=world.leader, at=moment(day))

    assert late.is_late
    assert late.written_at == moment(day)
    assert (newer or late).is_late


def test_a_review_on_the_last_day_is_in_time(world):
    day = world.period.ends_on

    review = write_review(
        period=world.period, kind="leader", author=world.leader, person=world.member,
        organisation=world.north, occasion="", texts={}, levels={}, at=moment(day, 23), today=day,
    )  # fmt: skip

    assert not review.is_late
