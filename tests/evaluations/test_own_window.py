"""B19: who serves a citizen does not read a minute later what this citizen answered."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from common.dates import range_of
from evaluations.actions.feedback import tell_owners
from evaluations.actions.ratings import add_ratings
from evaluations.models import Feedback
from tests.evaluations.test_window_rate import rate
from tests.factories.branches import moment


@pytest.fixture
def midweek(world, time_machine):
    """Wednesday, six weeks into the period, with ratings of the weeks before."""
    monday = range_of("week", world.period.starts_on + timedelta(days=42))[0]
    add_ratings(
        world.campaign,
        world.window,
        "qr",
        [("overall", "satisfied", 20)],
        monday - timedelta(days=9),
    )
    time_machine.move_to(moment(monday + timedelta(days=2), 10))
    return monday


def pages(as_person, world, person):
    """What the person may read about ratings: lists, exports, the own file."""
    client = as_person(person)
    file = reverse("evaluations:review_file", args=[world.period.pk])
    urls = [reverse("evaluations:rating_list"), reverse("evaluations:feedback_list"), file]
    exports = [f"{urls[0]}?export=xlsx", f"{urls[1]}?export=xlsx"]
    bodies = [without_tokens(client.get(url)) for url in urls]
    return bodies, [rows_of(client.get(url)) for url in exports]


def rows_of(response):
    """What the workbook says below its heading, which tells the minute of the export."""
    book = openpyxl.load_workbook(BytesIO(b"".join(response)))
    return [list(sheet.values)[2:] for sheet in book]


def without_tokens(response):
    import re  # noqa: PLC0415

    assert response.status_code == 200
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", response.content.decode()
    )


def test_no_page_of_the_clerk_moves_with_a_visitor(world, midweek, client, as_person):
    before = pages(as_person, world, world.member)
    client.logout()
    rate(client, level="very_unsatisfied", comment="排队太久")
    client.logout()

    assert pages(as_person, world, world.member) == before
    opinion = Feedback.objects.get()
    detail = reverse("evaluations:feedback_detail", args=[opinion.pk])
    assert as_person(world.member).get(detail).status_code == 404
    assert as_person(world.secretary).get(detail).status_code == 200


def test_next_morning_the_opinion_is_there_and_next_week_the_figure(
    world, midweek, client, as_person, time_machine
):
    rate(client, level="very_unsatisfied", comment="排队太久")
    tell_owners(at=moment(midweek + timedelta(days=3), 8))
    assert (
        "排队太久"
        in as_person(world.member).get(reverse("evaluations:feedback_list")).content.decode()
    )

    client.logout()  # a week later the session is over
    time_machine.move_to(moment(midweek + timedelta(days=7), 10))
    page = as_person(world.member).get(reverse("evaluations:rating_list")).content.decode()
    assert "21" in page
