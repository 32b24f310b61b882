"""Whether a key that is pointed at exists."""

from collections.abc import Iterable, Iterator

from campaigns.models.document.reasons import Path, Problem, suggestion

KINDS = {
    "families": "部分",
    "items": "项目",
    "stages": "阶段",
    "unit_types": "单位类型",
    "rater_classes": "评议主体",
    "scales": "量表",
    "questionnaires": "问卷",
    "channels": "评价渠道",
    "titles": "称号",
    "criteria": "标准",
    "registers": "登记簿",
    "cadence": "节奏规则",
    "methods": "督查方式",
    "checklists": "检查表",
    "sources": "问题来源",
}


def keys_of(document, kind: str) -> list[str]:
    """The keys a reference of this kind may name."""
    if kind == "items":
        return [item.key for item in document.items()]
    if kind in {"methods", "checklists"}:
        return [part.key for part in getattr(document.inspections, kind, ())]
    if kind == "sources":
        return [part.key for part in getattr(document.rectification, "sources", ())]
    return [part.key for part in getattr(document, kind)]


def missing_references(document, kind: str, wanted: Iterable[str], path: Path) -> Iterator[Problem]:
    """A problem for every wanted key (a list at `path`) that the scheme does not define."""
    for place, key in enumerate(wanted):
        yield from missing_reference(document, kind, key, (*path, place))


def missing_reference(document, kind: str, key: str | None, path: Path) -> Iterator[Problem]:
    if key is None:
        return
    known = keys_of(document, kind)
    if key not in known:
        yield Problem(path, f"方案里没有{KINDS[kind]}“{key}”{suggestion(key, known)}")
