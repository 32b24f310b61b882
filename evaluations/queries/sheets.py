"""From a scheme's questionnaire to the sheet that a round freezes."""

from decimal import Decimal

from evaluations.models import LEVELS, Sheet, SheetLevel, SheetQuestion, SheetQuota

MOST_FIGURES = 10_000  # places between the lowest and the highest figure
YES_NO = (SheetLevel("yes", "是", "1"), SheetLevel("no", "否", "0"))


class SheetImpossible(Exception):
    """The scheme asks for something that a peer sheet cannot hold; the text says what."""


def peer_sheet(plan, *, rated_count):
    """The plan's peer questionnaire with its quotas worked out for so many people."""
    questionnaire = plan.questionnaire_for("peer_review")
    if questionnaire is None:
        raise SheetImpossible("本方案没有设互评项目。")
    questions = tuple(question_of(plan, question) for question in questionnaire.questions)
    if all(question.is_text for question in questions):
        raise SheetImpossible("互评问卷里至少要有一个分档的问题。")
    limits = plan.thresholds
    return Sheet(
        name=questionnaire.name,
        questions=questions,
        quotas=tuple(
            quota
            for rule in questionnaire.ballot.quotas
            for quota in _quotas(rule, questions, rated_count)
        ),
        comment=questionnaire.comment,
        refuse_uniform=questionnaire.ballot.refuse_uniform,
        refuse_all_top=questionnaire.ballot.refuse_all_top,
        histogram_from=limits.histogram,
        grade_from=limits.grade,
        comments_from=limits.comments,
    )


def question_of(plan, question):
    """The question as a sheet keeps it: its levels, or the range and steps of its figures."""
    common = {
        "key": question.key,
        "name": question.name,
        "required": question.required,
        "note": question.note or "",
        "weight": None if question.weight is None else str(question.weight),
    }
    if question.kind == "text":
        return SheetQuestion(**common, max_length=min(question.max_length, 200))
    if question.kind == "check":
        return SheetQuestion(**common, levels=YES_NO)
    scale = plan.scale_of(question)
    if not scale.is_numeric:
        return SheetQuestion(**common, levels=_levels(scale))
    step = scale.step or Decimal(1)
    if (scale.highest - scale.lowest) / step > MOST_FIGURES:
        raise SheetImpossible(f"互评量表“{scale.name}”分得太细，请在方案里把步长改大一些。")
    ends = {"lowest": scale.lowest, "highest": scale.highest, "step": step}
    return SheetQuestion(**common, **{name: _plain(end) for name, end in ends.items()})


def _levels(scale):
    levels = [(level.key, level.name, level.value) for level in scale.levels]
    if not 2 <= len(levels) <= LEVELS:
        raise SheetImpossible(f"互评量表“{scale.name}”要有 2 到 {LEVELS} 档，请在方案里改为分档。")
    return tuple(
        SheetLevel(key, name, None if value is None else str(value)) for key, name, value in levels
    )


def _plain(number):
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def _quotas(rule, questions, rated_count):
    """One limit per question that the rule speaks of; a rule without question speaks of each."""
    for question in questions:
        if question.is_text or (rule.question and rule.question != question.key):
            continue
        levels = tuple(level.key for level in question.levels if _is_meant(rule, level))
        if levels or question.is_numeric:
            yield SheetQuota(
                name=rule.name,
                question=question.key,
                levels=levels,
                at_most=rule.at_most.people(rated_count) if rule.at_most else None,
                at_least=rule.at_least.people(rated_count) if rule.at_least else None,
                **(_lines(rule) if question.is_numeric else {}),
            )


def _lines(rule):
    ends = {"score_from": rule.score_from, "score_below": rule.score_below}
    return {name: None if end is None else _plain(end) for name, end in ends.items()}


def _is_meant(rule, level):
    if level.key in rule.levels:
        return True
    if level.value is None or (rule.score_from is None and rule.score_below is None):
        return False
    value = Decimal(level.value)
    return (rule.score_from is None or value >= rule.score_from) and (
        rule.score_below is None or value < rule.score_below
    )
