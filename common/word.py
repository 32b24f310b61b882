"""Word files that a page hands over: minutes, letters."""

from io import BytesIO
from urllib.parse import quote

from django.http import HttpResponse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "宋体"


def paper(name, title, parts):
    """A download: the title, then parts in order, each a heading "# …", a paragraph, or a table [row, row, …]."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(_plain(title))
    run.bold, run.font.size = True, Pt(18)
    for part in parts:
        _add(document, part)
    held = BytesIO()
    document.save(held)
    response = HttpResponse(held.getvalue(), content_type=DOCX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.docx"
    return response


def _add(document, part):
    if isinstance(part, str):
        if part.startswith("# "):
            document.add_paragraph().add_run(_plain(part[2:])).bold = True
        else:
            document.add_paragraph(_plain(part))
        return
    table = document.add_table(rows=0, cols=len(part[0]), style="Table Grid")
    for row in part:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(text)


def _plain(text):
    """Without signs that XML cannot hold."""
    return "".join(sign for sign in str(text) if sign >= " " or sign in "\n\t")
