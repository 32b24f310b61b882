"""What was read held against the people and organisations there are, and written when asked."""

from __future__ import annotations

from datetime import date, datetime

from branches.actions.organisation_import import (
    existing_names,
    import_organisations,
    refusals,
)
from branches.actions.roster_import import Written, import_roster, plan_roster
from branches.actions.roster_plan import RosterPlan
from branches.excel.organisations import OrganisationList, read_organisations
from branches.excel.outcome import IMPORTED, Roster, RowFate
from branches.excel.roster import read_roster
from branches.models import Organisation, Person
from common.excel.reading import read_workbook
from common.excel.workbook import Workbook


def preview_roster(
    source: bytes | str,
    *,
    scope: Organisation | None,
    today: date,
    meanings: dict[str, str | None] | None = None,
) -> Roster:
    """Every row's fate, also what the people there are make of it. Writes nothing."""
    workbook = read_workbook(source)
    return read_and_plan(workbook, scope=scope, today=today, meanings=meanings)[0]


def read_and_plan(
    workbook: Workbook,
    *,
    scope: Organisation | None,
    today: date,
    meanings: dict[str, str | None] | None = None,
) -> tuple[Roster, RosterPlan]:
    branches = Organisation.objects.branches().active()
    if scope:
        branches = branches.below(scope)
    roster = read_roster(
        workbook,
        known_branches=branches.values_list("name", flat=True),
        today=today,
        default_branch=scope.name if scope and scope.kind == Organisation.Kind.BRANCH else None,
        meanings=meanings,
    )
    fates = people_of(roster)
    plan = plan_roster([fate.person for fate in fates], scope=scope, today=today)
    tell(fates, plan)
    return roster, plan


def apply_roster(
    roster: Roster, *, scope: Organisation | None, by: Person | None, at: datetime
) -> Written:
    """Write exactly what the preview let in; what has changed since is refused then."""
    fates = people_of(roster)
    rows = [fate.person for fate in fates]
    written = import_roster(rows, scope=scope, digest=roster.digest, by=by, at=at)
    for fate, intent in zip(fates, written.intents, strict=True):
        if intent.refusal:
            fate.reject(None, intent.refusal, "refused_by_records")
    return written


def people_of(roster: Roster) -> list[RowFate]:
    if roster.file_errors:
        return []
    return [fate for fate in roster.fates if fate.fate == IMPORTED and fate.person]


def tell(fates: list[RowFate], plan: RosterPlan) -> None:
    """What the records say, on the rows: a refusal, or each change."""
    for fate, intent in zip(fates, plan.intents, strict=True):
        if intent.refusal:
            fate.reject(None, intent.refusal, "refused_by_records")
        elif intent.changes:
            fate.warn(
                None, f"系统中已有此人，将更新 {'；'.join(map(str, intent.changes))}", "update"
            )


def preview_organisations(source: bytes | str, *, today: date) -> OrganisationList:
    return check_organisations(read_workbook(source), today=today)


def check_organisations(
    workbook: Workbook,
    *,
    today: date,
    scope: Organisation | None = None,
    meanings: dict[str, str | None] | None = None,
) -> OrganisationList:
    """What the list brings; with a scope everything new hangs below it."""
    there = Organisation.objects.active()
    if scope:
        there = there.below(scope)
    known = there.values_list("name", "code")
    listing = read_organisations(workbook, known=known, today=today, meanings=meanings)
    refused = refusals(listing.organisations, scope=scope)
    there = existing_names(scope)
    kept = []
    for each in listing.organisations:
        if each.row in refused:
            listing.reject(each, "name", refused[each.row], "refused_by_records")
        else:
            kept.append(each)
            if scope and not each.parent and each.name not in there:
                listing.warn(each, "parent", f"没有写上级组织，将设在“{scope.name}”之下", "parent")
            if each.name in there:
                listing.warn(each, "name", "系统中已有此组织，不重复新建", "exists")
    listing.organisations = kept
    return listing


def apply_organisations(
    listing: OrganisationList, *, by: Person | None, at: datetime
) -> list[Organisation]:
    return import_organisations(listing.organisations, by=by, at=at)
