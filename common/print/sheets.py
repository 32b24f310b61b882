"""Pages: one card each at its real size, or as many as an A4 holds, with marks where to cut."""

from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from common.print.pen import SOFT, Pen

A5, A4, A3 = (148, 210), (210, 297), (297, 420)
BADGE, SERVICE_CARD = (85.5, 54), (90, 54)
MARK = 5  # mm
CLEAR = 1.5  # mm between mark and card


class Document:
    """A PDF in the making. The same cards give the same bytes."""

    def __init__(self, title):
        self._file = BytesIO()
        self.canvas = Canvas(self._file, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.shortened = []

    def page(self, size, draw, *, drawn_for=None):
        """One page of this size in mm; `draw(pen)` fills it, enlarged when it was drawn for another size."""
        across, down = size
        self.canvas.setPageSize((across * mm, down * mm))
        scale = down / drawn_for[1] if drawn_for else 1
        self.canvas.scale(scale, scale)
        self.place(draw, left=0, top=down / scale, size=size)
        self.canvas.showPage()

    def place(self, draw, *, left, top, size, turned=False):
        """A card whose upper left corner lies at `left`, `top` mm from the page's lower left."""
        with Pen(self.canvas, left=left * mm, top=top * mm, turned=size if turned else None) as pen:
            draw(pen)
        self.shortened += pen.shortened

    def folded(self, draw):
        """A desk sign: an A4 folded in the middle, the same A5 face on both sides."""
        across, down = A4
        self.canvas.setPageSize((across * mm, down * mm))
        face = (across, down / 2)
        self.place(draw, left=0, top=down, size=face, turned=True)
        self.place(draw, left=0, top=down / 2, size=face)
        self._hairline(0, down / 2, MARK, down / 2)
        self._hairline(across - MARK, down / 2, across, down / 2)
        self.canvas.showPage()

    def cards(self, draws, size, *, on_sheets):
        """`on_sheets`: side by side on A4 with crop marks; else one page a card."""
        draws = list(draws)
        if not on_sheets:
            for draw in draws:
                self.page(size, draw)
            return
        columns, rows = int((A4[0] - 2 * MARK) // size[0]), int((A4[1] - 2 * MARK) // size[1])
        whole = columns * rows
        for start in range(0, len(draws), whole):
            self._sheet(draws[start : start + whole], size, columns, rows)

    def _sheet(self, draws, size, columns, rows):
        across, down = size
        left, top = (A4[0] - columns * across) / 2, A4[1] - (A4[1] - rows * down) / 2
        self.canvas.setPageSize((A4[0] * mm, A4[1] * mm))
        for number, draw in enumerate(draws):
            row, column = divmod(number, columns)
            self.place(draw, left=left + column * across, top=top - row * down, size=size)
        self._marks(left, top, size, columns, rows)
        self.canvas.showPage()

    def _marks(self, left, top, size, columns, rows):
        across, down = size
        right, bottom = left + columns * across, top - rows * down
        for column in range(columns + 1):
            x = left + column * across
            self._hairline(x, top + CLEAR, x, top + MARK)
            self._hairline(x, bottom - CLEAR, x, bottom - MARK)
        for row in range(rows + 1):
            y = top - row * down
            self._hairline(left - CLEAR, y, left - MARK, y)
            self._hairline(right + CLEAR, y, right + MARK, y)

    def _hairline(self, x, y, to_x, to_y):
        self.canvas.setStrokeColor(HexColor(SOFT))
        self.canvas.setLineWidth(0.25)
        self.canvas.line(x * mm, y * mm, to_x * mm, to_y * mm)

    def finished(self):
        """The whole file."""
        self.canvas.save()
        return self._file.getvalue()
