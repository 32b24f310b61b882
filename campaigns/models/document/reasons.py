"""Problems with their place, and pydantic's findings said in Chinese."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import ValidationError

from campaigns.models.document.parts import Part

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """Something wrong at one place of a scheme, with what to do about it."""

    path: Path
    reason: str

    @property
    def place(self) -> str:
        """The path as people read it: `families[0].items[2].mechanism`."""
        return re.sub(
            r"\.\[", "[", ".".join(f"[{p}]" if isinstance(p, int) else p for p in self.path)
        )


REASONS = {
    "missing": "缺少“{last}”",
    "string_type": "应是文字；数字、日期、是否请加引号",
    "string_too_short": "不能为空",
    "string_too_long": "太长，最多 {max_length} 个字",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "decimal_type": "应是数字",
    "decimal_parsing": "应是数字",
    "decimal_max_digits": "位数太多",
    "finite_number": "应是有限的数字",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "tuple_type": "应是列表：每项一行，以“- ”开头",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "dict_type": "应是一组“键: 值”",
    "model_type": "应是一组“键: 值”",
    "model_attributes_type": "应是一组“键: 值”",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "greater_than": "应大于 {gt}",
    "less_than": "应小于 {lt}",
    "date_type": "应是日期，如 2026-03-01",
    "date_parsing": "应是日期，如 2026-03-01",
    "date_from_datetime_parsing": "应是日期，如 2026-03-01",
    "date_from_datetime_inexact": "应是日期，如 2026-03-01",
}
PATTERNS = {
    "slug": "只能用小写字母、数字和连字符，如 guanyun-weather",
    "rows": "应是验收行号，如 L01、L12.3",
    "share": "应写成分数或百分数，如 1/3、30%",
    "at_most": "应写成分数或百分数，如 1/3、30%",
}
KEY_PATTERN = "代号只能用小写字母、数字和下划线，以字母开头，如 public_rating"


def problems_from(error: ValidationError, prefix: Path = ()) -> list[Problem]:
    """Every finding of pydantic as a problem below `prefix`."""
    return [Problem((*prefix, *found["loc"]), _reason(found)) for found in error.errors()]


def suggestion(word: str, known: list[str]) -> str:
    """“；是不是想写 …” when something close is known, else nothing."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"；是不是想写“{close[0]}”" if close else ""


def _reason(found) -> str:
    kind, context = found["type"], found.get("ctx", {})
    last = str(found["loc"][-1]) if found["loc"] else ""
    if kind == "extra_forbidden":
        return f"不认识的键“{last}”{suggestion(last, _every_key())}"
    if kind == "literal_error":
        options = context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
        return f"“{str(found['input'])[:40]}”不在可选之列，只能是 {options}"
    if kind == "string_pattern_mismatch":
        return _pattern_reason(found["loc"])
    if kind == "value_error":
        return str(context["error"])
    template = REASONS.get(kind, f"写法不对（{kind}）")
    return template.format(last=last, **context)


def _pattern_reason(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return PATTERNS.get(names[-1], KEY_PATTERN) if names else KEY_PATTERN


def _every_key() -> list[str]:
    waiting, keys = [Part], set()
    while waiting:
        part = waiting.pop()
        keys.update(part.model_fields)
        waiting.extend(part.__subclasses__())
    return sorted(keys)
