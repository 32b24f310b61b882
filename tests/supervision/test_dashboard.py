import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from common.models import AuditEvent
from pledges.models import PublishedFigure
from supervision.actions.rollups import refresh_rollups
from supervision.models import Rollup
from tests.factories import (
    DutyFactory,
    FeedbackFactory,
    OrganisationFactory,
    RatingCountFactory,
    RollupFactory,
)


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
    """Rows P27, L26."""
    figure = PublishedFigure.objects.get(window=counted.window)

    page = client.get(reverse("pledges:window_board", args=["NORTH2"])).content.decode()

    assert figure.value.startswith("90")
    assert f"n={figure.n}" in page
    assert figure.interval in page
    assert figure.definition in page


def test_committee_sees_all_and_a_secretary_his_own(counted, as_person):
    """Row R03."""
    page = reverse("supervision:dashboard")

    above = as_person(counted.committee_member).get(page)
    own = as_person(counted.secretary2).get(page)

    assert above.context["figures"].duties == 4
    assert own.context["figures"].duties == 0
    assert as_person(counted.member).get(page).status_code == 403


@pytest.mark.parametrize("who", ["committee_member", "secretary"])
def test_every_figure_on_top_leads_to_what_it_was_counted_from(counted, as_person, who):
    """Issue 9, point 4: from each figure to its source, as far as one may see."""
    client = as_person(getattr(counted, who))

    text = client.get(reverse("supervision:dashboard")).content.decode()
    sources = re.findall(r'<a class="stat[^"]*" href="([^"]+)"', text)

    assert len(sources) >= 6
    assert text.count('class="stat-label"') == len(sources)
    assert [client.get(source).status_code for source in sources] == [200] * len(sources)


def test_figures_carry_n_and_interval(counted, as_person):
    page = as_person(counted.committee_member).get(reverse("supervision:dashboard"))

    assert "n=20" in page.content.decode()
    assert "±" in page.content.decode()


def exported(as_person, who, **query):
    address = reverse("supervision:dashboard_export", query=query)
    return openpyxl.load_workbook(
        io.BytesIO(b"".join(as_person(who).get(address).streaming_content))
    )


def test_export_holds_what_the_screen_shows(counted, as_person):
    book = exported(as_person, counted.committee_member)

    assert book.sheetnames[:3] == ["总体", "趋势", "各支部"]
    overall = {row[0]: row for row in book["总体"].iter_rows(min_row=4, values_only=True)}
    assert overall["群众满意率"][1:4] == ("90.0%", 18, 20)
    assert "n=20" in overall["群众满意率"][5]
    assert overall["差评意见"][1] == 0
    trend = list(book["趋势"].iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in trend] == [f"{counted.period.name}（未完）"]
    rows = list(book["各支部"].iter_rows(values_only=True))
    assert counted.period.name in rows[1][0]
    assert "数据截至" in rows[1][0]
    assert rows[2][0] == "支部"
    assert ("第一支部", 8, 4, 0, 4) in [row[:5] for row in rows]
    event = AuditEvent.objects.order_by("-number").first()
    assert (event.verb, event.by) == ("导出督查看板", counted.committee_member)


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


def test_any_two_periods_are_compared(counted, as_person):
    RollupFactory(
        period=counted.closed_period, organisation=counted.north, duties=10, duties_done=9
    )
    page = as_person(counted.committee_member).get(
        reverse("supervision:dashboard"), {"with": counted.closed_period.key}
    )

    assert page.context["before_span"].pk == counted.closed_period.pk
    assert page.context["before"].duty_share == 0.9
    assert page.context["charts"][0]["running"] is True
    assert page.context["charts"][0]["step"] == 25


def test_a_branch_opens_to_its_windows_and_people(counted, as_person):
    client = as_person(counted.committee_member)

    page = client.get(reverse("supervision:dashboard"), {"org": counted.north.code})

    assert [(str(one[0]), *one[1:]) for one in page.context["windows"]] == [
        (str(counted.window), 18, 20, 2)
    ]
    assert [one["late"] for one in page.context["people"]] == [1, 1, 1, 1]
    assert "windows" not in client.get(reverse("supervision:dashboard")).context


def test_an_opened_branch_leaves_with_its_windows_and_people_and_what_it_is_compared_with(
    counted, as_person
):
    closed = counted.closed_period
    RollupFactory(period=closed, organisation=counted.north, duties=10, duties_done=9)

    book = exported(
        as_person, counted.committee_member, org=counted.north.code, **{"with": closed.key}
    )

    assert book.sheetnames[-2:] == ["窗口", "人员"]
    windows = list(book["窗口"].iter_rows(min_row=4, values_only=True))
    assert windows == [(counted.window.name, 20, 18, 2)]
    overall = {row[0]: row for row in book["总体"].iter_rows(min_row=4, values_only=True)}
    assert overall["职责完成率"][4] == "90.0%"


def test_bad_ratings_and_how_soon_they_were_answered(counted, as_person):
    day = timezone.localdate()
    monday = day - timedelta(days=day.weekday())
    for answered_on in (monday + timedelta(days=4), None):
        FeedbackFactory(
            campaign=counted.campaign,
            window=counted.window,
            is_bad=True,
            week_on=monday,
            answered_on=answered_on,
            due_on=monday - timedelta(days=1),
        )

    page = as_person(counted.committee_member).get(reverse("supervision:dashboard"))

    assert page.context["bad"] == {"received": 2, "answered": 1, "late": 1, "days": 4}


@pytest.mark.parametrize(("who", "status"), [("committee_member", 200), ("member", 403)])
def test_the_wall_turns_and_holds_what_a_screen_holds(counted, as_person, who, status):
    page = as_person(getattr(counted, who)).get(reverse("supervision:dashboard_wall"))

    assert page.status_code == status
    if status == 200:
        assert page.content.decode().count("wall-page") == 3
        assert len(page.context["best"]) <= 6
