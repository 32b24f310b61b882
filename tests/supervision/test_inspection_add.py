"""S01, S04, Z05: inspections with a draw that anybody can repeat."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.models import Notice
from supervision.models import Draw, Inspection
from tests.factories import DutyFactory

ADD = "supervision:inspection_add"


def filled(world, **changes):
    return {
        "method": "spot_check",
        "target": f"window:{world.window.pk}",
        "found": "工作牌佩戴齐全",
        "problem": "",
        "demand": "",
        **changes,
    }


def method_of(client):
    return client.get(reverse(ADD)).context["form"].fields["method"].choices[0][0]


def test_inspector_records_a_visit_and_his_duty_is_done(world, as_person):
    duty = DutyFactory(
        period=world.period, organisation=world.root, assignee=world.inspector, act="inspect"
    )
    client = as_person(world.inspector)

    client.post(reverse(ADD), filled(world, method=method_of(client)))

    duty.refresh_from_db()
    assert Inspection.objects.get().window == world.window
    assert duty.done_by == world.inspector


def test_a_problem_asks_for_a_demand_and_tells_the_secretary(world, as_person):
    client = as_person(world.inspector)
    method = method_of(client)
    due = timezone.localdate() + timedelta(days=10)

    bare = client.post(reverse(ADD), filled(world, method=method, problem="公示栏过期"))
    client.post(
        reverse(ADD),
        filled(
            world,
            method=method,
            problem="公示栏过期",
            demand="三日内更新",
            demand_due_on=due.isoformat(),
        ),
    )

    assert "整改要求" in bare.content.decode()
    assert Inspection.objects.get().demand_due_on == due
    assert Notice.objects.get().recipient == world.secretary


def test_deadline_in_the_past_is_refused(world, as_person):
    client = as_person(world.inspector)

    page = client.post(
        reverse(ADD),
        filled(
            world,
            method=method_of(client),
            problem="有问题",
            demand="改",
            demand_due_on="2020-01-01",
        ),
    )

    assert "不能早于今天" in page.content.decode()
    assert not Inspection.objects.exists()


def test_draw_is_repeatable_by_anyone(world, as_person):
    client = as_person(world.inspector)

    client.post(reverse("supervision:draw_add"), {"count": 1})

    draw = Draw.objects.get()
    keys = {
        number: hashlib.sha256(f"{draw.seed}:{number}".encode()).hexdigest()
        for number, _, _ in draw.pool
    }
    assert draw.drawn[0][0] == min(keys, key=keys.get)
    page = client.get(reverse("supervision:draw_detail", args=[draw.pk])).content.decode()
    assert draw.seed in page


def test_more_than_there_are_cannot_be_drawn(world, as_person):
    page = as_person(world.inspector).post(reverse("supervision:draw_add"), {"count": 50})

    assert "一共只有 2 个窗口" in page.content.decode()
    assert not Draw.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("secretary", 403)])
def test_who_is_refused(world, as_person, who, status):
    assert as_person(getattr(world, who)).get(reverse(ADD)).status_code == status
