"""The three fonts of printed things, asked in turn, so that 䶮 and 𠮷 come out (tools/print_fonts.py)."""

import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
FACES = ("common", "rare", "extra")
MISSING = "〓"  # what printers set for a character they do not have


@cache
def _glyphs(face):
    """Read when first needed: most sheets never ask for the rare ones."""
    font = TTFont(face, FOLDER / f"{face}.ttf", asciiReadable=False)
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


@cache
def _face_of(character):
    code = ord(character)
    return next((face for face in FACES if code in _glyphs(face)), None)


def clean(text):
    """One line's worth of visible characters: no controls, no invisible marks, composed accents."""
    composed = unicodedata.normalize("NFC", str(text)).replace("\t", " ")
    return "".join(
        sign for sign in composed if sign == "\n" or unicodedata.category(sign)[0] != "C"
    )


def unprintable(text):
    """The characters no font has, such as emoji; they come out as 〓."""
    return "".join(dict.fromkeys(s for s in clean(text) if s != "\n" and not _face_of(s)))


def runs(text):
    """[(face, piece)]; what no font has is replaced visibly, never dropped."""
    known = [(_face_of(sign) or FACES[0], sign if _face_of(sign) else MISSING) for sign in text]
    return [
        (face, "".join(sign for _, sign in part))
        for face, part in groupby(known, key=lambda pair: pair[0])
    ]


@cache
def _advance(sign):
    face = _face_of(sign)
    return pdfmetrics.stringWidth(sign if face else MISSING, face or FACES[0], 1)


def width(text, size):
    """In points; exact, because these fonts set letters side by side without kerning."""
    return size * sum(_advance(sign) for sign in text)
