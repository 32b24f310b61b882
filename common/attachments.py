"""Evidence from people: pictures encoded anew, documents only as what they are and only as attachments.

What a file is, its content says; a name that says something else is refused.
"""

import secrets
import unicodedata
import zipfile
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.http import FileResponse, Http404

from common.images import PhotoRefused, reencoded

MOST_BYTES = 10 * 1024 * 1024
BIGGEST = (1600, 1600)
LEAST_SIDE = 60
LONGEST_NAME = 100
PICTURES = ("jpg", "jpeg", "png", "webp")
# ending -> a name that an Office file of this kind holds inside
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ALLOWED = "照片（JPG、PNG）、PDF、Word（docx）、Excel（xlsx）或演示文稿（pptx）"
ACCEPT = ",".join(f".{ending}" for ending in (*PICTURES, "pdf", *OFFICE))


class AttachmentRefused(Exception):
    """The text is Chinese and says what to send instead."""


@dataclass(frozen=True)
class Attachment:
    """What is kept of an uploaded file: our own content under a random name, and what it was called."""

    content: ContentFile
    name: str
    is_picture: bool


def attachment_of(file):
    """The upload as it may be kept, or a refusal that names the file."""
    name = _clean(file.name)
    ending = name.rpartition(".")[2].lower()
    if ending in PICTURES:
        return _picture(file, name)
    if file.size > MOST_BYTES:
        raise AttachmentRefused(f"“{name}”超过 10 MB，请压缩后再传。")
    if not file.size:
        raise AttachmentRefused(f"“{name}”是空的。")
    if ending != "pdf" and ending not in OFFICE:
        raise AttachmentRefused(f"不能上传“{name}”。可以上传{ALLOWED}。")
    if not (_is_pdf(file) if ending == "pdf" else _is_office(file, OFFICE[ending])):
        raise AttachmentRefused(f"“{name}”的内容和扩展名对不上，或者带宏、已损坏，请另存一份再传。")
    file.seek(0)
    content = ContentFile(file.read(), name=f"{secrets.token_hex(16)}.{ending}")
    return Attachment(content, name, is_picture=False)


def _picture(file, name):
    try:
        content = reencoded(file, biggest=BIGGEST, least_side=LEAST_SIDE)
    except PhotoRefused as refusal:
        raise AttachmentRefused(f"“{name}”：{refusal}") from refusal
    return Attachment(content, name, is_picture=True)


def _clean(name):
    """The name people know it by: no folders, no signs nobody sees, not too long, the ending kept."""
    plain = str(name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C").strip()
    stem, dot, ending = seen.rpartition(".")
    room = LONGEST_NAME - len(ending) - 1
    return f"{stem[:room]}{dot}{ending}"[-LONGEST_NAME:] or "文件"


def _is_pdf(file):
    file.seek(0)
    return file.read(5) == b"%PDF-"


def _is_office(file, inside):
    """A real Office file of this kind without macros; read from the directory, nothing is unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return inside in names and not any(name.lower().endswith("vbaproject.bin") for name in names)


def served(stored, *, name, is_picture):
    """The file to somebody who may have it: pictures to look at, documents to keep, neither to run."""
    try:
        file = stored.open("rb")
    except OSError as error:
        raise Http404 from error
    kind = "image/jpeg" if is_picture else "application/octet-stream"
    response = FileResponse(file, as_attachment=not is_picture, filename=name, content_type=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
