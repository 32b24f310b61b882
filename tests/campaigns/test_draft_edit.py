"""What people do in the editor, and what goes wrong there."""

import pytest
from django.urls import reverse

from campaigns.models import SchemeDraft
from common.models import AuditEvent
from tests.campaigns.test_draft_part import part_url, save, section_url, stored, typed
from tests.factories.drafts import SchemeDraftFactory


@pytest.fixture
def draft(world):
    return SchemeDraftFactory(organisation=world.root, updated_by=world.committee_member)


@pytest.fixture
def client(world, as_person):
    return as_person(world.committee_member)


def item_url(draft, place="families/0/items/1"):
    return part_url(draft, place)


def test_an_item_is_added_with_a_key_from_its_name(draft, client):
    url = part_url(draft, "families/0/items/2")
    response = save(client, url, name="亮形象", mechanism="plaque")

    assert response.headers["Location"] == url
    assert stored(draft)["families"][0]["items"][2] == {
        "key": "liang_xing_xiang",
        "name": "亮形象",
        "mechanism": "plaque",
    }
    assert "牌名" in client.get(url).content.decode()  # the settings of the mechanism
    save(client, url, **{"settings-plaques": "党员先锋岗\n巾帼文明岗"})
    item = stored(draft)["families"][0]["items"][2]
    assert item["settings"] == {"plaques": ["党员先锋岗", "巾帼文明岗"]}
    assert AuditEvent.objects.filter(verb="修改方案草稿").count() == 2


def test_another_mechanism_drops_the_settings_it_does_not_know_and_says_so(draft, client):
    response = save(client, item_url(draft), mechanism="identity_card")

    item = stored(draft)["families"][0]["items"][1]
    assert item["mechanism"] == "identity_card"
    assert "settings" not in item
    assert "owners 已去掉" in client.get(response.headers["Location"]).content.decode()


def test_wrong_input_stays_in_its_field_and_nothing_is_stored(draft, client):
    before = stored(draft)
    url = part_url(draft, "rater_classes/0")

    response = save(client, url, name="改名", min_n="很多")

    assert response.status_code == 422
    form = response.context["form"]
    assert form["min_n"].value() == "很多"
    assert form["name"].value() == "改名"
    assert list(form.errors) == ["min_n"]
    assert stored(draft) == before


def test_a_row_is_added_moved_and_taken_out_without_script(draft, client):
    url = part_url(draft, "scales/0")
    keys = lambda: [level["key"] for level in stored(draft)["scales"][0]["levels"]]  # noqa: E731
    assert keys() == ["excellent", "good", "fair", "poor", "unknown"]

    save(client, url, **{"levels-5-name": "极差", "levels-5-value": "20"})
    assert keys()[5] == "ji_cha"
    save(client, url, do="up:levels-:5")
    assert keys()[4:] == ["ji_cha", "unknown"]
    save(client, url, **{"levels-3-gone": "on"})
    assert keys() == ["excellent", "good", "fair", "ji_cha", "unknown"]
    more = save(client, url, do="add:levels-")
    assert more.headers["Location"].endswith("?more=levels-#levels-")
    shown = client.get(f"{url}?more=levels-").context["form"]
    assert "levels-8-name" in shown.fields


def test_an_error_in_a_row_is_told_in_that_row(draft, client):
    response = save(client, part_url(draft, "scales/0"), **{"levels-1-value": "八十"})

    assert list(response.context["form"].errors) == ["levels-1-value"]


def test_two_editors_do_not_overwrite_each_other(draft, client, world, as_person):
    url = item_url(draft)
    mine = typed(client.get(url).context["form"]) | {"do": "save", "name": "我改的名字"}
    save(as_person(world.officer), part_url(draft, "families/0"), name="他改的")

    response = as_person(world.committee_member).post(url, mine)

    assert response.status_code == 409
    body = response.content.decode()
    assert "改过这份草稿" in body
    assert "我改的名字" in body
    assert stored(draft)["families"][0]["name"] == "他改的"
    again = typed(response.context["form"]) | {"do": "save"}
    assert client.post(url, again | {"revision": 2}).status_code == 302
    document = stored(draft)["families"][0]
    assert (document["name"], document["items"][1]["name"]) == ("他改的", "我改的名字")


