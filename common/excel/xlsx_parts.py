"""The parts of an .xlsx around its sheets: relations, list of sheets, strings, styles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from common.excel import limits
from common.excel.markup import Listener, attribute, walk
from common.excel.number_formats import BUILT_IN
from common.excel.package import BROKEN, TOO_LARGE, Package
from common.excel.workbook import UnreadableWorkbook

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE = ("1", "true", "on")


def unescape(text: str) -> str:
    """Excel writes control characters as _x000D_."""
    if "_x" not in text:
        return text
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


class Relations(Listener):
    """Relation id → part name, as seen from the part `source`."""

    def __init__(self, package: Package, source: str) -> None:
        folder, name = posixpath.split(source)
        self.folder = folder
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if package.has(part):
            walk(package.read(part), self)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        joined = target if target.startswith("/") else posixpath.join(self.folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.targets[attributes.get("Id", "")] = posixpath.normpath(joined).lstrip("/")
        self.kinds.setdefault(kind, self.targets[attributes.get("Id", "")])


class SheetEntry(NamedTuple):
    name: str
    relation: str
    hidden: bool


class SheetList(Listener):
    def __init__(self, xml: bytes) -> None:
        self.sheets: list[SheetEntry] = []
        self.since_1904 = False
        walk(xml, self)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            title = unescape(attributes.get("name", ""))
            self.sheets.append(SheetEntry(title, attribute(attributes, "id"), hidden))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in TRUE


class Strings(Listener):
    """The shared strings; the phonetic guides of East Asian text are left out."""

    def __init__(self, xml: bytes) -> None:
        self.values: list[str] = []
        self._pieces: list[str] = []
        self._reading = False
        self._phonetic = False
        walk(xml, self)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._reading = not self._phonetic

    def end(self, name: str) -> None:
        if name == "t":
            self._reading = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.values.append(unescape("".join(self._pieces)))
            if len(self.values) > limits.STRINGS_COUNT:
                raise UnreadableWorkbook(TOO_LARGE)

    def text(self, data: str) -> None:
        if self._reading:
            self._pieces.append(data)


class Style(NamedTuple):
    format: str = ""
    struck: bool = False


class Styles(Listener):
    """What a cell's style number says about its number format and strike-through."""

    def __init__(self, xml: bytes) -> None:
        self.cells: list[Style] = []
        self._formats = dict(BUILT_IN)
        self._struck: list[bool] = []
        self._inside = ""
        walk(xml, self)

    def of(self, number: str | None) -> Style:
        index = int(number) if number and number.isdigit() else 0
        return self.cells[index] if index < len(self.cells) else Style()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._inside = name
        elif name == "numFmt" and self._inside != "dxfs":
            self._formats[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif name == "font" and self._inside == "fonts":
            self._struck.append(False)
        elif name == "strike" and self._inside == "fonts" and self._struck:
            self._struck[-1] = attributes.get("val", "1") in TRUE
        elif name == "xf" and self._inside == "cellXfs":
            font = _number(attributes, "fontId")
            code = self._formats.get(_number(attributes, "numFmtId"), "")
            struck = font < len(self._struck) and self._struck[font]
            self.cells.append(Style("" if code == "General" else code, struck))


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UnreadableWorkbook(BROKEN)
    return int(text)
