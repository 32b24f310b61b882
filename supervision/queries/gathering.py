"""Everybody of one kind with what the recipe asks for: one statement with a row a subject, the rest by key.

The rows are kept packed. Inputs and their text are made from a row when they are wanted, through what
equal cells gave before: dictionaries for 100,000 people would take ten times the memory.
"""

import json
import marshal

from django.db.models import F, Value
from django.db.models.functions import Coalesce

import scoring
from common import sql
from supervision.queries.figures import asked_of
from supervision.queries.inputs import (
    PLAIN,
    level_columns,
    level_keys,
    reviews_by,
    tallies_of,
    told,
)
from supervision.queries.shares import SHARES
from supervision.queries.subjects import KINDS, naming

COLUMNS = ("subject", "named", "home", "type")
REMEMBERED = 10_000


class Gathered:
    """The subjects of one kind in the order of their keys, and their inputs."""

    def __init__(self, facts, kind):
        self.recipe = facts.period.plan.scoring_recipes[kind]
        self.sources, parts = {}, []
        at = len(COLUMNS)
        for name in sorted(_wanted(facts, kind, self.recipe)):
            self.sources[name], part = _source(name, facts, kind, at)
            if part is not None:
                parts.append(part)
                at += len(part[1])
        base = KINDS[kind](facts.period)
        found = sql.stream(*sql.side_by_side(base, COLUMNS, parts))
        self._packed = [marshal.dumps(row) for row in found]  # a third of the rows' memory
        self.subject = naming(facts.period, kind)
        self._whole = self._with_groups() if scoring.needs_groups(self.recipe) else None

    @property
    def rows(self):
        """Numbers, texts and None, made anew each time."""
        return map(marshal.loads, self._packed)

    def inputs(self, row):
        """{source: data}; what nobody filled is left out."""
        return self._own(row) if self._whole is None else self._whole[str(row[0])]

    def text(self, row):
        """The same as canonical JSON."""
        if self._whole is not None:
            return json.dumps(self._whole[str(row[0])], sort_keys=True)
        texts = [text for source in self.sources.values() if (text := source.text(row))]
        return f"{{{', '.join(texts)}}}"

    def _own(self, row):
        found = {}
        for name, source in self.sources.items():
            data = source.data(row)
            if data is not None:
                found[name] = data
        return found

    def _with_groups(self):
        return scoring.with_groups(self.recipe, {str(row[0]): self._own(row) for row in self.rows})


def _wanted(facts, kind, recipe):
    named = {rater.key for rater in facts.period.plan.rater_classes} | set(PLAIN)
    return named & set(recipe.sources)


def _source(name, facts, kind, at):
    """(source, (query, its columns) when it stands beside the subjects from `at` on, else None)"""
    rater = next((one for one in facts.period.plan.rater_classes if one.key == name), None)
    levels = rater is not None and rater.source == "peers" and not asked_of(facts.period.plan)
    if levels and kind == "person":
        return _tallies(name, facts.period, at)
    if rater is not None and name not in PLAIN:
        return Keyed(name, reviews_by(rater, facts, kind)), None
    if name in SHARES:
        part, query = SHARES[name]
        rows = query(facts.period, kind)
        return (
            (Keyed(name, {}), None)
            if rows is None
            else (Share(name, part, at), (rows, (part, "total")))
        )
    return Keyed(name, PLAIN[name](facts.period, kind)), None


def _tallies(name, period, at):
    keys = level_keys(period.plan)
    grade = Coalesce("grade", Value(0))
    counts = sql.Tokens("question", grade, *level_columns(keys))
    rows = tallies_of(period).values(subject=F("person")).annotate(counts=counts)
    return Tallies(name, keys, at), (rows, ("counts",))


class Keyed:
    """A source that was read for itself: {subject: data}."""

    def __init__(self, name, found):
        self.name, self.found, self.texts = name, found, {}

    def data(self, row):
        return self.found.get(row[0])

    def text(self, row):
        data = self.found.get(row[0])
        if data is None:
            return ""
        text = self.texts.get(id(data))  # `found` keeps the object, so its id stays its own
        if text is None:
            text = f"{json.dumps(self.name)}: {json.dumps(data, sort_keys=True)}"
            if len(self.texts) < REMEMBERED:
                self.texts[id(data)] = text
        return text


class Share(dict):
    """A part of a whole in two cells: {cells: (data, text)}."""

    def __init__(self, name, part, at):
        self.name, self.part, self.cells = name, part, slice(at, at + 2)

    def __missing__(self, cells):
        if cells[1] is None:
            found = None, ""
        else:
            data = dict(zip((self.part, "total"), cells, strict=True))
            found = data, f"{json.dumps(self.name)}: {json.dumps(data, sort_keys=True)}"
        self[cells] = found
        return found

    def data(self, row):
        return self[row[self.cells]][0]

    def text(self, row):
        return self[row[self.cells]][1]


class Tallies(dict):
    """The peers' counts of a person in one cell, a token a question: {token: (question, data, text)}."""

    def __init__(self, name, keys, at):
        self.name, self.keys, self.at = name, keys, at

    def __missing__(self, token):
        question, grade, *counts = token.split(",")
        if int(grade):  # one for all questions, on the first one's scale
            data = next(iter(self.keys.values()))[int(grade) - 1]
            found = "grade", data, f'"grade": {json.dumps(data)}'
        else:
            votes = told(self.keys.get(question, ()), map(int, counts))
            data = scoring.Votes(votes)
            found = question, data, f"{json.dumps(question)}: {json.dumps(votes, sort_keys=True)}"
        self[token] = found
        return found

    def data(self, row):
        cell = row[self.at]
        if cell is None:
            return None
        known = [self[token] for token in cell.split(";")]
        data = {question: counts for question, counts, _ in known}
        return (
            data if len(data) == len(known) and "grade" not in data else self._several(cell, data)
        )

    def text(self, row):
        cell = row[self.at]
        if cell is None:
            return ""
        known = [self[token] for token in cell.split(";")]
        texts = {question: text for question, _, text in known}
        if len(texts) < len(known) or "grade" in texts:
            return f"{json.dumps(self.name)}: {json.dumps(self.data(row), sort_keys=True)}"
        return f"{json.dumps(self.name)}: {{{', '.join([texts[key] for key in sorted(texts)])}}}"

    def _several(self, cell, data):
        """Who was rated in two rounds: a grade goes before histograms, histograms are added up."""
        if "grade" in data:
            return {"grade": data["grade"]}
        sums = {}
        for token in cell.split(";"):
            question, _, *counts = token.split(",")
            before = sums.get(question, [0] * len(counts))
            sums[question] = [a + int(b) for a, b in zip(before, counts, strict=True)]
        return {
            question: scoring.Votes(told(self.keys.get(question, ()), counts))
            for question, counts in sums.items()
        }
