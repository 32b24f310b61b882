"""Certificates (荣誉证书) as one PDF, a page each: A4 landscape, nothing but the facts and a frame."""

import io
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = (
    "STSong-Light"  # an Adobe CJK font that every reader knows; nothing to embed, nothing to fetch
)
RED, GOLD, INK = HexColor("#B5121B"), HexColor("#B8862B"), HexColor("#1F1D1B")
PAGE = landscape(A4)
LINE = 22  # characters of body text in a line
NARROW = 40  # from here on a name is set smaller


@dataclass(frozen=True)
class Certificate:
    """`name` 同志(or a unit): `text`; signed by `issuer` on `day` (already as Chinese text)."""

    name: str
    text: str
    issuer: str
    day: str
    title: str = "荣誉证书"


def certificates_pdf(certificates):
    """All of them in one file, in the order given."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=PAGE, invariant=True)
    canvas.setTitle("荣誉证书")
    for certificate in certificates:
        _page(canvas, certificate)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def certificates_response(certificates, name):
    response = HttpResponse(certificates_pdf(certificates), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response


def _page(canvas, certificate):
    width, height = PAGE
    canvas.setStrokeColor(GOLD)
    for inset, stroke in ((10 * mm, 2.4), (13 * mm, 0.6)):
        canvas.setLineWidth(stroke)
        canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)
    canvas.setFillColor(RED)
    canvas.setFont(FONT, 44)
    canvas.drawCentredString(width / 2, height - 52 * mm, " ".join(certificate.title))
    canvas.setFillColor(INK)
    canvas.setFont(FONT, 24 if len(certificate.name) < NARROW else 16)
    canvas.drawString(40 * mm, height - 82 * mm, f"{certificate.name}：")
    canvas.setFont(FONT, 20)
    text = f"　　{certificate.text}"
    for number, start in enumerate(range(0, len(text), LINE + 4)):
        line = text[start : start + LINE + 4]
        canvas.drawString(40 * mm, height - (100 + 12 * number) * mm, line)
    canvas.setFont(FONT, 18)
    canvas.drawRightString(width - 40 * mm, 42 * mm, certificate.issuer)
    canvas.drawRightString(width - 40 * mm, 30 * mm, certificate.day)
