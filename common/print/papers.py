"""Minutes and letters as PDF: the same parts as `common.word.paper` takes, on as many A4 pages as they need."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from reportlab.lib.units import mm

from common.print.pen import SOFT, Box
from common.print.sheets import A4, Document
from common.print.text import wrapped

LEFT, TOP, ACROSS, BOTTOM = 25, 22, 160, 272  # mm
SIZE, SPACING, PAD = 11, 1.5, 1.6
LINE = SIZE * SPACING / mm


def paper_pdf(title, parts):
    """The whole file. Nothing is shortened: what does not fit goes on to the next page."""
    document = Document(title)
    pages = _paged(title, parts)
    for number, blocks in enumerate(pages, 1):
        document.page(A4, _drawing(blocks, f"{number} / {len(pages)}"))
    return document.finished()


def paper_response(name, title, parts):
    response = HttpResponse(paper_pdf(title, parts), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response


def _paged(title, parts):
    """Pages of (y, block); a block is what one call of a pen can draw."""
    pages, y = [[]], TOP
    for down, draw in _blocks(title, parts):
        if y + down > BOTTOM and pages[-1]:
            pages.append([])
            y = TOP
        pages[-1].append((y, draw))
        y += down
    return pages


def _blocks(title, parts):
    for line in wrapped(title, 18, ACROSS * mm):
        yield 11, _line(line, size=18, bold=True, align="centre")
    yield 4, None
    for part in parts:
        if not isinstance(part, str):
            yield from _table(part)
        elif part.startswith("# "):
            yield 3, None
            yield from _lines(part[2:], bold=True)
        else:
            yield from _lines(part)


def _lines(text, *, bold=False):
    for line in wrapped(text, SIZE, ACROSS * mm):
        yield LINE, _line(line, size=SIZE, bold=bold)


def _line(text, **how):
    return lambda pen, y: pen.text(Box(LEFT, y, ACROSS, how["size"] * SPACING / mm), text, **how)


def _table(rows):
    """Each row of a table line by line, so that a long cell can go on on the next page."""
    widths = _widths(len(rows[0]))
    for number, row in enumerate(rows):
        cells = [
            wrapped(str(text), SIZE, (width - 2 * PAD) * mm)
            for text, width in zip(row, widths, strict=True)
        ]
        count = max(map(len, cells))
        for at in range(count):
            lines = [cell[at] if at < len(cell) else "" for cell in cells]
            yield LINE, _row(lines, widths, bold=number == 0, is_last=at == count - 1)


def _widths(count):
    """The last column is the wide one: it holds what was said."""
    narrow = 30 if count < 4 else 32
    return [narrow] * (count - 1) + [ACROSS - narrow * (count - 1)]


def _row(lines, widths, *, bold, is_last):
    def draw(pen, y):
        x = LEFT
        for line, width in zip(lines, widths, strict=True):
            pen.text(Box(x + PAD, y, width - 2 * PAD, LINE), line, size=SIZE, bold=bold)
            x += width
        if is_last:
            pen.rule(LEFT, y + LINE, ACROSS, colour=SOFT, weight=0.3)

    return draw


def _drawing(blocks, number):
    def draw(pen):
        for y, block in blocks:
            if block:
                block(pen, y)
        pen.text(Box(LEFT, 282, ACROSS, 6), number, size=9, align="centre", colour=SOFT)

    return draw
