"""Recipes as the forms see them: which fields a node of each kind has. What a form does not know
stays in `rest`, as text, so that nothing of docs/scoring.md is out of reach.
"""

from functools import lru_cache
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from campaigns.forms.workshop.words import NODE_KINDS


class Loose(BaseModel):
    """Only a description for the forms: scoring itself checks what is written."""

    model_config = ConfigDict(extra="allow", protected_namespaces=())


class Plain(Loose):
    """Has no other keys than its fields."""

    is_plain: ClassVar[bool] = True


class Node(Loose):
    """A part of the tree; its fields follow from its kind."""


class Formula(Loose):
    """The recipe around the tree."""


def _line(title):
    return (str | None, Field(None, title=title))


def _flag(title):
    return (bool, Field(False, title=title))


def _choice(title, *answers):
    return (Literal[answers] | None, Field(None, title=title))


FIELDS = {
    "source": _line("数据来源"),
    "scale": _line("量表"),
    "questions": _line("整份问卷"),
    "question": _line("只取哪一题"),
    "levels": (tuple[str, ...], Field((), title="哪几档")),
    "unknown_in_denominator": _flag("“不了解”进分母"),
    "minimum_n": _line("少于几票没有结果"),
    "full": _line("满分"),
    "rule": _choice("怎样定多数", "most", "over_half", "cumulative"),
    "ties": _choice("并列时", "lower", "higher", "none"),
    "statistic": _choice("怎样合成", "mean", "median", "trimmed_mean", "sum", "highest", "lowest"),
    "late_counts": _line("迟办的折算"),
    "each": _line("每次几分"),
    "cap": _line("封顶"),
    "floor": _line("最低"),
    "ceiling": _line("最高"),
    "measure": _choice("量什么", "value", "rate", "growth", "change"),
    "take": _choice("几次竞赛", "best", "sum", "mean"),
    "value": _line("数值"),
    "to": _line("引用哪个代号"),
    "times": _line("乘以"),
    "plus": _line("再加"),
    "group": _line("分组依据"),
    "method": _choice("怎样相对", "max", "min", "mean", "range", "place", "standard"),
    "missing": _choice("缺项", "none", "renormalise", "zero"),
    "parts": (tuple[Node, ...], Field((), title="各部分")),
    "of": (Node | None, Field(None, title="对哪个数")),
    "then": (Node | None, Field(None, title="成立时")),
    "otherwise": (Node | None, Field(None, title="否则")),
}
PARTS = ["missing", "parts", "minimum_n"]
BY_KIND = {
    "weighted_sum": PARTS,
    "reviews": ["source", "scale", "questions", "question", "minimum_n", "unknown_in_denominator"],
    "level_share": ["source", "scale", "levels", "question", "full", "minimum_n",
                    "unknown_in_denominator"],
    "majority": ["source", "scale", "rule", "ties", "minimum_n", "unknown_in_denominator"],
    "ballots": ["source", "statistic", "scale", "questions", "minimum_n"],
    "fulfilment": ["source", "full", "late_counts"],
    "compliance": ["source", "full", "late_counts"],
    "count": ["source", "each", "cap"],
    "indicator": ["source", "measure"],
    "contest": ["source", "take"],
    "value": ["source"],
    "constant": ["value"],
    "capped_bonus": ["of", "parts", "cap", "ceiling"],
    "deduction": ["of", "parts", "cap", "floor"],
    "gate": ["of"],
    "veto": ["of"],
    "scale": ["of", "times", "plus"],
    "relative": ["of", "source", "group", "method", "full"],
    "coefficient": ["of", "source", "group"],
    "choose": ["then", "otherwise"],
    "first_of": ["parts"],
    "figure": ["to"],
    "matrix": [],
    **{kind: ["source", *PARTS] for kind in ("mean", "trimmed_mean", "median", "highest",
       "lowest", "sum")},
    "product": PARTS,
}  # fmt: skip
HEAD = {
    "label": _line("名称"),
    "kind": (Literal[tuple(NODE_KINDS)] | None, Field(None, title="怎么算")),
    "weight": _line("权重"),
    "key": _line("代号"),
}
FOOT = {
    "optional": _flag("可以缺"),
    "required": _flag("缺了就没有结果"),
    "rounding": _line("在这里取整，保留几位"),
}
BAND = create_model(
    "Band", __base__=Loose, label=_line("等次"), **{"from": _line("几分起（含）")},
    below=_line("几分以下（不含）"),
)  # fmt: skip
QUOTA = create_model(
    "SeatRule",
    __base__=Loose,
    band=_line("等次"),
    share=_line("比例"),
    count=_line("定额"),
    rounding=_choice("取整", "floor", "round", "ceil"),
    minimum=_line("至少几个"),
    candidates=_choice("谁在候选之列", "band", "all"),
    base=_choice("按谁的人数", "all", "scored", "not_exempt"),
    per=_choice("在哪里数", "group", "all"),
)
RANK = create_model(
    "RankRule",
    __base__=Loose,
    method=_choice("名次写法", "competition", "dense", "modified"),
    order=_choice("次序", "high_first", "low_first"),
    minimum_n=_line("不到几票不排名"),
    n_of=_line("看哪个数的票数（代号）"),
)


def node_model(raw: Any) -> type[BaseModel]:
    """The fields of a node of this kind."""
    kind = raw.get("kind") if isinstance(raw, dict) else None
    return _node_of(kind if isinstance(kind, str) else None)


@lru_cache(maxsize=len(BY_KIND) + 8)
def _node_of(kind):
    names = BY_KIND.get(kind, [])
    fields = HEAD | {name: FIELDS[name] for name in names} | FOOT
    return create_model(f"Node_{kind}", __base__=Node, **fields)


def formula_model(raw: Any, data: dict) -> type[BaseModel]:
    """The recipe's other keys; emphasis has a line for each unit type and keyed part (S08)."""
    score = raw.get("score") if isinstance(raw, dict) else None
    parts = score.get("parts") if isinstance(score, dict) else None
    keyed = tuple(
        (part["key"], str(part.get("label") or part["key"]))
        for part in (parts if isinstance(parts, list) else [])
        if isinstance(part, dict) and isinstance(part.get("key"), str)
    )
    types = tuple((unit["key"], unit["name"]) for unit in data.get("unit_types") or [])
    return _formula_of(keyed, types)


@lru_cache(maxsize=64)
def _formula_of(keyed, types):
    fields = {
        "rounding": _line("公布时保留几位小数"),
        "score": (Node | None, Field(None, title="得分树")),
        "bands": (tuple[BAND, ...], Field((), title="等次")),
        "quota": (tuple[QUOTA, ...], Field((), title="名额")),
        "rank": (RANK | None, Field(None, title="名次")),
    }
    if keyed and types:
        weights = create_model(
            "EmphasisOf", __base__=Plain, **{key: _line(label) for key, label in keyed}
        )
        of_types = {key: (weights | None, Field(None, title=name)) for key, name in types}
        emphasis = create_model("Emphasis", __base__=Plain, **of_types)
        fields["emphasis"] = (emphasis | None, Field(None, title="按单位类型改权重"))
    return create_model("FormulaOf", __base__=Formula, **fields)
