"""Writes a planned roster: one transaction, the same number of statements for 10 and 10,000 people.

What was written can be taken back (`branches.actions.undo`): the plan keeps a record of it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from branches.actions.names import pinyin_key, username_stem
from branches.actions.people import STATUS_OF
from branches.actions.roster_plan import PlanMoved, RosterPlan
from branches.actions.undo import Undo
from branches.models import Affiliation, Organisation, Person, seal_id_number
from common import audit, locks
from common.sql import binary, insert_rows, most_values

ONE_DAY = timedelta(days=1)
ADDED = (
    "username", "name", "name_pinyin", "work_no", "gender", "ethnicity", "education",
    "political_status", "birth_on", "birth_precision", "joined_on", "joined_precision",
    "regular_on", "regular_precision", "party_position", "phone", "id_number_hash",
)  # fmt: skip
BLANKS = Person(political_status=Person.Political.MASSES)


@dataclass
class Written:
    plan: RosterPlan
    undo: Undo = field(default_factory=Undo)

    @property
    def intents(self):
        return self.plan.intents

    @property
    def counts(self):
        accepted = self.plan.accepted
        return {
            "added": sum(1 for intent in accepted if intent.is_new),
            "changed": sum(1 for intent in accepted if intent.changes),
            "unchanged": sum(1 for i in accepted if not i.is_new and not i.changes),
        }


@transaction.atomic
def import_roster(rows, *, scope, digest, by, at, expected=None):  # noqa: PLR0913 (what, where, who, when)
    """Plan anew under the lock and write it. `scope` bounds the branches.

    `expected` is the fingerprint of the previewed plan: when another one would be written now,
    nothing is, and PlanMoved says so.
    """
    today = timezone.localdate(at)
    locks.hold("usernames")
    plan = plan_roster(rows, scope=scope, today=today)
    if expected is not None and (plan.fingerprint != expected or len(plan.accepted) != len(rows)):
        raise PlanMoved
    _fill_statements()
    written = Written(plan)
    _add(written, today, at)
    _change(written)
    _follow_status(written, today)
    detail = {"digest": digest, **written.counts}
    audit.record("导入名册", by=by, at=at, path=scope.path if scope else "", detail=detail)
    return written


def plan_roster(rows, *, scope, today):
    organisations = Organisation.objects.branches().active()
    if scope:
        organisations = organisations.below(scope)
    return RosterPlan(rows, organisations=organisations, today=today, scope=scope)


def _fill_statements():
    """Django 5.2 cuts SQLite statements at 999 values; the library says what it really takes."""
    if connection.vendor == "sqlite":
        connection.features.max_query_params = most_values()


def _add(written, today, at):
    new = [intent for intent in written.plan.accepted if intent.is_new]
    if not new:
        return
    taken = set(Person.objects.values_list("username", flat=True))
    unusable = make_password(None)
    names = (*ADDED, "id_number_sealed", "password", "created_at")
    people = insert_rows(
        Person,
        names,
        ((*_row(intent, taken), _sealed(intent), unusable, at) for intent in new),
        blank=BLANKS,
    )
    belongings = (
        (person, intent.organisation.pk, _status(intent.values), today)
        for intent, person in zip(new, people, strict=True)
    )
    names = ("person_id", "organisation_id", "status", "starts_on")
    affiliations = insert_rows(Affiliation, names, belongings, blank=Affiliation())
    written.undo.add(Affiliation, affiliations)
    written.undo.add(Person, people)


def _row(intent, taken):
    """The values of ADDED, in their order."""
    key = pinyin_key(intent.row.name)
    values = {
        "political_status": BLANKS.political_status,
        **intent.values,
        "username": _free_username(username_stem(key), taken),
        "name_pinyin": key,
        "id_number_hash": intent.id_hash,
    }
    return [values.get(name, getattr(BLANKS, name)) for name in ADDED]


def _status(values):
    return STATUS_OF.get(values.get("political_status"), Affiliation.Status.STAFF)


def _sealed(intent):
    return binary(seal_id_number(intent.id_number) if intent.id_hash else None)


def _free_username(stem, taken):
    username, number = stem, 1
    while username in taken:
        number += 1
        username = f"{stem}{number}"
    taken.add(username)
    return username


def _change(written):
    changed = [intent for intent in written.plan.accepted if intent.changes]
    if not changed:
        return
    names = {name for intent in changed for name in intent.values}
    for intent in changed:
        person, before = intent.person, {}
        for name, value in intent.values.items():
            before[name] = getattr(person, name)
            setattr(person, name, value)
        if intent.id_hash and not person.id_number_hash:
            before |= {"id_number_hash": None, "id_number_sealed": None}
            person.id_number_hash = intent.id_hash
            person.id_number_sealed = seal_id_number(intent.id_number)
        written.undo.change(person, before)
    Person.objects.bulk_create(
        [intent.person for intent in changed],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=sorted(names | {"id_number_hash", "id_number_sealed"}),
    )


def _follow_status(written, today):
    """A new political status begins a new stretch of belonging, unless that began today anyway."""
    ended, begun, mended = [], [], []
    for intent in written.plan.accepted:
        status = STATUS_OF.get(intent.values.get("political_status"))
        current = intent.affiliation
        if intent.is_new or status is None or current.status == status:
            continue
        if current.starts_on < today:
            ended.append(current)
            begun.append((intent.person.pk, intent.organisation.pk, status, today))
        else:
            mended.append((current, status))
    _end_and_begin(written.undo, ended, begun, today)
    for status in {status for _, status in mended}:
        keys = [current.pk for current, wanted in mended if wanted == status]
        Affiliation.objects.filter(pk__in=keys).update(status=status)
    for current, status in mended:
        before, current.status = {"status": current.status}, status
        written.undo.change(current, before)


def _end_and_begin(undo, ended, begun, today):
    if not ended:
        return
    last_on = today - ONE_DAY
    Affiliation.objects.filter(pk__in=[current.pk for current in ended]).update(ends_on=last_on)
    names = ("person_id", "organisation_id", "status", "starts_on")
    undo.add(Affiliation, insert_rows(Affiliation, names, begun, blank=Affiliation()))
    for current in ended:
        current.ends_on = last_on
        undo.change(current, {"ends_on": None})
