"""What may be said at a node of each kind (docs/scoring.md §2 to §6), in the words of the forms."""

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


class Row(Loose):
    """Always a row of a table, whatever hangs on it."""

    is_row: ClassVar[bool] = True


class Figures(Loose):
    """key → node: figures beside the score."""


def line(title, about=""):
    return (str | None, Field(None, title=title, description=about))


def flag(title):
    return (bool, Field(False, title=title))


def choice(title, *answers):
    return (Literal[answers] | None, Field(None, title=title))


def lines(title, about="每行一个"):
    return (tuple[str, ...], Field((), title=title, description=about))


def numbers(title, about=""):
    return (tuple[int, ...], Field((), title=title, description=about))


def pairs(title, about):
    return (dict[str, str], Field({}, title=title, description=about))


def part(model, title, about=""):
    return (model | None, Field(None, title=title, description=about))


def rows(model, title, about=""):
    return (tuple[model, ...], Field((), title=title, description=about))


def model(name, parent=Loose, /, **fields):
    return create_model(name, __base__=parent, **fields)


CONDITION = model(
    "ConditionRow",
    what=line("看什么"),
    field=line("其中哪一项", "数据有几项时才写，如 total"),
    test=choice("怎样", "from", "above", "to", "below", "in", "yes", "no", "absent", "present"),
    value=line("数值", "“是其中之一”用顿号隔开"),
)
WHEN = model(
    "When",
    join=choice("几条之间", "all", "any", "none"),
    list=rows(CONDITION, "条件"),
)
RULE = model(
    "GateRule",
    label=line("情形", "如 受党纪处分"),
    zero=flag("得 0 分"),
    no_result=flag("没有结果"),
    cap=line("最高只得"),
    band=line("等次最高为"),
    minus=line("扣几分"),
    times=line("打几折", "如 80%"),
    value=line("就得几分"),
    when=part(WHEN, "什么时候"),
)
NEED = model("Need", label=line("参评条件"), when=part(WHEN, "什么时候算符合"))
TRIM = model(
    "Trim",
    highest=line("去掉最高的几个", "也可写比例，如 10%"),
    lowest=line("去掉最低的几个"),
    above=line("多于几个才去", "如 5：6 个起才去"),
    **{"from": line("满几个就去", "和上一格写一个就够")},
    rounding=choice("比例算出的个数", "floor", "round", "ceil"),
)
PER_UNIT = {
    "each": line("每差多少"),
    "points": line("加减几分", "扣分写负数"),
    "count": choice("零头", "exact", "floor", "ceil"),
}
CONVERT = model(
    "Convert",
    linear=part(
        model(
            "Linear",
            **{"from": numbers("原来的范围", "如 80, 100")},
            to=numbers("换成的分数", "如 0, 20"),
            clamp=flag("超出就按两头算"),
        ),
        "按比例（线性）",
    ),
    steps=part(
        model(
            "Steps",
            sign=choice("到了怎么算", "from", "above", "to", "below"),
            list=pairs("各段", "每行“线：得分”，如 95：10；从高到低"),
        ),
        "分段给分",
    ),
    otherwise=line("一段也够不上得几分", "分段给分才写；不写就没有结果"),
    curve=pairs("折线", "每行“数：分”，中间按比例，如 60：0"),
    per_unit=part(
        model(
            "PerUnit",
            start=line("基准"),
            points=line("达到基准得几分"),
            below=part(model("Below", **PER_UNIT), "低于基准"),
            above=part(model("Above", **PER_UNIT), "高于基准"),
            lowest=line("最低几分"),
            highest=line("最高几分"),
        ),
        "每差一个单位加减分",
    ),
)
GRADE = model(
    "GradeOfBallot",
    questions=line("整份问卷"),
    scale=line("量表"),
    rounding=line("票内保留几位"),
    bands=pairs("票内等次", "每行“等次：几分起”，如 优秀：90"),
)
TEXT_POINTS = "每行“名称：分值”，如 一等奖：10"
PLACE_POINTS = "每行“名次或奖项：分值”，如 1：10；其余写“其他：2”"
OF_VALUES = ("mean", "median", "trimmed_mean", "sum", "highest", "lowest")
FIELDS: dict[str, Any] = {
    "source": line("数据来源"),
    "scale": line("量表"),
    "questions": line("整份问卷"),
    "question": line("只取哪一题"),
    "question_rounding": line("每题先保留几位"),
    "missing_question": choice("缺一题时", "none", "renormalise", "zero"),
    "levels": lines("哪几档"),
    "denominator": line("分母另算", "如 应到会人数；不写就是票数"),
    "unknown_in_denominator": flag("“不了解”进分母"),
    "minimum_n": line("少于几票没有结果"),
    "full": line("满分"),
    "rule": choice("怎样定多数", "most", "over_half", "cumulative"),
    "need": line("过几成", "如 1/2、2/3"),
    "need_at_least": flag("正好够也算"),
    "ties": choice("并列时", "lower", "higher", "none"),
    "grade": part(GRADE, "先给每张票定等次", "票上是分数、不是等次时才写"),
    "statistic": choice("怎样合成", *OF_VALUES),
    "range": numbers("分数范围", "如 0, 100；票上超出的退回"),
    "ballot_rounding": line("每张票先保留几位"),
    "trim": part(TRIM, "去掉最高分、最低分"),
    "late_counts": line("迟办的折算", "如 1/2"),
    "each": line("每次几分"),
    "cap": line("封顶"),
    "floor": line("最低"),
    "ceiling": line("最高"),
    "field": line("数据里的哪一项"),
    "table": pairs("文字折成分", TEXT_POINTS),
    "points": pairs("名次折成分", PLACE_POINTS),
    "otherwise": line("其余得几分"),
    "measure": choice("量什么", "value", "rate", "growth", "change"),
    "convert": part(CONVERT, "换算成分数", "填一种就行"),
    "take": choice("几次竞赛", "best", "sum", "mean"),
    "value": line("数值"),
    "to": line("引用哪个数"),
    "times": line("乘以"),
    "plus": line("再加"),
    "clamp": flag("超出就按两头算"),
    "group": line("分组依据", "如 unit_type（同类单位）"),
    "method": choice("怎样相对", "max", "min", "mean", "range", "place", "standard"),
    "base": line("最低从几分算起"),
    "step": line("每差一名（或一个标准差）几分"),
    "overall": choice("总平均怎么算", "pooled", "mean_of_means"),
    "mean_rounding": line("平均数保留几位"),
    "coefficient_rounding": line("系数保留几位"),
    "missing": choice("有一部分缺项时", "none", "renormalise", "zero"),
    "missing_rater": choice("缺一个主体时", "none", "renormalise", "zero"),
    "normalise": flag("权重合计不是 100% 时按比例归一"),
    "parts": rows(Node, "各部分"),
    "rules": rows(RULE, "限定的情形", "从上到下，成立的都算"),
    "raters": rows(
        model(
            "MatrixRater",
            source=line("评议主体"),
            label=line("名称"),
            weight=line("权重"),
            minimum_n=line("少于几票不算"),
        ),
        "评议主体",
    ),
    "of": part(Node, "对哪个数"),
    "when": part(WHEN, "条件"),
    "then": part(Node, "成立时"),
}
OF_KIND: dict[tuple[str, str], Any] = {
    ("scale", "from"): numbers("原来的范围", "如 0, 10"),
    ("scale", "to"): numbers("换成的范围", "如 0, 100"),
    ("choose", "otherwise"): part(Node, "不成立时"),
    ("count", "cap"): line("合计封顶"),
    ("capped_bonus", "parts"): rows(Node, "加分项"),
    ("capped_bonus", "cap"): line("加分合计封顶"),
    ("capped_bonus", "ceiling"): line("加完最高几分"),
    ("deduction", "parts"): rows(Node, "扣分项"),
    ("deduction", "cap"): line("扣分合计封顶"),
    ("deduction", "floor"): line("扣完最低几分"),
}
PARTS = ["missing", "minimum_n", "parts"]
BALLOTS = ["source", "question", "range", "trim", "scale", "questions", "minimum_n", "ballot_rounding",
           "unknown_in_denominator"]  # fmt: skip