def test_order_is_changed_and_parts_are_removed(draft, client):
    url = reverse("campaigns:draft_move", args=[draft.pk, "families/0/items/0"])
    client.post(url, {"revision": 1, "to": "down"})
    assert [item["key"] for item in stored(draft)["families"][0]["items"]] == [
        "promise",
        "identity",
    ]

    remove = reverse("campaigns:draft_remove", args=[draft.pk, "scales/0"])
    assert "没有量表“four”" in client.get(remove).content.decode()
    client.post(remove, {"revision": 2})
    assert "scales" not in stored(draft)
    stale = client.post(url, {"revision": 1, "to": "down"}, follow=True)
    assert "没有改动" in stale.content.decode()


def test_the_last_family_cannot_be_removed(draft, client):
    for revision in (1, 2):
        url = reverse("campaigns:draft_remove", args=[draft.pk, "families/0"])
        response = client.post(url, {"revision": revision}, follow=True)

    assert "至少要有 1 项" in response.content.decode()
    assert len(stored(draft)["families"]) == 1


@pytest.mark.parametrize(
    "place",
    [
        "families",
        "families/9",
        "nowhere/0",
        "families/0/name",
        "scales/0/levels/0",
        "0",
        "families/x",
    ],
)
def test_places_that_are_no_page_are_not_found(place, draft, client):
    assert client.get(part_url(draft, place)).status_code == 404


def test_weights_bands_and_emphasis_of_a_recipe(draft, client):
    url = part_url(draft, "recipes/0")
    save(
        client,
        url,
        **{
            "formula-bands-0-from": "85",
            "formula-bands-1-below": "85",
            "formula-emphasis-approval-peers": "30%",
            "formula-emphasis-approval-pledges": "70%",
        },
    )
    save(client, part_url(draft, "recipes/0/formula/score/parts/0"), weight="50%")

    formula = stored(draft)["recipes"][0]["formula"]
    assert formula["bands"] == [{"label": "好", "from": 85}, {"label": "差", "below": 85}]
    assert formula["emphasis"]["approval"] == {"peers": "30%", "pledges": "70%"}
    assert formula["score"]["parts"][0]["weight"] == "50%"
    page = client.get(part_url(draft, "recipes/0/formula/score")).content.decode()
    assert "权重之和应为 100%，现为 90%" in page


def test_what_the_form_does_not_know_of_a_node_is_kept_as_text(draft, client):
    url = part_url(draft, "recipes/0/formula/score/parts/2") + "?kind=value"
    rest = "range: {from: 3}"
    save(client, url, label="分数", weight="0", source="pledges", rest=rest)
    node = stored(draft)["recipes"][0]["formula"]["score"]["parts"][2]
    assert node["range"] == {"from": 3}

    wrong = save(client, url, rest="range: [")

    assert "rest" in wrong.context["form"].errors
    assert wrong.context["form"]["rest"].value() == "range: ["


def test_optional_chapters_appear_and_go(draft, client):
    url = section_url(draft, "rectification")
    save(client, url, **{
        "rectification-sources-0-name": "自己找",
        "rectification-escalation-on": "on",
    })  # fmt: skip
    assert stored(draft)["rectification"] == {
        "sources": [{"key": "zi_ji_zhao", "name": "自己找"}],
        "escalation": {},
    }
    save(client, url, **{
        "rectification-sources-0-gone": "on", "rectification-escalation-on": None,
    })  # fmt: skip
    assert "rectification" not in stored(draft)


def test_a_page_costs_the_same_for_more_drafts(world, client, django_assert_num_queries):
    url = reverse("campaigns:scheme_list")
    client.get(url)
    for count in (1, 2):
        for _ in range(count):
            SchemeDraftFactory(organisation=world.root)
        with django_assert_num_queries(7):
            client.get(url)
    assert SchemeDraft.objects.count() == 3
