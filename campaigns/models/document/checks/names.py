"""Keys are unique, and pointers between the scheme's lists lead somewhere."""

from collections.abc import Iterable, Iterator

from campaigns.models.document.checks.references import keys_of, missing_references
from campaigns.models.document.reasons import Path, Problem

LISTS = (
    "families", "unit_types", "stages", "rater_classes", "scales", "questionnaires", "channels",
    "cadence", "titles", "criteria", "registers", "rules",
)  # fmt: skip


def name_problems(document) -> Iterator[Problem]:
    for name in LISTS:
        yield from repeated(getattr(document, name), (name,))
    yield from _repeated_items(document)
    yield from _oversight_lists(document)
    yield from _classes(document)
    yield from _pointers(document)
    yield from _aliases(document)
    yield from _rater_classes(document)


def repeated(parts: Iterable, path: Path, field: str = "key") -> Iterator[Problem]:
    """A problem for every part whose key was used before in the same list."""
    seen: dict[str, int] = {}
    for place, part in enumerate(parts):
        key = getattr(part, field)
        if key in seen:
            yield Problem((*path, place, field), f"“{key}”重复：第 {seen[key] + 1} 项已经用过")
        seen.setdefault(key, place)


def walk_with_paths(document) -> Iterator[tuple[Path, object]]:
    """Every item with its path."""
    for f, family in enumerate(document.families):
        yield from _below(family.items, ("families", f, "items"))


def _below(items, path: Path) -> Iterator[tuple[Path, object]]:
    for place, item in enumerate(items):
        yield (*path, place), item
        yield from _below(item.items, (*path, place, "items"))


def _repeated_items(document) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, item in walk_with_paths(document):
        if item.key in seen:
            yield Problem((*path, "key"), f"项目代号“{item.key}”在方案里重复")
        seen.add(item.key)


def _oversight_lists(document) -> Iterator[Problem]:
    for section, names in (
        ("inspections", ("methods", "checklists")),
        ("rectification", ("sources", "categories")),
        ("classification", ("classes",)),
        ("leading_group", ("roles",)),
        ("pledges", ("window_template",)),
    ):
        part = getattr(document, section)
        for name in names if part else ():
            yield from repeated(getattr(part, name), (section, name))
    yield from repeated(document.pledges.themes, ("pledges", "themes"), "owner")


def _classes(document) -> Iterator[Problem]:
    rules = document.classification
    if rules and len(rules.classes) < 2:
        yield Problem(("classification", "classes"), "分类定级至少要有两类，从好到差依次写")


def _pointers(document) -> Iterator[Problem]:
    for place, unit_type in enumerate(document.unit_types):
        path = ("unit_types", place, "emphasis")
        yield from missing_references(document, "families", unit_type.emphasis, path)
    for place, title in enumerate(document.titles):
        path = ("titles", place, "criteria")
        yield from missing_references(document, "criteria", title.criteria, path)
    for place, rule in enumerate(document.rules):
        path = ("rules", place, "registers")
        yield from missing_references(document, "registers", rule.registers, path)


def _aliases(document) -> Iterator[Problem]:
    known = {
        key for kind in ("families", "items", "rater_classes") for key in keys_of(document, kind)
    }
    for place, alias in enumerate(document.aliases):
        if alias.same_as not in known:
            reason = f"“{alias.same_as}”不是部分、项目或评议主体的代号"
            yield Problem(("aliases", place, "same_as"), reason)


def _rater_classes(document) -> Iterator[Problem]:
    known_people = {"self", "peers", "branch", "leaders", "inspectors", "members"}
    for place, rater in enumerate(document.rater_classes):
        path = ("rater_classes", place)
        if rater.accountless and rater.source in known_people:
            yield Problem((*path, "accountless"), "这类评议人都有账号，不能写 accountless: true")
        if rater.source in {"panel", "units"} and not rater.drawn_from:
            yield Problem(path, "没有人属于这个评议主体：请在 drawn_from 写明由谁组成")
        if rater.source == "peers" and not {"members", "staff"} & set(document.participants):
            yield Problem((*path, "source"), "参与对象里没有党员或工作人员，无人可以互评")
