"""One entry of the menu is marked, whichever page beneath it is open."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("supervision:ledger_list", "督查"),
        ("supervision:standing_list", "督查看板"),
        ("evaluations:meeting_list", "点评"),
        ("branches:window_list", "支部"),
        ("campaigns:scheme_list", "活动"),
        ("competitions:contest_list", "比与创"),
        ("supervision:today", "今天要办"),
    ],
)
def test_the_entry_of_a_page_is_marked(world, as_person, name, entry):
    request = as_person(world.committee_member).get(reverse(name)).wsgi_request

    assert [label for label, _, _, is_here in request.portal_nav if is_here] == [entry]
