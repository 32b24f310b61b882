"""Every broken tree is refused with its place and a sentence in Chinese; nothing is guessed."""

import pytest

from scoring import RecipeError, parse_recipe
from tests.scoring.helpers import refuses

A = "{kind: value, source: a}"
SCALE = "{优: 100, 差: 0, 不了解: null}"
BANDED = f"score: {A}\nbands: {{优秀: 90, 合格: 60, 不合格: 0}}\n"

BROKEN = {
    "no score": ("name: x", "score", "缺少“score”"),
    "not a mapping": ("- 1", "", "映射"),
    "score is text": ("score: 综合", "score", "映射"),
    "no kind": ("score: {source: a}", "score.kind", "缺少“kind”"),
    "unknown kind": ("score: {kind: weighted, parts: []}", "score.kind", "weighted_sum"),
    "unknown top key": (f"score: {A}\nbandz: []", "bandz", "是不是“bands”"),
    "unknown node key": ("score: {kind: value, sorce: a}", "score.sorce", "是不是“source”"),
    "no source": ("score: {kind: value}", "score.source", "缺少“source”"),
    "weights 90 %": (
        f"score: {{kind: weighted_sum, parts: [{{weight: 50%, {A[1:]}, {{weight: 40%, {A[1:]}]}}",
        "score.parts",
        "现为 90%",
    ),
    "weights 101": (
        f"score: {{kind: weighted_sum, parts: [{{weight: 50, {A[1:]}, {{weight: 51, {A[1:]}]}}",
        "score.parts",
        "现为 101%",
    ),
    "weight missing": (
        f"score: {{kind: weighted_sum, parts: [{{weight: 50%, {A[1:]}, {A}]}}",
        "score.parts[1]",
        "缺少权重",
    ),
    "weight negative": (
        f"score: {{kind: weighted_sum, parts: [{{weight: 1.5, {A[1:]}, {{weight: -0.5, {A[1:]}]}}",
        "score.parts[1].weight",
        "不能为负",
    ),
    "weight no number": (
        f"score: {{kind: weighted_sum, parts: [{{weight: 一半, {A[1:]}]}}",
        "score.parts[0].weight",
        "不是数字",
    ),
    "weight where none counts": (
        f"score: {{kind: mean, parts: [{{weight: 50%, {A[1:]}]}}",
        "score.parts[0].weight",
        "只有 weighted_sum",
    ),
    "no parts": ("score: {kind: weighted_sum, parts: []}", "score.parts", "至少要有一个部分"),
    "parts no list": ("score: {kind: sum, parts: 3}", "score.parts", "应为列表"),
    "sum renormalised without full marks": (
        f"score: {{kind: sum, missing: renormalise, parts: [{A}]}}",
        "score.parts[0].full",
        "满分",
    ),
    "missing misspelt": (
        "score: {kind: value, source: a, missing: skip}",
        "score.missing",
        "renormalise",
    ),
    "rounding mode": (
        "score: {kind: value, source: a, rounding: {digits: 2, mode: banker}}",
        "score.rounding.mode",
        "half_even",
    ),
    "rounding digits": (
        "score: {kind: value, source: a, rounding: {digits: 9}}",
        "score.rounding.digits",
        "最多 6 位",
    ),
    "key twice": (
        f"score: {{kind: mean, parts: [{{key: x, {A[1:]}, {{key: x, {A[1:]}]}}",
        "score.parts[1].key",
        "重复",
    ),
    "key score": (
        f"score: {{kind: mean, parts: [{{key: score, {A[1:]}]}}",
        "score.parts[0].key",
        "总分的键",
    ),
    "unknown scale": (
        "score: {kind: reviews, source: a, scale: 五级}",
        "score.scale",
        "没有名为“五级”的量表",
    ),
    "scale without values": (
        "scales: {x: {好: null}}\nscore: {kind: reviews, source: a, scale: x}",
        "scales.x",
        "至少要有一档",
    ),
    "scale value text": (
        "score: {kind: reviews, source: a, scale: {好: 很好}}",
        "score.scale.好",
        "分值",
    ),
    "level twice": (
        "score: {kind: reviews, source: a, scale: [{key: a, value: 1}, {key: a, value: 2}]}",
        "score.scale",
        "重名",
    ),
    "share of an unknown level": (
        f"score: {{kind: level_share, source: a, scale: {SCALE}, levels: [良]}}",
        "score.levels",
        "没有“良”",
    ),
    "share of 不了解": (
        f"score: {{kind: level_share, source: a, scale: {SCALE}, levels: [不了解]}}",
        "score.levels",
        "不能计入分子",
    ),
    "question weights": (
        f"score: {{kind: reviews, source: a, scale: {SCALE}, questions: "
        "[{key: q, weight: 60%}, {key: r, weight: 60%}]}",
        "score.questions",
        "120%",
    ),
    "question without scale": (
        "score: {kind: reviews, source: a, questions: [{key: q}]}",
        "score.questions[0].scale",
        "没有量表",
    ),
    "questionnaire unknown": (
        f"score: {{kind: reviews, source: a, scale: {SCALE}, questions: 问卷}}",
        "score.questions",
        "没有名为“问卷”",
    ),
    "trim leaves nobody": (
        "score: {kind: trimmed_mean, source: a, trim: {highest: 1, lowest: 1, above: 1}}",
        "score.trim.above",
        "至少要剩一个",
    ),
    "trim missing": ("score: {kind: trimmed_mean, source: a}", "score.trim", "缺少“trim”"),
    "trim half": (
        "score: {kind: trimmed_mean, source: a, trim: {highest: 0.5}}",
        "score.trim.highest",
        "小于 50%",
    ),
    "source and parts": (
        f"score: {{kind: mean, source: a, parts: [{A}]}}",
        "score.source",
        "只能写一个",
    ),
    "range upside down": (
        "score: {kind: ballots, source: a, range: [100, 0]}",
        "score.range",
        "最低应小于最高",
    ),
    "conversion of two kinds": (
        "score: {kind: indicator, source: a, convert: {linear: {}, steps: []}}",
        "score.convert",
        "之一",
    ),
    "steps out of order": (
        "score: {kind: indicator, source: a, convert: "
        "{steps: [{from: 80, points: 1}, {from: 90, points: 2}]}}",
        "score.convert.steps",
        "依次排列",
    ),
    "linear of one point": (
        "score: {kind: indicator, source: a, convert: {linear: {from: [1, 1], to: [0, 9]}}}",
        "score.convert.linear.from",
        "不能相同",
    ),
    "gate without effect": (
        f"score: {{kind: gate, of: {A}, rules: [{{when: {{source: b, is: true}}}}]}}",
        "score.rules[0]",
        "后果",
    ),
    "gate to an unknown band": (
        f"score: {{kind: gate, of: {A}, rules: [{{when: {{source: b, is: true}}, band: 差}}]}}",
        "score.rules[0].band",
        "没有“差”",
    ),
    "condition on an unknown figure": (
        f"score: {{kind: gate, of: {A}, rules: [{{when: {{figure: z, below: 3}}, zero: true}}]}}",
        "score",
        "不存在的 key“z”",
    ),
    "condition without a test": (
        f"score: {{kind: gate, of: {A}, rules: [{{when: {{source: b}}, zero: true}}]}}",
        "score.rules[0].when",
        "一种判断",
    ),
    "a figure that needs itself": (
        "score: {kind: gate, key: g, of: {kind: figure, to: g}, "
        "rules: [{when: {source: b, is: true}, zero: true}]}",
        "score.of",
        "循环引用",
    ),
    "coefficient without source": ("score: {kind: coefficient}", "score.source", "缺少“source”"),
    "required and optional": (
        "score: {kind: value, source: a, required: true, optional: true}",
        "score.required",
        "不能同时",
    ),
    "a level that YAML reads as true": (
        "score: {kind: reviews, source: a, scale: {yes: 1, no: 0}}",
        "score.scale",
        "加引号",
    ),
    "not four numbers": (
        "score: {kind: scale, of: {kind: constant, value: 1}, from: [1], to: [a, b]}",
        "score.from",
        "两个数字",
    ),
    "nothing to map by": (
        "score: {kind: scale, of: {kind: constant, value: 1}}",
        "score.times",
        "折算要写",
    ),
    "a step without its line": (
        "score: {kind: indicator, source: a, convert: {steps: [{points: 1}]}}",
        "score.convert.steps[0]",
        "一个界线",
    ),
    "a corner that is no point": (
        "score: {kind: indicator, source: a, convert: {curve: [[1, 2], 3]}}",
        "score.convert.curve[1]",
        "[数值, 得分]",
    ),
    "per unit of nothing": (
        "score: {kind: indicator, source: a, convert: "
        "{per_unit: {start: 1, points: 2, below: {each: 0, points: 1}}}}",
        "score.convert.per_unit.below.each",
        "大于 0",
    ),
    "per unit in no direction": (
        "score: {kind: indicator, source: a, convert: {per_unit: {start: 1, points: 2}}}",
        "score.convert.per_unit.below",
        "至少写一个",
    ),
    "table of text": (
        "score: {kind: value, source: a, table: {一等奖: 很多}}",
        "score.table.一等奖",
        "不是数字",
    ),
    "a choice without a part": (
        "score: {kind: choose, when: {source: a, is: true}}",
        "score.then",
        "缺少“then”",
    ),
    "ballots graded into levels the scale does not have": (
        f"score: {{kind: majority, source: a, scale: {SCALE}, grade: {{bands: {{良: 0}}}}}}",
        "score.grade.bands",
        "没有“良”",
    ),
    "a trim of nothing": (
        "score: {kind: trimmed_mean, source: a, trim: {above: 3}}",
        "score.trim.highest",
        "至少写一个",
    ),
    "a trim of two thresholds": (
        "score: {kind: trimmed_mean, source: a, trim: {above: 3, from: 4, highest: 1}}",
        "score.trim.above",
        "只能写一个",
    ),
    "a scale that is a list of numbers": (
        "score: {kind: reviews, source: a, scale: [5, 4]}",
        "score.scale[0]",
        "映射",
    ),
    "a scale that is a number": (
        "score: {kind: reviews, source: a, scale: 5}",
        "score.scale",
        "量表应为",
    ),
    "both questions and a question": (
        f"score: {{kind: reviews, source: a, scale: {SCALE}, question: q, questions: [{{key: q}}]}}",
        "score.question",
        "只能写一个",
    ),
    "the same question twice": (
        f"score: {{kind: reviews, source: a, scale: {SCALE}, questions: [{{key: q}}, {{key: q}}]}}",
        "score.questions",
        "重复",
    ),
    "an exemption that is no number": (
        "score: {kind: value, source: a, exempt: 满分}",
        "score.exempt",
        "不是数字",
    ),
    "a cap below zero": (
        f"score: {{kind: deduction, of: {A}, parts: [{A}], cap: -1}}",
        "score.cap",
        "不能为负",
    ),
    "a gate without rules": (f"score: {{kind: gate, of: {A}, rules: []}}", "score.rules", "至少"),
    "an empty group of conditions": (
        f"score: {{kind: gate, of: {A}, rules: [{{when: {{any: []}}, zero: true}}]}}",
        "score.rules[0].when.any",
        "至少要有一个条件",
    ),
    "a condition on two things": (
        f"score: {{kind: gate, of: {A}, rules: [{{when: {{source: a, figure: b, is: true}}, "
        "zero: true}]}",
        "score.rules[0].when",
        "二者之一",
    ),
    "flag as text": (
        f"score: {{kind: reviews, source: a, scale: {SCALE}, unknown_in_denominator: 是}}",
        "score.unknown_in_denominator",
        "true 或 false",
    ),
    "minimum_n negative": (
        "score: {kind: value, source: a, minimum_n: -1}",
        "score.minimum_n",
        "不能小于 0",
    ),
    "a name of 300 characters": (f"score: {A}\nname: {'长' * 300}", "name", "文字过长"),
    "number too large": ("score: {kind: constant, value: 1e300}", "score.value", "数字"),
    "infinite": ("score: {kind: constant, value: .inf}", "score.value", "有限"),
    "a rater that is not there": (
        f"score: {{kind: matrix, scale: {SCALE}, raters: [{{source: a}}], "
        "indicators: [{key: q, raters: {b: 100%}}]}",
        "score.indicators[0].raters.b",
        "没有这个评议主体",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_recipe_is_refused_with_its_place(name):
    refuses(*BROKEN[name])


def test_all_problems_are_reported_together():
    data = {"score": {"kind": "value"}, "rounding": {"digits": 9}, "colour": "red"}

    with pytest.raises(RecipeError) as refused:
        parse_recipe(data)

    assert [path for path, _ in refused.value.problems] == [
        "rounding.digits",
        "score.source",
        "colour",
    ]


def test_a_tree_that_holds_itself_is_refused():
    node = {"kind": "mean"}
    node["parts"] = [node]

    with pytest.raises(RecipeError, match="循环引用"):
        parse_recipe({"score": node})


def test_a_very_deep_tree_is_refused():
    node = {"kind": "value", "source": "a"}
    for _ in range(40):
        node = {"kind": "mean", "parts": [node]}

    with pytest.raises(RecipeError, match="层"):
        parse_recipe({"score": node})
