"""What stands on a window's public page passes the publishing gate."""

import pytest
from django.urls import reverse

from branches.models import Window


@pytest.mark.parametrize("field", ["name", "number", "place"])
def test_a_window_shows_no_private_number(world, as_person, field):
    url = reverse("branches:window_edit", args=[world.window.pk])

    page = as_person(world.secretary).post(url, {"name": "新窗口"} | {field: "打13812345678"})

    assert "手机号138…78" in page.content.decode()
    assert Window.objects.get(pk=world.window.pk).name == "婚姻登记窗口"


def test_a_motto_shows_no_hidden_sign(world, as_person):
    page = as_person(world.member).post(reverse("branches:me_edit"), {"motto": "为\u202e民"})

    assert "控制符" in page.content.decode()
    world.member.refresh_from_db()
    assert world.member.motto == ""
