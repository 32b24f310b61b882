"""A person's photo: kept only as made anew, shown in public only while the person agrees."""

from django.db import transaction

from branches.models import Person
from common import audit
from common.images import MOST_PIXELS, PhotoRefused, reencoded

LEAST_SIDE = 120
BIGGEST = (800, 1120)
__all__ = [
    "MOST_PIXELS",
    "PhotoRefused",
    "consent_photo",
    "reencoded_photo",
    "set_photo",
    "withdraw_photo",
]


def reencoded_photo(file):
    """A portrait of our own making under a random name."""
    return reencoded(file, biggest=BIGGEST, least_side=LEAST_SIDE)


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
