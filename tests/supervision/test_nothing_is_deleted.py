"""D5: no page takes away what was found, said or done; whoever presses what."""

import pytest
from django.urls import get_resolver, reverse

from evaluations.models import Feedback, FeedbackStep, Review
from pledges.models import Pledge
from supervision.models import Inspection, Rectification, Step
from tests.factories import FeedbackFactory, InspectionFactory, PledgeFactory, ReviewFactory
from tests.supervision.test_ledger import office, signed_off  # noqa: F401 (a fixture)

KEPT = (Rectification, Step, Inspection, Review, Feedback, FeedbackStep, Pledge)
PREFIXES = {
    "supervision": ("ledger", "inspection"),
    "evaluations": ("review", "feedback"),
    "pledges": ("pledge",),
}


def pages(objects):
    """(URL of each page of one of the objects)"""
    for app, prefixes in PREFIXES.items():
        (_, found) = get_resolver().namespace_dict[app]
        for name in sorted(one for one in found.reverse_dict if isinstance(one, str)):
            for prefix in prefixes:
                ((_, parameters),) = found.reverse_dict.getlist(name)[0][0][:1]
                if name.startswith(prefix) and list(parameters) == ["pk"]:
                    yield reverse(f"{app}:{name}", args=[objects[prefix].pk])


@pytest.fixture
def objects(office):  # noqa: F811
    world = office
    return {
        "ledger": signed_off(world),
        "inspection": InspectionFactory(period=world.period, organisation=world.north),
        "review": ReviewFactory(period=world.period, organisation=world.north),
        "feedback": FeedbackFactory(campaign=world.campaign, window=world.window),
        "pledge": PledgeFactory(published=True, period=world.period, organisation=world.north),
    }


def test_no_page_deletes_what_was_done(office, objects, as_person):  # noqa: F811
    there = {model: set(model.objects.values_list("pk", flat=True)) for model in KEPT}
    urls = list(pages(objects))

    for who in ("secretary", "committee_member"):
        client = as_person(getattr(office, who))
        for url in urls:
            client.delete(url)
            client.post(url, {"delete": "1", "_method": "DELETE", "action": "delete"})

    assert len(urls) > 20
    for model, rows in there.items():
        assert rows <= set(model.objects.values_list("pk", flat=True)), model
