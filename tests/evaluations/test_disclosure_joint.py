"""B12, B13, P10: joint and named rounds in the exact solver of test_disclosure.py.

Several branches on one roll: besides each person's page there is the published sum of all. The reader of the first
tests sees every page of the round (the committee does); hidden from him is which of two levels a small unanimous
page means. In a round by name the reader is a colleague: he knows what he wrote, his own page and what is published.
"""

import random
from itertools import product

import pytest
from django.utils import timezone

from common.models import AuditEvent
from evaluations.actions.close import close_round
from evaluations.actions.rounds import open_joint_round
from evaluations.queries import bulletins, rolls
from tests.evaluations.ballots import A_WEEK, opened, vote, voters
from tests.evaluations.test_disclosure import (
    CELLS,
    SEED,
    SHEET,
    TREES,
    answers_of,
    given_away,
    published,
)
from tests.factories import OrganisationFactory, PersonFactory

LEAST = 5
QUESTION = SHEET.scale_questions[0]
HABITS = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 1), (1, 6, 1, 0), (1, 1, 1, 1)]


@pytest.fixture(autouse=True)
def _fresh():
    for kept in (published, given_away):
        kept.cache_clear()


def joint_round(dice):
    """{person: histogram} of two to four small branches on one roll, some of whom did not vote."""
    people = sum(dice.randint(2, 5) for _ in range(dice.randint(2, 4)))
    if people < 6:
        people = 6
    turnout = [dice.random() < 0.9 for _ in range(people)]
    told = []
    for person in range(people):
        answers = sum(turnout) - turnout[person]
        levels = dice.choices(range(CELLS), dice.choice(HABITS), k=answers)
        told.append(tuple(levels.count(level) for level in range(CELLS)))
    return told


def published_sum(histograms):
    """What hangs on the board of this round."""
    big_enough = [list(one) for one in histograms if sum(one) >= LEAST]
    return bulletins.sum_of_all(QUESTION, big_enough, LEAST)


def alike(histogram):
    """What the same page may also have meant."""
    page = published(histogram)
    return [other for other in answers_of(sum(histogram)) if published(other) == page]


def told_by_the_sum(histograms):
    """People whose page leaves several meanings, of which the published sum leaves one."""
    meanings = [alike(one) if LEAST <= sum(one) <= 9 else [one] for one in histograms]
    unsure = [at for at, found in enumerate(meanings) if len(found) > 1]
    board, left = published_sum(histograms), {at: set() for at in unsure}
    for guess in product(*(meanings[at] for at in unsure)):
        tried = list(histograms)
        for at, meant in zip(unsure, guess, strict=True):
            tried[at] = meant
        if published_sum(tried) == board:
            for at in unsure:
                left[at].add(tried[at])
        if all(len(found) > 1 for found in left.values()):
            return []
    return [at for at, found in left.items() if len(found) == 1]


def test_no_joint_round_of_a_thousand_trees_gives_a_merged_level_away():
    dice, merged = random.Random(SEED), 0
    for _ in range(TREES):
        for _joint in range(dice.randint(1, 2)):
            histograms = joint_round(dice)
            for one in histograms:
                if 0 < sum(one) <= 9:
                    assert given_away(one) == [], one
            merged += sum(LEAST <= sum(one) <= 9 and max(one) == sum(one) for one in histograms)
            assert told_by_the_sum(histograms) == [], histograms
    assert merged > TREES


def test_the_sum_tells_what_the_pages_tell_and_no_more(world):
    """The same through the database: two branches, and one of them all gave 优秀 to."""
    small = []
    for name in ("东", "西"):
        small.append(OrganisationFactory(parent=world.root, name=name))
        for number in range(4):
            PersonFactory(organisation=small[-1], name=f"{name}{number}")
    at = timezone.now()
    round = open_joint_round(
        world.period, small, closes_at=at + A_WEEK, by=world.committee_member, at=at
    )
    for turn, person in enumerate(voters(round)):
        vote(round, person, levels=2 + turn % 2, p0=1)
    close_round(round, by=None, at=at)

    round.refresh_from_db()
    row = bulletins._round(round, rolls.peer_item(world.period.plan), LEAST)

    assert row["subject"] == "东、西"
    assert sum(count for _, count in row["bars"]) == 7 * 7  # eight people less the one all agree on
    assert AuditEvent.objects.filter(verb="互评计票").exists()


# -- by name


def named_answers(dice, people):
    """{(who, about whom): level}: more alike than life, often but for one who differs from all."""
    habit = dice.choice(HABITS)
    pairs = [(one, other) for one in range(people) for other in range(people) if one != other]
    answers = {pair: dice.choices(range(CELLS), habit)[0] for pair in pairs}
    if dice.random() < 0.3:
        usual, other = dice.sample(range(CELLS), 2)
        answers = {pair: other if pair[0] == 0 else usual for pair in pairs}
        answers[1, 0] = other
    return answers


def what_is_published(round, answers, people):
    """The bars of a round by name as they would hang, or None."""
    if not round.is_sealed:
        return None
    histograms = [
        [sum(answers[one, other] == level for one in range(people) if one != other) for level in range(CELLS)]
        for other in range(people)
    ]  # fmt: skip
    return bulletins.sum_of_all(QUESTION, histograms, LEAST)


def read_by(reader, round, answers, people):
    """Answers of others about others that only one set of levels fits: what he knows subtracted from the board."""
    board = what_is_published(round, answers, people)
    hidden = {pair: level for pair, level in answers.items() if reader not in pair}
    if board is None or not hidden:
        return False
    counts = {bar.name: bar.count for bar in board}
    for pair, level in answers.items():
        if reader in pair:
            name = QUESTION.levels[level].name
            counts[name] = counts.get(name, 0) - 1
    return sum(count > 0 for count in counts.values()) == 1  # all the rest in one level


def test_what_is_published_of_a_named_round_tells_a_colleague_nothing(world):
    """In a thousand branches of three to five, nobody reads the others' signed sheets off the board."""
    small = OrganisationFactory(parent=world.root, name="小")
    for _ in range(5):
        PersonFactory(organisation=small)
    round = opened(world, small, form="named", by=world.committee_member)
    dice = random.Random(SEED)
    for _ in range(TREES):
        people = dice.randint(3, 5)
        answers = named_answers(dice, people)
        for reader in range(people):
            assert not read_by(reader, round, answers, people), answers


def test_of_a_named_round_the_turnout_is_published(world):
    small = OrganisationFactory(parent=world.root, name="小")
    for _ in range(5):
        PersonFactory(organisation=small)
    round = opened(world, small, form="named", by=world.committee_member)
    round.ballots_counted = 5

    row = bulletins._round(round, rolls.peer_item(world.period.plan), LEAST)

    assert (row["n"], row["note"]) == (5, bulletins.FEW_PEOPLE)
    assert "bars" not in row
