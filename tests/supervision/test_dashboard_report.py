"""The dashboard on paper: every branch, on A4, rows whole, headings on each page (issue 7, look.md "Print")."""

import pytest
from django.urls import reverse

from tests import pdf
from tests.browser.conftest import session_cookie
from tests.factories import OrganisationFactory, RollupFactory

REPORT = "supervision:dashboard_report"


def branches(world, count):
    return [
        RollupFactory(
            period=world.period,
            organisation=OrganisationFactory(parent=world.root, name=f"支部{number:03}"),
            people=7,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 300])
def test_the_report_holds_every_branch(world, as_person, django_assert_max_num_queries, count):
    branches(world, count)
    client = as_person(world.committee_member)
    client.get(reverse(REPORT))

    with django_assert_max_num_queries(18):
        report = client.get(reverse(REPORT)).content.decode()

    assert report.count('<th scope="row">支部') == count
    assert "总体" in report
    assert reverse(REPORT) in client.get(reverse("supervision:dashboard")).content.decode()


def test_a_branch_alone_and_nobody_elses(world, as_person):
    branches(world, 3)
    client = as_person(world.committee_member)
    code = world.period.rollups.order_by("path").last().organisation.code

    one = client.get(reverse(REPORT), {"org": code}).content.decode()

    assert one.count('<th scope="row">支部') == 1
    assert client.get(reverse(REPORT), {"org": "FAR"}).status_code == 404
    assert as_person(world.member).get(reverse(REPORT)).status_code == 403


@pytest.mark.browser
def test_on_paper_it_takes_as_many_sheets_as_it_needs(world, page, live_server):
    branches(world, 130)
    page.context.add_cookies([session_cookie(world.committee_member, live_server.url)])
    page.goto(reverse(REPORT))

    sheets = pdf.sizes(page.pdf(prefer_css_page_size=True))

    assert {(round(across), round(down)) for across, down in sheets} == {(297, 210)}
    assert 4 <= len(sheets) <= 12
    page.emulate_media(media="print")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.report-rows thead')).display"
    ) == ("table-header-group")
