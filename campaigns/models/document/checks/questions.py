"""Scales, questionnaires, ballot rules, satisfaction and public channels."""

from collections.abc import Iterator
from itertools import pairwise

from campaigns.models.document.checks.names import repeated
from campaigns.models.document.checks.references import keys_of, missing_reference
from campaigns.models.document.questions import share_as_fraction
from campaigns.models.document.reasons import Path, Problem


def question_problems(document) -> Iterator[Problem]:
    for place, scale in enumerate(document.scales):
        yield from _scale(scale, ("scales", place))
    for place, questionnaire in enumerate(document.questionnaires):
        yield from _questionnaire(document, questionnaire, ("questionnaires", place))
    for place, channel in enumerate(document.channels):
        yield from _channel(channel, ("channels", place))
    if document.satisfaction:
        yield from _satisfaction(document, document.satisfaction)


def _scale(scale, path: Path) -> Iterator[Problem]:
    if scale.is_numeric:
        yield from _numeric_scale(scale, path)
        return
    yield from repeated(scale.levels, (*path, "levels"))
    yield from repeated(scale.levels, (*path, "levels"), "name")
    if scale.lowest is not None or scale.highest is not None or scale.step is not None:
        yield Problem(path, "量表要么列出各档（levels），要么给出分数范围，不能两样都写")
    valued = [(i, level.value) for i, level in enumerate(scale.levels) if level.value is not None]
    if len(valued) < 2:
        yield Problem((*path, "levels"), "至少要有两档有分值")
    for (_, better), (place, worse) in pairwise(valued):
        if worse >= better:
            reason = "各档请由好到差排列，分值逐档降低"
            yield Problem((*path, "levels", place, "value"), reason)


def _numeric_scale(scale, path: Path) -> Iterator[Problem]:
    if scale.lowest is None or scale.highest is None:
        yield Problem(path, "请列出各档（levels），或写明 lowest 和 highest")
    elif scale.lowest >= scale.highest:
        yield Problem((*path, "highest"), "最高分应大于最低分")
    if scale.step is not None and scale.step <= 0:
        yield Problem((*path, "step"), "步长应大于 0")


def _questionnaire(document, questionnaire, path: Path) -> Iterator[Problem]:
    yield from repeated(questionnaire.questions, (*path, "questions"))
    for place, question in enumerate(questionnaire.questions):
        yield from _question(document, question, (*path, "questions", place))
    yield from _mixed(document, questionnaire, path)
    for place, quota in enumerate(questionnaire.ballot.quotas):
        where = (*path, "ballot", "quotas", place)
        yield from _quota_limits(quota, where)
        yield from _quota_answers(document, questionnaire, quota, where)


def _mixed(document, questionnaire, path: Path) -> Iterator[Problem]:
    """A sheet is counted in one way: levels into columns, or figures."""
    known = keys_of(document, "scales")
    kinds = {
        document.scale(question.scale).is_numeric
        for question in questionnaire.scale_questions
        if question.scale in known
    }
    if len(kinds) > 1:
        reason = "同一份问卷的打分题请都用分档的量表，或都用写分数的量表；要两样就分成两份问卷"
        yield Problem((*path, "questions"), reason)


def _question(document, question, path: Path) -> Iterator[Problem]:
    if question.kind == "scale" and question.scale is None:
        yield Problem(path, f"“{question.name}”是打分题，请写明用哪个量表（scale）")
    if question.kind != "scale" and question.scale is not None:
        yield Problem((*path, "scale"), "只有打分题才有量表")
    yield from missing_reference(document, "scales", question.scale, (*path, "scale"))


def _quota_limits(quota, path: Path) -> Iterator[Problem]:
    if quota.at_most is None and quota.at_least is None:
        yield Problem(path, "名额请写 at_most（最多）或 at_least（最少）")
    for name in ("at_most", "at_least"):
        limit = getattr(quota, name)
        if limit is None:
            continue
        if (limit.count is None) == (limit.share is None):
            yield Problem((*path, name), "人数请写 count 或 share 中的一个")
        elif limit.share is not None and not 0 < share_as_fraction(limit.share) <= 1:
            yield Problem((*path, name, "share"), "比例应大于 0、不超过 1")


def _quota_answers(document, questionnaire, quota, path: Path) -> Iterator[Problem]:
    by_level, by_score = (
        bool(quota.levels),
        quota.score_from is not None or quota.score_below is not None,
    )
    ends = quota.score_from, quota.score_below
    if None not in ends and ends[0] >= ends[1]:
        reason = "这一段分数是空的：score_from（含）应小于 score_below（不含）"
        yield Problem((*path, "score_below"), reason)
    if by_level == by_score:
        yield Problem(
            path, "名额请写清限的是哪几档（levels），或哪段分数（score_from、score_below）"
        )
    asked = [q for q in questionnaire.scale_questions if quota.question in (None, q.key)]
    if not asked:
        yield Problem((*path, "question"), "问卷里没有这道打分题")
    known = set(keys_of(document, "scales"))
    for question in asked:
        if question.scale in known:
            yield from _quota_scale(document.scale(question.scale), quota, path)


def _quota_scale(scale, quota, path: Path) -> Iterator[Problem]:
    for place, level in enumerate(quota.levels):
        if level not in scale.values:
            yield Problem((*path, "levels", place), f"量表“{scale.name}”里没有“{level}”这一档")


def _satisfaction(document, definition) -> Iterator[Problem]:
    path: Path = ("satisfaction",)
    unknown = list(
        missing_reference(
            document, "questionnaires", definition.questionnaire, (*path, "questionnaire")
        )
    )
    yield from unknown
    if unknown:
        return
    asked = {q.key: q for q in document.questionnaire(definition.questionnaire).scale_questions}
    if definition.question not in asked:
        yield Problem((*path, "question"), f"问卷里没有打分题“{definition.question}”")
        return
    scale_key = asked[definition.question].scale
    if scale_key in keys_of(document, "scales"):
        yield from _satisfaction_levels(document.scale(scale_key), definition, path)


def _satisfaction_levels(scale, definition, path: Path) -> Iterator[Problem]:
    used: dict[str, str] = {}
    for name in ("satisfied", "bad", "excluded"):
        for place, level in enumerate(getattr(definition, name)):
            where = (*path, name, place)
            if level not in scale.values:
                yield Problem(where, f"量表“{scale.name}”里没有“{level}”这一档")
            if level in used:
                yield Problem(where, f"“{level}”已经写在 {used[level]} 里，同一档只能算一处")
            used.setdefault(level, name)


def _channel(channel, path: Path) -> Iterator[Problem]:
    if channel.kind == "open" and channel.weight > 0 and channel.at_most is None:
        reason = "公开渠道（如固定二维码）谁都能重复进入：请写 weight: 0，或用 at_most 限定其占比"
        yield Problem(path, reason)
    if channel.kind == "vote" and channel.weight > 0:
        yield Problem((*path, "weight"), "网上投票仅供参考，不得计入考核：请写 weight: 0")
    if channel.at_most is not None and not 0 < share_as_fraction(channel.at_most) <= 1:
        yield Problem((*path, "at_most"), "比例应大于 0、不超过 1")
