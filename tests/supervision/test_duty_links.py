"""Every duty leads to its form, every way back to a page (issue 9, joins)."""

from campaign_portal.way_back import FOR_SOME, PARENT, PLACES
from campaigns.models.document.cadence import ACTS
from supervision.views.duty_links import FILTERED, PRESET, WHERE
from tests.test_policy import url_names

# a ballot is offered by 今天要办 while its round runs
ELSEWHERE = {"peer_ballot"}


def test_every_act_that_makes_duties_has_a_form():
    enabled = {key for key, act in ACTS.items() if act.enabled and act.makes_duties}

    assert enabled - set(WHERE) == ELSEWHERE & enabled
    assert {name for _, name, _ in WHERE.values()} <= set(url_names())
    assert set(FILTERED) | set(PRESET) <= set(WHERE)


def test_every_way_back_is_a_page_with_a_name():
    names = set(url_names())

    assert set(PARENT) | set(PLACES) | FOR_SOME <= names
    assert set(PARENT.values()) <= set(PLACES)
