"""A recipe built in the browser by somebody who has never seen YAML (issue 3, Scoring)."""

import pytest
from django.urls import reverse

import scoring
from campaigns.forms.workshop.folding import folded, unfolded
from campaigns.forms.workshop.nodes import Formula
from campaigns.forms.workshop.trees import refitted
from campaigns.models.document import problems_of
from tests.campaigns.test_draft_part import part_url, save, stored
from tests.factories.drafts import SchemeDraftFactory

TREE = "recipes/0/formula/score"


@pytest.fixture
def draft(world):
    draft = SchemeDraftFactory(organisation=world.root, updated_by=world.committee_member)
    draft.document["recipes"] = [{"subject": "person", "name": "得分", "formula": {}}]
    draft.save()
    return draft


@pytest.fixture
def client(world, as_person):
    return as_person(world.committee_member)


def add(client, draft, place, kind, **fields):
    response = save(client, f"{part_url(draft, place)}?kind={kind}", **fields)
    assert response.status_code == 302, response.context["form"].errors


def fill(client, draft, place, **fields):
    response = save(client, part_url(draft, place), **fields)
    assert response.status_code == 302, response.context["form"].errors


def change(client, draft, place, do):
    draft.refresh_from_db()
    url = reverse("campaigns:draft_node", args=[draft.pk, place])
    return client.post(url, {"do": do, "revision": draft.revision})


def formula_of(draft):
    return stored(draft)["recipes"][0]["formula"]


def add_weighted(client, draft):
    """评议 60 %, 评委 40 %."""
    add(client, draft, TREE, "weighted_sum", label="总评")
    add(
        client, draft, f"{TREE}/parts/0", "reviews",
        label="党员互评", weight="60%", source="peers", questions="peer",
    )  # fmt: skip
    add(
        client, draft, f"{TREE}/parts/1", "trimmed_mean",
        label="评委打分", weight="40%", source="pledges", range="0, 100",
        **{"trim-highest": "1", "trim-lowest": "1", "trim-above": "5"},
    )  # fmt: skip


def test_a_new_part_begins_with_how_it_is_computed(draft, client):
    page = client.get(part_url(draft, TREE))

    assert "一票否决" in page.content.decode()
    assert 'href="?kind=weighted_sum"' in page.content.decode()


def test_a_weighted_recipe_with_veto_bonus_trimmed_mean_bands_and_quota(draft, client):
    add_weighted(client, draft)
    change(client, draft, TREE, "wrap:capped_bonus")
    fill(client, draft, TREE, cap="5", ceiling="100")
    add(
        client, draft, f"{TREE}/parts/0", "count",
        label="活动加分", source="activities", each="0.5", cap="2",
    )  # fmt: skip
    change(client, draft, TREE, "wrap:veto")
    save(
        client, part_url(draft, "recipes/0"),
        **{"formula-bands-0-label": "优秀", "formula-bands-0-from": "90",
           "formula-bands-1-label": "合格", "formula-bands-1-below": "90",
           "formula-quota-0-band": "优秀", "formula-quota-0-table": "3：1\n6：2"},
    )  # fmt: skip
    fill(
        client, draft, f"{TREE}/rules/0", label="整改逾期", cap="59", band="合格",
        **{"when-list-0-what": "source:rectification", "when-list-0-field": "late",
           "when-list-0-test": "from", "when-list-0-value": "3"},
    )  # fmt: skip

    formula = formula_of(draft)

    assert formula["score"]["rules"] == [
        {"label": "整改逾期", "cap": 59, "band": "合格",
         "when": {"source": "rectification", "field": "late", "from": 3}},
    ]  # fmt: skip
    bonus = formula["score"]["of"]
    assert (bonus["kind"], bonus["cap"], bonus["ceiling"]) == ("capped_bonus", 5, 100)
    assert bonus["of"]["parts"][1]["trim"] == {"highest": 1, "lowest": 1, "above": 5}
    assert formula["quota"] == [
        {"band": "优秀", "table": [{"from": 3, "seats": 1}, {"from": 6, "seats": 2}]}
    ]
    draft.refresh_from_db()
    assert not [one for one in problems_of(draft.plan) if one.path[0] == "recipes"]
    recipe = draft.plan.scoring_recipes["person"]
    inputs = {"peers": {"style": {"good": 3}}, "pledges": [0, 80, 80, 80, 80, 100],
              "activities": 20, "rectification": {"late": 1}}  # fmt: skip
    assert str(scoring.score(recipe, inputs).rounded) == "85.30"  # 85.5 x 60 % + 80 x 40 % + 2


def test_a_new_part_has_a_key_and_conditions_offer_it_by_its_name(draft, client):
    add_weighted(client, draft)
    change(client, draft, TREE, "wrap:gate")
    form = client.get(part_url(draft, f"{TREE}/rules/0")).context["form"]

    offered = dict(dict(form.fields["when-list-0-what"].choices)["得分"])

    assert offered["figure:dang_yuan_hu_ping"] == "党员互评"
    assert offered["figure:score"] == "总分"


