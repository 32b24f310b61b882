"""Schemes enter and leave the database as whole documents."""

import hashlib
import json

from django.db import transaction
from django.db.models import Max

from campaigns.actions.scheme_text import as_yaml
from campaigns.models import Family, Item, Scheme, SchemeVersion
from campaigns.models.document import Problem, SchemeDocument, problems_of
from common import audit


class SchemeRefusedError(ValueError):
    """The document contradicts itself; `problems` says where and how."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("；".join(f"{problem.place}：{problem.reason}" for problem in problems))


class VersionLockedError(ValueError):
    """A period ran with this version: its wording stays as it is."""


@transaction.atomic
def load_scheme(document: SchemeDocument, *, by, at) -> SchemeVersion:
    """Store a document under its slug; a new version only when it says something new."""
    _refuse_broken(document)
    scheme = _scheme_for(document)
    digest = digest_of(document)
    newest = scheme.versions.order_by("-number").first()
    if newest is not None and newest.digest == digest:
        return newest
    number = (scheme.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = SchemeVersion.objects.create(
        scheme=scheme,
        number=number,
        document=document.model_dump(mode="json"),
        digest=digest,
        created_at=at,
        created_by=by,
    )
    _write_rows(version, document)
    audit.record("load_scheme", version, by=by, at=at, detail={"digest": digest})
    return version


@transaction.atomic
def rewrite_version(version: SchemeVersion, document: SchemeDocument, *, by, at) -> SchemeVersion:
    """Put another wording into a version that no period has run with yet."""
    version = SchemeVersion.objects.select_for_update().get(pk=version.pk)
    if version.locked_at is not None:
        raise VersionLockedError(f"“{version}”已有周期按它运行，不能再改；请存为新版本")
    if document.slug != version.scheme.slug:
        raise SchemeRefusedError([Problem(("slug",), f"代号应为“{version.scheme.slug}”")])
    _refuse_broken(document)
    version.document = document.model_dump(mode="json")
    version.digest = digest_of(document)
    version.save(update_fields=["document", "digest"])
    Family.objects.filter(version=version).delete()
    _write_rows(version, document)
    audit.record("rewrite_scheme", version, by=by, at=at, detail={"digest": version.digest})
    return version


def dump_scheme(version: SchemeVersion) -> str:
    """The version as YAML that reads like the plan; reading it gives the same document."""
    return as_yaml(version.plan)


def digest_of(document: SchemeDocument) -> str:
    """64 hex digits over what the document says, defaults left out."""
    content = document.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_broken(document: SchemeDocument) -> None:
    problems = problems_of(document)
    if problems:
        raise SchemeRefusedError(problems)


def _scheme_for(document: SchemeDocument) -> Scheme:
    Scheme.objects.get_or_create(slug=document.slug, defaults={"name": document.name})
    scheme = Scheme.objects.select_for_update().get(slug=document.slug)
    if scheme.name != document.name:
        scheme.name = document.name
        scheme.save(update_fields=["name"])
    return scheme


def _write_rows(version: SchemeVersion, document: SchemeDocument) -> None:
    """Families and items as rows that other tables can point at."""
    for order, part in enumerate(document.families):
        family = Family.objects.create(
            version=version, key=part.key, role=part.role, name=part.name, order=order
        )
        _write_items(family, part.items, parent=None)


def _write_items(family: Family, parts, *, parent: Item | None) -> None:
    for order, part in enumerate(parts):
        item = Item.objects.create(
            family=family,
            parent=parent,
            key=part.key,
            name=part.name,
            mechanism=part.mechanism or "",
            settings=part.settings,
            order=order,
        )
        _write_items(family, part.items, parent=item)
