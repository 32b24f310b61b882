"""S04: nobody thrice while others never; the rule and the seed are enough to repeat it."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from supervision.actions.inspections import draw_by_lot
from supervision.models import Draw, Inspection
from tests.factories import WindowFactory


def draw(world, **changes):
    asked = {"subject": "window", "count": 1, "by": world.inspector, "at": timezone.now()}
    return draw_by_lot(world.period, **asked | changes)


def test_after_many_draws_nobody_was_drawn_twice_more_than_another(world):
    for _ in range(5):
        WindowFactory(organisation=world.north)
    times = {}

    for _ in range(9):
        for number, *_ in draw(world, count=3).drawn:
            times[number] = times.get(number, 0) + 1
        assert len(times) <= 7
        assert max(times.values()) - (min(times.values()) if len(times) == 7 else 0) <= 1


def test_people_are_drawn_too_and_anybody_can_repeat_it(world, as_person):
    chosen = draw(world, subject="person", count=2)

    expected = sorted(
        chosen.pool,
        key=lambda one: (one[2], hashlib.sha256(f"{chosen.seed}:{one[0]}".encode()).hexdigest()),
    )[:2]
    assert chosen.drawn == expected
    page = as_person(world.member).get(reverse("supervision:draw_detail", args=[chosen.pk]))
    assertContains(page, chosen.seed)
    assertContains(page, "此前抽中")


def test_an_old_draw_by_lot_alone_still_opens(world, as_person):
    old = Draw.objects.create(
        campaign=world.campaign,
        period=world.period,
        seed="00",
        pool=[[world.window.pk, "一号窗口"]],
        count=1,
        drawn_at=timezone.now(),
        drawn_by=world.inspector,
    )

    page = as_person(world.member).get(reverse("supervision:draw_detail", args=[old.pk]))

    assertContains(page, "一号窗口")
    assert "此前抽中" not in page.content.decode()


@pytest.mark.parametrize(("subject", "said"), [("window", "2 个窗口"), ("person", "名人员")])
def test_more_than_there_are(world, as_person, subject, said):
    page = as_person(world.inspector).post(
        reverse("supervision:draw_add"), {"subject": subject, "count": 99}
    )

    assertContains(page, said)
    assertContains(page, "请改小数量")
    assert not Draw.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_page_asks_the_same_number_of_questions(
    world, as_person, django_assert_max_num_queries, count
):
    for _ in range(count):
        WindowFactory(organisation=world.north)
    draw(world)
    client = as_person(world.inspector)
    client.get(reverse("supervision:inspection_plan"))

    with django_assert_max_num_queries(16):
        page = client.get(reverse("supervision:inspection_plan"))

    assertContains(page, f"共 {count + 2} 条")
    assert not Inspection.objects.exists()
