"""Printing in the background: a file of badges, cards, signs or boards, with progress."""

import json
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils import timezone

from common.dates import today
from common.jobs import JobRefused, job
from common.print import A3, A4, A5, BADGE, SERVICE_CARD, Document, unprintable
from pledges import actions, queries
from pledges.models import PrintBatch
from pledges.tasks import boards, cards, shown, signs

DRAWN = {
    "badge": cards.badge,
    "service_card": cards.service_card,
    "person_sign": signs.desk_sign,
    "window_sign": signs.desk_sign,
    "zone_sign": signs.zone_sign,
    "window_board": boards.window_board,
    "member_board": boards.member_board,
    "item_card": shown.item_card,
    "result_board": shown.result_board,
}
PAPERS = {"a3": A3, "a4": A4, "a5": A5}
FOLDED = {"person_sign", "window_sign", "zone_sign"}
# boards that go on over several pages
PAGES = {"member_board": boards.member_pages, "result_board": shown.result_pages}
SIZES = {"badge": BADGE, "service_card": SERVICE_CARD}


@dataclass(frozen=True)
class Sheet:
    """What a drawing needs besides the facts."""

    heading: str
    stamp: str
    base: str

    def photo(self, name):
        """The open file, or None when it has gone."""
        try:
            return default_storage.open(name)
        except OSError:
            return None


@job("pledges.print")
def make_prints(task, report):
    """Draws a batch; run twice it gives the same file and the same records."""
    batch = PrintBatch.objects.select_related("organisation").get(pk=task.arguments["batch"])
    address = actions.address_of(batch)
    if batch.made_at:
        return {"url": address}
    day, at = today(), timezone.now()
    faces, heading = _asked(batch, day)
    versions = queries.versions_for(faces, batch.campaign_id)
    document = Document(f"{batch.get_kind_display()} {batch.organisation}")
    _draw(document, batch, faces, versions, (heading, task.arguments["base"], day), report)
    actions.finish_prints(
        batch, faces=faces, versions=versions, content=document.finished(),
        shortened=document.shortened + _unknown(faces), at=at,
    )  # fmt: skip
    return {"url": address}


def _unknown(faces):
    """Whose texts hold characters that no font has: told, so that somebody corrects the name."""
    said = ((face.title, unprintable(json.dumps(face.facts, ensure_ascii=False))) for face in faces)
    return [f"{title}（印不出：{signs}）" for title, signs in said if signs]


def _asked(batch, day):
    periods = queries.periods_over(batch.organisation, today=day)
    period = queries.period_of(periods, batch.campaign_id)
    printable = queries.printables(period.plan).get(batch.kind) if period else None
    if printable is None:
        raise JobRefused("现在的活动方案没有这一种牌证，请重新选择。")
    wanted = set(batch.subjects)
    faces = queries.faces_of(printable, batch.organisation, period=period, today=day)
    faces = [face for face in faces if face.subject in wanted and not face.missing]
    if not faces:
        raise JobRefused("选中的人员或窗口已经不在这里，请重新选择。")
    return faces, period.campaign.organisation.name


def _draw(document, batch, faces, versions, printed, report):  # noqa: PLR0913 (a batch and its paper)
    (heading, base, day), draw, total = printed, DRAWN[batch.kind], len(faces)

    def drawing(number, face):
        sheet = Sheet(
            heading=heading,
            stamp=f"第 {versions[face.subject]} 版 · {day:%Y-%m-%d} 印制",
            base=base,
        )

        def drawn(pen, facts=face.facts):
            draw(pen, facts, sheet)
            report(number, total, face.title)

        return drawn

    drawings = [drawing(number, face) for number, face in enumerate(faces, 1)]
    _lay(document, batch, faces, drawings)


def _lay(document, batch, faces, drawings):
    if batch.kind in SIZES:
        document.cards(
            drawings, SIZES[batch.kind], on_sheets=batch.layout == PrintBatch.Layout.SHEET
        )
        return
    for face, drawn in zip(faces, drawings, strict=True):
        if batch.kind in FOLDED:
            document.folded(drawn)
            continue
        for facts in PAGES.get(batch.kind, _whole)(face.facts):
            document.page(
                PAPERS[batch.layout],
                lambda pen, drawn=drawn, facts=facts: drawn(pen, facts),
                drawn_for=A4,
            )


def _whole(facts):
    return [facts]
