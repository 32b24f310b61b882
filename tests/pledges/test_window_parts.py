"""The plan's own headings on a window's board, and where who is away has gone (L03, G04, G05)."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Window
from campaigns.models.document.mechanisms import DISCLOSURE_KEYS
from pledges.models import DISCLOSURES, MORE_DISCLOSURES, Whereabouts, WindowPart

HEADINGS = ["办事流程", "收费公示", "工作人员信息"]


@pytest.fixture
def planned(world):
    """The plan names three headings; one of them no window has a field for."""
    version = world.period.scheme_version
    version.document = deepcopy(version.document)
    item = version.document["families"][0]["items"][0]
    item["settings"] = {"forms": ["board"], "window_parts": HEADINGS}
    version.digest = "window-parts"
    version.save(update_fields=["document", "digest"])
    Window.objects.filter(pk=world.window.pk).update(
        services="结婚登记", procedure="受理、审查", flow="取号—填表—登记"
    )
    return world


def parts_url(world):
    return reverse("pledges:window_parts", args=[world.window.pk])


def test_the_plans_headings_are_asked_for_written_and_shown(planned, as_person, client):
    secretary = as_person(planned.secretary)
    before = secretary.get(parts_url(planned))
    listed = secretary.get(reverse("pledges:print_list") + "?kind=window_board").content.decode()
    secretary.post(parts_url(planned), {"part0": "一律不收费"})
    client.logout()
    board = client.get(reverse("pledges:window_board", args=[planned.window.code]) + "?fresh=1")
    wall = client.get(reverse("pledges:window_wall", args=[planned.window.code]))

    assert before.context["missing"] == ["收费公示"]
    assert "收费公示" in listed
    page = board.content.decode()
    assert "一律不收费" in page
    assert page.index("受理的主要项目") < page.index("办事流程") < page.index("收费公示")
    assert "办事程序" not in page  # the plan does not ask for it
    assert "收费公示" in [slide.title for slide in wall.context["slides"]]


def test_an_emptied_heading_goes_and_a_number_is_refused(planned, as_person):
    secretary = as_person(planned.secretary)
    secretary.post(parts_url(planned), {"part0": "一律不收费"})
    refused = secretary.post(parts_url(planned), {"part0": "请打13812345678"})
    assert "手机号138…78" in refused.content.decode()
    assert WindowPart.objects.get().text == "一律不收费"

    secretary.post(parts_url(planned), {"part0": " "})

    assert not WindowPart.objects.exists()


def test_a_window_of_a_plan_without_headings_says_where_they_come_from(world, as_person):
    page = as_person(world.secretary).get(parts_url(world)).content.decode()

    assert "办事程序" in page
    assert "都取自窗口信息" in page


def test_who_is_away_is_on_the_halls_screen_and_the_windows_page(world, client):
    now = timezone.now()
    note = Whereabouts.objects.create(
        person=world.member, organisation=world.north, text="到社区送证",
        away_at=now - timedelta(minutes=5), back_at=now + timedelta(minutes=30),
        ask=world.member2,
    )  # fmt: skip
    addresses = [
        reverse("pledges:window_wall", args=[world.window.code]),
        reverse("pledges:window_board", args=[world.window.code]) + "?fresh=1",
    ]

    for address in addresses:
        page = client.get(address).content.decode()
        assert "到社区送证" in page
        assert world.member2.name in page
    Whereabouts.objects.filter(pk=note.pk).update(ended_at=now)
    assert "到社区送证" not in client.get(addresses[0]).content.decode()


def test_what_a_scheme_may_ask_for_is_what_a_card_holds():
    assert set(DISCLOSURE_KEYS) == set(DISCLOSURES) | set(MORE_DISCLOSURES)
