"""Evidence on a pledge's progress: pictures made anew, documents as attachments, nothing half stored (L19, issue 4)."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from common.attachments import attachment_of
from pledges.models import PledgeProgress, ProgressFile
from tests.factories import PledgeFactory
from tests.photos import photo_file


def office(*names):
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for name in ("[Content_Types].xml", *names):
            package.writestr(name, "<x/>")
    return output.getvalue()


def file(name, content=b"%PDF-1.7\n"):
    return SimpleUploadedFile(name, content)


def exif():
    found = Image.Exif()
    found[0x010F] = "CANARY-CAMERA"
    return found.tobytes()


@pytest.fixture
def pledge(world):
    return PledgeFactory(
        published=True, period=world.period, organisation=world.north, owner_person=world.member
    )


def note(client, pledge, *files, text="已办 30 件"):
    url = reverse("pledges:pledge_progress", args=[pledge.pk])
    return client.post(url, {"note": text, "files": list(files)}, follow=True)


def address(one):
    return reverse("pledges:pledge_evidence", args=[one.progress.pledge_id, one.pk])


def test_a_photo_and_a_document_come_with_the_note(world, as_person, pledge):
    page = note(
        as_person(world.member),
        pledge,
        photo_file(size=(2400, 1800), exif=exif(), name="现场.jpg"),
        file("台账.xlsx", office("xl/workbook.xml")),
    ).content.decode()

    assert "照片：现场.jpg" in page
    assert "文件：台账.xlsx" in page
    picture, sheet = ProgressFile.objects.order_by("pk")
    seen = as_person(world.member2).get(address(picture))
    kept = as_person(world.member2).get(address(sheet))
    content = b"".join(seen.streaming_content)
    assert b"".join(kept.streaming_content)[:2] == b"PK"
    assert b"CANARY-CAMERA" not in content
    assert max(Image.open(BytesIO(content)).size) <= 1600
    assert seen["Content-Type"] == "image/jpeg"
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert "现场" not in picture.file.name


def test_the_public_reads_that_there_is_evidence_but_not_the_evidence(world, as_person, pledge):
    note(as_person(world.member), pledge, file("证明.pdf"))
    one = ProgressFile.objects.get()

    public = Client().get(reverse("pledges:pledge_public", args=[pledge.pk])).content.decode()

    assert "佐证 1 份" in public
    assert "证明.pdf" not in public
    assert Client().get(address(one)).status_code == 302
    assert as_person(world.stranger).get(address(one)).status_code == 404
    wrong = reverse("pledges:pledge_evidence", args=[pledge.pk + 1000, one.pk])
    assert as_person(world.member).get(wrong).status_code == 404


BAD = {
    "svg": (lambda: file("a.svg", b"<svg onload='alert(1)'/>"), "不能上传"),
    "svg named jpg": (lambda: file("a.jpg", b"<svg><script/></svg>"), "打不开"),
    "pdf named jpg": (lambda: file("a.jpg"), "打不开"),
    "jpg named pdf": (lambda: photo_file(name="a.pdf"), "对不上"),
    "html named docx": (lambda: file("a.docx", b"<html>"), "对不上"),
    "zip named docx": (lambda: file("a.docx", office("evil.exe")), "对不上"),
    "macros": (
        lambda: file("a.docx", office("word/document.xml", "word/vbaProject.bin")),
        "带宏",
    ),
    "program": (lambda: file("a.exe", b"MZ"), "不能上传"),
    "no ending": (lambda: file("readme", b"x"), "不能上传"),
    "empty": (lambda: file("a.pdf", b""), "是空的"),
    "50,000 pixels": (
        lambda: photo_file(size=(50_000, 900), format="PNG", name="a.png"),
        "尺寸过大",
    ),
    "six files": (lambda: [file(f"{n}.pdf") for n in range(6)], "最多 5 个"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_are_named_and_nothing_is_half_stored(world, as_person, pledge, kind, settings):
    make, said = BAD[kind]
    given = make()
    files = given if isinstance(given, list) else [file("好的.pdf"), given]

    page = note(as_person(world.member), pledge, *files, text="写好的进展").content.decode()

    assert said in page
    assert "写好的进展" in page  # what was typed is still there
    assert not PledgeProgress.objects.exists()
    assert not ProgressFile.objects.exists()


def test_too_big_a_file_is_refused(world, as_person, pledge, monkeypatch):
    monkeypatch.setattr("common.attachments.MOST_BYTES", 4)

    assert "超过 10 MB" in note(as_person(world.member), pledge, file("大.pdf")).content.decode()
    assert not PledgeProgress.objects.exists()


def test_names_of_files_lose_folders_and_hidden_signs_and_stay_short():
    kept = attachment_of(file("../../etc/证\u202e明" + "长" * 300 + ".pdf"))

    assert kept.name.startswith("证明长")
    assert kept.name.endswith(".pdf")
    assert len(kept.name) <= 100
    assert "证" not in kept.content.name


def test_who_may_not_note_progress_stores_no_file(world, as_person, pledge):
    assert note(as_person(world.member2), pledge, file("a.pdf")).status_code == 403
    assert not ProgressFile.objects.exists()
