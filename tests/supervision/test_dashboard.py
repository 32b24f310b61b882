import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from pledges.models import PublishedFigure
from supervision.actions.rollups import refresh_rollups
from supervision.models import Rollup
from tests.factories import DutyFactory, OrganisationFactory, RatingCountFactory


@pytest.fixture
def counted(world):
    for number in range(4):
        DutyFactory(
            period=world.period,
            organisation=world.north,
            assignee=world.members(world.north)[number],
            act="self_review",
            due_on=timezone.localdate() - timedelta(days=1),
        )
    for level, count in [("very_satisfied", 18), ("unsatisfied", 2)]:
        RatingCountFactory(
            campaign=world.campaign,
            window=world.window,
            day=timezone.localdate(),
            channel="qr",
            question="overall",
            level=level,
            count=count,
        )
    refresh_rollups(world.period, at=timezone.now())
    return world


def test_rollup_counts_what_there_is(counted):
    row = Rollup.objects.get(organisation=counted.north)

    assert (row.people, row.duties, row.duties_done, row.duties_overdue) == (8, 4, 0, 4)
    assert (row.ratings, row.ratings_satisfied, row.ratings_bad) == (20, 18, 2)


def test_leaders_duties_above_the_branches_are_counted(world):
    office = OrganisationFactory(parent=world.root, kind="department", code="K1")
    DutyFactory(
        period=world.period, organisation=office, assignee=world.leader, act="leader_review"
    )

    refresh_rollups(world.period, at=timezone.now())

    assert Rollup.objects.get(organisation=office).reviews_due == 1


def test_refreshing_again_changes_nothing_but_the_time(counted):
    def figures():
        return list(Rollup.objects.order_by("pk").values_list("pk", "duties", "ratings"))

    before = figures()

    refresh_rollups(counted.period, at=timezone.now())

    assert figures() == before


def test_the_window_board_shows_rate_n_and_interval(counted, client):
    figure = PublishedFigure.objects.get(window=counted.window)

    page = client.get(reverse("pledges:window_board", args=["NORTH2"])).content.decode()

    assert figure.value.startswith("90")
    assert f"n={figure.n}" in page
    assert figure.interval in page
    assert figure.definition in page


def test_committee_sees_all_and_a_secretary_his_own(counted, as_person):
    page = reverse("supervision:dashboard")

    above = as_person(counted.committee_member).get(page)
    own = as_person(counted.secretary2).get(page)

    assert above.context["figures"].duties == 4
    assert own.context["figures"].duties == 0
    assert as_person(counted.member).get(page).status_code == 403


def test_figures_carry_n_and_interval(counted, as_person):
    page = as_person(counted.committee_member).get(reverse("supervision:dashboard"))

    assert "n=20" in page.content.decode()
    assert "±" in page.content.decode()


def test_export_holds_what_the_screen_shows(counted, as_person):
    response = as_person(counted.committee_member).get(reverse("supervision:dashboard_export"))

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert counted.period.name in rows[0][0]
    assert rows[1][0] == "支部"
    assert ("第一支部", 8, 4, 0, 4) in [row[:5] for row in rows]


@pytest.mark.parametrize("count", [1, 3, 60])
def test_a_constant_number_of_questions(world, as_person, django_assert_max_num_queries, count):
    from tests.factories import AffiliationFactory, OrganisationFactory  # noqa: PLC0415

    for _ in range(count):
        AffiliationFactory(organisation=OrganisationFactory(parent=world.root))
    refresh_rollups(world.period, at=timezone.now())
    client = as_person(world.committee_member)
    client.get(reverse("supervision:dashboard"))
    with django_assert_max_num_queries(20):
        client.get(reverse("supervision:dashboard"))


def test_foreign_organisation_code_is_not_found(counted, as_person):
    page = reverse("supervision:dashboard")

    response = as_person(counted.committee_member).get(page, {"org": "FAR"})

    assert response.status_code == 404
