"""Names of 300 characters are told, kept in the form and not stored; rare ones are (issue 4, L04)."""

import pytest
from django.urls import reverse

from branches.models import Person, Window

LONG = "长" * 300
RARE = "龚䶮𠮷"


@pytest.mark.parametrize(
    ("name", "model"), [("branches:person_add", Person), ("branches:window_add", Window)]
)
def test_a_name_of_300_characters_is_told_and_kept_in_the_form(world, as_person, name, model):
    before = model.objects.count()

    page = as_person(world.committee_member).post(
        reverse(name, args=[world.north.pk]), {"name": LONG}
    )

    assert page.status_code == 200
    assert "name" in page.context["form"].errors
    assert "最多" in str(page.context["form"].errors["name"])
    assert LONG in page.content.decode()
    assert model.objects.count() == before


def test_a_window_is_named_with_rare_characters_and_pictures(world, as_person):
    url = reverse("branches:window_edit", args=[world.window.pk])
    client = as_person(world.committee_member)
    data = {key: value or "" for key, value in client.get(url).context["form"].initial.items()}

    client.post(url, data | {"name": f"{RARE}窗口👍🏽"})

    assert Window.objects.get(pk=world.window.pk).name == f"{RARE}窗口👍🏽"
