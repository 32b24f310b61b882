"""Which printed things are still true: the newest print of each beside what it would say today (L04, L17)."""

from dataclasses import dataclass

from django.db.models import Max, Q

from branches.models import Person
from pledges.models import PrintBatch, PrintRecord
from pledges.queries.faces import Face


@dataclass(frozen=True)
class PrintLine:
    """One thing that can be printed and how its newest print stands."""

    face: Face
    record: PrintRecord | None

    @property
    def state(self):
        if self.face.missing:
            return "incomplete"
        if self.record is None:
            return "never"
        return "current" if self.record.digest == self.face.digest else "stale"

    @property
    def needs_printing(self):
        return self.state in {"never", "stale"}


def print_lines(faces, campaign_id=None):
    """Each face with its newest print for this campaign; one statement."""
    newest = newest_records(faces, campaign_id)
    return [PrintLine(face, newest.get(face.subject)) for face in faces]


def newest_records(faces, campaign_id=None):
    """{subject: its newest record} of the kind of these faces; another campaign's cards say other things."""
    if not faces:
        return {}
    records = PrintRecord.objects.filter(
        Q(batch__campaign=campaign_id) | Q(batch__campaign=None),
        kind=faces[0].kind,
        subject__in=[face.subject for face in faces],
    )
    latest = records.values("subject").annotate(newest=Max("pk")).values("newest")
    return {record.subject: record for record in PrintRecord.objects.filter(pk__in=latest)}


def versions_for(faces, campaign_id=None):
    """{subject: version to print}: the same content keeps its number, another gets the next."""
    newest = newest_records(faces, campaign_id)
    versions = {}
    for face in faces:
        record = newest.get(face.subject)
        if record is None:
            versions[face.subject] = 1
        else:
            versions[face.subject] = record.version + (record.digest != face.digest)
    return versions


def may_still_show(batch):
    """False when somebody whose photo is in the file has withdrawn it since (A10)."""
    shown = {pk for photos in batch.records.values_list("photos_of", flat=True) for pk in photos}
    agreed = Person.objects.filter(
        pk__in=shown, photo_consented_at__lte=batch.made_at, photo__gt=""
    )
    return agreed.count() == len(shown)


def recent_batches(person):
    return (
        PrintBatch.objects.visible_to(person)
        .select_related("organisation", "requested_by")
        .order_by("-requested_at", "-pk")
    )
