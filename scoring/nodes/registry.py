"""Which kinds there are, and how data becomes a node."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from scoring.nodes.adjust import parse_bonus, parse_deduction, parse_gate
from scoring.nodes.ballots import parse_ballots
from scoring.nodes.base import Node, Parsing
from scoring.nodes.flow import parse_choose, parse_first_of, parse_reference, parse_scale_map
from scoring.nodes.leaves import (
    parse_constant,
    parse_contest,
    parse_count,
    parse_indicator,
    parse_rate,
    parse_value,
)
from scoring.nodes.majority import parse_majority
from scoring.nodes.matrix import parse_matrix
from scoring.nodes.relative import parse_coefficient, parse_relative
from scoring.nodes.reviews import parse_level_share, parse_reviews
from scoring.nodes.sums import parse_aggregate, parse_weighted_sum
from scoring.reading import Fields

Parser = Callable[[Fields, Parsing], Node]


def _statistic(fields: Fields, parsing: Parsing) -> Node:
    """mean, trimmed_mean, median … over ballots (`source`) or over nodes (`parts`)."""
    if fields.has("source") and fields.has("parts"):
        fields.problem("source", "source（逐票打分）与 parts（各部分）只能写一个")
    return (
        parse_ballots(fields, parsing) if fields.has("source") else parse_aggregate(fields, parsing)
    )


KINDS: dict[str, Parser] = {
    "reviews": parse_reviews,
    "level_share": parse_level_share,
    "majority": parse_majority,
    "ballots": parse_ballots,
    "value": parse_value,
    "indicator": parse_indicator,
    "count": parse_count,
    "contest": parse_contest,
    "fulfilment": parse_rate,
    "compliance": parse_rate,
    "constant": parse_constant,
    "weighted_sum": parse_weighted_sum,
    "matrix": parse_matrix,
    "sum": _statistic,
    "mean": _statistic,
    "trimmed_mean": _statistic,
    "median": _statistic,
    "highest": _statistic,
    "lowest": _statistic,
    "product": parse_aggregate,
    "capped_bonus": parse_bonus,
    "deduction": parse_deduction,
    "gate": parse_gate,
    "veto": parse_gate,
    "coefficient": parse_coefficient,
    "relative": parse_relative,
    "scale": parse_scale_map,
    "choose": parse_choose,
    "first_of": parse_first_of,
    "figure": parse_reference,
}


def parse_node(data: object, path: str, parsing: Parsing) -> Node | None:
    fields = Fields(data, path, parsing.problems)
    if not isinstance(data, Mapping):
        return None
    kind: Any = fields.required("kind", "节点的种类")
    if not isinstance(kind, str) or kind not in KINDS:
        if kind is not None:
            near = difflib.get_close_matches(str(kind), KINDS, n=1)
            hint = f"，是不是“{near[0]}”？" if near else f"；可用：{'、'.join(KINDS)}"
            fields.problem("kind", f"不认识的种类“{str(kind)[:40]}”{hint}")
        return None
    node = KINDS[kind](fields, parsing)
    fields.done()
    return node
