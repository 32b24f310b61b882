"""T13, B12, B15, B19: what is published leaves every hidden figure open, also for who knows how it is made.

The solver is exact: it tries everything that could have been answered, publishes it as the portal
does, and keeps what looks the same. A hidden cell is given away when only one value is left of it.
"""

import random
from functools import cache
from itertools import product
from types import SimpleNamespace

import pytest
from django.utils import timezone

from evaluations.actions import counting
from evaluations.actions.paper import Rating
from evaluations.actions.ratings import add_ratings
from evaluations.models import PeerTally, Sheet, SheetLevel, SheetQuestion
from evaluations.queries import results
from pledges.models import PublishedFigure
from supervision.actions import rollups
from supervision.actions.rollups import refresh_rollups
from tests.factories import WindowFactory

SEED, TREES, LEAST = 20261122, 1000, 5
LEVELS = tuple(
    SheetLevel(key, name, value)
    for key, name, value in [
        ("a", "优", "95"),
        ("b", "良", "80"),
        ("c", "中", "65"),
        ("d", "差", "40"),
    ]
)
SHEET = Sheet("表", (SheetQuestion("duty", "履职", LEVELS),))
ROUND = SimpleNamespace(sheet=SHEET, is_closed=True)
CELLS = len(LEVELS)


def ballots_about(histogram):
    """One ballot for each answer about the person at position 0."""
    chosen = [level for level, count in enumerate(histogram, 1) for _ in range(count)]
    return [{0: Rating((level,))} for level in chosen]


@cache
def published(histogram):
    """What page, own data and printed form tell: all of them draw `results.of_tallies`."""
    tallies = [
        PeerTally(
            question=line.question, shown=line.shown, grade=line.grade,
            **{f"level_{number}": count for number, count in enumerate(line.counts, 1)},
        )
        for line in counting.tally(SHEET, ballots_about(histogram), rated=[0])
    ]  # fmt: skip
    return results.of_tallies(ROUND, tallies, own=dict)


@cache
def answers_of(people):
    """Every histogram of so many answers."""
    return [cells for cells in product(range(people + 1), repeat=CELLS) if sum(cells) == people]


@cache
def given_away(histogram):
    """Hidden cells that the published result leaves one value only; what nobody said is nobody's answer."""
    told = published(histogram)
    alike = [other for other in answers_of(sum(histogram)) if published(other) == told]
    assert histogram in alike
    left = {cell: {other[cell] for other in alike} for cell in hidden_cells(told)}
    return [cell for cell, values in left.items() if len(values) == 1 and values != {0}]


def hidden_cells(told):
    """Cells without a bar of their own."""
    names = {bar.name for question in told.questions for bar in question.bars}
    return [at for at, level in enumerate(LEVELS) if level.name not in names]


@pytest.fixture(autouse=True)
def _fresh():
    for kept in (published, given_away):
        kept.cache_clear()


@pytest.mark.parametrize("people", range(2, 9))
def test_every_turnout_of_two_to_eight_leaves_each_hidden_cell_open(people):
    """T13: each number of others who may have voted, each way they may have answered."""
    tried = 0
    for turnout in product([False, True], repeat=people):
        for rated in range(people):
            others = sum(turnout) - turnout[rated]
            for histogram in answers_of(others) if others else ():
                tried += 1
                assert given_away(histogram) == [], histogram
                assert others >= LEAST or not published(histogram).questions
    print(f"{people} people: {tried} results")  # noqa: T201


@pytest.mark.parametrize("people", range(LEAST, 9))
def test_a_unanimous_result_may_have_been_two_things(people):
    """B13: the bar that all share has a second name."""
    for level in range(CELLS):
        histogram = tuple(people if at == level else 0 for at in range(CELLS))
        alike = [other for other in answers_of(people) if published(other) == published(histogram)]
        assert len(alike) == 2


def test_no_round_of_a_thousand_trees_gives_a_hidden_cell_away():
    """Random branches, turnouts and joiners, two periods one after the other, more alike than life."""
    dice, cells = random.Random(SEED), 0
    for _ in range(TREES):
        for _branch in range(dice.randint(1, 4)):
            people = dice.randint(6, 14)
            for now in (people, people + dice.randint(0, 2)):
                habit = dice.choice([(1, 0, 0, 0), (0, 1, 0, 0), (1, 6, 1, 0), (1, 1, 1, 1)])
                others = dice.randint(0, min(now - 1, 9))
                levels = dice.choices(range(CELLS), habit, k=others)
                histogram = tuple(levels.count(level) for level in range(CELLS))
                cells += CELLS
                assert not others or given_away(histogram) == [], histogram
    assert cells > 4 * TREES * CELLS


