"""Attackers of reliability §4.4. Each returns what it believes: {(voter, rated, question): level}.

They know the code, the roll, the order in which people were seen to vote, and the published results.
They do not have the key of the round.
"""

import itertools
import json
import re
from collections import Counter

SHEETS = re.compile(
    rb'\[(?:null|\[\[[\d,]+\],\[[^\]]*\],"[^"]*"\])(?:,(?:null|\[\[[\d,]+\],\[[^\]]*\],"[^"]*"\]))+\]'
)


def baseline(published, voters, rated, questions):
    """The best that anybody can do from the result alone: the most frequent level of each person."""
    return {
        (voter, one, question): most_frequent(published.get((one, question), ()))
        for voter, one, question in itertools.product(voters, rated, questions)
        if voter != one
    }


def most_frequent(counts):
    return max(range(len(counts)), key=lambda at: counts[at]) + 1 if any(counts) else 2


def by_content(snapshot, rated):
    """Final dump and raw pages: readable ballots; the empty place is the voter's own."""
    found = {}
    for text in set(SHEETS.findall(snapshot.raw)) | readable_boxes(snapshot):
        found |= read_sheet(text, rated)
    return found


def readable_boxes(snapshot):
    boxes = [row["box"] for row in snapshot.tables["evaluations_ballot"]]
    return {text for box in boxes for text in SHEETS.findall(bytes(box))}


def read_sheet(text, rated, voter=None):
    try:
        rows = json.loads(text)
    except ValueError:
        return {}
    if len(rows) != len(rated):
        return {}
    own = rated[rows.index(None)] if None in rows else voter
    return {
        (own, position, question): level
        for position, row in zip(rated, rows, strict=True)
        if row is not None and own is not None
        for question, level in enumerate(row[0])
    }


def by_difference(snapshots, rated):
    """A snapshot after each vote: what is new belongs to whose mark is new."""
    found = {}
    for before, after in itertools.pairwise(snapshots):
        (voter,) = after.marks - before.marks
        news = set(SHEETS.findall(after.raw)) - set(SHEETS.findall(before.raw))
        for text in news:
            found |= read_sheet(text, rated, voter)
        found |= counter_steps(before, after, voter)
    return found


def counter_steps(before, after, voter):
    """Counters that went up by one between two snapshots."""
    old = {row["id"]: row for row in before.tables["evaluations_peertally"]}
    found = {}
    for row in after.tables["evaluations_peertally"]:
        for level in range(1, 9):
            was = old.get(row["id"], {}).get(f"level_{level}", 0)
            if row[f"level_{level}"] == was + 1:
                found[voter, row["person_id"], row["question"]] = level
    return found


def by_place(snapshot, order, rated):
    """Ballots in the order in which they lie on disk (or by xmin), joined with the order of votes."""
    found = {}
    rows = snapshot.tables["evaluations_ballot"]
    for ordered in (rows, sorted(rows, key=lambda row: int(row.get("xmin", 0)))):
        for voter, row in zip(order, ordered, strict=False):
            for text in SHEETS.findall(bytes(row["box"])):
                found |= read_sheet(text, rated, voter)
    return found


def voting_orders(start, end, people):
    """Every order of the voters that a table changed during the round suggests (B2, T12)."""
    suggestions = []
    for table, rows in end.tables.items():
        before = {row["place"]: row for row in start.tables.get(table, [])}
        changed = [row for row in rows if before.get(row["place"]) != row]
        for column in rows[0] if rows else {}:
            named = [row for row in changed if row[column] in people]
            if len({row[column] for row in named}) == len(people) and len(named) == len(people):
                suggestions += orders_of(named, column)
    return suggestions


def orders_of(rows, column):
    """By place, by transaction, and by every other column that can be sorted."""
    for key in rows[0]:
        values = [row[key] for row in rows]
        if len(set(map(str, values))) == len(rows):
            try:
                yield [row[column] for row in sorted(rows, key=lambda row: sortable(key, row[key]))]
            except TypeError:
                continue


def sortable(key, value):
    return int(value) if key == "xmin" else value


def agreement(guess, truth):
    """Share of the pairs that were guessed right."""
    hits = Counter(guess.get(pair) == level for pair, level in truth.items())
    return hits[True] / len(truth)
