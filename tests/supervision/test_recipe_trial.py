"""按上期数据会得多少: the draft's recipe over stored inputs; nothing is written (issue 3)."""

from copy import deepcopy

import pytest
from django.urls import reverse

from supervision.models import Scorecard
from tests.factories import ClosingFactory, ScorecardFactory
from tests.factories.drafts import SchemeDraftFactory

FORMULA = {
    "score": {
        "kind": "weighted_sum",
        "missing": "renormalise",
        "parts": [
            {"key": "kept", "label": "兑现", "weight": "50%", "kind": "fulfilment", "source": "pledges"},
            {"key": "done", "label": "任务", "weight": "50%", "kind": "compliance", "source": "duties"},
        ],
    },
    "bands": [{"label": "优秀", "from": 80}, {"label": "合格", "below": 80}],
}  # fmt: skip


def draft_with(world, formula, **more):
    draft = SchemeDraftFactory(organisation=world.root, **more)
    draft.document["recipes"] = [{"subject": "person", "name": "得分", "formula": formula}]
    draft.save()
    return draft


@pytest.fixture
def cards(world):
    closing = ClosingFactory(period=world.closed_period)
    inputs = [
        {"pledges": {"kept": 5, "total": 5}, "duties": {"done": 6, "total": 10}},
        {"pledges": {"kept": 2, "total": 5}, "duties": {"done": 10, "total": 10}},
    ]
    return [
        ScorecardFactory(
            closing=closing, organisation=world.north, person=person, inputs=given, score="60",
            shown="60.00",
        )
        for person, given in zip([world.member, world.member2], inputs, strict=True)
    ]  # fmt: skip


def trial(client, draft, **headers):
    url = reverse("supervision:recipe_trial", args=[draft.pk, 0])
    return client.get(url, headers=headers)


def test_weights_and_bands_are_tried_on_the_last_period(world, as_person, cards):
    client = as_person(world.committee_member)
    scheme = world.closed_period.scheme_version.scheme
    draft = draft_with(world, FORMULA, scheme=scheme)
    before = list(Scorecard.objects.order_by("pk").values())

    found = trial(client, draft).context["trial"]

    assert [str(line[1].rounded) for line in found.lines] == ["80.00", "70.00"]
    assert (str(found.now), str(found.then)) == ("75.00", "60.00")
    assert ("优秀", 0, 1) in found.bands
    assert [(place, label, str(mean), n) for place, label, mean, n in found.parts] == [
        ("score", "加权得分", "75.00", 2),
        ("score.parts[0]", "兑现", "70.00", 2),
        ("score.parts[1]", "任务", "80.00", 2),
    ]
    assert list(Scorecard.objects.order_by("pk").values()) == before


def test_each_part_of_the_tree_gets_its_figure_beside_it(world, as_person, cards):
    client = as_person(world.committee_member)
    draft = draft_with(world, FORMULA, scheme=world.closed_period.scheme_version.scheme)
    editor = client.get(reverse("campaigns:draft_part", args=[draft.pk, "recipes/0"]))

    answer = trial(client, draft, **{"HX-Request": "true"}).content.decode()

    for place in ("score", "score-parts-0", "score-parts-1"):
        assert f'id="live-recipes-0-formula-{place}"' in editor.content.decode()
        assert f'id="live-recipes-0-formula-{place}" hx-swap-oob="true"' in answer
    assert "70.00</span>" in answer


def test_a_broken_recipe_says_what_is_wrong(world, as_person, cards):
    formula = deepcopy(FORMULA)
    formula["score"]["parts"][0]["weight"] = "40%"
    draft = draft_with(world, formula, scheme=world.closed_period.scheme_version.scheme)

    response = trial(as_person(world.committee_member), draft)

    assert "权重之和应为 100%，现为 90%" in response.content.decode()


def test_without_a_settled_period_it_says_so(world, as_person):
    draft = draft_with(world, FORMULA)

    body = trial(as_person(world.committee_member), draft, **{"HX-Request": "true"})

    assert "还没有用这份方案结算过" in body.content.decode()
    assert "<html" not in body.content.decode()


def test_the_editor_asks_for_it(world, as_person):
    draft = draft_with(world, FORMULA)
    url = reverse("campaigns:draft_part", args=[draft.pk, "recipes/0"])

    body = as_person(world.committee_member).get(url).content.decode()

    assert f'hx-get="{reverse("supervision:recipe_trial", args=[draft.pk, 0])}"' in body
