"""Certificates (荣誉证书) as one PDF, an A4 landscape each: nothing but the facts and a frame."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from common.print.pen import GOLD, RED, SOFT, Box
from common.print.sheets import Document

PAGE = (297, 210)


@dataclass(frozen=True)
class Certificate:
    """`name`: `text`; signed by `issuer` on `day` (already as Chinese text)."""

    name: str
    text: str
    issuer: str
    day: str
    title: str = "荣誉证书"


def certificates_pdf(certificates):
    """All of them in one file, in the order given."""
    document = Document("荣誉证书")
    for certificate in certificates:
        document.page(PAGE, _drawing(certificate))
    return document.finished()


def certificates_response(certificates, name):
    response = HttpResponse(certificates_pdf(certificates), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response


def _drawing(one):
    def draw(pen):
        pen.frame(Box(10, 10, 277, 190), GOLD, 2.4)
        pen.frame(Box(13, 13, 271, 184), GOLD, 0.6)
        title = "　".join(one.title)
        pen.text(Box(30, 30, 237, 24), title, size=44, bold=True, align="centre", colour=RED)
        pen.text(Box(40, 68, 217, 14), f"{one.name}：", size=24, least=12)
        pen.text(Box(40, 88, 217, 60), f"　　{one.text}", size=20, least=12)
        pen.rule(40, 155, 217)
        pen.text(Box(120, 159, 137, 10), one.issuer, size=18, least=9, align="right")
        pen.text(Box(120, 172, 137, 10), one.day, size=16, align="right", colour=SOFT)

    return draw
