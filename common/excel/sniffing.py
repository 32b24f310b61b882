"""What a file really is, whatever its name says."""

from __future__ import annotations

import codecs
import re

from common.excel.workbook import UnreadableWorkbook

XLSX, XLS, TEXT = "xlsx", "xls", "csv"

SAVE_AS = "请用 Excel 或 WPS 打开后“另存为”.xlsx 再上传。"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
FOREIGN = (
    (b"%PDF", "这是 PDF 文件，不是表格。"),
    (b"Rar!", "这是 RAR 压缩包，请解压后上传其中的表格。"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，请解压后上传其中的表格。"),
    (b"\x1f\x8b", "这是 gzip 压缩包，请解压后上传其中的表格。"),
    (b"\x89PNG", "这是图片，不是表格；请上传原始表格。"),
    (b"\xff\xd8\xff", "这是图片，不是表格；请上传原始表格。"),
    (b"GIF8", "这是图片，不是表格；请上传原始表格。"),
    (b"BM", "这是图片，不是表格；请上传原始表格。"),
    (b"{\\rtf", f"这是 RTF 文档，不是表格。{SAVE_AS}"),
    (b"MZ", "这是程序文件，不能上传。"),
    (b"\x7fELF", "这是程序文件，不能上传。"),
    (b"SQLite format 3", "这是数据库文件，不是表格。"),
)


def sniff(data: bytes) -> str:
    """The kind of reader this content needs; raises for everything that is no table."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableWorkbook("文件是空的，没有任何内容。")
    if data.startswith(b"PK"):
        return XLSX
    if data.startswith(OLE_MAGIC):
        refuse_foreign_ole(data)
        return XLS
    if data.startswith(OLD_BIFF):
        return XLS
    for magic, message in FOREIGN:
        if data.startswith(magic) and not (magic == b"BM" and _is_text(data)):
            raise UnreadableWorkbook(message)
    refuse_markup(data)
    return TEXT


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4096]


def refuse_markup(data: bytes) -> None:
    head = data[:4096]
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            head = head[: len(head) // 2 * 2].decode(encoding, "ignore").encode()
    head = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if b"excel.sheet" in head or (b"office:spreadsheet" in head and head.startswith(b"<?xml")):
        raise UnreadableWorkbook(f"这个文件其实是“XML 表格 2003”，不是 Excel 工作簿。{SAVE_AS}")
    if re.match(rb"<(!doctype|html|head|meta|table|body|style|script|div|\?xml|svg|!--)", head):
        raise UnreadableWorkbook(f"这个文件其实是网页（HTML/XML），不是 Excel 工作簿。{SAVE_AS}")
    if head.startswith(b"mime-version:"):
        raise UnreadableWorkbook(f"这个文件其实是网页归档（MHTML），不是 Excel 工作簿。{SAVE_AS}")


def refuse_foreign_ole(data: bytes) -> None:
    """OLE is only a container; its directory tells Word from Excel and a password from macros."""
    if _has_stream(data, "EncryptedPackage") or _has_stream(data, "EncryptionInfo"):
        raise UnreadableWorkbook("文件设有打开密码，请去掉密码后再上传。")
    if _has_stream(data, "WordDocument"):
        raise UnreadableWorkbook("这是 Word 文档，不是表格；请把其中的表格复制到 Excel 后上传。")
    if _has_stream(data, "PowerPoint Document"):
        raise UnreadableWorkbook("这是 PowerPoint 文稿，不是表格。")
    if _has_stream(data, "_VBA_PROJECT") or _has_stream(data, "_VBA_PROJECT_CUR"):
        raise UnreadableWorkbook("文件含有宏，请另存为不含宏的 .xlsx 后再上传。")
    if not (_has_stream(data, "Workbook") or _has_stream(data, "Book")):
        raise UnreadableWorkbook(
            f"文件不是 Excel 能识别的格式（可能是 .et 等改了扩展名）。{SAVE_AS}"
        )


def _has_stream(data: bytes, name: str) -> bool:
    """A directory entry starts at a multiple of 128 bytes with its name in UTF-16."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False
