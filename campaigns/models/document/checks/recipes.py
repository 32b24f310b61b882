"""Recipes: scoring accepts them, and what they read exists in this scheme."""

import re
from collections.abc import Iterator

import scoring
from campaigns.models.document.checks.names import repeated
from campaigns.models.document.checks.references import keys_of
from campaigns.models.document.reasons import Path, Problem, suggestion
from campaigns.models.document.recipes import SOURCES
from scoring.nodes.ballots import Ballots
from scoring.nodes.majority import Majority

ACROSS = (
    "密封的互评按题计数，不留哪几个分数在同一张票上，所以不能先把一张票的几题合成再计算；"
    "请在问卷里设一道总评题，或各题分别计算后加权"
)


def recipe_problems(document) -> Iterator[Problem]:
    yield from repeated(document.recipes, ("recipes",), "subject")
    for place, part in enumerate(document.recipes):
        path: Path = ("recipes", place, "formula")
        try:
            recipe = scoring.parse_recipe(document.formula_of(part))
        except scoring.RecipeError as error:
            for where, reason in error.problems:
                yield Problem((*path, *_as_path(where)), reason)
        else:
            yield from _sources(document, recipe, part, path)
            yield from _emphasis(document, part, path)
            yield from _marks(document, recipe, path)


def _sources(document, recipe, part, path: Path) -> Iterator[Problem]:
    known = [rater.key for rater in document.rater_classes] + list(SOURCES)
    for source in recipe.sources:
        if source not in known:
            reason = f"没有数据来源“{source}”{suggestion(source, known)}；可用：{'、'.join(known)}"
            yield Problem(_place_of(source, part.formula, path), reason)


def _marks(document, recipe, path: Path) -> Iterator[Problem]:
    """Sealed ballots are counted per question: which mark stood beside which is not kept (design §6)."""
    peers = {rater.key for rater in document.rater_classes_from("peers")}
    asked = _asked_of_peers(document)
    if not asked:
        return
    for node in recipe.nodes():
        if not isinstance(node, Ballots | Majority) or node.source not in peers:
            continue
        where = (*path, *_as_path(node.path))
        across = (
            node.questions if isinstance(node, Ballots) else node.grading and node.grading.questions
        )
        if across:
            yield Problem(where, ACROSS)
        elif node.single and node.single not in asked:
            yield Problem((*where, "question"), f"互评问卷里没有打分题“{node.single}”")
        elif not node.single and len(asked) > 1:
            yield Problem(where, f"互评问卷有 {len(asked)} 道打分题，请用 question 写明取哪一题")
        elif isinstance(node, Ballots):
            scale = asked[node.single or next(iter(asked))]
            yield from _range(scale, node, (*where, "range"))


def _asked_of_peers(document):
    """{question: scale} of the peer sheet; a draft may lack any of it, which others tell."""
    item = document.item_with("peer_review")
    sheet = item.settings.get("questionnaire") if item else None
    scales = {scale.key: scale for scale in document.scales}
    return {
        question.key: scales[question.scale]
        for questionnaire in document.questionnaires
        if questionnaire.key == sheet
        for question in questionnaire.scale_questions
        if question.scale in scales
    }


def _range(scale, node, where: Path) -> Iterator[Problem]:
    if None in (scale.lowest, scale.highest):
        return
    if (node.low is not None and scale.lowest < node.low) or (
        node.high is not None and scale.highest > node.high
    ):
        reason = f"量表“{scale.name}”是 {scale.lowest} 到 {scale.highest} 分，超出这里写的范围"
        yield Problem(where, reason)


def _place_of(source: str, formula, path: Path) -> Path:
    """Where the formula first names the source."""
    entries = formula.items() if isinstance(formula, dict) else enumerate(formula)
    for key, value in entries:
        if key == "source" and value == source:
            return (*path, key)
        if isinstance(value, dict | list | tuple):
            found = _place_of(source, value, (*path, key))
            if found != (*path, key):
                return found
    return path


def _emphasis(document, part, path: Path) -> Iterator[Problem]:
    known = keys_of(document, "unit_types")
    for unit_type in part.formula.get("emphasis") or {}:
        if unit_type not in known:
            reason = f"方案里没有单位类型“{unit_type}”{suggestion(unit_type, known)}"
            yield Problem((*path, "emphasis", unit_type), reason)


def _as_path(place: str) -> Path:
    """`score.parts[1].weight` as a path."""
    found = re.findall(r"\[(\d+)\]|([^.\[\]]+)", place)
    return tuple(int(number) if number else name for number, name in found)
