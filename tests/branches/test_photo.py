"""Photos: made anew without hidden data, shown in public only with consent (A10, G3 to G5, I4)."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from branches import actions
from branches.models import Person
from tests.factories import PersonFactory
from tests.factories.branches import moment
from tests.photos import photo_file

EDIT, CONSENT = reverse("branches:photo_edit"), reverse("branches:photo_consent")
WITHDRAW = reverse("branches:photo_withdraw")


def gps_exif():
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


def upload(client, file, **extra):
    return client.post(EDIT, {"photo": file, **extra})


def picture_of(person):
    person.refresh_from_db()
    with person.photo.open("rb") as file:
        return file.read()


def test_a_photo_is_encoded_anew_without_place_or_camera(as_person, db):
    person = PersonFactory()

    response = upload(as_person(person), photo_file(size=(3000, 2000), exif=gps_exif()))

    assert response.status_code == 302
    content = picture_of(person)
    image = Image.open(BytesIO(content))
    assert b"CANARY-CAMERA" not in content
    assert dict(image.getexif()) == {}
    assert max(image.size) <= 1120
    assert "me" not in person.photo.name


def text_file(name, content, kind):
    return SimpleUploadedFile(name, content, content_type=kind)


BAD = {
    "svg": text_file("a.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    "html": text_file("a.jpg", b"<html><script>alert(1)</script>", "image/jpeg"),
    "php": text_file("a.php.jpg", b"<?php echo 1;", "image/jpeg"),
    "empty": text_file("a.jpg", b"", "image/jpeg"),
    "truncated": text_file("a.jpg", photo_file().read()[:200], "image/jpeg"),
    "gif": photo_file(format="GIF", name="a.gif"),
    "tiff": photo_file(format="TIFF", name="a.tiff"),
    "small": photo_file(size=(20, 20)),
    "pixels": photo_file(size=(9000, 9000), format="PNG"),
    "50,000 wide": photo_file(size=(50_000, 900), format="PNG"),
    "svg named jpg": text_file(
        "a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/jpeg"
    ),
    "pdf named jpg": text_file("a.jpg", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj", "image/jpeg"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_photo_is_refused_on_the_page(as_person, db, kind):
    person, file = PersonFactory(), BAD[kind]
    file.seek(0)

    response = upload(as_person(person), file)

    assert response.status_code == 200
    assert response.context["form"].errors["photo"]
    person.refresh_from_db()
    assert not person.photo
    assert person.photo_consented_at is None
    assert any(
        "照片" in fault or "空" in fault for fault in response.context["form"].errors["photo"]
    )


def test_a_refused_picture_leaves_the_old_one(as_person, db):
    person = PersonFactory()
    client = as_person(person)
    upload(client, photo_file())
    before = picture_of(person)

    upload(client, text_file("a.jpg", b"%PDF-1.7", "image/jpeg"))

    assert picture_of(person) == before


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("common.images.MOST_BYTES", 100)

    with pytest.raises(actions.PhotoRefused, match="超过 8 MB"):
        actions.reencoded_photo(photo_file())


def test_a_picture_with_a_page_behind_it_comes_out_as_a_picture_only(as_person, db):
    polyglot = photo_file().read() + b"<script>alert('canary')</script>"
    person = PersonFactory()

    upload(as_person(person), text_file("a.jpg", polyglot, "image/jpeg"))

    assert b"canary" not in picture_of(person)


def shown_to_public(person):
    response = Client().get(reverse("branches:photo", args=[person.pk]))
    if response.streaming:
        b"".join(response.streaming_content)  # closes the file
    return response.status_code == 200


def test_public_sees_a_photo_only_between_consent_and_withdrawal(as_person, db):
    person = PersonFactory()
    client = as_person(person)

    upload(client, photo_file())
    assert not shown_to_public(person)
    client.post(CONSENT)
    assert shown_to_public(person)
    client.post(WITHDRAW)
    assert not shown_to_public(person)


def test_a_new_photo_needs_consent_anew(as_person, db):
    person = PersonFactory()
    client = as_person(person)
    upload(client, photo_file(), consents="on")
    assert shown_to_public(person)

    upload(client, photo_file())

    assert not shown_to_public(person)


def test_a_secretary_cannot_consent_for_somebody(world):
    actions.set_photo(
        world.member,
        photo=actions.reencoded_photo(photo_file()),
        consents=True,
        by=world.secretary,
        at=moment(),
    )

    assert world.member.photo_consented_at is None


def test_deleting_removes_the_file(as_person, transactional_db):
    person = PersonFactory()
    client = as_person(person)
    upload(client, photo_file())
    person.refresh_from_db()
    storage, name = person.photo.storage, person.photo.name

    client.post(WITHDRAW, {"delete": "1"})

    assert not storage.exists(name)
    assert not Person.objects.get(pk=person.pk).photo


def test_the_file_is_served_as_a_picture_in_a_sandbox(as_person, db):
    person = PersonFactory()
    client = as_person(person)
    upload(client, photo_file())

    response = client.get(reverse("branches:photo", args=[person.pk]))

    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    b"".join(response.streaming_content)
