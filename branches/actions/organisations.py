from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from branches.models import Affiliation, FormerName, Organisation, Window
from common import audit, locks


class OrganisationRefused(Exception):
    """The change does not fit the tree; the text is Chinese and says what to do first."""


@transaction.atomic
def add_organisation(*, parent, by, at, **fields):
    """A new node below `parent`, or a root when that is None. The parent is read anew:
    treebeard counts children on the row, and a stale object would give two of them one place."""
    locks.hold("organisation-tree")
    if parent is None:
        organisation = Organisation.objects.add_root(fields)
    else:
        parent = Organisation.objects.select_for_update().get(pk=parent.pk)
        if parent.dissolved_on:
            raise OrganisationRefused(f"{parent.name}已撤销，不能在其下新设组织。")
        organisation = Organisation.objects.add_child(parent, fields)
    audit.record(
        "新设组织",
        organisation,
        by=by,
        at=at,
        path=organisation.path,
        detail={"code": organisation.code, "kind": organisation.kind},
    )
    return organisation


@transaction.atomic
def update_organisation(organisation, *, by, at, **fields):
    """Rename or describe; the audit says what the name was."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = {
        name: str(getattr(organisation, name) or "")
        for name, value in fields.items()
        if getattr(organisation, name) != value
    }
    for name in changed:
        setattr(organisation, name, fields[name])
    if changed:
        organisation.save(update_fields=list(changed))
        if "name" in changed:
            until = timezone.localdate(at) - timedelta(days=1)
            FormerName.objects.get_or_create(
                organisation=organisation, until=until, defaults={"name": changed["name"]}
            )
        audit.record(
            "修改组织",
            organisation,
            by=by,
            at=at,
            path=organisation.path,
            detail={"before": changed},
        )
    return organisation


@transaction.atomic
def move_organisation(organisation, *, parent, by, at):
    """Hang the organisation, with everything below it, under another parent."""
    locks.hold("organisation-tree")
    organisation = Organisation.objects.get(pk=organisation.pk)
    parent = Organisation.objects.get(pk=parent.pk)
    if parent.path.startswith(organisation.path):
        raise OrganisationRefused("不能移到自己或自己的下级之下。")
    if parent.dissolved_on:
        raise OrganisationRefused(f"{parent.name}已撤销，不能移到其下。")
    before = organisation.path
    Organisation.objects.move(organisation, parent, pos="last-child")
    organisation = Organisation.objects.get(pk=organisation.pk)
    audit.record(
        "移动组织",
        organisation,
        by=by,
        at=at,
        path=organisation.path,
        detail={"from": before, "to": organisation.path},
    )
    return organisation


@transaction.atomic
def dissolve_organisation(organisation, *, on, by, at):
    """The row stays for the past's sake. Its people, windows and lower organisations go first."""
    locks.hold("organisation-tree")
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.dissolved_on:
        raise OrganisationRefused(f"{organisation.name}已于{organisation.dissolved_on}撤销。")
    inside = Organisation.objects.below(organisation)
    left = {
        "个下级组织": inside.active().exclude(pk=organisation.pk).count(),
        "个人": Affiliation.objects.current(today=on).filter(organisation__in=inside).count(),
        "个窗口": Window.objects.open().filter(organisation__in=inside).count(),
    }
    standing = "、".join(f"{count} {what}" for what, count in left.items() if count)
    if standing:
        raise OrganisationRefused(f"{organisation.name}还有{standing}，请先移走或撤销。")
    organisation.dissolved_on = on
    organisation.save(update_fields=["dissolved_on"])
    audit.record("撤销组织", organisation, by=by, at=at, path=organisation.path)
    return organisation
