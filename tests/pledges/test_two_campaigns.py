"""Two campaigns over the same people: boards, screens and prints lose nothing of either and never swap by themselves (L03, L04, L09, L17)."""

from copy import deepcopy

import pytest
from django.urls import reverse

from branches.models import Person
from pledges.models import PrintBatch, PrintRecord, PublishedFigure, WindowText
from tests.factories import CampaignFactory, PeriodFactory, SchemeVersionFactory
from tests.factories.branches import moment
from tests.pledges.test_prints import LIST, order


def card(version, **settings):
    """The version's card is made so."""
    version.document = deepcopy(version.document)
    version.document["families"][0]["items"][0]["settings"] = settings
    version.digest = f"card-{version.pk}"
    version.save(update_fields=["document", "digest"])


@pytest.fixture
def beside(world):
    """Begun later over the same tree: it must not push the first away."""
    campaign = CampaignFactory(
        slug="beside", name="同期的活动", organisation=world.root,
        scheme_version=SchemeVersionFactory(number=7), starts_on=world.campaign.starts_on,
    )  # fmt: skip
    card(
        world.period.scheme_version,
        forms=["badge", "board"], fields=["name", "unit", "post"], window_parts=["办事程序", "服务承诺"],
    )  # fmt: skip
    card(
        campaign.scheme_version,
        forms=["badge", "board"], fields=["name", "motto", "emblem"], window_parts=["监督电话"],
    )  # fmt: skip
    return PeriodFactory(campaign=campaign)


def public(client, name, code):
    return client.get(reverse(f"pledges:{name}", args=[code]) + "?fresh=1").content.decode()


def test_a_windows_board_has_the_headings_of_both(world, as_person, beside, client):
    url = reverse("pledges:shown_add", args=["window"]) + f"?window={world.window.pk}"
    names = [field.label for field in as_person(world.secretary).get(url).context["form"]]
    parts = as_person(world.secretary).get(url).context["form"].headings
    data = {field: f"写{name}" for field, name in parts.items()} | {"propose": "1"}
    as_person(world.secretary).post(url, data)
    (text,) = WindowText.objects.all()
    judge = reverse("pledges:shown_judge", args=["window", text.pk])
    as_person(world.committee_member).post(judge, {"verdict": "agree"})
    client.logout()

    assert {"服务承诺"} <= set(names)
    for name in ("window_board", "window_wall"):
        assert "写服务承诺" in public(client, name, world.window.code)


def test_figures_of_both_hang_and_say_whose_they_are(world, beside, client):
    for period, value in ((world.period, "91.0%"), (beside, "82.0%")):
        PublishedFigure.objects.create(
            period=period, window=world.window, key="satisfaction", label="满意率", value=value,
            n=20, as_of=moment(),
        )  # fmt: skip

    page = public(client, "window_board", world.window.code)

    for words in ("91.0%", "82.0%", "同期的活动：", f"{world.campaign.name}："):
        assert words in page


def test_the_members_board_shows_what_either_asks(world, beside, client):
    Person.objects.filter(pk=world.member.pk).update(motto="群众的事无小事", phone="13800001234")

    for name in ("member_board", "organisation_wall"):
        page = public(client, name, world.north.code)
        assert "群众的事无小事" in page
        assert "13800001234" not in page


def test_prints_belong_to_the_campaign_they_are_made_for(world, as_person, beside):
    """The page says which; prints of one neither count for the other nor make it stale."""
    client = as_person(world.secretary)
    page = client.get(LIST, {"kind": "badge", "campaign": world.campaign.slug})
    order(client)
    first = PrintBatch.objects.get()

    other = client.get(LIST, {"kind": "badge", "campaign": "beside"})
    states = {line.state for line in other.context["page"]}
    order(client)
    second = PrintBatch.objects.exclude(pk=first.pk).get()
    again = client.get(LIST, {"kind": "badge", "campaign": world.campaign.slug})

    assert "按哪个活动印" in page.content.decode()
    assert (first.campaign, second.campaign) == (world.campaign, beside.campaign)
    assert states == {"never"}
    assert {line.state for line in again.context["page"]} == {"current"}
    versions = PrintRecord.objects.order_by("pk").values_list("batch", "version").distinct()
    assert set(versions) == {(first.pk, 1), (second.pk, 1)}


def test_with_one_campaign_nothing_is_asked(world, as_person):
    assert "按哪个活动印" not in as_person(world.secretary).get(LIST).content.decode()


def test_the_card_offers_only_what_the_plans_show(world, as_person, beside):
    """L09: a switch for what no board shows would promise something."""
    card_page = as_person(world.member).get(reverse("pledges:card"))

    assert set(card_page.context["form"].fields) == {
        "motto", "shows_motto", "shows_party", "shows_joined_on",
    }  # fmt: skip
