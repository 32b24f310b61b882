"""`python -m tools.rows`: docs/rows.md from the tests. What a person does for each row, on which page, which tests show it.

A test shows a row when the row's id stands in its name, its docstring, the docstring of its module, or in
`@pytest.mark.rows("L12")`. Ranges count (`H01 to H03`); ids after the word "attack" are other ids (reliability).
"""

import ast
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
PAGE = BASE / "docs" / "rows.md"
ID = r"[A-Z]\d\d(?:\.\d)?"
RANGE = re.compile(rf"({ID})(?: to |-)({ID})")
OTHER = re.compile(r"[Aa]ttacks? [A-Z]\d+(?:(?:, | and | to )[A-Z]\d+)*")
ALONE = re.compile(rf"(?<![A-Za-z0-9])({ID})(?![0-9]|\.\d)")
GROUPS = {
    "L": "亮", "B": "比", "C": "创", "P": "评", "Z": "整改", "S": "督查、分类", "H": "典型、评比",
    "R": "角色、组织", "T": "节奏", "G": "制度、登记",
}  # fmt: skip
HEAD = """# The rows and the tests that show them

Made by `python -m tools.rows` from the tests and `tools/rows.json`; a test compares. Do not edit by hand.
The plans: A 气象局, B 机关局, C 中医医院, D 服务中心. A row without a test is listed as **missing**.
"""


@dataclass
class Row:
    id: str
    item: str
    plans: str
    does: str
    pages: list
    tests: list = field(default_factory=list)


def read_rows(tests=BASE / "tests"):
    """The rows in their order, each with the tests that name it: `{id: Row}`."""
    entries = json.loads((BASE / "tools" / "rows.json").read_text())
    rows = {entry["id"]: Row(**entry) for entry in entries}
    for path in sorted(tests.rglob("test_*.py")):
        place = path.relative_to(tests.parent).as_posix()
        for name, said in _said(ast.parse(path.read_text())):
            for one in named(said, rows):
                rows[one].tests.append(f"{place}::{name}" if name else place)
    return rows


def named(text, rows):
    """The ids in a text, in the order of the rows; a range names what lies between."""
    text = OTHER.sub(" ", text)
    order = list(rows)
    found = set()
    for first, last in RANGE.findall(text):
        if first in rows and last in rows:
            found.update(order[order.index(first) : order.index(last) + 1])
    found.update(one for one in ALONE.findall(text) if one in rows)
    return sorted(found, key=order.index)


def _said(tree):
    """(name of the test or "", what it says of itself); the module itself comes first."""
    yield "", ast.get_docstring(tree) or ""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name, f"{_words(node.name)} {ast.get_docstring(node) or ''} {_marked(node)}"


def _words(name):
    return " ".join(part.upper() for part in name.split("_") if re.fullmatch(r"[a-z]\d\d", part))


def _marked(node):
    """The arguments of `@pytest.mark.rows("L12", …)`."""
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    marks = [one for one in calls if ast.unparse(one.func).endswith("mark.rows")]
    return " ".join(str(ast.literal_eval(one)) for mark in marks for one in mark.args)


def missing(rows):
    return [row.id for row in rows.values() if not row.tests]


def text_of(rows):
    """docs/rows.md."""
    without = missing(rows)
    shown = len(rows) - len(without)
    lines = [HEAD, f"{shown} of {len(rows)} rows are shown by a test. Missing: {_list(without)}.\n"]
    group = None
    for row in rows.values():
        if row.id[0] != group:
            group = row.id[0]
            lines += [
                f"\n## {GROUPS[group]}\n",
                "| row | plans | what a person does | page | tests |",
            ]
            lines += ["|---|---|---|---|---|"]
        pages = ", ".join(f"`{page}`" for page in row.pages)
        lines.append(f"| {row.id} | {row.plans} | {row.does} | {pages} | {_tests(row)} |")
    return "\n".join(lines) + "\n"


def _list(ids):
    return ", ".join(ids) or "none"


def _tests(row):
    """Each file once: a further test in it changes no line."""
    files = dict.fromkeys(test.partition("::")[0] for test in row.tests)
    return "<br>".join(one.removeprefix("tests/") for one in files) or "**missing**"


def main():
    rows = read_rows()
    PAGE.write_text(text_of(rows))
    without = missing(rows)
    print(f"docs/rows.md：{len(rows)} 行，没有测试的 {len(without)} 行：{_list(without)}")


if __name__ == "__main__":
    sys.exit(main())
