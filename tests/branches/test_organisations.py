"""add, rename, move, dissolve; and that scope follows the tree at once (A3)."""

from datetime import date

import pytest
from django.urls import reverse

from branches import actions
from branches.models import Organisation
from common.models import AuditEvent
from tests.factories import OrganisationFactory
from tests.factories.branches import moment

AT = moment()


def add(parent, by, code, kind="branch"):
    return actions.add_organisation(
        parent=parent, by=by, at=AT, name=f"支部{code}", code=code, kind=kind
    )


def test_children_of_a_stale_parent_object_get_places_of_their_own(world):
    stale = world.root

    made = [add(stale, world.officer, f"N{n}") for n in range(5)]

    assert len({organisation.path for organisation in made}) == 5
    assert Organisation.objects.get(pk=stale.pk).numchild == 7
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_renaming_says_what_the_name_was(world):
    actions.update_organisation(world.north, by=world.officer, at=AT, name="红旗支部")

    event = AuditEvent.objects.get()
    assert (event.object_label, event.detail) == ("红旗支部", {"before": {"name": "第一支部"}})


def test_a_moved_branch_is_gone_from_the_old_superior_in_the_same_session(world, as_person):
    other = OrganisationFactory(name="新党委", code="OTHER", kind="committee")
    client = as_person(world.leader)
    url = reverse("branches:organisation_detail", args=[world.north.pk])
    assert client.get(url).status_code == 200

    actions.move_organisation(world.north, parent=other, by=world.officer, at=AT)

    assert client.get(url).status_code == 404
    assert client.get(reverse("branches:person_detail", args=[world.member.pk])).status_code == 404


def test_nothing_is_moved_below_itself(world):
    group = add(world.north, world.officer, "G1", kind="group")

    with pytest.raises(actions.OrganisationRefused, match="不能移到自己或自己的下级之下"):
        actions.move_organisation(world.north, parent=group, by=world.officer, at=AT)


def test_a_branch_with_people_and_windows_is_not_dissolved(world):
    with pytest.raises(actions.OrganisationRefused, match="还有8 个人、1 个窗口"):
        actions.dissolve_organisation(world.north, on=date(2026, 1, 5), by=world.officer, at=AT)


def test_an_empty_branch_is_dissolved_and_stays_as_a_row(world):
    empty = add(world.root, world.officer, "EMPTY")

    actions.dissolve_organisation(empty, on=date(2026, 1, 5), by=world.officer, at=AT)

    empty.refresh_from_db()
    assert empty.dissolved_on == date(2026, 1, 5)
    with pytest.raises(actions.OrganisationRefused, match="已撤销"):
        add(empty, world.officer, "BELOW")


@pytest.mark.parametrize("branch_count", [1, 3])
def test_tree_and_branch_pages_ask_the_database_equally_often(
    world, as_person, branch_count, django_assert_num_queries
):
    for number in range(branch_count):
        add(world.root, world.officer, f"Q{number}")
    client = as_person(world.officer)
    client.get("/healthz")

    with django_assert_num_queries(TREE_QUERIES):
        client.get(reverse("branches:organisation_list"))
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(reverse("branches:organisation_detail", args=[world.root.pk]))


TREE_QUERIES = 8
DETAIL_QUERIES = 27  # thirteen of them: what there is about the organisation
