"""Rules inside one ballot (选票内配额): the whole ballot is refused, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.errors import Problem, RecipeError
from scoring.numbers import Rounding, exact, percent, rounded, text
from scoring.quotas import ROUNDINGS, WORDS
from scoring.reading import Fields, as_key

KINDS = {
    "at_most": "最多几人",
    "at_least": "至少几人",
    "not_all_same": "不得全部相同",
    "range": "分数范围",
    "complete": "不得漏评",
}
SIGNS = {"from": "≥", "above": ">", "to": "≤", "below": "<"}
BallotRules = tuple["BallotRule", ...]
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class BallotRule:
    kind: str
    label: str = ""
    question: str = ""
    levels: tuple[str, ...] = ()
    lines: tuple[tuple[str, Fraction], ...] = ()
    count: int | None = None
    share: Fraction | None = None
    rounding: str = "floor"
    minimum: int = 0
    digits: int | None = None

    def matches(self, mark: Any) -> bool:
        if self.levels:
            return as_key(mark) in self.levels
        try:
            value = exact(mark)
        except ValueError:
            return False
        return all(_within(value, sign, line) for sign, line in self.lines)

    def seats(self, n: int) -> int:
        if self.count is not None:
            return self.count
        share = (self.share or Fraction(0)) * n
        return max(int(rounded(share, Rounding(0, ROUNDINGS[self.rounding]))), self.minimum)

    @property
    def what(self) -> str:
        if self.levels:
            return f"“{'、'.join(self.levels)}”"
        return "且".join(f"{SIGNS[sign]}{text(line)} 分" for sign, line in self.lines)

    def limit_text(self, n: int) -> str:
        if self.count is not None:
            return f"{self.count} 人"
        least = f"，至少 {self.minimum}" if self.minimum else ""
        return f"{self.seats(n)} 人（{n} 人的 {percent(self.share or Fraction(0))}，{WORDS[self.rounding]}{least}）"


def _within(value: Fraction, sign: str, line: Fraction) -> bool:
    if sign == "from":
        return value >= line
    if sign == "above":
        return value > line
    return value <= line if sign == "to" else value < line


def parse_ballot_rules(data: object, path: str, problems: list[Problem]) -> BallotRules:
    items = Fields({"list": data}, "", []).items("list")
    if not isinstance(data, list | tuple):
        problems.append((path, "应为规则的列表"))
    return tuple(
        _rule(Fields(item, f"{path}[{index}]", problems)) for index, (_, item) in enumerate(items)
    )


def _rule(fields: Fields) -> BallotRule:
    fields.required("kind", "规则的种类")
    kind = fields.choice("kind", KINDS, "not_all_same")
    where = fields.inner("where")
    lines = [(sign, where.number(sign)) for sign in SIGNS]
    rule = BallotRule(
        kind=kind,
        label=fields.text("label"),
        question=fields.text("question"),
        levels=where.names("levels"),
        lines=tuple((sign, line) for sign, line in lines if line is not None),
        count=fields.whole("count") if fields.has("count") else None,
        share=fields.share("share"),
        rounding=fields.choice("rounding", ROUNDINGS, "floor"),
        minimum=fields.whole("minimum"),
        digits=fields.whole("digits") if fields.has("digits") else None,
    )
    where.done()
    fields.done()
    if kind in ("at_most", "at_least") and (rule.count is None) == (rule.share is None):
        fields.problem("count", "要写 count（人数）或 share（比例），二者之一")
    if kind in ("at_most", "at_least", "range") and bool(rule.levels) == bool(rule.lines):
        fields.problem("where", "要写 levels（哪几档），或 from、above、to、below（分数线）")
    return rule


def ballot_check(
    ballot: Mapping[str, Any],
    rules: BallotRules | Sequence[Mapping[str, Any]],
    *,
    n: int | None = None,
    roll: Sequence[str] | None = None,
) -> list[str]:
    """Chinese reasons why the whole ballot {ratee: mark or {question: mark}} is refused.

    `n` is the base of shares (default: how many are rated); `roll` the people to be rated.
    """
    known = _known(rules)
    heads = len(ballot) if n is None else n
    reasons: list[str] = []
    for rule in known:
        for question in _questions(ballot, rule):
            answers = {ratee: _answer(mark, question) for ratee, mark in ballot.items()}
            reason = _broken(rule, answers, heads, roll)
            if reason:
                reasons.append(f"{question}：{reason}" if question else reason)
    return reasons


def _known(rules: BallotRules | Sequence[Mapping[str, Any]]) -> BallotRules:
    if all(isinstance(rule, BallotRule) for rule in rules):
        return tuple(rule for rule in rules if isinstance(rule, BallotRule))
    problems: list[Problem] = []
    parsed = parse_ballot_rules(list(rules), "ballot_rules", problems)
    if problems:
        raise RecipeError.of(problems)
    return parsed


def _questions(ballot: Answers, rule: BallotRule) -> list[str]:
    """A ballot with several questions is checked question by question."""
    asked = {q: None for mark in ballot.values() if isinstance(mark, Mapping) for q in mark}
    if not asked:
        return [""]
    return [rule.question] if rule.question else sorted(asked)


def _answer(mark: Any, question: str) -> Any:
    if not question:
        return mark
    return mark.get(question) if isinstance(mark, Mapping) else None


def _broken(rule: BallotRule, answers: Answers, n: int, roll: Sequence[str] | None) -> str:
    found = {
        "at_most": _too_many,
        "at_least": _too_few,
        "not_all_same": _same,
        "range": _outside,
    }
    if rule.kind == "complete":
        return _left_out(rule, answers, roll)
    reason = found[rule.kind](rule, answers, n)
    return f"{rule.label}：{reason}" if reason and rule.label else reason


def _too_many(rule: BallotRule, answers: Answers, n: int) -> str:
    hits = sum(rule.matches(mark) for mark in answers.values())
    if hits <= rule.seats(n):
        return ""
    return f"{rule.what}最多 {rule.limit_text(n)}，本票有 {hits} 人"


def _too_few(rule: BallotRule, answers: Answers, n: int) -> str:
    hits = sum(rule.matches(mark) for mark in answers.values())
    if hits >= rule.seats(n):
        return ""
    return f"{rule.what}至少 {rule.limit_text(n)}，本票只有 {hits} 人"


def _same(rule: BallotRule, answers: Answers, n: int) -> str:
    marks = {_plain(mark) for mark in answers.values()}
    if len(answers) < 2 or len(marks) > 1:
        return ""
    return f"对全部 {len(answers)} 人的评价相同（{marks.pop()}），为无效票"


def _plain(mark: Any) -> str:
    """90 and 90.0 are the same mark."""
    try:
        return text(exact(mark))
    except ValueError:
        return as_key(mark)


def _outside(rule: BallotRule, answers: Answers, n: int) -> str:
    wrong = [
        ratee for ratee, mark in answers.items() if not rule.matches(mark) or _too_fine(rule, mark)
    ]
    if not wrong:
        return ""
    digits = "" if rule.digits is None else f"、最多 {rule.digits} 位小数"
    return f"评分应为 {rule.what}{digits}，有 {len(wrong)} 人的评分不符"


def _too_fine(rule: BallotRule, mark: Any) -> bool:
    if rule.digits is None:
        return False
    return bool((exact(mark) * 10**rule.digits).denominator != 1)


def _left_out(rule: BallotRule, answers: Answers, roll: Sequence[str] | None) -> str:
    missing = [r for r in (roll if roll is not None else answers) if answers.get(r) in (None, "")]
    extra = [] if roll is None else [r for r in answers if r not in set(roll)]
    if extra:
        return f"有 {len(extra)} 人不在名册上"
    return f"还有 {len(missing)} 人没有评" if missing else ""
