"""Opens an upload in a child process that can neither eat the memory nor the time of the web."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from common.excel import limits
from common.excel.package import TOO_LARGE
from common.excel.workbook import Cell, Merge, Row, Sheet, UnreadableWorkbook, Workbook

ROOT = Path(__file__).resolve().parents[2]
TOO_SLOW = "文件过于复杂，超出了读取的时间或内存限制，已停止；请删去多余内容或拆分后再上传。"


def read_workbook(source: bytes | str | Path) -> Workbook:
    """The workbook as plain data; UnreadableWorkbook says in one sentence why not."""
    data = source if isinstance(source, bytes) else _bytes_of(Path(source))
    if len(data) > limits.FILE_BYTES:
        megabytes = limits.FILE_BYTES // limits.MEGABYTE
        raise UnreadableWorkbook(f"文件超过 {megabytes} MB，请删去图片或拆分后再上传。")
    return unpack(_run_child(data).splitlines(), digest=hashlib.sha256(data).hexdigest())


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableWorkbook(f"打不开文件：{path.name}。") from error


def _run_child(data: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "common.excel.child"],
            cwd=ROOT,
            input=data,
            capture_output=True,
            timeout=limits.CHILD_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbook(TOO_SLOW) from error
    if done.returncode:
        raise UnreadableWorkbook(TOO_SLOW if done.returncode < 0 else TOO_LARGE)
    return done.stdout


def unpack(lines: Iterable[bytes | str], *, digest: str) -> Workbook:
    book = Workbook("", digest)
    for line in lines:
        record = json.loads(line)
        if isinstance(record, list):
            number, hidden, cells = record
            filled = {column: Cell(*rest) for column, *rest in cells}
            book.sheets[-1].rows.append(Row(number, filled, hidden))
        elif "sheet" in record:
            name, hidden, merges, columns, filtered = record["sheet"]
            areas = [Merge(*merge) for merge in merges]
            spans = [(first, last) for first, last in columns]
            book.sheets.append(Sheet(name, hidden, [], areas, spans, filtered))
        elif "error" in record:
            raise UnreadableWorkbook(record["error"])
        else:
            book.kind, book.notices = record["end"], record["notices"]
    if not book.kind:
        raise UnreadableWorkbook(TOO_SLOW)
    return book
