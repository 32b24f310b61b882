"""A new key is followed by whoever speaks of the part; a deletion names them (issue 3, item 1)."""

import pytest
from django.urls import reverse

from campaigns.forms.workshop.references import following, kind_of, uses
from campaigns.models.document import SchemeDocument, problems_of
from tests.campaigns.test_draft_part import part_url, save, stored
from tests.factories.document import PLAN as DOCUMENT
from tests.factories.drafts import SchemeDraftFactory


@pytest.fixture
def draft(world):
    return SchemeDraftFactory(organisation=world.root, updated_by=world.committee_member)


@pytest.fixture
def client(world, as_person):
    return as_person(world.committee_member)


@pytest.mark.parametrize(
    ("kind", "holder"),
    [
        ("rater_classes", "rater_classes"),
        ("questionnaires", "questionnaires"),
        ("scales", "scales"),
        ("unit_types", "unit_types"),
        ("channels", "channels"),
        ("stages", "stages"),
    ],
)
def test_every_place_follows(kind, holder):
    before = {problem.reason for problem in problems_of(SchemeDocument.model_validate(DOCUMENT))}
    for place, part in enumerate(DOCUMENT.get(holder, ())):
        data = following(DOCUMENT, kind, part["key"], "brand_new")
        data[holder][place]["key"] = "brand_new"

        after = problems_of(SchemeDocument.model_validate(data))

        assert {problem.reason for problem in after} <= before, part["key"]
        assert not uses(data, kind, part["key"])


def test_a_key_is_changed_in_the_form_and_the_recipe_follows(draft, client):
    number = next(
        place for place, one in enumerate(draft.document["rater_classes"]) if one["key"] == "peers"
    )
    assert kind_of(("rater_classes", number)) == "rater_classes"

    save(client, part_url(draft, f"rater_classes/{number}"), key="colleagues")

    document = stored(draft)
    assert document["rater_classes"][number]["key"] == "colleagues"
    assert document["recipes"][0]["formula"]["score"]["parts"][0]["source"] == "colleagues"


def test_a_key_in_use_is_refused(draft, client):
    items = draft.document["families"][0]["items"]

    answer = save(client, part_url(draft, "families/0/items/0"), key=items[1]["key"])

    assert answer.status_code == 422
    assert "已经有别的一项在用" in answer.content.decode()


def test_a_part_of_a_recipe_gets_another_key_and_conditions_follow(draft, client):
    formula = draft.document["recipes"][0]["formula"]
    formula["score"]["parts"][0]["key"] = "old"
    formula["rank"] = {"then": ["old"], "minimum_n": 3, "n_of": "old"}
    formula["bands"] = [
        {"label": "好", "from": 80, "when": {"any": [{"figure": "old", "above": 3}]}},
        {"label": "差", "below": 80},
    ]
    draft.save()

    save(client, part_url(draft, "recipes/0/formula/score/parts/0"), key="fresh")

    formula = stored(draft)["recipes"][0]["formula"]
    assert formula["rank"] == {"then": ["fresh"], "minimum_n": 3, "n_of": "fresh"}
    assert formula["bands"][0]["when"] == {"any": [{"figure": "fresh", "above": 3}]}


def test_a_deletion_names_where_the_part_is_used(draft, client):
    number = next(
        place for place, one in enumerate(draft.document["questionnaires"]) if one["key"] == "peer"
    )
    url = reverse("campaigns:draft_remove", args=[draft.pk, f"questionnaires/{number}"])

    page = client.get(url).content.decode()

    assert "这些地方还用着它" in page
    assert "部分与项目" in page
    assert "计分办法" in page
