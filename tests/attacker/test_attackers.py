"""Anonymity A, B, C and the order of votes (T9 to T12). ATTACK_ROUNDS=200 for the long run.

Each property is shown twice: the attackers learn nothing from the product, and nearly everything
from the mutants; without the second the first would say nothing.
"""

import os
import random
from pathlib import Path
from statistics import mean

import pytest
from django.conf import settings
from django.utils import timezone

from evaluations.actions import ballots
from evaluations.actions.close import close_round
from evaluations.actions.paper import Rating
from evaluations.actions.rounds import open_round
from evaluations.actions.sweep import destroy_left_keys
from evaluations.models import PeerTally
from evaluations.queries.peer import paper_for
from tests.attacker import attackers, mutants
from tests.attacker.snapshots import Snapshot, raw_pages
from tests.dump import read_apart
from tests.evaluations.ballots import A_WEEK, past_deadline
from tests.factories import DutyFactory, OrganisationFactory, PersonFactory
from tests.world import build_world

pytestmark = pytest.mark.timeout(1800)
ROUNDS = int(os.environ.get("ATTACK_ROUNDS", "8"))
SIZES = (6, 8, 12, 20)
QUESTIONS = (0, 1)
STRONG, TOLERANCE = 0.95, 0.02


@pytest.fixture(autouse=True)
def keys_folder(settings, tmp_path):
    settings.ROUND_KEYS_DIR = tmp_path / "keys"
    settings.ROUND_KEYS_DIR.mkdir(mode=0o700)
    return settings.ROUND_KEYS_DIR


@pytest.fixture
def world(transactional_db):
    return build_world()


class Played:
    """One simulated round: snapshots after each vote, who voted in which order, what was voted."""

    def __init__(self, world, size, *, every_vote):
        branch = OrganisationFactory(parent=world.root)
        people = [PersonFactory(organisation=branch) for _ in range(size)]
        at = timezone.now()
        self.round = open_round(
            world.period, branch, closes_at=at + A_WEEK, by=world.officer, at=at
        )
        for person in people:
            DutyFactory(
                period=world.period, act="peer_ballot", assignee=person, organisation=branch
            )
        self.positions = dict(self.round.roll.values_list("person", "position"))
        self.rated = sorted(self.positions.values())
        self.truth, self.order = {}, []
        self.snapshots = [Snapshot.take(self.round)]
        random.shuffle(people)
        for person in people:
            self.vote(person)
            if every_vote:
                self.snapshots.append(Snapshot.take(self.round))
        self.snapshots.append(Snapshot.take(self.round)) if not every_vote else None

    def vote(self, person):
        paper = paper_for(person, self.round.pk)
        ballot = {position: Rating(random_levels()) for position in paper.positions}
        ballot[random.choice(paper.positions)] = Rating((1, 1))
        own = self.positions[person.pk]
        for position, rating in ballot.items():
            for question, level in enumerate(rating.levels):
                self.truth[own, position, question] = level
        self.order.append(own)
        ballots.cast_ballot(paper, ballot=ballot, by=person)

    def close(self, *, count=True):
        if count:
            close_round(past_deadline(self.round), by=None, at=timezone.now())
        keys = [question.key for question in self.round.sheet.scale_questions]
        return {
            (self.positions[tally.person_id], keys.index(tally.question)): tally.counts
            for tally in PeerTally.objects.filter(round=self.round).exclude(question="")
        }

    def by_position(self, found):
        """Guesses about persons and question keys, in positions and numbers."""
        keys = [question.key for question in self.round.sheet.scale_questions]
        return {
            (
                voter,
                self.positions[one] if isinstance(question, str) else one,
                keys.index(question) if isinstance(question, str) else question,
            ): level
            for (voter, one, question), level in found.items()
        }


def random_levels():
    return tuple(random.choices((2, 3, 4), (0.6, 0.3, 0.1), k=2))


def attack(world, *, every_vote, count=True):
    """(mean accuracy of the attackers together, mean of the baseline) over all rounds."""
    accuracies, baselines = [], []
    for number in range(ROUNDS):
        played = Played(world, SIZES[number % len(SIZES)], every_vote=every_vote)
        published = played.close(count=count)
        guess = attackers.baseline(published, played.order, played.rated, QUESTIONS)
        baselines.append(attackers.agreement(guess, played.truth))
        final = played.snapshots[-1]
        guess |= played.by_position(attackers.by_place(final, played.order, played.rated))
        guess |= played.by_position(attackers.by_content(final, played.rated))
        if every_vote:
            found = attackers.by_difference(played.snapshots, played.rated)
            guess |= played.by_position(found)
        accuracies.append(attackers.agreement(guess, played.truth))
    return mean(accuracies), mean(baselines)


@pytest.mark.parametrize("every_vote", [False, True], ids=["A-final-dump", "B-after-each-vote"])
def test_product_gives_the_attackers_nothing(world, every_vote):
    accuracy, base = attack(world, every_vote=every_vote)

    print(f"product: {accuracy:.3f}, baseline {base:.3f}, {ROUNDS} rounds")  # noqa: T201
    assert accuracy <= base + TOLERANCE


@pytest.mark.parametrize(
    ("mutant", "every_vote", "count"),
    [
        (mutants.plain_rows, False, True),
        (mutants.plain_rows, True, True),
        (mutants.counters, True, False),
    ],
    ids=["naive-A", "naive-B", "counters-B"],
)
def test_attackers_break_the_mutants(world, monkeypatch, mutant, every_vote, count):
    mutant(monkeypatch)

    accuracy, base = attack(world, every_vote=every_vote, count=count)

    print(f"{mutant.__name__}: {accuracy:.3f}, baseline {base:.3f}")  # noqa: T201
    assert accuracy >= STRONG
    assert accuracy > base + TOLERANCE


def order_accuracy(world):
    """Mean share of places in the order of votes that the final dump gives away, and its chance."""
    hits, chances = [], []
    for number in range(ROUNDS):
        played = Played(world, SIZES[number % len(SIZES)], every_vote=False)
        people = set(played.positions)
        person_at = {position: person for person, position in played.positions.items()}
        truth = [person_at[position] for position in played.order]
        suggested = attackers.voting_orders(played.snapshots[0], played.snapshots[-1], people)
        best = [
            mean(one == other for one, other in zip(order, truth, strict=True))
            for order in suggested
        ]
        hits.append(max(best, default=1 / len(people)))
        chances.append(1 / len(people))
    return mean(hits), mean(chances)


def test_order_of_votes_is_not_in_the_database(world):
    accuracy, chance = order_accuracy(world)

    assert accuracy <= chance + TOLERANCE


def test_order_attacker_finds_it_when_duties_are_marked_at_the_vote(world, monkeypatch):
    mutants.duty_done(monkeypatch)

    accuracy, _ = order_accuracy(world)

    assert accuracy >= STRONG


def test_after_the_close_no_file_on_disk_opens_a_kept_ballot(world, keys_folder):
    """Anonymity C (T11): the attacker kept every snapshot; the key is nowhere any more."""
    played = Played(world, 8, every_vote=False)
    boxes = [row["box"] for row in played.snapshots[-1].tables["evaluations_ballot"]]
    key = (keys_folder / f"{played.round.key_fingerprint}.key").read_bytes()

    played.close()
    destroy_left_keys(at=timezone.now())

    places = [*keys_folder.rglob("*"), *Path(settings.TEST_VAR).rglob("*")]
    on_disk = [read_apart(path) for path in places if path.is_file()]
    assert len(boxes) == 8
    assert not any(key in content for content in [*on_disk, raw_pages()])
    assert list(keys_folder.iterdir()) == []
