"""Writes a planned roster: one transaction, the same number of statements for 10 and 10,000 people."""

import sqlite3
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from branches.actions.names import pinyin_key, username_stem
from branches.actions.people import STATUS_OF
from branches.actions.roster_plan import RosterPlan
from branches.models import Affiliation, Organisation, Person, seal_id_number
from common import audit, locks

ONE_DAY = timedelta(days=1)


@transaction.atomic
def import_roster(rows, *, scope, digest, by, at):
    """Plan anew under the lock and write it; returns the plan. `scope` bounds the branches."""
    today = timezone.localdate(at)
    locks.hold("usernames")
    plan = plan_roster(rows, scope=scope, today=today)
    _fill_statements()
    _add(plan, today)
    _change(plan)
    _follow_status(plan, today)
    new = sum(1 for intent in plan.accepted if intent.is_new)
    detail = {
        "digest": digest,
        "added": new,
        "changed": sum(1 for intent in plan.accepted if intent.changes),
        "unchanged": sum(1 for intent in plan.accepted if not intent.is_new and not intent.changes),
    }
    path = scope.path if scope else ""
    audit.record("导入名册", by=by, at=at, path=path, detail=detail)
    return plan


def plan_roster(rows, *, scope, today):
    organisations = Organisation.objects.branches().active()
    if scope:
        organisations = organisations.below(scope)
    return RosterPlan(rows, organisations=organisations, today=today)


def _fill_statements():
    """Django 5.2 cuts SQLite statements at 999 values; the library says what it really takes."""
    if connection.vendor == "sqlite":
        most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = most


def _add(plan, today):
    new = [intent for intent in plan.accepted if intent.is_new]
    if not new:
        return
    taken = set(Person.objects.values_list("username", flat=True))
    unusable = make_password(None)
    for intent in new:
        key = pinyin_key(intent.row.name)
        intent.person = Person(
            **intent.values,
            username=_free_username(username_stem(key), taken),
            name_pinyin=key,
            password=unusable,
        )
        _set_id_number(intent)
    people = Person.objects.bulk_create([intent.person for intent in new])
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person,
            organisation=intent.organisation,
            status=STATUS_OF.get(person.political_status, Affiliation.Status.STAFF),
            starts_on=today,
        )
        for intent, person in zip(new, people, strict=True)
    )


def _free_username(stem, taken):
    username, number = stem, 1
    while username in taken:
        number += 1
        username = f"{stem}{number}"
    taken.add(username)
    return username


def _set_id_number(intent):
    if intent.id_hash:
        intent.person.id_number_hash = intent.id_hash
        intent.person.id_number_sealed = seal_id_number(intent.id_number)


def _change(plan):
    changed = [intent for intent in plan.accepted if intent.changes]
    if not changed:
        return
    names = {name for intent in changed for name in intent.values}
    for intent in changed:
        for name, value in intent.values.items():
            setattr(intent.person, name, value)
        if not intent.person.id_number_hash:
            _set_id_number(intent)
    Person.objects.bulk_create(
        [intent.person for intent in changed],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=sorted(names | {"id_number_hash", "id_number_sealed"}),
    )


def _follow_status(plan, today):
    """A new political status begins a new stretch of belonging, unless that began today anyway."""
    ended, begun, mended = [], [], []
    for intent in plan.accepted:
        status = STATUS_OF.get(intent.values.get("political_status"))
        current = intent.affiliation
        if intent.is_new or status is None or current.status == status:
            continue
        if current.starts_on < today:
            ended.append(current.pk)
            begun.append(
                Affiliation(
                    person=intent.person,
                    organisation=intent.organisation,
                    status=status,
                    starts_on=today,
                )
            )
        else:
            mended.append((current.pk, status))
    if ended:
        Affiliation.objects.filter(pk__in=ended).update(ends_on=today - ONE_DAY)
        Affiliation.objects.bulk_create(begun)
    for status in {status for _, status in mended}:
        keys = [key for key, wanted in mended if wanted == status]
        Affiliation.objects.filter(pk__in=keys).update(status=status)
