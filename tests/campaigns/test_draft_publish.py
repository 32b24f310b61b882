"""Starting, checking, previewing, publishing; text and files in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Scheme, SchemeDraft, SchemeVersion
from tests.campaigns.broken import SMALL, SPOILT, WHOLE, spoilt
from tests.campaigns.test_draft_part import save, stored
from tests.factories import CampaignFactory
from tests.factories.drafts import SchemeDraftFactory


@pytest.fixture
def draft(world):
    return SchemeDraftFactory(organisation=world.root, updated_by=world.committee_member)


@pytest.fixture
def client(world, as_person):
    return as_person(world.committee_member)


def url(name, *arguments):
    return reverse(f"campaigns:{name}", args=arguments)


def new(client, world, **more):
    sent = {"name": "全新方案", "short_name": "新", "organisation": world.root.pk}
    return client.post(url("scheme_new"), sent | more)


def test_a_new_plan_after_another_one(world, client):
    version = world.campaign.scheme_version

    assert new(client, world, source=version.pk).status_code == 302

    draft = SchemeDraft.objects.get()
    assert (draft.slug, draft.based_on, draft.scheme) == ("quan-xin-fang-an", version, None)
    assert draft.plan.families == version.plan.families


def test_from_nothing_to_a_published_plan(world, client):
    new(client, world)
    draft = SchemeDraft.objects.get()
    place = url("draft_part", draft.pk, "families/0/items/0")
    client.post(place, {"revision": 1, "name": "亮承诺", "mechanism": "pledge", "do": "save"})

    assert "没有要改的地方" in client.get(url("draft_check", draft.pk)).content.decode()
    client.post(url("draft_publish", draft.pk), {"revision": 2})

    version = SchemeVersion.objects.get(scheme__slug="quan-xin-fang-an")
    assert [item.name for item in version.plan.items()] == ["亮承诺"]
    assert not SchemeDraft.objects.exists()


def test_a_name_in_use_is_refused(world, client):
    Scheme.objects.create(slug="taken", name="别的")

    response = new(client, world, slug="taken")

    assert response.status_code == 422
    assert "请换一个" in response.content.decode()


def test_unchanged_is_refused_politely_and_changed_is_the_next_version(world, client):
    document = read_scheme(SMALL)
    new(client, world, file=SimpleUploadedFile("a.yaml", SMALL.encode()), name=document.name)
    first = SchemeDraft.objects.get()
    client.post(url("draft_publish", first.pk), {"revision": 1})
    version = SchemeVersion.objects.get(scheme__name=document.name)
    client.post(url("scheme_edit", version.pk))
    draft = SchemeDraft.objects.get()

    body = client.post(url("draft_publish", draft.pk), {"revision": 1}, follow=True)
    assert "完全一样" in body.content.decode()
    place = url("draft_part", draft.pk, "families/0")
    client.post(place, {"revision": 1, "name": "三亮", "role": "show", "do": "save"})
    assert "部分与项目" in client.get(url("draft_publish", draft.pk)).content.decode()
    client.post(url("draft_publish", draft.pk), {"revision": 2})

    assert [v.number for v in version.scheme.versions.order_by("number")] == [1, 2]
    version.refresh_from_db()
    assert version.plan.families[0].name == "两亮"


def test_a_plan_that_others_run_is_cloned_not_changed(world, client):
    version = world.campaign.scheme_version
    CampaignFactory(organisation=world.foreign, scheme_version=version)

    assert client.post(url("scheme_edit", version.pk)).status_code == 403


def test_the_check_leads_to_each_place(draft, client):
    document = stored(draft)
    document["recipes"][0]["formula"]["score"]["parts"][0]["weight"] = "50%"
    document["families"][1]["items"][0]["settings"] = {"questionnaire": "pear"}
    SchemeDraft.objects.filter(pk=draft.pk).update(document=document)

    body = client.get(url("draft_check", draft.pk)).content.decode()

    assert url("draft_part", draft.pk, "families/1/items/0") in body
    assert url("draft_part", draft.pk, "recipes/0/formula/score") in body
    assert "是不是想写“peer”" in body
    refused = client.post(url("draft_publish", draft.pk), {"revision": 1})
    assert refused.headers["Location"] == url("draft_check", draft.pk)


def test_the_check_names_a_gap_a_leaf_and_a_class_where_they_are(draft, client):
    """Bands that leave 89.5 without a grade, a leaf that reads nothing, a class nobody belongs to."""
    document = stored(draft)
    formula = document["recipes"][0]["formula"]
    formula["bands"][1]["below"] = 89
    del formula["score"]["parts"][1]["source"]
    nobody = {"key": "deputies", "name": "代表", "source": "panel"}
    document["rater_classes"].append(nobody)
    SchemeDraft.objects.filter(pk=draft.pk).update(document=document)

    body = client.get(url("draft_check", draft.pk)).content.decode()

    for place, words in [
        ("recipes/0", "之间有空档，例如 89.5"),
        ("recipes/0/formula/score/parts/1", "缺少“source”"),
        ("rater_classes/2", "没有人属于这个评议主体"),
    ]:
        assert f'href="{url("draft_part", draft.pk, place)}' in body, place
        assert words in body.replace("&quot;", '"'), words
    refused = client.post(url("draft_publish", draft.pk), {"revision": 1})
    assert refused.headers["Location"] == url("draft_check", draft.pk)


def test_the_preview_tells_each_role_and_the_minutes(draft, client):
    response = client.get(url("draft_preview", draft.pk))

    (load,) = response.context["loads"]
    assert (load.name, load.minutes) == ("党员", 15 + 3 * 15)
    assert [(line.times, line.is_enabled) for line in load.lines] == [
        ("每期 1 次", True),
        ("每期 3 次", True),
    ]


@pytest.mark.parametrize(
    ("frequency", "times"),
    [
        ("weekly", "每期 13 次"),
        ("monthly", "每期 3 次"),
        ("quarterly", "每期 1 次"),
        ("half_yearly", "每 2 期一次"),
        ("yearly", "每 4 期一次"),
        ("once", "全程一次"),
        ("irregular", "随时"),
    ],
)
def test_how_often_is_chosen_in_the_form_and_told_by_the_preview(frequency, times, draft, client):
    """定期 or 不定期, weekly to yearly, counted in working days."""
    due = {"due-day": "3", "due-working_days": "on"}
    if frequency == "irregular":
        due = dict.fromkeys(due)

    answer = save(client, url("draft_part", draft.pk, "cadence/0"), frequency=frequency, **due)

    assert answer.status_code == 302, answer.context["form"].errors
    preview = client.get(url("draft_preview", draft.pk))
    (load,) = preview.context["loads"]
    line = load.lines[0]
    assert line.times == times
    assert times in preview.content.decode()
    assert ("工作日" in line.when) is (frequency != "irregular")


def test_the_text_of_a_draft_is_changed_as_a_whole(draft, client):
    page = client.get(url("draft_text", draft.pk)).context["form"]["text"].value()
    changed = page.replace("name: 两亮\n", "name: 三亮\n").replace("weight: 60%", "weight: 50%")

    client.post(url("draft_text", draft.pk), {"text": changed, "revision": 1})

    assert stored(draft)["families"][0]["name"] == "三亮"
    assert "现为 90%" in client.get(url("draft_check", draft.pk)).content.decode()
    stale = client.post(url("draft_text", draft.pk), {"text": page, "revision": 1})
    assert stale.status_code == 422
    assert stored(draft)["families"][0]["name"] == "三亮"


@pytest.mark.parametrize("name", WHOLE)
def test_a_hopeless_file_is_refused_by_every_upload(name, world, draft, client):
    content, _ = WHOLE[name]
    before = stored(draft)
    for address, more in [
        (url("scheme_load"), {}),
        (url("draft_text", draft.pk), {"revision": 1, "text": ""}),
        (url("scheme_new"), {"name": "新", "short_name": "新", "organisation": world.root.pk}),
    ]:
        response = client.post(address, more | {"file": SimpleUploadedFile("a.yaml", content)})
        assert response.status_code in (200, 422), address
        assert response.context["form"].errors, address
    assert stored(draft) == before
    assert SchemeDraft.objects.count() == 1


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file_is_refused_by_the_browser_with_its_line(name, world, client):
    text, line = spoilt(name)
    versions = SchemeVersion.objects.count()

    file = SimpleUploadedFile("plan.yaml", text.encode())
    response = client.post(url("scheme_load"), {"file": file})

    assert response.status_code == 422
    found = [(one.line, one.reason) for one in response.context["form"].problems]
    assert any(at == line and SPOILT[name][2] in reason for at, reason in found), found
    assert SchemeVersion.objects.count() == versions
