"""What lists brought in is handed in with one press and still signed one by one (L03, L12)."""

import pytest
from django.urls import reverse

from branches.models import Window
from common.models import Notice
from pledges.models import ServiceItem, WindowText
from tests.factories import WindowFactory
from tests.factories.pledges import ServiceItemFactory


def press(client, kind="window"):
    return client.post(reverse("pledges:shown_propose_all", args=[kind]), follow=True)


@pytest.fixture
def brought(world):
    """A list gave words to three windows of the branch; one of them has somebody's telephone number in it."""
    Window.objects.filter(pk=world.window.pk).update(services="婚姻登记")
    WindowFactory(organisation=world.north, name="户籍窗口", procedure="材料齐全当场办")
    WindowFactory(organisation=world.north, name="社保窗口", flow="找张三 13812345678")
    return world


def test_words_of_a_list_are_proposed_with_one_press(brought, as_person):
    client = as_person(brought.secretary)
    page = client.get(reverse("pledges:shown_list", args=["window"])).content.decode()

    said = press(client).content.decode()

    assert "您有 3 份" in page
    assert "已提出 2 份" in said
    assert "社保窗口" in said
    states = dict(WindowText.objects.values_list("window__name", "state"))
    assert states.pop("社保窗口") == "draft"
    assert set(states.values()) == {"proposed"}
    assert len(states) == 2


def test_who_signs_next_gets_one_message(brought, as_person):
    press(as_person(brought.secretary))

    notices = Notice.objects.filter(event__startswith="shown-proposed")
    assert set(notices.values_list("title", flat=True)) == {"有 2 份窗口公示文字等您审核"}
    assert notices.count() == notices.values("recipient").distinct().count() > 0


def test_pressed_twice_nothing_happens_twice(brought, as_person):
    client = as_person(brought.secretary)
    press(client)
    before = set(WindowText.objects.values_list("pk", "state"))

    said = press(client).content.decode()

    assert set(WindowText.objects.values_list("pk", "state")) == before
    assert "1 份没有提出" in said
    assert Notice.objects.filter(event__startswith="shown-proposed").values("event").count() == (
        Notice.objects.filter(event__startswith="shown-proposed")
        .values("recipient")
        .distinct()
        .count()
    )


def test_cards_that_are_complete_go_and_others_people_s_stay(world, as_person):
    mine = ServiceItemFactory(organisation=world.north, written_by=world.secretary)
    lacking = ServiceItemFactory(organisation=world.north, written_by=world.secretary, basis="")
    colleague = ServiceItemFactory(organisation=world.north, written_by=world.officer)

    said = press(as_person(world.secretary), "item").content.decode()

    states = dict(ServiceItem.objects.values_list("pk", "state"))
    assert (states[mine.pk], states[lacking.pk], states[colleague.pk]) == (
        "proposed", "draft", "draft",
    )  # fmt: skip
    assert "还缺" in said


def test_neither_a_member_nor_another_kind(brought, as_person):
    assert press(as_person(brought.member)).status_code == 403
    assert press(as_person(brought.secretary), "story").status_code == 404
    assert not WindowText.objects.exists()
