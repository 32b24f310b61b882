"""Measures printed pages: size in mm, and every text with its place (upper left origin, mm)."""

import math
from dataclasses import dataclass
from io import BytesIO

import pikepdf

MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    page: int
    text: str
    size: float
    left: float
    right: float
    top: float
    bottom: float


def sizes(content):
    """[(across, down)] of every page, in mm to a tenth."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [
            (round(float(page.mediabox[2]) / MM, 1), round(float(page.mediabox[3]) / MM, 1))
            for page in pdf.pages
        ]


def words(content):
    """Every piece of text of the file, as its operators place it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [
            word for number, page in enumerate(pdf.pages) for word in _Reader(page, number).read()
        ]


def text_of(content):
    """Everything in reading order of the file."""
    return "".join(word.text for word in words(content))


class _Reader:
    def __init__(self, page, number):
        self.page, self.number = page, number
        self.down = float(page.mediabox[3])
        self.fonts = {name: _Font(font) for name, font in page.resources.get("/Font", {}).items()}
        self.matrix, self.saved = (1, 0, 0, 1, 0, 0), []
        self.text = self.font = None
        self.size = 0.0

    def read(self):
        for operands, operator in pikepdf.parse_content_stream(self.page):
            act = getattr(self, f"_{operator}", None)
            if act:
                yield from act(*operands) or ()

    def _q(self):
        self.saved.append(self.matrix)

    def _Q(self):  # noqa: N802 (PDF's own name)
        self.matrix = self.saved.pop()

    def _cm(self, *values):
        self.matrix = _times([float(value) for value in values], self.matrix)

    def _Tm(self, *values):  # noqa: N802
        self.text = [float(value) for value in values]

    def _Tf(self, name, size):  # noqa: N802
        self.font, self.size = self.fonts[str(name)], float(size)

    def _Tj(self, string):  # noqa: N802
        codes = bytes(string)
        across = sum(self.font.widths.get(code, 0) for code in codes) * self.size / 1000
        matrix = _times(self.text, self.matrix)
        corners = [
            _at(matrix, x, y) for x in (0, across) for y in (-0.12 * self.size, 0.88 * self.size)
        ]
        yield Word(
            page=self.number,
            text="".join(self.font.signs.get(code, "") for code in codes),
            size=self.size * math.hypot(matrix[0], matrix[1]),
            left=min(x for x, _ in corners) / MM,
            right=max(x for x, _ in corners) / MM,
            top=(self.down - max(y for _, y in corners)) / MM,
            bottom=(self.down - min(y for _, y in corners)) / MM,
        )


class _Font:
    def __init__(self, font):
        first = int(font.get("/FirstChar", 0))
        self.widths = {
            first + place: float(width) for place, width in enumerate(font.get("/Widths", []))
        }
        self.signs = (
            _signs(font["/ToUnicode"].read_bytes().decode()) if "/ToUnicode" in font else {}
        )


def _signs(table):
    pairs = [line.split() for line in table.splitlines() if line.startswith("<")]
    return {
        int(pair[0].strip("<>"), 16): chr(int(pair[1].strip("<>"), 16))
        for pair in pairs
        if len(pair) == 2
    }


def _times(one, other):
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _at(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
