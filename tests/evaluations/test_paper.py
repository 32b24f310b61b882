"""P05: paper as totals by two different people; what differs is shown and not counted."""

from datetime import timedelta

import pytest
from django.urls import reverse

from common.dates import today
from evaluations.models import PaperEntry, PaperSheet, PollCount, RatingCount
from tests.evaluations.test_poll import open_poll

PILE = {"name": "群众评价表", "pile": "三月第一叠", "slips": 12}
TOTALS = {"overall__satisfied": 10, "overall__unsatisfied": 2}


def type_in(client, world, **change):
    url = reverse("evaluations:paper_window", args=[world.window.pk])
    return client.post(url, PILE | TOTALS | change)


def again(client, **change):
    url = reverse("evaluations:paper_detail", args=[PaperSheet.objects.get().pk])
    return client.post(url, {"slips": 12} | TOTALS | change)


def counts():
    return list(RatingCount.objects.order_by("level").values_list("channel", "level", "count"))


def test_two_people_typing_alike_are_counted_once(world, as_person):
    type_in(as_person(world.secretary), world)
    assert counts() == []

    again(as_person(world.officer))

    assert counts() == [("paper", "satisfied", 10), ("paper", "unsatisfied", 2)]
    assert "已经计入" in again(as_person(world.committee_member)).content.decode()
    assert len(counts()) == 2


def test_the_same_person_twice_is_not_two_people(world, as_person):
    type_in(as_person(world.secretary), world)

    again(as_person(world.secretary))

    assert counts() == []
    assert PaperSheet.objects.get().state == "waiting"
    assert PaperEntry.objects.count() == 1


def test_a_difference_is_shown_to_those_who_typed_and_not_counted(world, as_person):
    type_in(as_person(world.secretary), world)
    url = reverse("evaluations:paper_detail", args=[PaperSheet.objects.get().pk])
    blind = as_person(world.officer).get(url).content.decode()

    again(as_person(world.officer), overall__satisfied=9)

    assert "不一致的地方" not in blind
    assert "您满意吗 · 满意" in as_person(world.officer).get(url).content.decode()
    assert PaperSheet.objects.get().state == "differs"
    assert counts() == []
    again(as_person(world.officer))
    assert PaperSheet.objects.get().state == "counted"


def test_beginning_the_same_pile_meets_on_one_sheet(world, as_person):
    type_in(as_person(world.secretary), world)

    type_in(as_person(world.officer), world)

    assert PaperSheet.objects.get().state == "counted"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slips": 3}, "比张数多"),
        ({"overall__satisfied": "", "overall__unsatisfied": ""}, "各档都是 0"),
        ({"overall__satisfied": -1}, "大于或等于"),
        ({"overall__satisfied": 10**9}, "小于或等于"),
    ],
)
def test_wrong_figures_are_told_and_not_kept(world, as_person, change, said):
    page = type_in(as_person(world.secretary), world, **change)

    assert said in page.content.decode()
    assert not PaperEntry.objects.exists()


def test_the_windows_own_people_do_not_type(world, as_person):
    assert type_in(as_person(world.member), world).status_code == 403
    assert type_in(as_person(world.secretary2), world).status_code == 404


def test_paper_about_a_person_goes_into_the_panel(world, as_person):
    poll = open_poll(world, "panel")
    poll.refresh_from_db()
    url = reverse("evaluations:paper_poll", args=[poll.pk])
    data = {
        "name": "民主评议表", "pile": "1", "target": "1:deputies", "slips": 6,
        "promise__good": 6, "approval__good": 5,
    }  # fmt: skip
    for person in (world.officer, world.committee_member):
        as_person(person).post(url, data)

    assert PaperSheet.objects.get().state == "counted"
    found = PollCount.objects.order_by("question").values_list("position", "question", "count")
    assert list(found) == [(0, "", 6), (1, "approval", 5), (1, "promise", 6)]
    assert poll.closes_on > today() + timedelta(days=1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(world, as_person, django_assert_max_num_queries, count):
    for number in range(count):
        type_in(as_person(world.secretary), world, pile=str(number))
    with django_assert_max_num_queries(24):
        as_person(world.officer).get(reverse("evaluations:paper_list"))
