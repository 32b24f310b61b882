"""python -m scoring RECIPE.yaml INPUTS.json → one JSON object; exit 0 only when it was computed."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import yaml

from scoring.errors import InputError, ScoringError
from scoring.listing import score_subjects
from scoring.recipe import parse_recipe
from scoring.results import to_json

LARGEST_FILE = 10 * 1024 * 1024
USAGE = "用法：python -m scoring RECIPE.yaml INPUTS.json"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        return _failed("", USAGE)
    try:
        recipe = parse_recipe(_recipe_data(Path(arguments[0])))
        inputs = _inputs(Path(arguments[1]))
        _say(score_subjects(recipe, inputs))
    except ScoringError as error:
        problems = [{"path": path, "message": message} for path, message in error.problems]
        return _failed(error.path, str(error), problems)
    return 0


def _say(told: dict[str, Any]) -> None:
    text = f"{to_json(told)}\n".encode("utf-8", "backslashreplace").decode()
    sys.stdout.write(text)


def _failed(path: str, message: str, problems: list[dict[str, str]] | None = None) -> int:
    told = {"error": message, "problems": problems or [{"path": path, "message": message}]}
    _say(told)
    return 1


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(path.name, "文件超过 10 MB")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(path.name, f"文件打不开：{error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(path.name, "文件不是 UTF-8 编码") from None


def _recipe_data(path: Path) -> Any:
    """A recipe, or a scheme file that holds one under `recipe`."""
    try:
        data = yaml.load(_read(path), Loader=ExactLoader)  # noqa: S506  (a SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else path.name
        raise InputError(
            where, f"YAML 写法有误：{getattr(error, 'problem', None) or '无法读取'}"
        ) from None
    except ValueError as error:
        raise InputError(path.name, f"YAML 写法有误：{error}") from None
    except RecursionError:
        raise InputError(path.name, "嵌套过深") from None
    if isinstance(data, Mapping) and "recipe" in data and "score" not in data:
        return data["recipe"]
    return data


def _inputs(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(_read(path), parse_float=Decimal, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列"
        raise InputError(where, "JSON 写法有误") from None
    except InputError:
        raise
    except ValueError:
        raise InputError(path.name, "JSON 写法有误：数字过长") from None
    except RecursionError:
        raise InputError(path.name, "嵌套过深") from None
    if not isinstance(data, dict):
        raise InputError(path.name, "输入应为一个 JSON 对象")
    return data


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(key[:40], "同一层里这个键出现了两次")
        found[key] = value
    return found


class ExactLoader(yaml.SafeLoader):
    """Numbers stay as written (88.5 is no float), and a key written twice is refused."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is not None and key != "<<" and key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"键“{key}”出现了两次", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def _exact_float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal | float:
    written = str(node.value).replace("_", "")
    try:
        return Decimal(written)
    except ArithmeticError:
        return float("nan")


ExactLoader.add_constructor("tag:yaml.org,2002:float", _exact_float)

if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # Chinese, whatever the machine's locale
    sys.exit(main(sys.argv[1:]))