def test_a_layer_is_taken_away_and_a_part_moves_under_another(draft, client):
    add_weighted(client, draft)
    add(client, draft, f"{TREE}/parts/2", "sum", label="小计", weight="0")
    change(client, draft, f"{TREE}/parts/0", f"move:{TREE}/parts/2/parts")
    tree = formula_of(draft)["score"]
    assert [one["label"] for one in tree["parts"]] == ["评委打分", "小计"]
    assert [one["label"] for one in tree["parts"][1]["parts"]] == ["党员互评"]

    change(client, draft, f"{TREE}/parts/1", "unwrap")

    assert formula_of(draft)["score"]["parts"][1]["label"] == "党员互评"
    assert change(client, draft, f"{TREE}/parts/0", "move:recipes/0/other").status_code == 302
    assert [one["label"] for one in formula_of(draft)["score"]["parts"]] == ["评委打分", "党员互评"]


def test_a_stale_move_changes_nothing(draft, client):
    add_weighted(client, draft)
    before = formula_of(draft)
    url = reverse("campaigns:draft_node", args=[draft.pk, TREE])

    client.post(url, {"do": "wrap:veto", "revision": 1})

    assert formula_of(draft) == before


def test_figures_beside_the_score_are_parts_too(draft, client):
    add_weighted(client, draft)
    place = "recipes/0/formula/figures/figure_1"
    add(client, draft, place, "level_share", label="优秀率", source="peers", scale="four",
        levels=["excellent"])  # fmt: skip
    assert formula_of(draft)["figures"]["figure_1"]["label"] == "优秀率"

    save(client, part_url(draft, "recipes/0"), **{
        "formula-bands-0-label": "优秀", "formula-bands-0-from": "90",
        "formula-bands-0-when-list-0-what": "figure:figure_1",
        "formula-bands-0-when-list-0-test": "above", "formula-bands-0-when-list-0-value": "50",
        "formula-bands-1-label": "合格", "formula-bands-1-below": "90",
    })  # fmt: skip

    assert formula_of(draft)["bands"][0]["when"] == {"figure": "figure_1", "above": 50}
    assert "优秀率" in client.get(part_url(draft, "recipes/0")).content.decode()


def test_a_conversion_and_a_matrix_are_forms(draft, client):
    add(client, draft, TREE, "matrix", scale="four",
        **{"raters-0-source": "peers", "raters-0-weight": "100%",
           "indicators-0-key": "style", "indicators-0-label": "作风",
           "indicators-0-weight": "100%"})  # fmt: skip
    tree = formula_of(draft)["score"]
    assert tree["raters"] == [{"source": "peers", "weight": "100%"}]
    assert tree["indicators"] == [{"label": "作风", "key": "style", "weight": "100%"}]

    place = "recipes/0/formula/figures/figure_1"
    add(client, draft, place, "indicator", label="办件量", source="indicators",
        **{"convert-steps-list": "95：10\n90：8", "convert-otherwise": "0"})  # fmt: skip
    assert formula_of(draft)["figures"]["figure_1"]["convert"] == {
        "steps": [{"from": 95, "points": 10}, {"from": 90, "points": 8}],
        "otherwise": 0,
    }


@pytest.mark.parametrize(
    "written",
    [
        {"when": {"figure": "a", "from": 80, "below": 90}},
        {"when": {"any": [{"source": "x", "is": True}, {"figure": "a", "in": ["优", "良"]}]}},
        {"when": {"all": [{"any": [{"source": "x", "missing": True}]}]}},
        {"bands": {"优秀": 90, "合格": 0}},
        {"bands": {"range": [0, 100], "list": [{"label": "优", "from": 90}]}},
        {"bands": {"优秀": "[90,100]"}},
        {"convert": {"curve": [[60, 0], [80, 50]]}},
        {"convert": {"steps": [{"from": 9, "points": 1}, {"above": 5, "points": 0}]}},
        {"quota": [{"band": "优秀", "table": [{"from": 3, "seats": 1}]}]},
    ],
)
def test_what_is_not_touched_stays_as_it_was_written(written):
    assert folded(Formula, unfolded(Formula, written), written) == written


def test_another_way_to_compute_keeps_the_parts_and_drops_what_it_does_not_know():
    node = {"kind": "veto", "label": "总分", "rules": [], "of": {"kind": "constant", "value": 1}}

    found, dropped = refitted(node, "sum")

    assert found["parts"] == [{"kind": "constant", "value": 1}]
    assert dropped == ["rules"]


def test_another_way_to_compute_is_shown_before_anything_is_stored(draft, client):
    """Without script 换算法 is a button; what was typed and has a place in the new form stays."""
    add_weighted(client, draft)
    before = formula_of(draft)
    place = f"{TREE}/parts/1"

    shown = save(client, part_url(draft, place), kind="ballots", label="打分", do="switch")

    assert shown.status_code == 200
    assert formula_of(draft) == before
    form = shown.context["form"]
    assert form["label"].value() == "打分"
    assert form["trim-above"].value() == "5"
    assert "statistic" in form.fields
    assert 'action="?kind=ballots"' in shown.content.decode()
    sent = {"statistic": "median", "source": "pledges", "revision": stored_revision(draft)}
    sent |= {"kind": "ballots", "label": "打分", "weight": "40%", "do": "save"}
    answer = client.post(f"{part_url(draft, place)}?kind=ballots", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    changed = formula_of(draft)["score"]["parts"][1]
    assert (changed["kind"], changed["statistic"]) == ("ballots", "median")


def stored_revision(draft):
    draft.refresh_from_db()
    return draft.revision
