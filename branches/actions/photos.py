"""Photos: decoded and encoded anew, so that neither hidden data nor a disguised file survives."""

import secrets
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from branches.models import Person
from common import audit

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LEAST_SIDE = 120
BIGGEST = (800, 1120)
FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoRefused(Exception):
    """The file is no usable photo; the text is Chinese and says what to send instead."""


def reencoded_photo(file):
    """A JPEG of our own making under a random name; place, camera and everything else is gone."""
    if file.size > MOST_BYTES:
        raise PhotoRefused("照片超过 8 MB，请压缩后再传。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of a bomb
            with Image.open(file, formats=FORMATS) as image:
                _refuse_size(image.size)
                picture = ImageOps.exif_transpose(image).convert("RGB")
    except PhotoRefused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        raise PhotoRefused("这个文件打不开，请上传 JPG 或 PNG 照片。") from error
    picture.thumbnail(BIGGEST)
    output = BytesIO()
    picture.save(output, "JPEG", quality=86, optimize=True)
    return ContentFile(output.getvalue(), name=f"{secrets.token_hex(16)}.jpg")


def _refuse_size(size):
    width, height = size  # from the header, before a pixel is decoded
    if width * height > MOST_PIXELS:
        raise PhotoRefused("照片尺寸过大（超过 4000 万像素），请缩小后再传。")
    if min(size) < LEAST_SIDE:
        raise PhotoRefused(f"照片太小，宽和高都要在 {LEAST_SIDE} 像素以上。")


@transaction.atomic
def set_photo(person, *, photo, consents, by, at):
    """Keep a re-encoded photo. Consent to show it in public is given anew with each one, by oneself."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    drop_file(person)
    person.photo = photo
    person.photo_consented_at = at if consents and by == person else None
    person.save(update_fields=["photo", "photo_consented_at"])
    audit.record(
        "上传照片", person, by=by, at=at, detail={"public": bool(person.photo_consented_at)}
    )
    return person


@transaction.atomic
def consent_photo(person, *, by, at):
    """Only the person himself can agree (PIPL 29)."""
    Person.objects.filter(pk=person.pk, pk__in=[by.pk]).update(photo_consented_at=at)
    audit.record("同意公开照片", person, by=by, at=at)


@transaction.atomic
def withdraw_photo(person, *, by, at, delete=False):
    """Gone from every public page with the next request; `delete` removes the file as well."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.photo_consented_at = None
    if delete:
        drop_file(person)
        person.photo = ""
    person.save(update_fields=["photo", "photo_consented_at"])
    audit.record("撤回公开照片", person, by=by, at=at, detail={"deleted": delete})
    return person


def drop_file(person):
    """On commit: a rollback keeps the file of the photo that is kept."""
    if person.photo:
        storage, name = person.photo.storage, person.photo.name
        transaction.on_commit(lambda: storage.delete(name))
