"""Text in a box: wrapped as Chinese is set, made smaller when it must, and cut with … before it leaves."""

import re
from dataclasses import dataclass

from common.print.fonts import clean, width

NOT_FIRST = "、，。；：！？）》】」』”\u2019…·%％,.;:!?)]}"
NOT_LAST = "（《【「『“\u2018([{"
WORD = re.compile(r"[A-Za-z0-9@._/\-]+|.", re.DOTALL)
STEP = 0.5


@dataclass(frozen=True)
class Fitted:
    """Lines at one size that fill at most the box; `is_cut` when words had to go."""

    size: float
    leading: float
    lines: tuple[str, ...]
    is_cut: bool = False

    @property
    def height(self):
        return len(self.lines) * self.leading


def fitted(text, *, across, down, size, least, spacing=1.35):  # noqa: PLR0913 (a box is all of this)
    """The text at the biggest size from `size` to `least` at which it fits; lengths in points."""
    text = clean(text).strip()
    while True:
        lines = wrapped(text, size, across)
        rows = max(1, int((down + 0.01) // (size * spacing)))
        if len(lines) <= rows:
            return Fitted(size, size * spacing, tuple(lines))
        if size - STEP < least:
            kept = [*lines[: rows - 1], _shortened("".join(lines[rows - 1 :]), size, across)]
            return Fitted(size, size * spacing, tuple(kept), is_cut=True)
        size -= STEP


def wrapped(text, size, across):
    """Lines no wider than `across`; no comma begins a line, no opening bracket ends one."""
    lines = []
    for paragraph in text.split("\n"):
        lines.extend(_broken(paragraph.strip(), size, across))
    return lines


def _broken(paragraph, size, across):
    lines, line, used = [], "", 0
    for piece in _pieces(paragraph, size, across):
        needed = width(piece, size)
        if not line or used + needed <= across:
            line, used = line + piece, used + needed
            continue
        line, carried = _carry(line, piece)
        lines.append(line.rstrip())
        line = (carried + piece).lstrip()
        used = width(line, size)
    return [*lines, line] if line or not lines else lines


def _pieces(paragraph, size, across):
    """Words whole when a line holds them, else letter by letter."""
    for piece in WORD.findall(paragraph):
        if len(piece) > 1 and width(piece, size) > across:
            yield from piece
        else:
            yield piece


def _carry(line, piece):
    """What goes down with the piece that begins the next line."""
    carried = ""
    while len(line) > 1 and ((carried or piece)[0] in NOT_FIRST or line[-1] in NOT_LAST):
        line, carried = line[:-1], line[-1] + carried
    return line, carried


def _shortened(text, size, across):
    while text and width(text + "…", size) > across:
        text = text[:-1]
    return text + "…"
