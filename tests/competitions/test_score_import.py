"""B02: paper score sheets come in by the organiser's Excel, whole rows or nothing of them."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from branches import actions as uploads
from branches.actions.undo import UndoRefused
from branches.excel.uploads import all_kinds
from branches.models import Upload
from common.models import Notice
from competitions.actions import contests as actions
from competitions.actions.contests import Refused
from competitions.models import Mark
from tests.branches.imports import applied, previewed, rows_of
from tests.competitions.contests import begun, deed

HEADING = ["参赛者", "褚局长·理论", "褚局长·操作", "沈督查 理论", "沈督查操作得分"]
GOOD = [["钱一", 90, 91.5, 88, 87], ["孙二", 80, "79.125分"[:-1], 70, 71]]


@pytest.fixture
def contest(fair, as_person):
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一\n孙二")
    deed(committee, contest, "judges", names="褚局长\n沈督查")
    contest.refresh_from_db()
    return contest


def file_of(*rows, heading=HEADING):
    book = openpyxl.Workbook()
    for row in (heading, *rows):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def shown(fair, contest, *rows, heading=HEADING, by=None):
    return previewed(
        fair, file_of(*rows, heading=heading), by=by or fair.committee_member, kind="scores",
        organisation=fair.root, about=str(contest.pk),
    )  # fmt: skip


def reasons(upload):
    return [error[1] for row in rows_of(upload) for error in row["errors"]]


def test_paper_scores_come_in_hand_in_the_sheets_and_go_out_again(fair, contest):
    upload = applied(shown(fair, contest, *GOOD), fair.committee_member)

    assert upload.state == Upload.State.APPLIED
    assert upload.counts["added"] == 2
    assert Mark.objects.count() == 8
    assert Mark.objects.get(
        judge__person=fair.leader, entrant__label="孙二", question="practice"
    ).value == Decimal("79.125")
    assert not contest.judges.filter(submitted_at=None).exists()
    assert Notice.objects.filter(title__contains="已按您的纸质评分表录入").count() == 2

    uploads.undo_upload(upload, by=fair.committee_member, at=timezone.now())

    assert Mark.objects.count() == 0
    assert contest.judges.filter(submitted_at=None).count() == 2


def test_what_is_ranked_is_not_taken_back_and_takes_nothing_in(fair, contest):
    upload = applied(shown(fair, contest, *GOOD), fair.committee_member)
    actions.close_contest(contest, by=fair.committee_member, at=timezone.now())

    with pytest.raises(UndoRefused, match="又改过"):
        uploads.undo_upload(upload, by=fair.committee_member, at=timezone.now())
    late = shown(fair, contest, *GOOD)

    assert late.state == Upload.State.REFUSED
    assert Mark.objects.count() == 8
    contest.refresh_from_db()
    assert contest.is_ranked


def test_each_wrong_row_is_refused_with_its_place_and_the_sheets_stay_open(fair, contest):
    upload = shown(
        fair, contest, GOOD[0], ["远方人", 1, 1, 1, 1], ["孙二", 101, 1, 1, 1], ["孙二", 80, "", 70, 71],
        ["钱一", 90, 91.5, 88, 87],
    )  # fmt: skip

    assert reasons(upload) == [
        "“远方人”不在参赛名单里",
        "褚局长·理论：101 分不在 0 到 100 之间",
        "C 列：缺“褚局长·操作”的得分",
        "与第 2 行是同一个参赛者",
    ]
    applied(upload, fair.committee_member)
    assert set(Mark.objects.values_list("entrant__label", flat=True)) == {"钱一"}
    assert contest.judges.filter(submitted_at=None).count() == 2
    with pytest.raises(Refused, match="没有交表"):
        actions.close_contest(contest, by=fair.committee_member, at=timezone.now())


def test_a_sheet_handed_in_by_its_judge_is_not_overwritten_nor_a_draft_shown(fair, contest):
    judge = contest.judges.get(person=fair.leader)
    entrants = list(contest.entrants.order_by("number"))
    marks = {(one.pk, key): Decimal(61) for one in entrants for key in ("theory", "practice")}
    actions.save_sheet(judge, marks=marks, at=timezone.now())
    draft = shown(fair, contest, *GOOD)
    actions.submit_sheet(judge, by=fair.leader, at=timezone.now())

    late = shown(fair, contest, GOOD[0], ["孙二", "", "", 70, 71])

    assert reasons(draft) == []
    assert "61" not in str(rows_of(draft))
    assert reasons(late) == [
        "B 列：评委 褚局长 已经交表，要更正请先退回；C 列：评委 褚局长 已经交表，要更正请先退回"
    ]


def test_a_judge_over_his_questions_reads_as_two_rows_of_heading(fair, contest):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["参赛者", "褚局长", None, "沈督查", None],
        [None, "理论", "操作", "理论", "操作"],
        *GOOD,
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(area)
    held = io.BytesIO()
    book.save(held)
    upload = previewed(
        fair, held.getvalue(), by=fair.committee_member, kind="scores", organisation=fair.root,
        about=str(contest.pk),
    )  # fmt: skip

    assert reasons(upload) == []
    assert upload.counts["added"] == 2


def test_only_who_runs_the_contest_finds_it_and_the_template_has_its_columns(
    fair, contest, as_person
):
    detail = reverse("competitions:contest_detail", args=[contest.pk])
    kind = all_kinds()["scores"]
    sheet = openpyxl.load_workbook(io.BytesIO(kind.template(fair.root, str(contest.pk)))).active
    heading = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]

    assertContains(as_person(fair.committee_member).get(detail), "导入纸质评分")
    assertNotContains(as_person(fair.secretary).get(detail), "导入纸质评分")
    assert kind.abouts(fair.committee_member) == [(str(contest.pk), str(contest))]
    assert kind.abouts(fair.secretary) == kind.abouts(fair.far_secretary) == []
    assert any("褚局长·操作" in text for text in heading)
    add = reverse("branches:import_add", args=["scores"])
    template = reverse("branches:import_template", args=["scores"]) + f"?about={contest.pk}"
    committee = as_person(fair.committee_member)
    assertContains(committee.get(add), template)
    assertRedirects(committee.get(template.partition("?")[0]), add)
    refused = shown(fair, contest, *GOOD, by=fair.secretary)
    assert refused.state == Upload.State.REFUSED
