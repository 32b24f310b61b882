"""What a contest's rules come to: a recipe of `scoring`, places and prizes. No arithmetic of our own."""

from collections import defaultdict
from dataclasses import dataclass

import scoring
from scoring.numbers import Rounding, as_decimal

WHOLE = "total"  # the question of a contest that has only one
PRIZE_LINE = 1_000_000_000  # prizes go by places; their bands need lines that no score reaches
NO_PRIZE = "未获奖"


@dataclass(frozen=True)
class Outcome:
    shown: str
    place: int | None
    prize: str
    is_tied: bool
    explanation: dict


def questions_of(rules):
    """[(key, name, weight)]; a contest without questions has one for the whole."""
    asked = rules.get("questions") or [{"key": WHOLE, "name": "得分", "weight": None}]
    return [(one["key"], one["name"], one.get("weight")) for one in asked]


def full_of(rules):
    return rules.get("full") or 100


def recipe_of(name, rules, prizes=None):
    """The contest's rules as scoring reads them (docs/scoring.md)."""
    digits, finest = rules.get("digits", 2), rules.get("tie_digits", 3)
    data = {
        "name": name,
        "score": _score(rules),
        "figures": {key: _question(key, label, rules) for key, label, _ in questions_of(rules)}
        | {"tie_order": {"kind": "value", "label": "评审决定的先后", "source": "tie_order"}},
        "rounding": max(digits, finest),
        "rank": {
            "method": "competition",
            "uses": "rounded",
            "then": [*rules.get("tie_order", ()), "tie_order"],
        },
    }
    return scoring.parse_recipe(
        data | _prizes(rules.get("prizes") or () if prizes is None else prizes)
    )


def _score(rules):
    marks = {
        "kind": "ballots",
        "label": "评委打分",
        "source": "judges",
        "range": [0, full_of(rules)],
        "questions": [
            {"key": key, "label": label} | ({"weight": weight} if weight is not None else {})
            for key, label, weight in questions_of(rules)
        ],
    }
    trim = {
        "highest": rules.get("trim_highest", 1),
        "lowest": rules.get("trim_lowest", 1),
    }
    rule = rules.get("rule", "mean")
    if rule == "trimmed":
        return marks | {"trim": trim}
    if rule == "coefficients":
        return {
            "kind": "coefficient",
            "label": "按考场系数折算",
            "source": "rooms",
            "group": "room",
            "of": marks,
            "trim": trim,
            "mean_rounding": 4,
            "coefficient_rounding": 4,
        }
    return marks


def _question(key, label, rules):
    return {"kind": "mean", "label": label, "source": f"q_{key}", "range": [0, full_of(rules)]}


def _prizes(prizes):
    """Prizes are seats for the first by place; bands without candidates of their own."""
    if not prizes:
        return {}
    lines = [PRIZE_LINE + len(prizes) - number for number in range(len(prizes))]
    bands = [{"label": one["name"], "from": line} for one, line in zip(prizes, lines, strict=True)]
    return {
        "bands": [*bands, {"label": NO_PRIZE, "below": lines[-1]}],
        "quota": [
            {"band": one["name"], "count": one["places"], "candidates": "all"} for one in prizes
        ],
    }


def inputs_of(entrants, marks):
    """{entrant number: inputs} from the entrants and (entrant, judge, question, value) rows."""
    sheets = defaultdict(lambda: defaultdict(dict))
    for entrant, judge, question, value in marks:
        sheets[entrant][judge][question] = value
    found = {}
    for entrant in entrants:
        ballots = [sheets[entrant.pk][judge] for judge in sorted(sheets[entrant.pk])]
        columns = defaultdict(list)
        for ballot in ballots:
            for question, value in ballot.items():
                columns[f"q_{question}"].append(value)
        found[entrant.pk] = {
            "judges": ballots,
            "room": entrant.room,
            "tie_order": -entrant.tie_order,
            **columns,
        }
    return found


def outcomes(name, rules, entrants, marks):
    """{entrant pk: Outcome} by the contest's rules."""
    inputs = {str(pk): one for pk, one in inputs_of(entrants, marks).items()}
    recipe = recipe_of(name, rules)
    filled = scoring.with_groups(recipe, inputs)
    results = {pk: scoring.score(recipe, one) for pk, one in filled.items()}
    places = scoring.rank(results, recipe)
    finals = _finals(name, rules, results, places)
    shown = _shown(results, rules)
    left_open = rules.get("tied_prize", "committee") == "committee"
    return {
        int(pk): Outcome(
            shown[pk],
            places[pk],
            _prize(finals.get(pk)),
            bool(left_open and (finals.get(pk) or {}).get("tied")),
            result.explanation,
        )
        for pk, result in results.items()
    }


def _finals(name, rules, results, places):
    """Prizes by the scheme's rule for ties at the last one: everybody, nobody, or left to the committee."""
    prizes = rules.get("prizes") or ()
    if not prizes:
        return {}
    if rules.get("tied_prize", "committee") == "share":
        prizes = _widened(prizes, places)
    return scoring.apply_quota(results, recipe_of(name, rules, prizes))


def _widened(prizes, places):
    """Seats of a prize reach to the end of the tie that its last seat falls into."""
    held = sorted(place for place in places.values() if place)
    wider, taken, planned = [], 0, 0
    for prize in prizes:
        planned += prize["places"]
        end = (
            sum(1 for place in held if place <= held[planned - 1])
            if planned <= len(held)
            else planned
        )
        wider.append({**prize, "places": max(end - taken, 0)})
        taken = max(end, taken)
    return [prize for prize in wider if prize["places"]]


def _prize(final):
    band = (final or {}).get("band") or ""
    return "" if band == NO_PRIZE else band


def _shown(results, rules):
    """Published with the scheme's digits; to the finest ones where two would look the same."""
    digits = Rounding(rules.get("digits", 2))
    short = {
        pk: "" if result.value is None else str(as_decimal(result.value, digits))
        for pk, result in results.items()
    }
    alike = defaultdict(set)
    for pk, result in results.items():
        alike[short[pk]].add(result.rounded)
    return {
        pk: str(result.rounded) if short[pk] and len(alike[short[pk]]) > 1 else short[pk]
        for pk, result in results.items()
    }
