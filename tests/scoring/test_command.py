"""python -m scoring: one JSON object, exit 0 only when it was computed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.__main__ import main

GOOD = "score: {kind: value, source: a}\n"


def run(tmp_path, capsys, recipe, inputs):
    (tmp_path / "r.yaml").write_text(recipe, encoding="utf-8")
    (tmp_path / "i.json").write_text(inputs, encoding="utf-8")
    code = main([str(tmp_path / "r.yaml"), str(tmp_path / "i.json")])
    return code, json.loads(capsys.readouterr().out)


def test_it_prints_value_rounded_band_and_explanation(tmp_path, capsys):
    code, told = run(tmp_path, capsys, GOOD, '{"a": 88.125}')

    assert code == 0
    assert sorted(told) == ["band", "explanation", "rounded", "value"]
    assert (told["value"], told["rounded"]) == ("88.125", "88.13")


def test_it_names_inputs_that_the_recipe_does_not_use(tmp_path, capsys):
    _, told = run(tmp_path, capsys, GOOD, '{"a": 1, "b": 2}')

    assert told["unused"] == ["b"]


def test_a_recipe_may_sit_in_a_larger_file(tmp_path, capsys):
    code, told = run(tmp_path, capsys, f"title: 方案\nrecipe:\n  {GOOD}", '{"a": 1}')

    assert (code, told["value"]) == (0, "1")


@pytest.mark.parametrize(
    ("recipe", "inputs", "words"),
    [
        ("score: [", "{}", "YAML 写法有误"),
        ("score: {kind: value, source: a}\nscore: {}", "{}", "出现了两次"),
        ("!!python/object/apply:os.system [ls]", "{}", "YAML 写法有误"),
        (GOOD, "{", "JSON 写法有误"),
        (GOOD, "[]", "一个 JSON 对象"),
        (GOOD, '{"a": 1, "a": 2}', "出现了两次"),
        (GOOD, '{"a": "九十"}', "不是数字"),
        (GOOD, '{"a": 1e400}', "数字"),
        (GOOD, '{"a": NaN}', "数字"),
        (GOOD, "[" * 100_000, "嵌套过深"),
        ("a: &a [*a]\nscore: {kind: value, source: a}", "{}", "循环引用"),
        ("", "{}", "映射"),
        ("a: 2026-13-45\n" + GOOD, "{}", "YAML 写法有误"),
        (f"a: {'9' * 5000}\n" + GOOD, "{}", "YAML 写法有误"),
        (GOOD, f'{{"a": {"9" * 5000}}}', "JSON 写法有误"),
        ("? [1, 2]\n: 3\n" + GOOD, "{}", "YAML 写法有误"),
        ("a: \x00\n", "{}", "YAML 写法有误"),
        (GOOD, '{"a": "\\ud800"}', "不是数字"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(tmp_path, capsys, recipe, inputs, words):
    code, told = run(tmp_path, capsys, recipe, inputs)

    assert code == 1
    assert words in told["error"]
    assert told["problems"]


def test_a_missing_file_is_named(tmp_path, capsys):
    assert main([str(tmp_path / "none.yaml"), "x"]) == 1
    assert "none.yaml：文件打不开" in json.loads(capsys.readouterr().out)["error"]


def test_the_usage_is_told(capsys):
    assert main([]) == 1
    assert "用法" in json.loads(capsys.readouterr().out)["error"]


def test_a_file_in_another_encoding_is_refused(tmp_path, capsys):
    (tmp_path / "r.yaml").write_bytes("score: 得分".encode("gb18030"))

    assert main([str(tmp_path / "r.yaml"), "x"]) == 1
    assert "UTF-8" in json.loads(capsys.readouterr().out)["error"]


def test_a_file_of_more_than_10_mb_is_refused(tmp_path, capsys):
    (tmp_path / "r.yaml").write_bytes(b"#" * (10 * 1024 * 1024 + 1))

    assert main([str(tmp_path / "r.yaml"), "x"]) == 1
    assert "10 MB" in json.loads(capsys.readouterr().out)["error"]


def test_billion_laughs_are_refused_at_once(tmp_path, capsys):
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]

    code, told = run(tmp_path, capsys, "\n".join(lines), "{}")

    assert code == 1
    assert "内容过多" in told["error"]


def test_subjects_are_ranked_and_graded_within_the_quota(tmp_path, capsys):
    recipe = GOOD + "bands: {优秀: 90, 合格: 0}\nquota: [{band: 优秀, share: 1/3, minimum: 1}]\n"
    subjects = [{"id": str(n), "name": f"人{n}", "inputs": {"a": n}} for n in (95, 93, 91, 60)]

    code, told = run(tmp_path, capsys, recipe, json.dumps({"subjects": subjects}))

    listed = [(s["id"], s["rank"], s["band"], s["final_band"]) for s in told["subjects"]]
    assert code == 0
    assert listed == [
        ("95", 1, "优秀", "优秀"),
        ("93", 2, "优秀", "合格"),
        ("91", 3, "优秀", "合格"),
        ("60", 4, "合格", "合格"),
    ]


def test_like_is_ranked_with_like(tmp_path, capsys):
    recipe = GOOD + "rank: {groups: unit_type}\n"
    rows = [("甲", "审批", 90), ("乙", "审批", 80), ("丙", "窗口", 70)]
    subjects = [{"id": i, "unit_type": t, "inputs": {"a": v}} for i, t, v in rows]

    _, told = run(tmp_path, capsys, recipe, json.dumps({"subjects": subjects}))

    assert {s["id"]: (s["group"], s["rank"]) for s in told["subjects"]} == {
        "甲": ("审批", 1),
        "乙": ("审批", 2),
        "丙": ("窗口", 1),
    }


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"subjects": [{"inputs": {}}]}, "要有 id"),
        ({"subjects": [{"id": 1, "score": 2}]}, "不认识的键"),
        ({"subjects": [{"id": 1}, {"id": 1}]}, "id 有重复"),
        ({"subjects": 3}, "应为列表"),
        ({"subjects": [], "more": 1}, "不认识的键"),
        ({"subjects": [{"id": "甲", "inputs": {"a": "x"}}]}, "甲.a"),
        ({"subjects": [], "shared": 3}, "shared"),
        ({"subjects": [], "base": "很多"}, "base"),
        ({"subjects": [], "base": {"一": -1}}, "base.一"),
        ({"subjects": [{"id": 1, "inputs": 3}]}, "应为“来源: 数据”"),
        ({"sheets": {"source": "a", "ballots": 3}}, "选票的列表"),
        ({"sheets": {"source": "a"}}, "ballots"),
        ({"sheets": {"source": "a", "ballots": [3]}}, "被评人"),
    ],
)
def test_wrong_subjects_are_named(tmp_path, capsys, inputs, words):
    code, told = run(tmp_path, capsys, GOOD, json.dumps(inputs))

    assert code == 1
    assert words in told["error"]


def test_the_bytes_do_not_depend_on_hash_order(tmp_path):
    examples = Path(__file__).resolve().parents[2] / "scoring" / "examples"
    data = Path(__file__).parent / "data"
    seen = set()
    for seed in ("0", "1", "42"):
        seen.add(
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "scoring",
                    examples / "S07_民主测评选票.yaml",
                    data / "S07.json",
                ],
                capture_output=True,
                check=True,
                cwd=examples.parents[1],
                env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
        )

    assert len(seen) == 1
