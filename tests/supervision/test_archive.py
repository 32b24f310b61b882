"""The cycle's folder and 减负体检."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from common import archive as folders
from common import jobs, vault
from common.archive import safe_name, section, sections
from common.dates import today
from common.models import Job
from competitions.models import CasePicture
from pledges.models import Plaque, PledgeProgress, ProgressFile
from supervision.actions.archives import make_archive, request_archive
from supervision.actions.leading import appoint
from supervision.models import Archive
from supervision.queries.burden import burden_of
from supervision.queries.leading import places
from tests import pdf
from tests.factories import DutyFactory, PledgeFactory, ReviewFactory
from tests.factories.competitions import ActivityFactory, ActivityPictureFactory, CaseFactory
from tests.supervision.test_ledger import office, planned

__all__ = ["office"]
LIST = "supervision:archive_list"


def made(world):
    archive = request_archive(world.campaign, by=world.committee_member, at=timezone.now())
    jobs.run(archive.job_id)
    archive.refresh_from_db()
    return archive


def opened(archive):
    return zipfile.ZipFile(io.BytesIO(vault.fetch(archive.file)))


def test_one_click_makes_the_folder_in_reading_order(office, as_person, time_machine):
    """Row T03."""
    planned(office)
    PledgeFactory(
        published=True, period=office.period, organisation=office.north,
        owner_person=office.member, text="=HYPERLINK(1)",
    )  # fmt: skip
    ReviewFactory(
        period=office.period, organisation=office.north, person=office.member, author=office.leader
    )
    committee = as_person(office.committee_member)

    answer = committee.post(reverse("supervision:archive_make"))
    archive = Archive.objects.get()
    jobs.run(archive.job_id)
    archive.refresh_from_db()
    response = as_person(office.inspector).get(
        reverse("supervision:archive_download", args=[archive.pk])
    )

    book = zipfile.ZipFile(io.BytesIO(response.content))
    names = book.namelist()
    assert answer.url == reverse("common:job_detail", args=[archive.job_id])
    assert names[-2:] == ["00_目录.xlsx", "00_目录.docx"]
    assert [name for name in names if name.endswith("整改台账.xlsx")] == [
        "09_整改台账/整改台账.xlsx"
    ]
    assert names.index("01_方案和实施/活动方案.docx") < names.index("04_承诺/公开承诺.xlsx")
    assert len(names) == archive.entries
    sheet = openpyxl.load_workbook(io.BytesIO(book.read("04_承诺/公开承诺.xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in cells] == ["s"]
    chain = Document(io.BytesIO(book.read("09_整改台账/整改经过.docx")))
    assert any("定措施" in paragraph.text for paragraph in chain.paragraphs)


def test_letters_plaques_honours_and_pictures_lie_in_their_sections(office, settings, tmp_path):
    """Rows R01 to R03, L21, H03, H04."""
    settings.MEDIA_ROOT = tmp_path
    appoint(
        office.campaign, office.leader, places(office.campaign.plan)[0], remark="抓总", document="县委发 3 号",
        starts_on=today(), by=office.committee_member, at=timezone.now(),
    )  # fmt: skip
    Plaque.objects.create(
        organisation=office.north, name="党员示范窗口", criteria="一次办好", holder_window=office.window,
        starts_on=today(), state="live", written_at=timezone.now(), written_by=office.secretary,
        proposed_by=office.secretary, proposed_at=timezone.now(), checked_by=office.officer,
        checked_at=timezone.now(), published_at=timezone.now(),
    )  # fmt: skip
    case = CaseFactory(campaign=office.campaign, organisation=office.north, name="一次办好")
    CasePicture.objects.create(
        case=case, image=ContentFile(b"jpeg", name="a.jpg"), caption="导办", added_by=office.member,
        added_at=timezone.now(),
    )  # fmt: skip

    book = opened(made(office))

    names = book.namelist()
    letters = next(name for name in names if name.endswith("领导小组和会议/任职通知书.pdf"))
    assert "任职通知书" in pdf.text_of(book.read(letters)).replace("　", "")
    hung = next(name for name in names if name.endswith("公示内容/牌匾.pdf"))
    assert office.window.name in pdf.text_of(book.read(hung))
    picture = next(name for name in names if "图片/典型_1_一次办好_导办" in name)
    assert book.read(picture) == b"jpeg"
    sections_in_order = list(dict.fromkeys(name.split("/")[0] for name in names[:-2]))
    assert sections_in_order == sorted(sections_in_order)


def test_evidence_of_pledges_and_photos_of_activities_are_there_and_listed(
    office, settings, tmp_path, monkeypatch
):
    """Rows L19, B12, T03: not of drafts; what does not fit or is lost is said in the list."""
    settings.MEDIA_ROOT = tmp_path
    shown = PledgeFactory(
        published=True, period=office.period, organisation=office.north,
        owner_person=office.member, text="首问负责",
    )  # fmt: skip
    draft = PledgeFactory(
        period=office.period, organisation=office.north, owner_person=office.member2
    )
    evidence(shown, office.member, "现场.jpg", b"shown")
    evidence(shown, office.member, "大.pdf", b"x" * 100)
    lost = evidence(shown, office.member, "丢.pdf", b"lost")
    lost.file.storage.delete(lost.file.name)
    evidence(draft, office.member2, "草稿.jpg", b"draft")
    ActivityPictureFactory(
        activity=ActivityFactory(period=office.period, organisation=office.north, name="学业务"),
        caption="现场",
    )
    monkeypatch.setattr(folders, "MOST_STORED", 60)

    book = opened(made(office))

    names = [name.partition("/")[2] for name in book.namelist()]
    assert [one for one in names if one.startswith("佐证_")] == [
        f"佐证_{ProgressFile.objects.get(name='现场.jpg').pk}_{office.member.name}_现场.jpg"
    ]
    assert sum(one.startswith("活动_") and "学业务_现场" in one for one in names) == 1
    path = next(one for one in book.namelist() if one.endswith("兑现进展和佐证.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(book.read(path))).active
    remarks = [(row[6].value or "", row[7].value or "") for row in sheet.iter_rows(min_row=3)]
    assert [(name[:2], remark) for name, remark in remarks] == [
        ("佐证", ""),
        ("大.", "资料包已满，请到门户里下载"),
        ("丢.", "文件已丢失"),
    ]
    assert any(one.endswith("图片说明.xlsx") for one in names)


def evidence(pledge, person, name, data):
    note = PledgeProgress.objects.create(
        pledge=pledge, note="已办 30 件", noted_at=timezone.now(), noted_by=person
    )
    return ProgressFile.objects.create(
        progress=note, file=ContentFile(data, name=f"e.{name.rpartition('.')[2]}"), name=name,
        is_picture=name.endswith("jpg"),
    )  # fmt: skip


def test_the_index_names_every_file_with_its_digest(office):
    archive = made(office)
    book = opened(archive)

    sheet = openpyxl.load_workbook(io.BytesIO(book.read("00_目录.xlsx"))).active

    listed = [row[1].value for row in sheet.iter_rows(min_row=3)]
    assert listed == [name for name in book.namelist() if not name.startswith("00_")]


def test_a_second_click_joins_the_first(world):
    first = request_archive(world.campaign, by=world.committee_member, at=timezone.now())
    second = request_archive(world.campaign, by=world.officer, at=timezone.now())

    assert first == second
    assert Job.objects.count() == 1


def test_a_job_that_runs_twice_keeps_one_file(world):
    archive = made(world)
    file = archive.file

    make_archive(archive, at=timezone.now(), report=lambda *_: None)

    archive.refresh_from_db()
    assert archive.file == file


def test_who_lost_the_right_gets_nothing(world):
    archive = request_archive(world.campaign, by=world.committee_member, at=timezone.now())
    world.committee_member.roles.all().delete()

    jobs.run(archive.job_id)

    archive.refresh_from_db()
    assert archive.made_at is None
    assert Job.objects.get().message == "您现在没有生成这份资料包的权限。"


def test_a_file_that_was_cleared_away_is_not_found(world, as_person):
    archive = made(world)
    vault.drop(archive.file)

    response = as_person(world.committee_member).get(
        reverse("supervision:archive_download", args=[archive.pk])
    )

    assert response.status_code == 404


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "stranger", "far_secretary"])
def test_others_see_no_archive(world, as_person, who):
    archive = made(world)
    client = as_person(getattr(world, who))

    assert client.get(reverse(LIST)).status_code == 403
    assert client.post(reverse("supervision:archive_make")).status_code == 403
    url = reverse("supervision:archive_download", args=[archive.pk])
    assert client.get(url).status_code == 404


def test_a_number_is_taken_once(monkeypatch):
    monkeypatch.setattr(folders, "_SECTIONS", dict(folders._SECTIONS))
    taken = sections()[0].number

    with pytest.raises(ValueError, match="is taken"):
        section(taken, "别的")(lambda campaign, folder: None)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd.xlsx", "_.._etc_passwd.xlsx"), ("a/b:c.docx", "a_b_c.docx"), (".x", "x.x")],
)
def test_names_of_files_are_harmless(name, safe):
    assert safe_name(name) == safe


def test_the_check_up_counts_what_was_asked_and_done(world, as_person):
    for person, done in [(world.member, True), (world.member2, False)]:
        DutyFactory(
            period=world.period, organisation=world.north, assignee=person,
            rule="quarterly_pledge", minutes=30,
            **({"done_at": timezone.now(), "done_by": person} if done else {}),
        )  # fmt: skip

    use = next(use for use in burden_of(world.campaign).uses if use.name == "每季承诺")
    page = as_person(world.inspector).get(reverse("supervision:burden_detail"))

    assert (use.asked, use.done, use.people, use.hours) == (2, 1, 2, 1.0)
    assert "减负体检" in page.content.decode()


def test_what_nobody_did_in_a_whole_period_is_named(world):
    DutyFactory(
        period=world.period, organisation=world.north, assignee=world.member,
        rule="quarterly_self",
    )  # fmt: skip

    assert "季度自评" in burden_of(world.campaign).unused


@pytest.mark.parametrize("count", [1, 3])
def test_the_check_up_asks_a_constant_number_of_queries(world, django_assert_num_queries, count):
    for person in [world.member, world.member2, world.member3][:count]:
        DutyFactory(
            period=world.period, organisation=world.north, assignee=person,
            rule="quarterly_pledge",
        )  # fmt: skip
    assert world.campaign.plan

    with django_assert_num_queries(3):
        burden_of(world.campaign)
