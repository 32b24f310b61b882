import json
from io import StringIO

import pytest
from django.core.management import call_command

from branches.models import Organisation
from tests.excel.books import roster_bytes
from tests.excel.truth import SAMPLES, truth_of

O1 = SAMPLES / "orgs/O1_党组织名录_三级.xlsx"


def run(*arguments):
    out = StringIO()
    try:
        call_command("import_orgs", *map(str, arguments), "--json", stdout=out)
    except SystemExit as stop:
        return json.loads(out.getvalue()), stop.code
    return json.loads(out.getvalue()), 0


def test_the_sample_is_right_to_the_row(db):
    answer, status = run(O1)
    truth = truth_of(O1)

    listed = {each["row"]: each for each in answer["organisations"]}
    told = [{key: listed[row["row"]][key] for key in row} for row in truth["must_import"]]
    assert status == 0
    assert told == truth["must_import"]
    assert set(listed) == {row["row"] for row in truth["must_import"]}
    assert {error["row"]: error["code"] for error in answer["errors"]} == {
        row["row"]: row["reason_code"] for row in truth["must_reject_or_flag"]
    }
    assert Organisation.objects.count() == 0


def test_apply_builds_the_tree_once(db):
    """Row R04."""
    run(O1, "--apply")
    answer, status = run(O1, "--apply")

    assert status == 0
    assert Organisation.objects.count() == 6
    branch = Organisation.objects.get(name="青禾县政务服务中心第一党支部")
    assert (branch.code, branch.kind, branch.depth) == ("020100002", "branch", 3)
    assert Organisation.objects.get_parent(branch).name == "中共青禾县政务服务中心总支部委员会"
    assert {w["code"] for w in answer["warnings"]} == {"exists"}


def test_children_may_stand_before_their_parents_and_circles_are_refused(db, tmp_path):
    file = tmp_path / "a.xlsx"
    rows = [
        ["第一党支部", "101", "县直党委"],
        ["县直党委", "1", ""],
        ["甲支部", "7", "乙支部"],
        ["乙支部", "8", "甲支部"],
    ]
    file.write_bytes(roster_bytes(["组织名称", "组织编码", "上级党组织"], rows, title="名录"))

    answer, _ = run(file, "--apply")

    assert [each["name"] for each in answer["organisations"]] == ["县直党委", "第一党支部"]
    assert [error["row"] for error in answer["errors"]] == [5, 6]


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("新名字党支部", "020100002", "在系统中是"),
        ("青禾县政务服务中心第一党支部", "999", "的编号是 020100002"),
    ],
)
def test_what_contradicts_the_records_is_refused(db, tmp_path, name, code, reason):
    run(O1, "--apply")
    file = tmp_path / "a.xlsx"
    parent = "中共青禾县政务服务中心总支部委员会"
    file.write_bytes(roster_bytes(["组织名称", "组织编号", "上级组织"], [[name, code, parent]]))

    answer, status = run(file, "--apply")

    assert status == 1
    assert reason in answer["errors"][0]["message"]


def test_a_roster_is_no_list_of_organisations(db):
    answer, status = run(SAMPLES / "rosters/R05_企业模板_星号表头_样例行.xlsx")

    assert status == 1
    assert "组织名称" in answer["file_errors"][0]["message"]
