import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.excel.importing import apply_roster, preview_roster
from branches.models import Affiliation, Person, hash_id_number
from common.models import AuditEvent
from tests.excel.books import id_number, roster_bytes
from tests.excel.truth import SAMPLES, TODAY, deviations, truth_of
from tests.factories.branches import OrganisationFactory, PersonFactory

R01 = SAMPLES / "rosters/R01_官方16项汇总表_两级表头.xlsx"


def run(*arguments):
    """The command's JSON and its exit status."""
    out = StringIO()
    try:
        call_command("import_people", *map(str, arguments), "--json", stdout=out)
    except SystemExit as stop:
        return json.loads(out.getvalue()), stop.code
    return json.loads(out.getvalue()), 0


@pytest.fixture
def branch(db):
    return OrganisationFactory(name="青禾县政务服务中心第一党支部", code="B1")


def test_a_dry_run_is_right_to_the_row_and_writes_nothing(branch):
    answer, status = run(R01)

    assert status == 0
    assert answer["ok"] is True
    assert answer["applied"] is False
    assert list(deviations(answer, truth_of(R01))) == []
    assert Person.objects.count() == 0


def test_apply_writes_people_without_password_or_clear_id_number(branch):
    answer, status = run(R01, "--apply")

    assert (status, answer["applied"]) == (0, True)
    assert Person.objects.count() == len(answer["people"]) == 9
    person = Person.objects.get(id_number_hash=hash_id_number("999999199206150012"))
    assert (person.name, person.gender, person.phone) == ("尤琬遥", "male", "19900000001")
    assert (person.birth_on.isoformat(), person.birth_precision) == ("1992-06-15", "day")
    assert not person.has_usable_password()
    assert person.username == "youwanyao"
    assert b"999999199206150012" not in bytes(person.id_number_sealed)
    assert Affiliation.objects.get(person=person).organisation == branch
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail["added"]) == ("导入名册", 9)
    assert "999999199206150012" not in json.dumps(event.detail)


def test_applying_twice_changes_nothing(branch):
    run(R01, "--apply")
    before = list(Person.objects.order_by("pk").values())

    answer, _ = run(R01, "--apply")

    assert list(Person.objects.order_by("pk").values()) == before
    assert [w for w in answer["warnings"] if w["code"] == "update"] == []
    assert AuditEvent.objects.last().detail["unchanged"] == 9


def test_a_change_is_shown_and_written_and_blanks_erase_nothing(branch):
    run(R01, "--apply")
    number = "999999199206150012"
    Person.objects.filter(id_number_hash=hash_id_number(number)).update(phone="19911111111")

    answer, _ = run(R01, "--apply")

    told = [w["message"] for w in answer["warnings"] if w["code"] == "update"]
    assert told == ["系统中已有此人，将更新 手机号：19911111111 → 19900000001"]
    person = Person.objects.get(id_number_hash=hash_id_number(number))
    assert person.phone == "19900000001"
    assert Person.objects.count() == 9


def test_nobody_is_moved_out_of_another_branch(branch):
    other = OrganisationFactory(name="别的党支部")
    number = "999999199206150012"
    PersonFactory(name="尤琬遥", organisation=other, id_number_hash=hash_id_number(number))

    answer, _ = run(R01, "--apply")

    refused = [e for e in answer["errors"] if e["row"] == 5]
    assert "现在属于“别的党支部”" in refused[0]["message"]
    assert Affiliation.objects.filter(organisation=other, ends_on=None).count() == 1
    assert len(answer["people"]) == 8


def test_the_same_number_under_another_name_is_refused(branch):
    number = "999999199206150012"
    PersonFactory(name="别人", organisation=branch, id_number_hash=hash_id_number(number))

    answer, _ = run(R01)

    assert [e["message"] for e in answer["errors"] if e["row"] == 5] == [
        "身份证号在系统中属于“别人”，姓名不一致"
    ]


def test_a_list_without_numbers_finds_its_people_by_name_in_the_branch(branch, tmp_path):
    heading = ["姓名", "性别", "出生年月", "入党时间", "党支部"]
    rows = [["许澜", "女", "1987.11", "2010.07", branch.name]]
    file = tmp_path / "a.xlsx"
    file.write_bytes(roster_bytes(heading, rows))
    run(file, "--apply")
    file.write_bytes(roster_bytes([*heading, "学历"], [[*rows[0], "大学本科"]]))

    answer, _ = run(file, "--apply")

    assert Person.objects.get().education == "大学本科"
    assert "学历：空 → 大学本科" in answer["warnings"][-1]["message"]


def test_a_probationary_member_becomes_a_full_one_from_today(branch, tmp_path):
    file = tmp_path / "a.xlsx"
    heading = ["姓名", "身份证号", "人员类别", "入党时间", "党支部"]
    row = ["许澜", id_number("19871120", 2), "预备党员", "2025.12.01", branch.name]
    file.write_bytes(roster_bytes(heading, [row]))
    run(file, "--apply")
    Affiliation.objects.update(starts_on="2026-01-01")
    row[2] = "正式党员"
    file.write_bytes(roster_bytes(heading, [row]))

    run(file, "--apply")

    assert list(Affiliation.objects.order_by("pk").values_list("status", "ends_on")) == [
        ("probationary", timezone.localdate() - timezone.timedelta(days=1)),
        ("member", None),
    ]


def test_org_bounds_what_is_imported_and_gives_the_branch(branch, tmp_path):
    OrganisationFactory(name="外面的党支部", code="B2")
    file = tmp_path / "a.xlsx"
    file.write_bytes(
        roster_bytes(
            ["姓名", "性别", "入党时间", "党支部"], [["许澜", "女", "2010.07", "外面的党支部"]]
        )
    )
    outside, _ = run(file, "--org", "B1")
    file.write_bytes(roster_bytes(["姓名", "性别", "入党时间"], [["许澜", "女", "2010.07"]]))
    inside, _ = run(file, "--org", "B1")

    assert outside["people"] == []
    assert outside["errors"][0]["code"] == "unknown_branch"
    assert inside["people"][0]["branch"] == branch.name


def test_a_hostile_file_changes_nothing(branch):
    before = list(Person.objects.values())

    answer, status = run(SAMPLES / "hostile/H1_其实是HTML的.xls", "--apply")

    assert status == 1
    assert (answer["ok"], answer["applied"], answer["people"]) == (False, False, [])
    assert "网页" in answer["file_errors"][0]["message"]
    assert list(Person.objects.values()) == before


@pytest.mark.parametrize("count", [3, 300])
def test_the_number_of_statements_does_not_grow(branch, count):
    heading = ["姓名", "身份证号", "入党时间", "工号", "党支部"]
    people = [
        ["许" + chr(0x4E00 + n), id_number("19871120", n), "2010.07", f"G{n}", branch.name]
        for n in range(1, count + 1)
    ]
    first, again = (
        roster_bytes(heading, people),
        roster_bytes([*heading, "学历"], [[*row, "大专"] for row in people]),
    )
    counts = []
    for data in (first, again):
        with CaptureQueriesContext(connection) as queries:
            roster = preview_roster(data, scope=None, today=TODAY)
            apply_roster(roster, scope=None, by=None, at=timezone.now())
        counts.append(len(queries))

    locks = 2 if connection.vendor == "postgresql" else 0
    assert counts == [14 + locks, 12 + locks]
    assert Person.objects.filter(education="大专").count() == count
