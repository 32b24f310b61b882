"""A small county that every room's tests can use: the fixture `world`.

县直机关党委 (committee)
├── 第一支部 (north)  书记 secretary, 党员 member, member2 … (8 people, one of them non-member staff), 1号窗口
└── 第二支部 (south)  书记 secretary2, 6 members, 2号窗口
另一党委 (foreign)    another tree with a branch (far) of its own; nobody here may see into it

Roles over the whole of 县直机关党委: leader, committee_member, officer, inspector, and the three administrators.
One campaign of the committee with this quarter open and the last one closed; see tests/factories/document.py.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from branches.models import Organisation, Person, Window
from campaigns.models import Campaign, Period
from common.dates import quarter_dates, quarter_of
from tests.factories import (
    CampaignFactory,
    OrganisationFactory,
    PeriodFactory,
    PersonFactory,
    PostFactory,
    WindowFactory,
)
from tests.factories.branches import moment


@dataclass
class World:
    root: Organisation
    north: Organisation
    south: Organisation
    foreign: Organisation
    far: Organisation
    campaign: Campaign = None
    period: Period = None
    closed_period: Period = None
    window: Window = None
    window2: Window = None
    far_window: Window = None
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name):
        """`world.secretary` is the person under that name."""
        people = self.__dict__.get("people", {})
        if name in people:
            return Person.objects.get(
                pk=people[name].pk
            )  # rights are kept on the object: start fresh
        raise AttributeError(name)

    def members(self, organisation):
        """Who belongs to a branch, in the order of their names."""
        return list(
            Person.objects.filter(affiliations__organisation=organisation).order_by("username")
        )


def build_world():
    """Plain function, so that scripts may build it too."""
    world = World(**_organisations())
    _people_of_north(world)
    _people_of_south(world)
    _people_above(world)
    world.campaign = CampaignFactory(slug="world", name="岗位建功活动", organisation=world.root)
    world.period = PeriodFactory(campaign=world.campaign)
    last = quarter_dates(*quarter_of(world.period.starts_on - timedelta(days=1)))
    world.closed_period = PeriodFactory(
        campaign=world.campaign,
        starts_on=last[0],
        ends_on=last[1],
        state=Period.State.CLOSED,
        closed_at=moment(last[1]),
    )
    return world


def _organisations():
    root = OrganisationFactory(name="县直机关党委", code="ROOT", kind="committee")
    foreign = OrganisationFactory(name="另一党委", code="FOREIGN", kind="committee")
    return {
        "root": root,
        "foreign": foreign,
        "north": OrganisationFactory(parent=root, name="第一支部", code="NORTH"),
        "south": OrganisationFactory(parent=root, name="第二支部", code="SOUTH"),
        "far": OrganisationFactory(parent=foreign, name="远方支部", code="FAR"),
    }


def _person(world, key, name, organisation, **extra):
    world.people[key] = PersonFactory(username=key, name=name, organisation=organisation, **extra)


def _people_of_north(world):
    north = world.north
    _person(world, "secretary", "周书记", north, role="secretary")
    for key, name in [
        ("member", "钱一"),
        ("member2", "孙二"),
        ("member3", "李三"),
        ("member4", "周四"),
        ("member5", "吴五"),
        ("member6", "郑六"),
    ]:
        _person(world, key, name, north)
    _person(world, "staff", "王群众", north, political_status=Person.Political.MASSES)
    world.window = WindowFactory(organisation=north, name="婚姻登记窗口", code="NORTH2")
    PostFactory(person=world.people["member"], organisation=north, window=world.window)


def _people_of_south(world):
    south = world.south
    _person(world, "secretary2", "冯书记", south, role="secretary")
    for number in range(1, 6):
        _person(world, f"neighbour{number}", f"陈邻{number}", south)
    world.window2 = WindowFactory(organisation=south, name="企业登记窗口", code="SOUTH2")
    PostFactory(person=world.people["neighbour1"], organisation=south, window=world.window2)


def _people_above(world):
    for key, name, kind in [
        ("leader", "褚局长", "leader"),
        ("committee_member", "卫委员", "committee"),
        ("officer", "蒋干事", "office"),
        ("inspector", "沈督查", "inspector"),
        ("system_admin", "韩系统", "system_admin"),
        ("security_admin", "杨安全", "security_admin"),
        ("audit_admin", "朱审计", "audit_admin"),
    ]:
        _person(world, key, name, world.root, role=kind)
    _person(world, "stranger", "远方人", world.far)
    _person(world, "far_secretary", "远书记", world.far, role="secretary")
    world.far_window = WindowFactory(organisation=world.far, name="远方窗口", code="FARFAR")


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def as_person(client):
    """`as_person(world.secretary).get(url)`: the test client, signed in."""

    def sign_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
