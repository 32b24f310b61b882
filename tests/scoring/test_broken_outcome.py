"""What comes after the score: broken bands, seats, ranks, emphasis and ballot rules are refused with their place."""

import pytest

from scoring import parse_recipe
from tests.scoring.helpers import refuses

A = "{kind: value, source: a}"
SCALE = "{优: 100, 差: 0, 不了解: null}"
BANDED = f"score: {A}\nbands: {{优秀: 90, 合格: 60, 不合格: 0}}\n"

BROKEN = {
    "rounding half a digit": (f"score: {A}\nrounding: 1.5", "rounding", "映射"),
    "two figures that need each other": (
        f"score: {A}\nfigures: {{x: {{kind: figure, to: y}}, y: {{kind: figure, to: x}}}}",
        "figures.y",
        "循环引用",
    ),
    "gap 89.5": (
        f"score: {A}\nbands: [{{label: 优, from: 90, to: 100}}, {{label: 良, from: 80, to: 89}}]",
        "bands[0]",
        "例如 89.5",
    ),
    "gap at one point": (
        f"score: {A}\nbands: [{{label: 优, above: 90}}, {{label: 良, below: 90}}]",
        "bands[0]",
        "90 不属于任何等次",
    ),
    "overlap": (
        f"score: {A}\nbands: [{{label: 优, from: 85}}, {{label: 良, from: 60, to: 90}}]",
        "bands[0]",
        "重叠",
    ),
    "overlap at one point": (
        f"score: {A}\nbands: [{{label: 优, from: 90}}, {{label: 良, from: 60, to: 90}}]",
        "bands[0]",
        "90 同属两个等次",
    ),
    "range not covered": (
        f"score: {A}\nbands: {{range: [0, 100], list: [{{label: 优, from: 90}}, {{label: 良, from: 60}}]}}",
        "bands.list",
        "0 到 60 的分数不属于任何等次",
    ),
    "bands out of order": (
        f"score: {A}\nbands: [{{label: 中, from: 60}}, {{label: 优, from: 90}}, {{label: 差, from: 0}}]",
        "bands",
        "依次列出",
    ),
    "band twice": (
        f"score: {A}\nbands: [{{label: 优, from: 9}}, {{label: 优, from: 0}}]",
        "bands",
        "重复",
    ),
    "interval misspelt": (f"score: {A}\nbands: {{优: '90-100'}}", "bands.优.range", "[70,90)"),
    "the last band has a condition": (
        f"score: {A}\nbands: [{{label: 优, from: 9}}, "
        "{label: 差, below: 9, when: {source: b, is: true}}]",
        "bands[1]",
        "最后一个等次",
    ),
    "quota of an unknown band": (
        f"{BANDED}quota: [{{band: 良, share: 1/3}}]",
        "quota[0].band",
        "没有“良”",
    ),
    "quota over 100 %": (f"{BANDED}quota: [{{band: 优秀, share: 130%}}]", "quota[0].share", "100%"),
    "quota without share": (f"{BANDED}quota: [{{band: 优秀}}]", "quota[0].share", "之一"),
    "quota of the last band": (
        f"{BANDED}quota: [{{band: 不合格, share: 1/3}}]",
        "quota[0].overflow",
        "另一个等次",
    ),
    "quota lifts": (
        f"{BANDED}quota: [{{band: 合格, share: 1/3, overflow: 优秀}}]",
        "quota[0].overflow",
        "更低",
    ),
    "rank method": (f"score: {A}\nrank: {{method: random}}", "rank.method", "competition"),
    "tie-breaker unknown": (f"score: {A}\nrank: {{then: [笔试]}}", "rank", "笔试"),
    "minimum n of what": (
        f"score: {{kind: mean, parts: [{A}]}}\nrank: {{minimum_n: 10}}",
        "rank.n_of",
        "n_of",
    ),
    "emphasis of an unknown key": (
        f"score: {A}\nemphasis: {{审批: {{三亮: 50%}}}}",
        "emphasis.审批.三亮",
        "没有这个 key",
    ),
    "emphasis that does not add up": (
        f"score: {{kind: weighted_sum, parts: [{{key: x, weight: 50%, {A[1:]}, "
        f"{{key: y, weight: 50%, {A[1:]}]}}\nemphasis: {{审批: {{x: 60%, y: 60%}}}}",
        "emphasis.审批",
        "120%",
    ),
    "ballot rule": (
        f"score: {A}\nballot_rules: [{{kind: at_most, where: {{from: 90}}}}]",
        "ballot_rules[0].count",
        "二者之一",
    ),
    "a key that YAML reads as true": (f"score: {A}\nrank: {{on: exact}}", "rank.True", "加引号"),
    "no band": (f"score: {A}\nbands: []", "bands", "至少要有一个等次"),
    "bands as text": (f"score: {A}\nbands: 四档", "bands", "列表"),
    "a band from two lines": (
        f"score: {A}\nbands: [{{label: 优, from: 90, above: 90}}]",
        "bands[0].from",
        "只能写一个",
    ),
    "a band upside down": (
        f"score: {A}\nbands: [{{label: 优, from: 90, to: 80}}]",
        "bands[0]",
        "下限应小于上限",
    ),
    "a band with neither line nor condition": (
        f"score: {A}\nbands: [{{label: 优}}, {{label: 差}}]",
        "bands[0]",
        "既没有分数线也没有条件",
    ),
    "one band without a line among others with": (
        f"score: {A}\nbands: [{{label: 优, from: 90}}, {{label: 差}}]",
        "bands[1]",
        "没有分数线",
    ),
    "the top is not covered": (
        f"score: {A}\nbands: {{range: [0, 100], list: [{{label: 优, range: '[60,100)'}}, "
        "{label: 差, range: '[0,60)'}]}",
        "bands.list",
        "100 到 100 的分数",
    ),
    "quota with a minimum over its maximum": (
        f"{BANDED}quota: [{{band: 优秀, share: 1/3, minimum: 3, maximum: 2}}]",
        "quota[0].minimum",
        "不能大于",
    ),
    "emphasis of something without a weight": (
        f"score: {{kind: mean, parts: [{{key: x, {A[1:]}]}}\nemphasis: {{审批: {{x: 50%}}}}",
        "emphasis.审批.x",
        "没有权重可改",
    ),
    "a figure with a weight": (
        f"score: {A}\nfigures: {{x: {{weight: 10%, {A[1:]}}}",
        "figures.x.weight",
        "不计入得分",
    ),
    "ballot rule without where": (
        f"score: {A}\nballot_rules: [{{kind: at_most, count: 3}}]",
        "ballot_rules[0].where",
        "分数线",
    ),
    "ballot rules as a mapping": (
        f"score: {A}\nballot_rules: {{kind: at_most}}",
        "ballot_rules",
        "列表",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_outcome_is_refused_with_its_place(name):
    refuses(*BROKEN[name])


def test_integer_bands_are_whole_when_the_score_is_graded_as_an_integer():
    bands = [{"label": "优", "from": 90, "to": 100}, {"label": "良", "from": 0, "to": 89}]

    recipe = parse_recipe(
        {"score": {"kind": "value", "source": "a"}, "bands": {"uses": 0, "list": bands}}
    )

    assert recipe.bands.labels == ("优", "良")
