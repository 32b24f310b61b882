"""XML of an upload, read as a stream of starts, texts and ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from common.excel.package import BROKEN
from common.excel.workbook import UnreadableWorkbook

ENTITIES = "文件含有 DTD 或实体声明，疑似恶意文件，已拒绝读取。"


class Listener:
    """What a part's reader overrides; element names arrive without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def walk(xml: bytes, listener: Listener) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.CharacterDataHandler = listener.text
    parser.StartElementHandler, parser.EndElementHandler = _handlers(xml, listener)
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError) as error:
        raise UnreadableWorkbook(BROKEN) from error


def _handlers(xml: bytes, listener: Listener) -> tuple[Callable, Callable]:
    """Most files use no prefix for their own elements: these get the listener itself."""
    if b"<x:" not in xml[:2000] and b":worksheet" not in xml[:2000]:
        return listener.start, listener.end
    return (
        lambda name, attributes: listener.start(name.rpartition(":")[2], attributes),
        lambda name: listener.end(name.rpartition(":")[2]),
    )


def _refuse(*_: object) -> None:
    raise UnreadableWorkbook(ENTITIES)


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """The value of r:id and the like, whatever prefix the file gives the namespace."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return value
    return ""
