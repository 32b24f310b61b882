"""The cycle's folder (年度资料): a zip of Excel, Word and pictures, in the order in which inspectors read it.

An app adds sections in its `excel` module: `@section(40, "承诺")` over `(campaign, folder)`.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.module_loading import autodiscover_modules
from docx import Document

from common.excel.writing import write_workbook

FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_") | dict.fromkeys(map(chr, range(32))))
LONGEST_NAME = 80
MOST_STORED = 200 * 1024 * 1024  # of uploads: the folder is made and sealed in memory


@dataclass(frozen=True)
class Section:
    number: int
    title: str
    write: Callable[[Any, "Folder"], None]


@dataclass(frozen=True)
class Entry:
    """One file of the folder as the index names it."""

    section: str
    name: str
    count: int | None
    digest: str


_SECTIONS: dict[int, Section] = {}


def section(number: int, title: str) -> Callable:
    """Registers a section; the number is its place among the others."""

    def register(write: Callable[[Any, "Folder"], None]) -> Callable[[Any, "Folder"], None]:
        there = _SECTIONS.get(number)
        if there is not None and there.write.__qualname__ != write.__qualname__:
            raise ValueError(f"section {number} is taken by {there.title}")
        _SECTIONS[number] = Section(number, title, write)
        return write

    return register


def sections() -> list[Section]:
    """Our own and those of all apps, in reading order."""
    autodiscover_modules("excel")
    return [_SECTIONS[number] for number in sorted(_SECTIONS)]


class Folder:
    """Writes files into the zip, one section after the other, and remembers them for the index."""

    def __init__(self, out: Any, *, at: datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self.at = at
        self.section = ""
        self.entries: list[Entry] = []
        self._room = MOST_STORED

    def table(
        self, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = ""
    ) -> None:
        """A workbook; without rows there is no file."""
        held = io.BytesIO()
        count = write_workbook(held, headings, rows, title=title or name, sheet_name=name)
        if count:
            self.file(f"{name}.xlsx", held.getvalue(), count=count)

    def document(self, name: str, title: str, parts: Iterable[tuple[str, str]]) -> None:
        """A Word file of (style, text): "h" a heading, "p" a paragraph, "li" an entry of a list."""
        word = Document()
        word.core_properties.author = ""
        word.core_properties.created = word.core_properties.modified = self.at.replace(tzinfo=None)
        word.add_heading(clean(title), 0)
        count = 0
        for style, text in parts:
            if style == "h":
                word.add_heading(clean(text), 1)
            else:
                word.add_paragraph(clean(text), "List Bullet" if style == "li" else None)
            count += 1
        held = io.BytesIO()
        word.save(held)
        if count:
            self.file(f"{name}.docx", held.getvalue())

    def file(self, name: str, data: bytes, *, count: int | None = None) -> None:
        path = f"{self.section}/{safe_name(name)}" if self.section else safe_name(name)
        moment = self.at.timetuple()[:6]
        self._zip.writestr(zipfile.ZipInfo(path, moment), data, zipfile.ZIP_DEFLATED)
        self.entries.append(Entry(self.section, path, count, hashlib.sha256(data).hexdigest()))

    def stored(self, upload: Any, name: str) -> str:
        """An uploaded file under a name that says what it is; else why it is not here, for the list beside it."""
        try:
            if upload.size > self._room:
                return "资料包已满，请到门户里下载"
            with upload.open() as file:
                data = file.read()
        except OSError:  # the row outlives a lost file
            return "文件已丢失"
        self._room -= len(data)
        self.file(f"{name}.{upload.name.rpartition('.')[2]}", data)
        return ""

    def close(self) -> None:
        self._zip.close()


def clean(text: str) -> str:
    """Word refuses control signs."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def safe_name(name: str) -> str:
    """A file name that every system takes."""
    stem, dot, ending = name.rpartition(".")
    stem = (stem or ending).translate(FORBIDDEN).strip(" .")[:LONGEST_NAME] or "文件"
    return f"{stem}.{ending}" if dot else stem


def write_archive(
    out: Any, campaign: Any, *, title: str, at: datetime, report: Callable[[int, int, str], None]
) -> list[Entry]:
    """All sections and the index; the names of the folders begin with their place."""
    folder, wanted = Folder(out, at=at), sections()
    for place, part in enumerate(wanted, start=1):
        report(place - 1, len(wanted) + 1, part.title)
        folder.section = f"{place:02}_{part.title}"
        part.write(campaign, folder)
    folder.section = ""
    report(len(wanted), len(wanted) + 1, "目录")
    _index(folder, title, [f"{place:02}_{part.title}" for place, part in enumerate(wanted, 1)])
    folder.close()
    return folder.entries


def _index(folder: Folder, title: str, wanted: list[str]) -> None:
    """Every file with its digest; a section that the cycle left empty is named, so that no number seems lost."""
    entries = list(folder.entries)
    headings = ["序号", "文件", "条数", "SHA-256"]
    rows = [[n, one.name, one.count, one.digest] for n, one in enumerate(entries, start=1)]
    folder.table("00_目录", headings, rows, title=f"{title} 资料目录")
    parts = []
    for name in wanted:
        own = [entry for entry in entries if entry.section == name]
        parts.append(("h", name))
        parts += [("li", _line(entry)) for entry in own] or [("p", "本轮没有这类材料。")]
    folder.document("00_目录", f"{title} 资料目录", parts)


def _line(entry: Entry) -> str:
    count = f"（{entry.count} 条）" if entry.count is not None else ""
    return entry.name.rpartition("/")[2] + count
