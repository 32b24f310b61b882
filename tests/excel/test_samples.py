"""The samples that came with the project, right to the row."""

import pytest

from tests.excel.truth import SAMPLES, deviations, read_sample, truth_of

ROSTERS = sorted(SAMPLES.glob("rosters/*.xlsx"))


@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: path.stem)
def test_a_roster_is_right_to_the_row(path):
    truth = truth_of(path)

    result = read_sample(path, known=truth["known_branches"])

    assert list(deviations(result, truth)) == []
    assert result["file_errors"] == []


@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: path.stem)
def test_every_row_has_exactly_one_fate(path):
    result = read_sample(path, known=truth_of(path)["known_branches"])

    fates = [
        (row["sheet"], row["row"]) for key in ("people", "skipped") for row in result[key]
    ] + list({(row["sheet"], row["row"]) for row in result["errors"]})
    assert len(fates) == len(set(fates))


def test_without_the_branch_nobody_comes_in():
    path = ROSTERS[0]

    result = read_sample(path, known=["青禾县政务服务中心第二党支部"])

    assert (result["ok"], result["people"]) == (False, [])
    assert "是否指“青禾县政务服务中心第二党支部”" in result["errors"][0]["message"]


def test_formulas_and_scripts_in_remarks_do_not_keep_anybody_out():
    path = SAMPLES / "hostile/H6_公式与脚本注入备注.xlsx"

    result = read_sample(path, known=["青禾县文旅局党支部"])

    assert len(result["people"]) == 8
    assert result["errors"] == []


def test_a_corrected_heading_is_used():
    path = SAMPLES / "rosters/R05_企业模板_星号表头_样例行.xlsx"
    known = truth_of(path)["known_branches"]

    result = read_sample(
        path, known=known, meanings={"岗位职务": "party_position", "党内职务": None}
    )

    assert {person["party_position"] for person in result["people"]} <= {
        "信息科", "综合科", "督查科", "审批科", "窗口受理", "财务",
    }  # fmt: skip
