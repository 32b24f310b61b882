import stat
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.models import AuditEvent, Notice
from evaluations.actions import round_keys, rounds
from evaluations.models import RollEntry, Round
from tests.evaluations.ballots import opened
from tests.factories import OrganisationFactory, PersonFactory


def url(world):
    return reverse("evaluations:round_open", args=[world.period.pk])


def tomorrow():
    return f"{timezone.localtime() + timedelta(days=3):%Y-%m-%dT%H:%M}"


def test_roll_is_frozen_and_shuffled(world):
    round = opened(world)

    entries = list(round.roll.order_by("position").select_related("person"))
    assert [entry.position for entry in entries] == list(range(8))
    assert {entry.person for entry in entries} == set(world.members(world.north))
    assert round.roll_size == round.voter_count == 8
    assert bytes(round.marks) == b"\x00"


def test_positions_do_not_follow_any_order_of_people(world, monkeypatch):
    """Twenty openings give more than one order (the chance of a false alarm is 1 in 8!^19)."""
    orders = set()
    for _ in range(20):
        round = opened(world)
        orders.add(tuple(round.roll.order_by("position").values_list("person", flat=True)))
        round.roll.all().delete()
        round.delete()

    assert len(orders) > 1


def test_joining_later_does_not_change_the_roll(world):
    round = opened(world)

    PersonFactory(organisation=world.north)

    assert round.roll.count() == 8


def test_nobody_adds_a_puppet_to_an_open_round(world, as_person):
    """B17: who came after the opening has no ballot and is not on the roll that everybody sees."""
    round = opened(world)
    puppet = PersonFactory(organisation=world.north, name="补进来的人")
    ballot = reverse("evaluations:peer_ballot", args=[round.pk])

    assert as_person(puppet).get(ballot).status_code == 404
    assert as_person(puppet).post(ballot, {}).status_code == 404

    roll = as_person(world.member).get(reverse("evaluations:round_detail", args=[round.pk]))
    page = roll.content.decode()
    assert all(entry.person.name in page for entry in round.roll.select_related("person"))
    assert puppet.name not in page
    assert (round.roll.count(), round.roll_size, round.voter_count) == (8, 8, 8)


def test_key_file_is_private_and_not_in_the_database(world, keys_folder):
    round = opened(world)

    (file,) = keys_folder.iterdir()
    assert file.name == f"{round.key_fingerprint}.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    private = file.read_bytes()
    assert len(private) == 32
    stored = repr([*Round.objects.values(), *AuditEvent.objects.values()]).encode()
    assert private not in stored
    assert repr(private).encode() not in stored


def test_opening_tells_the_voters_once_and_is_audited(world):
    round = opened(world)

    assert Notice.objects.filter(event=f"round-opened:{round.pk}").count() == 8
    assert AuditEvent.objects.filter(verb="开启互评", object_id=str(round.pk)).count() == 1


def test_small_branch_is_told_what_else_it_can_do(world):
    tiny = OrganisationFactory(parent=world.root, name="小支部")
    for _ in range(5):
        PersonFactory(organisation=tiny)

    with pytest.raises(rounds.RoundRefused) as refusal:
        opened(world, tiny)

    for words in ("5 人", "联合互评", "记名互评", "纸质测评"):
        assert words in str(refusal.value)
    assert not Round.objects.exists()


@pytest.mark.parametrize("people", range(2, 9))
def test_refused_below_k_plus_one(world, people):
    branch = OrganisationFactory(parent=world.root)
    for _ in range(people):
        PersonFactory(organisation=branch)

    if people >= 6:
        assert opened(world, branch).roll_size == people
    else:
        with pytest.raises(rounds.RoundRefused):
            opened(world, branch)


def test_deadline_is_a_day_away_at_least(world):
    with pytest.raises(rounds.RoundRefused, match="24 小时"):
        opened(world, closes_at=timezone.now() + timedelta(hours=23, minutes=59))


def test_once_per_branch_and_period_and_no_key_is_left_behind(world, keys_folder):
    opened(world)

    with pytest.raises(rounds.RoundRefused, match="已经开过互评"):
        opened(world)

    assert len(list(keys_folder.iterdir())) == 1


def test_nobody_is_on_two_rolls_of_a_period(world):
    """C12: moved to another branch after the opening, he has had his ballot."""
    round = opened(world)
    mover = round.roll.first().person
    mover.affiliations.update(organisation=world.south)

    with pytest.raises(rounds.RoundRefused, match="别的支部"):
        opened(world, world.south)

    assert RollEntry.objects.filter(person=mover).count() == 1


def test_key_of_an_opening_that_was_rolled_back_is_swept(world, keys_folder):
    public = round_keys.create()
    mark = round_keys.fingerprint(public)

    assert round_keys.orphans(set(), now=timezone.now()) == []
    assert round_keys.orphans(set(), now=timezone.now() + timedelta(hours=25)) == [mark]
    assert round_keys.orphans({mark}, now=timezone.now() + timedelta(hours=25)) == []


def test_committee_opens_many_at_once_from_the_page(world, as_person):
    client = as_person(world.committee_member)

    page = client.get(url(world)).content.decode()
    data = {"closes_at": tomorrow(), "organisations": [world.north.pk, world.south.pk]}
    response = client.post(url(world), data)

    assert "第一支部" in page
    assert "第二支部" in page
    assert response.status_code == 302
    assert Round.objects.count() == 2


def test_secretary_opens_only_his_own(world, as_person):
    client = as_person(world.secretary)

    page = client.get(url(world)).content.decode()
    response = client.post(url(world), {"closes_at": tomorrow(), "organisations": [world.south.pk]})

    assert "第二支部" not in page
    assert response.status_code == 200
    assert not Round.objects.exists()


def test_member_is_refused(world, as_person):
    assert as_person(world.member).get(url(world)).status_code == 403
