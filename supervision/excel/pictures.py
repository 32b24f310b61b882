"""What was shown, and the pictures, as parts of the cycle's folder."""

from django.utils import timezone

from branches.models import Affiliation
from common.archive import section
from common.dates import today
from common.print.certificates import certificates_pdf
from competitions.models import ActivityPicture, Case, CasePicture
from pledges.excel import SHOWN, SHOWN_MORE
from pledges.models import Plaque, Pledge, PledgeProgress
from pledges.queries.shown import KINDS, shown_rows
from supervision.excel.letters import plaque


@section(35, "公示内容")
def shown_section(campaign, folder):
    """Everything that hangs or hung, kind by kind, and the plaques to look at."""
    for kind, (model, *_) in KINDS.items():
        columns = SHOWN + SHOWN_MORE.get(kind, [])
        rows = shown_rows(kind).filter(
            organisation__path__startswith=campaign.organisation.path,
            state__in=["live", "replaced", "down"],
        )
        lines = (
            [value(row) for _, value in columns]
            for row in rows.order_by("organisation__path", "code", "version")
        )
        folder.table(str(model._meta.verbose_name), [heading for heading, _ in columns], lines)
    hung = list(_plaques(campaign))
    if hung:
        folder.file("牌匾.pdf", certificates_pdf(plaque(one) for one in hung))


def _plaques(campaign):
    rows = Plaque.objects.filter(
        organisation__path__startswith=campaign.organisation.path, state="live"
    )
    rows = rows.select_related("organisation", "holder_person", "holder_window")
    return rows.order_by("organisation__path", "starts_on", "pk")


@section(83, "典型和案例")
def case_section(campaign, folder):
    """Cases as a document, in the order of the list, with how each was spread."""
    cases = Case.objects.filter(campaign=campaign).select_related("organisation")
    folder.document(
        "典型和案例", f"{campaign.name} 典型和案例", _told(cases.order_by("kind", "pk"))
    )


def _told(cases):
    for one in cases.prefetch_related("spreads"):
        yield "h", f"{one.get_kind_display()}：{one.name}（{one.organisation.name}）"
        yield from (("p", text) for text in (one.text, one.lesson) if text)
        for spread in one.spreads.all():
            yield "li", f"{spread.spread_on} {spread.way} {spread.where}"


def evidence_of(campaign, folder):
    """Progress of published pledges and its files, listed: which belongs to which (L19)."""
    notes = PledgeProgress.objects.filter(pledge__campaign=campaign).exclude(
        pledge__status=Pledge.Status.DRAFT
    )
    notes = notes.select_related(
        "pledge__period", "pledge__organisation", "pledge__owner_person", "pledge__owner_window",
        "pledge__owner_organisation",
    ).prefetch_related("files")  # fmt: skip
    lines = []
    notes = notes.order_by("pledge__period__starts_on", "pledge", "noted_at", "pk")
    for one in notes.iterator(chunk_size=1000):
        pledge = one.pledge
        owner = str(pledge.owner_person or pledge.owner_window or pledge.owner_organisation or "")
        about = [
            pledge.period.name, pledge.organisation.name, owner, pledge.text,
            timezone.localdate(one.noted_at), one.note,
        ]  # fmt: skip
        files = sorted(one.files.all(), key=lambda file: file.pk)
        lines += [[*about, *_evidence(folder, file, owner)] for file in files] or [[*about, "", ""]]
    headings = ["周期", "组织", "承诺人", "承诺事项", "日期", "进展", "佐证", "备注"]
    folder.table("兑现进展和佐证", headings, lines)


def _evidence(folder, file, owner):
    """(name in the folder, remark)"""
    name = f"佐证_{file.pk}_{owner}_{file.name.rpartition('.')[0]}"
    missing = folder.stored(file.file, name)
    return (file.name, missing) if missing else (folder.entries[-1].name.rpartition("/")[2], "")


@section(110, "图片")
def picture_section(campaign, folder):
    """Photos of cases and activities with their captions, and portraits whose owners consented to being shown."""
    listed = []
    photos = CasePicture.objects.filter(case__campaign=campaign).select_related("case")
    for number, one in enumerate(photos.order_by("case", "pk"), start=1):
        name = f"典型_{number}_{one.case.name}_{one.caption}"
        listed.append(["典型", one.case.name, one.caption, *_picture(folder, one.image, name)])
    photos = ActivityPicture.objects.filter(activity__campaign=campaign)
    photos = photos.select_related("activity__organisation")
    for one in photos.order_by("activity__held_on", "activity", "pk"):
        activity = one.activity
        name = f"活动_{activity.held_on}_{one.pk}_{activity.name}_{one.caption}"
        about = ["活动", f"{activity.organisation.name} {activity.name}", one.caption]
        listed.append([*about, *_picture(folder, one.image, name)])
    listed += _portraits(campaign, folder)
    folder.table("图片说明", ["种类", "来自", "说明", "文件", "备注"], listed)


def _portraits(campaign, folder):
    people = Affiliation.objects.current(today=today()).filter(
        organisation__path__startswith=campaign.organisation.path,
        person__photo_consented_at__isnull=False,
    )
    shown = people.exclude(person__photo="").select_related("person", "organisation")
    for one in shown.order_by("organisation__path", "person__name_pinyin", "pk"):
        name = f"人员_{one.organisation.name}_{one.person.name}_{one.person_id}"
        about = ["人员", one.organisation.name, one.person.name]
        yield [*about, *_picture(folder, one.person.photo, name)]


def _picture(folder, image, name):
    """(name in the folder, remark)"""
    missing = folder.stored(image, name)
    return ("", missing) if missing else (folder.entries[-1].name.rpartition("/")[2], "")
