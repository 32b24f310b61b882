"""Draws on a card or a page in millimetres from its upper left corner."""

from dataclasses import dataclass

import segno
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from common.print.fonts import runs, width
from common.print.text import fitted

INK, SOFT, RED, LINE, GOLD = "#1F1D1B", "#5C5650", "#B5121B", "#E4DED6", "#B8862B"
BOLD = 0.028  # a stroke this part of the size thickens the one weight there is
ASCENT = 0.88


@dataclass(frozen=True)
class Box:
    """Millimetres from the upper left corner of the card."""

    x: float
    y: float
    across: float
    down: float

    def inside(self, by):
        return Box(self.x + by, self.y + by, self.across - 2 * by, self.down - 2 * by)


class Pen:
    """One card at a place of the page; `turned` for the half of a desk sign that folds over."""

    def __init__(self, canvas, *, left, top, turned=None):
        """`left` and `top` in points from the page's lower left; `turned` the card's size in mm."""
        self.canvas, self.left, self.top, self.turned = canvas, left, top, turned
        self.shortened = []

    def __enter__(self):
        self.canvas.saveState()
        self.canvas.translate(self.left, self.top)
        if self.turned:
            across, down = self.turned
            self.canvas.translate(across * mm, -down * mm)
            self.canvas.rotate(180)
        return self

    def __exit__(self, *error):
        self.canvas.restoreState()

    def text(  # noqa: PLR0913 (how a text stands in its box)
        self, box, text, *, size, least=None, bold=False, align="left", middle=False, colour=INK
    ):
        """Stays in the box whatever is in the text; returns the height used, in mm."""
        fit = fitted(
            text,
            across=box.across * mm,
            down=box.down * mm,
            size=size,
            least=least or size * 0.55,
        )
        if fit.is_cut:
            self.shortened.append(str(text))
        free = box.down * mm - fit.height if middle else 0
        baseline = -box.y * mm - free / 2 - (fit.leading - fit.size) / 2 - fit.size * ASCENT
        self._ink(colour, fit.size if bold else 0)
        for line in fit.lines:
            self._line(line, fit.size, _start(box, line, fit.size, align), baseline, bold)
            baseline -= fit.leading
        return fit.height / mm

    def _ink(self, colour, bold_size):
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(bold_size * BOLD)

    def _line(self, line, size, x, y, bold):
        for face, piece in runs(line):
            words = self.canvas.beginText(x, y)
            words.setFont(face, size)
            words.setTextRenderMode(2 if bold else 0)
            words.textOut(piece)
            words.setTextRenderMode(0)
            self.canvas.drawText(words)
            x += width(piece, size)

    def fill(self, box, colour):
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(*_corner(box), stroke=0, fill=1)

    def frame(self, box, colour=LINE, weight=0.4):
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(weight)
        self.canvas.rect(*_corner(box), stroke=1, fill=0)

    def rule(self, x, y, across, colour=LINE, weight=0.5):
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(weight)
        self.canvas.line(x * mm, -y * mm, (x + across) * mm, -y * mm)

    def photo(self, box, file):
        """Fills the box; what does not fit its shape is cut off at both sides."""
        with Image.open(file) as image:
            picture = image.convert("RGB")
        across, down = picture.size
        wanted = box.across / box.down
        if across / down > wanted:
            cut = (across - down * wanted) / 2
            picture = picture.crop((round(cut), 0, round(across - cut), down))
        else:
            cut = (down - across / wanted) / 2
            picture = picture.crop((0, round(cut / 2), across, round(down - cut * 1.5)))
        self.canvas.drawImage(ImageReader(picture), *_corner(box))

    def no_photo(self, box):
        """Where a passport photo is glued by hand."""
        self.frame(box, SOFT)
        self.text(box.inside(2), "贴照片", size=8, align="centre", middle=True, colour=SOFT)

    def qr(self, box, address):
        """Vectors, so that it stays sharp; four quiet modules around it."""
        matrix = [list(row) for row in segno.make(address, error="m").matrix_iter(border=4)]
        side = min(box.across, box.down) * mm / len(matrix)
        self.canvas.setFillColor(HexColor(INK))
        path = self.canvas.beginPath()
        for down, row in enumerate(matrix):
            for across, dark in enumerate(row):
                if dark:
                    path.rect(
                        box.x * mm + across * side, -box.y * mm - (down + 1) * side, side, side
                    )
        self.canvas.drawPath(path, stroke=0, fill=1)


def _corner(box):
    return box.x * mm, -(box.y + box.down) * mm, box.across * mm, box.down * mm


def _start(box, line, size, align):
    free = box.across * mm - width(line, size)
    return box.x * mm + {"left": 0, "centre": free / 2, "right": free}[align]