# -- windows and their branch


def board(windows):
    """What the boards of a branch tell: {window: (n, satisfied or None)} and the sum beside it."""
    parts = rollups.shown_parts(dict(enumerate(windows)), LEAST)
    own = [(n, satisfied if n >= LEAST else None) for satisfied, n in windows]
    total = tuple(map(sum, zip((0, 0), *parts, strict=True)))
    return own, total if total[1] >= LEAST else None


def windows_given_away(windows):
    """Hidden windows whose number of satisfied is the only one that fits what the boards tell."""
    hidden = [at for at, (_, n) in enumerate(windows) if 0 < n < LEAST]
    told, left = board(windows), {at: set() for at in hidden}
    for guess in product(*(range(windows[at][1] + 1) for at in hidden)):
        tried = list(windows)
        for at, satisfied in zip(hidden, guess, strict=True):
            tried[at] = satisfied, windows[at][1]
        if board(tried) == told:
            for at, satisfied in zip(hidden, guess, strict=True):
                left[at].add(satisfied)
    return [at for at in hidden if len(left[at]) == 1]


def test_no_tree_of_a_thousand_gives_a_hidden_window_away():
    """Branches of one to five windows, some with few answers, some where all were satisfied."""
    dice, hidden = random.Random(SEED), 0
    for _ in range(TREES):
        for _branch in range(dice.randint(1, 4)):
            windows = []
            for _window in range(dice.randint(1, 5)):
                n = dice.choice([0, 1, 2, 3, 4, 5, 7, 40])
                windows.append((dice.choice([0, n, dice.randint(0, n)]), n))
            hidden += sum(0 < n < LEAST for _, n in windows)
            assert windows_given_away(windows) == [], windows
    assert hidden > TREES


def rated(world, window, level, count):
    day = world.period.starts_on
    add_ratings(world.campaign, window, "qr", [("overall", level, count)], day)


def figures(world):
    refresh_rollups(world.period, at=timezone.now())
    rows = PublishedFigure.objects.filter(period=world.period).select_related("window")
    return {row.window and row.window.pk: (row.value, row.n) for row in rows}


def test_a_hidden_window_does_not_follow_from_its_branch(world):
    small = WindowFactory(organisation=world.north, name="少人窗口")
    rated(world, world.window, "satisfied", 40)
    rated(world, world.window, "unsatisfied", 10)
    rated(world, small, "unsatisfied", 3)

    told = figures(world)

    assert told[world.window.pk] == ("80.00%", 50)
    assert told[small.pk] == ("", 3)
    assert told[None] == ("80.00%", 50)


def test_a_board_does_not_move_with_each_visitor(world):
    """B19: who stands beside and reloads the board does not read the last visitor's answer."""
    rated(world, world.window, "satisfied", 20)
    seen = [figures(world)]
    for number in range(12):
        rated(world, world.window, "unsatisfied" if number % 5 == 0 else "very_satisfied", 1)
        seen.append(figures(world))

    steps = [one[world.window.pk][1] for one in seen]
    assert steps == [20] * 5 + [25] * 5 + [30] * 3
    assert [one[None] for one in seen] == [one[world.window.pk] for one in seen]


def test_at_the_end_of_the_period_the_board_tells_all(world):
    rated(world, world.window, "satisfied", 20)
    figures(world)
    rated(world, world.window, "unsatisfied", 1)
    world.period.state, world.period.closed_at = "closed", timezone.now()
    world.period.save()

    assert figures(world)[world.window.pk] == ("95.24%", 21)


# -- one ballot's answers


def test_nothing_tells_which_answers_came_from_one_ballot():
    """B15: exchange what two voters said about the same person, and not a byte of the result changes."""
    dice = random.Random(SEED)
    for _ in range(50):
        people = dice.randint(6, 9)
        ballots = [
            {
                at: None
                if at == voter
                else Rating((dice.randint(1, 4),), (), f"留言{dice.random()}")
                for at in range(people)
            }
            for voter in range(people)
        ]
        before = result(ballots, people)
        for at in range(people):
            said = [one[at] for one in ballots if one[at] is not None]
            dice.shuffle(said)
            for one in ballots:
                one[at] = one[at] and said.pop()

        assert result(ballots, people) == before


def result(ballots, people):
    lines = counting.tally(SHEET, ballots, rated=range(people))
    remarks = counting.comments(SHEET, ballots, rated=range(people))
    return counting.result_hash(lines, remarks), [one.id_in(1) for one in remarks]
