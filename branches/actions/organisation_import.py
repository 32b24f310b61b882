"""Writes a list of organisations: parents come first in it, what there is already stays as it is."""

import re

from django.db import transaction

from branches.actions.organisations import add_organisation
from branches.models import Organisation, UnitType

KINDS = (
    (r"党小组", Organisation.Kind.GROUP),
    (r"总支", Organisation.Kind.GENERAL_BRANCH),
    (r"支部", Organisation.Kind.BRANCH),
    (r"党委|党工委|党组|委员会", Organisation.Kind.COMMITTEE),
    (r"科室|[科处室股]$", Organisation.Kind.DEPARTMENT),
    (r"单位|局|中心|公司|医院|学校", Organisation.Kind.UNIT),
)


def kind_of(word):
    return next(kind for pattern, kind in KINDS if re.search(pattern, word))


def refusals(rows, *, scope=None):
    """Row number → why it cannot be, seen from the organisations there are (below the scope)."""
    names, codes = _existing(scope)
    elsewhere = _codes_outside(rows, scope)
    found = {}
    for row in rows:
        by_name, by_code = names.get(row.name, []), codes.get(row.code)
        if len(by_name) > 1:
            found[row.row] = f"系统中有 {len(by_name)} 个组织叫“{row.name}”"
        elif by_code and by_code.name != row.name:
            found[row.row] = f"组织编号 {row.code} 在系统中是“{by_code.name}”"
        elif row.code in elsewhere:
            found[row.row] = f"组织编号 {row.code} 已被使用，请换一个"
        elif scope and by_name and by_name[0].pk == scope.pk:
            continue  # the top of the list is where the list is imported
        elif by_name and row.code and by_name[0].code != row.code:
            found[row.row] = f"系统中“{row.name}”的编号是 {by_name[0].code}"
        elif by_name and by_name[0].parent_name != row.parent:
            found[row.row] = "系统中已有此组织，但上级不同；请在组织页面移动"
    return found


def existing_names(scope=None):
    return set(_inside(scope).values_list("name", flat=True))


def _inside(scope):
    return Organisation.objects.below(scope) if scope else Organisation.objects.all()


def _codes_outside(rows, scope):
    """Codes are unique in the whole portal; who has one outside the scope is not told."""
    if scope is None:
        return set()
    codes = [row.code for row in rows if row.code]
    taken = Organisation.objects.filter(code__in=codes).exclude(path__startswith=scope.path)
    return set(taken.values_list("code", flat=True))


@transaction.atomic
def import_organisations(rows, *, by, at, scope=None):
    """The new organisations, in the order of their rows; those without a parent go below the scope."""
    there = {organisation.name: organisation for organisation in _inside(scope)}
    types = {unit_type.name: unit_type for unit_type in UnitType.objects.all()}
    codes = {organisation.code for organisation in there.values()} | {row.code for row in rows}
    added = []
    for row in rows:
        if row.name in there:
            continue
        parent = there[row.parent] if row.parent else scope
        code = row.code or _free_code(parent, codes)
        codes.add(code)
        there[row.name] = add_organisation(
            parent=parent,
            by=by,
            at=at,
            name=row.name,
            code=code,
            kind=kind_of(row.kind),
            unit_type=types.get(row.unit_type),
            domain=(row.domain or "")[:40],
            founded_on=row.founded.first if row.founded else None,
        )
        added.append(there[row.name])
    return added


def _free_code(parent, taken):
    stem = parent.code if parent else "ORG"
    return next(f"{stem}{n:03}" for n in range(1, len(taken) + 2) if f"{stem}{n:03}" not in taken)


def _existing(scope):
    """By name and by code, each knowing the name above it."""
    names, codes, paths = {}, {}, {}
    for organisation in _inside(scope).filter(dissolved_on=None):  # in the tree's order
        paths[organisation.path] = organisation.name
        above = organisation.path[: -Organisation.steplen]
        organisation.parent_name = paths.get(above)
        names.setdefault(organisation.name, []).append(organisation)
        codes[organisation.code] = organisation
    return names, codes
