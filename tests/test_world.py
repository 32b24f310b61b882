import pytest

from branches.models import Organisation, Person
from campaigns.models.document import SchemeDocument, problems_of
from tests import factories
from tests.factories.document import plan


def test_the_small_plan_is_a_sound_scheme():
    assert problems_of(SchemeDocument.model_validate(plan())) == []


@pytest.mark.parametrize("name", factories.__all__)
def test_every_factory_makes_a_row(db, name):
    if name == "PASSWORD":
        return

    made = getattr(factories, name)()

    assert made.pk


def test_two_children_of_a_stale_parent_get_their_own_places(db):
    root = factories.OrganisationFactory(kind="committee")

    first = factories.OrganisationFactory(parent=root)
    second = factories.OrganisationFactory(parent=root)

    assert (first.path, second.path) == (root.path + "0001", root.path + "0002")
    assert Organisation.objects.get(pk=root.pk).numchild == 2


def test_world_has_two_branches_and_a_foreign_tree(world):
    assert len(world.members(world.north)) == 8
    assert len(world.members(world.south)) == 6
    assert not world.far.path.startswith(world.root.path)


def test_a_member_sees_his_branch_and_a_leader_the_tree(world):
    def seen(person):
        return set(Person.objects.visible_to(person).values_list("username", flat=True))

    north = {person.username for person in world.members(world.north)}
    south = {person.username for person in world.members(world.south)}

    assert seen(world.member) == north
    assert seen(world.secretary) == north
    assert seen(world.leader) >= north | south
    assert seen(world.system_admin) == {"system_admin"}
    assert not seen(world.leader) & {"stranger", "far_secretary"}


def test_a_role_that_ended_yesterday_opens_nothing_today(world, time_machine):
    role = world.leader.roles.get()
    role.ends_on = role.starts_on
    role.save()

    assert list(Organisation.objects.visible_to(world.leader)) == []