BY_KIND: dict[str, list[str]] = {
    "weighted_sum": ["missing", "minimum_n", "normalise", "parts"],
    "reviews": ["source", "scale", "questions", "question", "minimum_n", "unknown_in_denominator",
                "question_rounding", "missing_question"],
    "level_share": ["source", "scale", "levels", "question", "full", "minimum_n", "denominator",
                    "unknown_in_denominator"],
    "majority": ["source", "question", "scale", "rule", "need", "need_at_least", "ties", "minimum_n",
                 "unknown_in_denominator", "grade"],
    "ballots": ["statistic", *BALLOTS],
    "fulfilment": ["source", "full", "late_counts"],
    "compliance": ["source", "full", "late_counts"],
    "count": ["source", "each", "cap", "field"],
    "indicator": ["source", "measure", "convert"],
    "contest": ["source", "points", "otherwise", "take"],
    "value": ["source", "field", "range", "table"],
    "constant": ["value"],
    "capped_bonus": ["cap", "ceiling", "of", "parts"],
    "deduction": ["cap", "floor", "of", "parts"],
    "gate": ["of", "rules"],
    "veto": ["of", "rules"],
    "scale": ["times", "plus", "from", "to", "clamp", "convert", "of"],
    "relative": ["source", "group", "method", "full", "base", "step", "points", "of"],
    "coefficient": ["source", "group", "overall", "trim", "mean_rounding", "coefficient_rounding",
                    "of"],
    "choose": ["when", "then", "otherwise"],
    "first_of": ["parts"],
    "figure": ["to"],
    "matrix": ["scale", "missing", "missing_rater", "raters", "indicators"],
    "trimmed_mean": [*BALLOTS, *PARTS[::2]],
    "product": PARTS,
    **{kind: [*BALLOTS, *PARTS[::2]] for kind in ("mean", "median", "highest", "lowest", "sum")},
}  # fmt: skip
HEAD = {
    "label": line("名称"),
    "kind": choice("怎么算", *NODE_KINDS),
    "weight": line("权重", "如 30%；只有“加权和”的各部分才写"),
    "key": line("代号", "条件、侧重要提到它时用"),
}
FOOT = {
    "optional": flag("可以缺，缺了由其余分担"),
    "required": flag("缺了就没有结果"),
    "rounding": line("在这里取整，保留几位"),
    "display": line("只在显示时保留几位"),
    "full": line("满分", "“相加”里由其余分担时要写"),
    "exempt": line("免予评价的按几分算", "不写就是不计这一部分"),
}
BAND = model(
    "Band",
    Row,
    label=line("等次"),
    **{"from": line("几分起（含）")},
    below=line("几分以下（不含）"),
    when=part(WHEN, "还要符合", "不符合的落到下一等次"),
)
BANDS_MORE = model(
    "BandsMore",
    range=numbers("总分范围", "如 0, 100；等次要把它分完"),
    uses=choice("按哪个分定等次", "exact", "rounded"),
)
QUOTA = model(
    "SeatRule",
    band=line("等次", "照上面的写法"),
    share=line("比例", "如 1/3、20%"),
    count=line("定额"),
    table=pairs("按人数定名额", "每行“几人起：几个”，如 3：1"),
    rounding=choice("取整", "floor", "round", "ceil"),
    minimum=line("至少几个"),
    maximum=line("至多几个"),
    candidates=choice("谁在候选之列", "band", "all"),
    base=choice("按谁的人数", "all", "scored", "not_exempt"),
    per=choice("在哪里数", "group", "all"),
    overflow=line("超出名额的落到", "不选就是下一等次"),
)
RANK = model(
    "RankRule",
    method=choice("名次写法", "competition", "dense", "modified"),
    order=choice("次序", "high_first", "low_first"),
    then=lines("同分时再比", ""),
    groups=choice("分组排名", "unit_type"),
    uses=choice("用哪个分排", "exact", "rounded"),
    minimum_n=line("不到几票不排名"),
    n_of=line("看哪个数的票数"),
)
BALLOT_RULE = model(
    "BallotRule",
    kind=choice("规则", "range", "at_most", "at_least", "not_all_same", "complete"),
    count=line("几人"),
    share=line("比例", "如 1/3"),
    minimum=line("至少几个"),
    digits=line("几位小数"),
    where=part(
        model(
            "Where",
            levels=lines("哪几档"),
            **{"from": line("几分起（含）")},
            below=line("几分以下（不含）"),
            to=line("到几分（含）"),
        ),
        "对哪些分",
    ),
)
