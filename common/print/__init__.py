"""Things printed at their real size, as PDF: fonts that know names, boxes nothing leaves, sheets to cut."""

from common.print.fonts import unprintable
from common.print.pen import Box, Pen
from common.print.sheets import A3, A4, A5, BADGE, SERVICE_CARD, Document
from common.print.text import Fitted, fitted

__all__ = [
    "A3",
    "A4",
    "A5",
    "BADGE",
    "SERVICE_CARD",
    "Box",
    "Document",
    "Fitted",
    "Pen",
    "fitted",
    "unprintable",
]
