"""A recipe over 100,000 people, against one exact statement over the same wide counts (issue 3)."""

from django.db import connection

import scoring
from benchmarks.measure import in_turn
from supervision.actions.cards import STORED

PEOPLE = 100_000
QUESTIONS = 4
SCALE = {"优秀": 95, "称职": 80, "基本称职": 65, "不称职": 40}
NAMES = tuple(f"q{number}" for number in range(QUESTIONS))
RECIPE = {
    "scales": {"测评": SCALE},
    "questionnaires": {"表": [{"key": name, "scale": "测评"} for name in NAMES]},
    "score": {"kind": "reviews", "source": "peers", "questions": "表"},
    "bands": {"优秀": 90, "合格": 75, "基本合格": 60, "不合格": 0},
    "quota": [{"band": "优秀", "share": "1/3"}],
}  # fmt: skip


def run(postmaster):
    _make_counts()
    works = {"floor": _floor, "read": _read, "product": _score}
    samples = in_turn(works, postmaster=postmaster, rounds=5)
    lines = {name: sample.line() for name, sample in samples.items()}
    lines["ratio"] = round(lines["product"]["cpu_ms"] / lines["floor"]["cpu_ms"], 2)
    return lines


def _make_counts():
    """19 ratings a question, in a column per level; by chance, the same chance each time."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_counts")
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(
            """
            CREATE TEMP TABLE bench_counts AS
            SELECT person, question, a AS level_1, b AS level_2, 19 - a - b AS level_3, 0 AS level_4
            FROM (SELECT person, question, (random() * 11)::int AS a, (random() * 7)::int AS b
                  FROM generate_series(1, %s) AS person, generate_series(0, %s) AS question) AS made
            """,
            [PEOPLE, QUESTIONS - 1],
        )


def _floor():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_recipe")
        cursor.execute(
            """
            CREATE TEMP TABLE bench_recipe AS
            SELECT person, score, rank() OVER (ORDER BY score DESC) AS place FROM (
                SELECT person, sum((level_1 * 95 + level_2 * 80 + level_3 * 65 + level_4 * 40)::numeric
                                   / nullif(level_1 + level_2 + level_3 + level_4, 0)) / 4 AS score
                FROM bench_counts GROUP BY person
            ) AS sums
            """
        )


def _inputs():
    """Inputs in the order of the people, as closing hands them over: equal counts are one object."""
    known = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT string_agg(concat_ws(',', level_1, level_2, level_3, level_4), ';' ORDER BY question)
            FROM bench_counts GROUP BY person ORDER BY person
            """
        )
        for (text,) in cursor:
            yield {
                "peers": dict(
                    zip(NAMES, (_votes(part, known) for part in text.split(";")), strict=True)
                )
            }


def _votes(part, known):
    if part not in known:
        known[part] = scoring.Votes(zip(SCALE, map(int, part.split(",")), strict=True))
    return known[part]


def _read():
    for _ in _inputs():
        pass


def _score():
    """Values, bands, places and seats of everybody, and what is published of them."""
    recipe = scoring.parse_recipe(RECIPE)
    plan, table = scoring.compile(recipe), scoring.Table(recipe, STORED)
    for given in _inputs():
        table.add(plan, given)
    table.settle([""] * PEOPLE)
    return [table.line(index) for index in range(PEOPLE)]
