"""The plan's own headings on a window's board, and where who is away has gone (L03, G04, G05)."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Window
from campaigns.models.document.mechanisms import DISCLOSURE_KEYS
from pledges.models import DISCLOSURES, MORE_DISCLOSURES, Whereabouts, WindowText
from tests.factories import WindowTextFactory

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
    return world


def parts_url(world):
    return reverse("pledges:window_parts", args=[world.window.pk])


def add_url(world):
    return reverse("pledges:shown_add", args=["window"]) + f"?window={world.window.pk}"


def step(verb, text):
    return reverse(f"pledges:shown_{verb}", args=["window", text.pk])


def board(client, world):
    client.logout()
    address = reverse("pledges:window_board", args=[world.window.code])
    return client.get(address + "?fresh=1").content.decode()


WORDS = {"services": "结婚登记", "flow": "取号—填表—登记", "part0": "一律不收费", "propose": "1"}


def proposed(world, as_person, **words):
    as_person(world.secretary).post(add_url(world), WORDS | words)
    return WindowText.objects.get()


def test_the_plans_headings_are_asked_for_signed_and_shown(planned, as_person, client):
    secretary = as_person(planned.secretary)
    before = secretary.get(parts_url(planned))
    listed = secretary.get(reverse("pledges:print_list") + "?kind=window_board").content.decode()
    text = proposed(planned, as_person)
    unsigned = board(client, planned)
    judge = as_person(planned.committee_member)
    asked = judge.get(step("judge", text)).content.decode()
    judge.post(step("judge", text), {"verdict": "agree"})
    page = board(client, planned)
    wall = client.get(reverse("pledges:window_wall", args=[planned.window.code]))

    assert before.context["missing"] == ["办事流程", "收费公示"]
    assert "收费公示" in listed
    assert "一律不收费" not in unsigned
    assert "收费公示" in asked
    assert "一律不收费" in asked
    assert page.index("受理的主要项目") < page.index("办事流程") < page.index("一律不收费")
    assert "办事程序" not in page  # the plan does not ask for it
    assert "收费公示" in [slide.title for slide in wall.context["slides"]]


def test_the_old_words_hang_until_the_new_ones_are_signed(world, as_person, client):
    """提出 → 审核 → 实施 for a window's words (L03): nobody signs his own, and the old ones are kept."""
    text = WindowTextFactory(window=world.window, flow="老的流程")
    secretary = as_person(world.secretary)
    secretary.post(step("revise", text))
    draft = WindowText.objects.get(version=2)
    secretary.post(step("edit", draft), {"flow": "新的流程", "propose": "1"})
    own = secretary.post(step("judge", draft), {"verdict": "agree"})

    assert own.status_code == 403
    assert "老的流程" in board(client, world)

    as_person(world.committee_member).post(step("judge", draft), {"verdict": "agree"})

    page = board(client, world)
    assert "新的流程" in page
    assert "老的流程" not in page
    text.refresh_from_db()
    assert text.state == "replaced"


def test_words_taken_down_leave_the_board_at_once(world, as_person, client):
    text = WindowTextFactory(window=world.window, flow="写错的流程")

    as_person(world.secretary).post(step("take_down", text), {"reason": "内容过期"})

    assert "写错的流程" not in board(client, world)
    gone = client.get(reverse("pledges:shown_public", args=["window", world.window.code]))
    assert gone.status_code == 410
    assert "内容过期" in gone.content.decode()


def test_what_hangs_can_be_taken_down_while_the_next_version_is_written(world, as_person, client):
    text = WindowTextFactory(window=world.window, flow="写错的流程")
    secretary = as_person(world.secretary)
    secretary.post(step("revise", text))
    draft = WindowText.objects.get(version=2)

    page = secretary.get(parts_url(world)).content.decode()
    assert step("detail", text) in page
    assert step("detail", text) in secretary.get(step("detail", draft)).content.decode()
    secretary.post(step("take_down", text), {"reason": "写错了"})

    assert "写错的流程" not in board(client, world)
    assert WindowText.objects.get(version=2).state == "draft"


def test_the_public_address_of_the_words_is_the_board(world, client):
    WindowTextFactory(window=world.window)

    answer = client.get(reverse("pledges:shown_public", args=["window", world.window.code]))

    assert answer.url == reverse("pledges:window_board", args=[world.window.code])


def test_what_a_list_brought_in_is_not_public_but_offered(world, as_person, client):
    """A list of windows fills the first draft; nothing of it hangs before it is signed."""
    Window.objects.filter(pk=world.window.pk).update(procedure="名单里的程序")

    page = as_person(world.secretary).get(add_url(world)).content.decode()

    assert "名单里的程序" in page
    assert "名单里的程序" not in board(client, world)


@pytest.mark.parametrize("field", ["services", "part0"])
def test_a_number_is_refused_and_nothing_is_lost(planned, as_person, field):
    page = as_person(planned.secretary).post(add_url(planned), WORDS | {field: "打13812345678"})

    assert "手机号138…78" in page.content.decode()
    assert "取号—填表—登记" in page.content.decode()
    assert not WindowText.objects.exists()


def test_a_number_in_a_heading_is_found_by_the_gate(world):
    text = WindowTextFactory(window=world.window, parts=[{"name": "打13812345678", "text": "好"}])

    assert "打13812345678" in text.public_texts()["栏目名称"]


def test_a_window_has_one_line_of_versions(world, as_person):
    """Pressed twice, or two who begin at once: the second is led to what is there."""
    proposed(world, as_person)

    again = as_person(world.secretary).post(add_url(world), WORDS)

    assert again.url == parts_url(world)
    assert WindowText.objects.count() == 1


def test_an_empty_text_is_kept_as_a_draft_only(world, as_person):
    text = proposed(world, as_person, services=" ", flow="", part0="")

    assert text.state == "draft"


def test_another_branchs_window_is_not_written_for(world, as_person):
    assert as_person(world.secretary2).get(add_url(world)).status_code == 404


def test_without_a_window_one_is_chosen_first(world, as_person):
    answer = as_person(world.secretary).get(reverse("pledges:shown_add", args=["window"]))

    assert answer.url == reverse("branches:window_list")


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
