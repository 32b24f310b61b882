"""The zip around an .xlsx: looked over before anything in it is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from common.excel import limits
from common.excel.sniffing import SAVE_AS
from common.excel.workbook import UnreadableWorkbook

BROKEN = "文件已损坏或没有传完整，请用 Excel 或 WPS 重新保存后再上传。"
MACROS = "文件含有宏，请另存为不含宏的 .xlsx 后再上传。"
TOO_LARGE = "文件解压后过大，疑似恶意文件，已拒绝读取；请删去多余的空行、图片后再上传。"
USUAL_PARTS = ("xl/worksheets/", "xl/drawings/", "xl/media/", "xl/printerSettings/", "customXml/")
OTHER_FORMATS = (
    ("word/document.xml", "这是 Word 文档，不是表格；请把其中的表格复制到 Excel 后上传。"),
    ("ppt/presentation.xml", "这是 PowerPoint 文稿，不是表格。"),
    ("xl/workbook.bin", f"这是二进制工作簿（.xlsb），暂不支持。{SAVE_AS}"),
    ("content.xml", f"这是 OpenDocument 文件（.ods），暂不支持。{SAVE_AS}"),
)


class Package:
    """An .xlsx whose zip has passed the checks; parts are read whole and never past their size."""

    def __init__(self, data: bytes) -> None:
        self._zip = _open(data)
        self.names = {entry.filename: entry for entry in self._zip.infolist()}
        self.notices: list[str] = []
        self._check()

    def has(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        try:
            return self._zip.read(self.names[name])
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UnreadableWorkbook(BROKEN) from error

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(self.names) != len(entries):
            raise UnreadableWorkbook("文件里有同名部件，疑似恶意文件，已拒绝读取。")
        _check_amount(entries)
        _check_format(self.names)
        self._check_content()

    def _check_content(self) -> None:
        types = self.read("[Content_Types].xml") if self.has("[Content_Types].xml") else b""
        if b"macroEnabled" in types or any("vbaProject" in name for name in self.names):
            raise UnreadableWorkbook(MACROS)
        if any(name.startswith("xl/macrosheets/") for name in self.names):
            raise UnreadableWorkbook(MACROS)
        links = [name for name in self.names if re.match(r"xl/externalLinks/[^/]+\.xml$", name)]
        if any(b"ddeLink" in self.read(name) for name in links):
            raise UnreadableWorkbook("文件含有 DDE 外部命令链接，已拒绝读取；请删除链接后再上传。")
        if links:
            self.notices.append("文件含有指向其他工作簿的链接，没有打开，只用表内已保存的值。")
        if any(name.startswith(("xl/embeddings/", "xl/activeX/")) for name in self.names):
            self.notices.append("文件含有嵌入的对象，已忽略。")


def _open(data: bytes) -> zipfile.ZipFile:
    if data.count(b"PK\x01\x02") > 5 * limits.ENTRIES:
        raise UnreadableWorkbook(TOO_LARGE)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableWorkbook(BROKEN) from error


def _check_amount(entries: list[zipfile.ZipInfo]) -> None:
    odd = [entry for entry in entries if not entry.filename.startswith(USUAL_PARTS)]
    if len(entries) > limits.ENTRIES or len(odd) > limits.ODD_ENTRIES:
        raise UnreadableWorkbook("文件内部的部件过多，疑似恶意文件，已拒绝读取。")
    if sum(entry.file_size for entry in entries) > limits.UNPACKED_BYTES:
        raise UnreadableWorkbook(TOO_LARGE)
    for entry in entries:
        if entry.flag_bits & 1:
            raise UnreadableWorkbook("压缩包设有密码，请去掉密码后再上传。")
        grown = entry.file_size > limits.RATIO_APPLIES_FROM
        if grown and entry.file_size > limits.RATIO * max(entry.compress_size, 1):
            raise UnreadableWorkbook(TOO_LARGE)
        if entry.filename.endswith("haredStrings.xml") and entry.file_size > limits.STRINGS_BYTES:
            raise UnreadableWorkbook(TOO_LARGE)


def _check_format(names: dict[str, zipfile.ZipInfo]) -> None:
    for name, message in OTHER_FORMATS:
        if name in names:
            raise UnreadableWorkbook(message)
    if "[Content_Types].xml" not in names and "xl/workbook.xml" not in names:
        raise UnreadableWorkbook("这是普通压缩包，不是表格；请解压后上传其中的表格。")
