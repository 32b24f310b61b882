"""What was shown, and the pictures, as parts of the cycle's folder."""

from branches.models import Affiliation
from common.archive import section
from common.dates import today
from common.print.certificates import certificates_pdf
from competitions.models import Case, CasePicture
from pledges.excel import SHOWN, SHOWN_MORE
from pledges.models import Plaque
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


@section(110, "图片")
def picture_section(campaign, folder):
    """Photos of cases with their captions, and portraits whose owners consented to being shown."""
    photos = CasePicture.objects.filter(case__campaign=campaign).select_related("case")
    for number, one in enumerate(photos.order_by("case", "pk"), start=1):
        _picture(folder, one.image, f"典型_{number}_{one.case.name}_{one.caption}")
    people = Affiliation.objects.current(today=today()).filter(
        organisation__path__startswith=campaign.organisation.path,
        person__photo_consented_at__isnull=False,
    )
    shown = people.exclude(person__photo="").select_related("person", "organisation")
    for one in shown.order_by("organisation__path", "person__name_pinyin", "pk"):
        _picture(
            folder,
            one.person.photo,
            f"人员_{one.organisation.name}_{one.person.name}_{one.person_id}",
        )


def _picture(folder, image, name):
    try:
        with image.open() as file:
            data = file.read()
    except OSError:  # the row outlives a lost file
        return
    folder.file(f"{name}.{image.name.rpartition('.')[2]}", data)
