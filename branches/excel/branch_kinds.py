"""Rosters, lists of organisations and windows as kinds of import."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from branches.actions.organisation_import import existing_names, import_organisations
from branches.actions.roster_import import import_roster
from branches.actions.roster_plan import PlanMoved, fingerprint_of
from branches.actions.undo import Undo
from branches.actions.window_import import plan_windows, write_windows
from branches.excel.dates import PartialDate
from branches.excel.downloads import organisation_template, roster_template
from branches.excel.importing import check_organisations, read_and_plan
from branches.excel.kinds import ImportKind, register
from branches.excel.list_kinds import list_kind, preview_of
from branches.excel.listing import ListedRow, Listing
from branches.excel.organisation_headings import LABELS as ORGANISATION_FIELDS
from branches.excel.organisations import ListedOrganisation, OrganisationList
from branches.excel.outcome import IMPORTED, REJECTED, SKIPPED, RosterPerson, RowFate
from branches.excel.preview import Preview
from branches.excel.windows import WINDOW_COLUMNS
from branches.models import Organisation, Person
from branches.permissions import KEEPERS, RULERS
from common.excel.workbook import Workbook

ROSTER_FIELDS = {
    "name": "姓名",
    "surname": "姓",
    "given_name": "名",
    "id_number": "公民身份号码",
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "education": "学历",
    "category": "人员类别",
    "join_date": "入党日期",
    "regular_date": "转正日期",
    "branch": "所属党支部",
    "party_position": "党内职务",
    "work_no": "工号",
    "phone": "手机号",
}
DATES = ("birth_date", "join_date", "regular_date", "lost_date")
TREE = ("committee", "general_branch", "branch")


def roster_preview(
    workbook: Workbook, *, scope: Organisation, today: date, meanings: dict
) -> Preview:
    roster, plan = read_and_plan(workbook, scope=scope, today=today, meanings=meanings)
    intents = {(intent.row.sheet, intent.row.row): intent for intent in plan.intents}
    preview = preview_of(workbook, roster, intents)
    preview.fingerprint = plan.fingerprint
    preview.data = [asdict(person) for person in roster.people]
    return preview


def roster_write(data: list, **keywords: Any) -> tuple[dict[str, int], Undo]:
    written = import_roster([_person(values) for values in data], **keywords)
    return written.counts, written.undo


def _person(values: dict) -> RosterPerson:
    dates = {name: PartialDate(*values[name]) for name in DATES if values.get(name)}
    return RosterPerson(**{**values, **dates})


def window_columns(scope: Organisation | None, about: str) -> tuple:
    """A single branch needs no column that says which."""
    if scope and scope.kind == Organisation.Kind.BRANCH:
        return (replace(WINDOW_COLUMNS[0], required=False), *WINDOW_COLUMNS[1:])
    return (replace(WINDOW_COLUMNS[0], choices=_places), *WINDOW_COLUMNS[1:])


def organisation_preview(
    workbook: Workbook, *, scope: Organisation, today: date, meanings: dict
) -> Preview:
    listing = check_organisations(workbook, today=today, scope=scope, meanings=meanings)
    there = existing_names(scope)
    fates = _fates(listing, workbook)
    preview = preview_of(workbook, _as_listing(listing, fates), {})
    for row in preview.rows:
        if row["action"]:
            row["action"] = "unchanged" if row["name"] in there else "added"
    preview.data = [_organisation_data(each) for each in listing.organisations]
    preview.fingerprint = _organisation_fingerprint(preview.data, there)
    return preview


def organisation_write(  # noqa: PLR0913 (what, where, who, when)
    data: list, *, scope: Organisation, digest: str, by: Person, at: datetime, expected: str
) -> tuple[dict[str, int], Undo]:
    """Refused again under the lock, should somebody have added one of them meanwhile."""
    if _organisation_fingerprint(data, existing_names(scope)) != expected:
        raise PlanMoved
    rows = [_organisation(values) for values in data]
    added = import_organisations(rows, scope=scope, by=by, at=at)
    undo = Undo()
    undo.add(Organisation, [organisation.pk for organisation in added])
    return {"added": len(added), "changed": 0, "unchanged": len(data) - len(added)}, undo


def _organisation_fingerprint(data: list, there: set[str]) -> str:
    return fingerprint_of([each["name"], each["parent"], each["name"] in there] for each in data)


def _organisation_data(each: ListedOrganisation) -> dict:
    return asdict(each) | {"columns": {}}


def _organisation(values: dict) -> ListedOrganisation:
    founded = values["founded"]
    return ListedOrganisation(**{**values, "founded": PartialDate(*founded) if founded else None})


def _fates(listing: OrganisationList, workbook: Workbook) -> list[RowFate]:
    """The list's rows as fates, in the order of the file."""
    fates = {}
    for sheet, row, reason in listing.skipped:
        fates[sheet, row] = RowFate(sheet, row, SKIPPED, reason)
    for each in listing.organisations:
        person = ListedRow(each.sheet, each.row, {"name": each.name, "branch": each.parent or ""})
        fates[each.sheet, each.row] = RowFate(each.sheet, each.row, IMPORTED, person=person)
    for problem in listing.errors:
        fate = RowFate(problem.sheet, problem.row, REJECTED)
        fate = fates[problem.sheet, problem.row] = fates.get((problem.sheet, problem.row), fate)
        fate.fate = REJECTED
        fate.errors.append(problem)
    for problem in listing.warnings:
        fate = fates.get((problem.sheet, problem.row))
        if fate:
            fate.warnings.append(problem)
    order = {sheet.name: place for place, sheet in enumerate(workbook.sheets)}
    return sorted(fates.values(), key=lambda fate: (order[fate.sheet], fate.row))


def _as_listing(listing: OrganisationList, fates: list[RowFate]) -> Listing:
    return Listing(listing.digest, fates, listing.columns, [], listing.file_errors)


def _branches(scope: Organisation) -> list[str]:
    inside = Organisation.objects.active().below(scope)
    return list(inside.branches().values_list("name", flat=True))


def _places(scope: Organisation) -> list[str]:
    return list(Organisation.objects.active().below(scope).values_list("name", flat=True))


ROSTER = register(
    ImportKind(
        key="roster",
        label="党员名册",
        noun="人",
        hint="花名册、汇总表、每支部一张工作表都可以；按身份证号或工号更新已有的人，不会转移组织关系。",
        roles=KEEPERS,
        scopes=TREE,
        fields=ROSTER_FIELDS,
        template=lambda scope: roster_template(_branches(scope)),
        preview=roster_preview,
        write=roster_write,
        url="branches:person_list",
    )
)
WINDOWS = register(
    list_kind(
        key="windows",
        label="服务窗口",
        noun="窗口",
        hint="窗口名称、窗口号、地点、电话、受理事项、流程、服务时间；同一组织的同名窗口更新，不重复新建。",
        roles=KEEPERS,
        scopes=(*TREE, "unit", "department"),
        columns=window_columns,
        plan=plan_windows,
        write=write_windows,
        url="branches:organisation_list",
    )
)
ORGANISATIONS = register(
    ImportKind(
        key="organisations",
        label="党组织名录",
        noun="组织",
        hint="党委、党总支、党支部、党小组的上下级名录；已有的组织不重复新建，也不移动。",
        roles=RULERS,
        scopes=("committee", "general_branch"),
        fields=ORGANISATION_FIELDS,
        template=lambda scope: organisation_template(),
        preview=organisation_preview,
        write=organisation_write,
        url="branches:organisation_list",
    )
)
