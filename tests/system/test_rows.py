"""docs/rows.md says what the tests say, and what it says can be opened."""

import ast

from tests.policies import ROWS as POLICIES
from tools import rows as tool


def test_the_page_is_up_to_date():
    told = "请执行 python -m tools.rows 并提交 docs/rows.md"

    assert tool.PAGE.read_text() == tool.text_of(tool.read_rows()), told


def test_every_row_is_there_with_who_does_what_on_a_page_that_exists():
    rows = tool.read_rows()
    pages = {row.name.rpartition(":")[2] for row in POLICIES}

    assert len(rows) == 139
    assert [row.id for row in rows.values() if not row.does] == []
    assert [
        (row.id, page) for row in rows.values() for page in row.pages if page not in pages
    ] == []


def test_what_counts_as_naming_a_row():
    rows = dict.fromkeys(["B09", "B10", "B11", "B12", "L12", "L12.1"])
    source = '''
@pytest.mark.rows("L12.1")
def test_l12_is_shown():
    """B10 to B12; attack B09 and xB09, B091 are something else."""
'''

    [_, (name, said)] = tool._said(ast.parse(source))

    assert name == "test_l12_is_shown"
    assert tool.named(said, rows) == ["B10", "B11", "B12", "L12", "L12.1"]


def test_a_row_without_a_test_is_listed_as_missing():
    rows = {"L01": tool.Row("L01", "x", "A", "does", ["today"])}

    assert "Missing: L01." in tool.text_of(rows)
    assert "**missing**" in tool.text_of(rows)
