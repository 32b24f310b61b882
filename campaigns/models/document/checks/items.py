"""Items: a known mechanism, the right settings, and what the settings point at."""

from collections.abc import Iterator

from pydantic import ValidationError

from campaigns.models.document.checks.names import walk_with_paths
from campaigns.models.document.checks.references import missing_reference, missing_references
from campaigns.models.document.mechanisms import DISCLOSURE_KEYS, MECHANISMS
from campaigns.models.document.reasons import Path, Problem, problems_from, suggestion

MAX_DEPTH = 3
POINTERS = {
    "questionnaire": "questionnaires",
    "rater_class": "rater_classes",
    "raters": "rater_classes",
    "channels": "channels",
    "titles": "titles",
    "criteria": "criteria",
    "registers": "registers",
    "methods": "methods",
    "checklists": "checklists",
    "required_for": "unit_types",
    "source": "items",
    "sources": "sources",
    "of": "items",
    "tags": "items",
}
SOURCES = {
    "self_review": ("self",),
    "peer_review": ("peers",),
    "branch_review": ("branch",),
    "leader_review": ("leaders",),
    "public_rating": ("public",),
    "survey": ("public",),
    "panel": ("panel", "units", "public", "inspectors", "branch", "leaders"),
}


def item_problems(document) -> Iterator[Problem]:
    for path, item in walk_with_paths(document):
        yield from _shape(item, path)
        yield from missing_references(
            document, "unit_types", item.unit_types, (*path, "unit_types")
        )
        if item.machinery:
            yield from _settings(document, item, path)


def _shape(item, path: Path) -> Iterator[Problem]:
    if item.mechanism and item.mechanism not in MECHANISMS:
        reason = f"没有机制“{item.mechanism}”{suggestion(item.mechanism, list(MECHANISMS))}"
        yield Problem((*path, "mechanism"), f"{reason}；可用：{'、'.join(MECHANISMS)}")
    if not item.mechanism and not item.items:
        yield Problem(path, f"项目“{item.name}”没有写机制（mechanism），也没有下级项目（items）")
    if item.settings and not item.mechanism:
        yield Problem((*path, "settings"), "没有机制的项目不能有设置")
    if path.count("items") > MAX_DEPTH:
        yield Problem(path, f"项目最多 {MAX_DEPTH} 层")


def _settings(document, item, path: Path) -> Iterator[Problem]:
    try:
        options = item.machinery.settings.model_validate(item.settings)
    except ValidationError as error:
        yield from problems_from(error, (*path, "settings"))
        return
    for name, kind in POINTERS.items():
        wanted = getattr(options, name, None)
        where = (*path, "settings", name)
        if isinstance(wanted, tuple):
            yield from missing_references(document, kind, wanted, where)
        else:
            yield from missing_reference(document, kind, wanted, where)
    yield from _raters(document, item, options, path)
    yield from _disclosures(options, path)


def _disclosures(options, path: Path) -> Iterator[Problem]:
    """A disclosure that the card has no place for would silently never be shown."""
    for number, asked in enumerate(getattr(options, "disclosures", ())):
        if asked.key not in DISCLOSURE_KEYS:
            yield Problem(
                (*path, "settings", "disclosures", number, "key"),
                f"明白卡上没有“{asked.key}”这一项{suggestion(asked.key, list(DISCLOSURE_KEYS))}；"
                f"可用：{'、'.join(DISCLOSURE_KEYS)}",
            )


def _raters(document, item, options, path: Path) -> Iterator[Problem]:
    sources = SOURCES.get(item.mechanism)
    if sources is None:
        return
    named = getattr(options, "rater_class", None)
    raters = [
        rater
        for rater in document.rater_classes
        if rater.source in sources and (named is None or rater.key == named)
    ]
    if not raters:
        wanted = "或".join(sources)
        yield Problem(path, f"“{item.name}”无人可评：评议主体里没有 source 为 {wanted} 的一类")
