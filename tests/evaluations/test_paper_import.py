"""P05: totals of paper from Excel are one person's typing; the second still types or imports his own."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from branches import actions as uploads
from branches.actions.undo import UndoRefused
from branches.models import Upload
from evaluations.models import PaperEntry, PaperSheet, PollCount, RatingCount
from tests.branches.imports import applied, previewed, rows_of
from tests.evaluations.test_paper import again, counts
from tests.evaluations.test_poll import open_poll


def shown(world, *rows, by, about=None, organisation=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return previewed(
        world, held.getvalue(), by=by, kind="papers", organisation=organisation or world.north,
        about=f"{about or f'period:{world.period.pk}'}:{by.pk}",
    )  # fmt: skip


HEADING = ["窗口名称", "第几叠", "张数", "哪一种表", "满意", "不满意"]


def pile(world, name=None, number="三月第一叠", slips=12, good=10, bad=2):
    return [name or world.window.name, number, slips, "群众评价表", good, bad]


def reasons(upload):
    return [error[1] for row in rows_of(upload) for error in row["errors"]]


def test_an_import_and_the_other_persons_typing_are_counted_once(world, as_person):
    upload = applied(shown(world, HEADING, pile(world), by=world.secretary), world.secretary)
    assert upload.state == Upload.State.APPLIED
    assert PaperSheet.objects.get().state == "waiting"
    assert not RatingCount.objects.exists()

    again(as_person(world.officer))

    assert counts() == [("paper", "satisfied", 10), ("paper", "unsatisfied", 2)]
    with pytest.raises(UndoRefused):
        uploads.undo_upload(upload, by=world.secretary, at=timezone.now())
    assert PaperEntry.objects.count() == 2


def test_two_imports_by_two_people_are_counted_and_one_persons_twice_is_not(world):
    rows = [HEADING, pile(world)]
    applied(shown(world, *rows, by=world.secretary), world.secretary)
    same = shown(world, *rows, by=world.secretary)
    assert (same.counts["added"], same.counts["changed"]) == (0, 0)
    assert PaperEntry.objects.count() == 1
    assert not RatingCount.objects.exists()

    second = applied(shown(world, *rows, by=world.officer, organisation=world.root), world.officer)

    assert counts() == [("paper", "satisfied", 10), ("paper", "unsatisfied", 2)]
    with pytest.raises(UndoRefused, match="已经计入"):
        uploads.undo_upload(second, by=world.officer, at=timezone.now())
    late = shown(world, *rows, by=world.secretary)
    assert reasons(late) == ["这一叠已经计入，不能再录；另有一叠请换一个编号"]


def test_the_preview_says_that_ones_own_typing_is_changed(world):
    """P05: not 新增, and another person's file is still a typing of its own."""
    first = shown(world, HEADING, pile(world), by=world.secretary)
    applied(first, world.secretary)

    again = shown(world, HEADING, pile(world, good=9), by=world.secretary)
    other = shown(world, HEADING, pile(world), by=world.officer, organisation=world.root)

    assert [upload.counts["added"] for upload in (first, again, other)] == [1, 0, 1]
    assert again.counts["changed"] == 1
    assert "满意 10" in str(rows_of(again))
    assert "满意 10" not in str(rows_of(other)).replace("'10'", "")


def test_what_waits_can_be_taken_back(world):
    upload = applied(shown(world, HEADING, pile(world), by=world.secretary), world.secretary)

    uploads.undo_upload(upload, by=world.secretary, at=timezone.now())

    assert not PaperSheet.objects.exists()


def test_wrong_rows_are_told_and_anothers_different_figures_are_not_shown(world):
    applied(
        shown(world, HEADING, pile(world, good=7), by=world.officer, organisation=world.root),
        world.officer,
    )
    upload = shown(
        world,
        HEADING,
        pile(world),
        pile(world),
        pile(world, name=world.window2.name),
        pile(world, number="二", slips=3),
        pile(world, number="三", good=0, bad=0),
        pile(world, number="四", good=-1),
        by=world.secretary,
    )  # fmt: skip

    assert [text for text in reasons(upload) if "-1" not in text] == [
        "与第 2 行是同一叠",
        f"没有“{world.window2.name}”，或不在导入范围内",
        "“您满意吗”的票数合计比张数多，请核对",
        "各档都是 0，没有可计的票",
    ]
    assert any("-1" in text for text in reasons(upload))
    first = next(row for row in rows_of(upload) if row["row"] == 2)
    assert (first["fate"], first["warnings"]) == ("in", [])


def test_paper_of_a_panel(world):
    poll = open_poll(world, "panel")
    name = poll.subjects.get(position=1).name
    rows = [
        ["评议对象", "编号", "份数", "承诺·好", "满意·好"],
        [name, "1", 6, 6, 5],
    ]
    from evaluations.actions.paper_import import slots_of, subject_of  # noqa: PLC0415

    subject = subject_of(f"poll:{poll.pk}")
    labels = {slot.key: slot.label for slot in slots_of(subject.form)}
    rows[0][3:] = [labels["c_promise__good"], labels["c_approval__good"]]
    rows[0].append("评议主体")
    rows[1].append(next(label for label, key in subject.raters.items() if key == "deputies"))
    for person in (world.officer, world.committee_member):
        upload = shown(world, *rows, by=person, about=f"poll:{poll.pk}", organisation=world.root)
        assert reasons(upload) == []
        applied(upload, person)

    found = PollCount.objects.order_by("question").values_list("position", "question", "count")
    assert list(found) == [(0, "", 6), (1, "approval", 5), (1, "promise", 6)]


def test_only_typists_find_the_import(world, as_person):
    page = reverse("evaluations:paper_list")
    link = reverse("branches:import_add", args=["papers"])

    assertContains(as_person(world.secretary).get(page), link)
    assertNotContains(as_person(world.inspector).get(page), link)
    assert as_person(world.member).get(link).status_code == 403
