from datetime import timedelta

from django.db import transaction

from branches.actions.names import new_username, pinyin_key
from branches.models import ActivationCode, Affiliation, Person, Post, Role
from common import audit, locks

ONE_DAY = timedelta(days=1)
STATUS_OF = {
    Person.Political.MEMBER: Affiliation.Status.MEMBER,
    Person.Political.PROBATIONARY: Affiliation.Status.PROBATIONARY,
}


class PersonRefused(Exception):
    """The change does not fit the person's record; the text is Chinese and says why."""


@transaction.atomic
def add_person(*, organisation, starts_on, by, at, **fields):
    """A person with an account that nobody can use yet: the activation slip opens it."""
    if organisation.dissolved_on:
        raise PersonRefused(f"{organisation.name}已撤销，不能加人。")
    locks.hold("usernames")
    fields.setdefault("username", new_username(fields["name"]))
    person = Person(**fields, name_pinyin=pinyin_key(fields["name"]))
    person.set_unusable_password()
    person.save()
    Affiliation.objects.create(
        person=person,
        organisation=organisation,
        status=STATUS_OF.get(person.political_status, Affiliation.Status.STAFF),
        starts_on=starts_on,
    )
    audit.record("新增人员", person, by=by, at=at, path=organisation.path)
    return person


@transaction.atomic
def update_person(person, *, today, by, at, **fields):
    """Only the names of changed fields go into the audit: what they held is personal."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, fields[name])
    if "name" in changed:
        person.name_pinyin = pinyin_key(person.name)
        changed.append("name_pinyin")
    person.save(update_fields=changed)
    if "political_status" in changed:
        _follow_status(person, today=today)
    audit.record(
        "修改人员", person, by=by, at=at, path=_path_of(person), detail={"fields": sorted(changed)}
    )
    return person


@transaction.atomic
def transfer_person(person, *, organisation, on, by, at):
    """From this day on the person belongs elsewhere; what was before stays as it was (D3)."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    current = person.affiliations.filter(ends_on=None).select_related("organisation").first()
    if organisation.dissolved_on:
        raise PersonRefused(f"{organisation.name}已撤销，不能转入。")
    if current:
        _refuse_transfer(person, current, organisation, on)
        current.ends_on = on - ONE_DAY
        current.save(update_fields=["ends_on"])
        _end_posts(person, last_on=on - ONE_DAY)
    new = Affiliation.objects.create(
        person=person,
        organisation=organisation,
        status=STATUS_OF.get(person.political_status, Affiliation.Status.STAFF),
        starts_on=on,
    )
    detail = {"from": current.organisation.path if current else "", "on": on.isoformat()}
    audit.record("组织关系转接", person, by=by, at=at, path=organisation.path, detail=detail)
    return new


def _refuse_transfer(person, current, organisation, on):
    if current.organisation_id == organisation.pk:
        raise PersonRefused(f"{person.name}已经在{organisation.name}。")
    if on <= current.starts_on:
        raise PersonRefused(f"转接日期要晚于转入现组织的日期（{current.starts_on}）。")
    still = person.roles.current(today=on).filter(
        kind=Role.Kind.SECRETARY, organisation=current.organisation
    )
    if still.exists():
        raise PersonRefused(f"{person.name}还是{current.organisation.name}的书记，请先免去职务。")


@transaction.atomic
def leave_person(person, *, on, reason, by, at):
    """The last day with us was `on`: belonging, posts and roles end, the account is closed."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    path = _path_of(person)
    current = person.affiliations.filter(ends_on=None).first()
    if current and current.starts_on > on:
        raise PersonRefused(f"离开日期不能早于转入日期（{current.starts_on}）。")
    person.affiliations.filter(ends_on=None).update(ends_on=on)
    _end_posts(person, last_on=on)
    person.roles.filter(ends_on=None, starts_on__gt=on).delete()
    person.roles.filter(ends_on=None).update(ends_on=on)
    person.is_active = False
    person.save(update_fields=["is_active"])
    ActivationCode.objects.filter(person=person).delete()
    detail = {"on": on.isoformat(), "reason": reason}
    audit.record("人员离开", person, by=by, at=at, path=path, detail=detail)
    return person


@transaction.atomic
def promote_person(person, *, on, by, at):
    """预备党员转正: a full member from this day on; the probation stays in the record."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.political_status != Person.Political.PROBATIONARY:
        raise PersonRefused(f"{person.name}不是预备党员。")
    if person.joined_on and on < person.joined_on:
        raise PersonRefused(f"转正日期不能早于入党日期（{person.joined_on}）。")
    current = person.affiliations.filter(ends_on=None).first()
    if current and on < current.starts_on:
        raise PersonRefused(f"转正日期不能早于转入现组织的日期（{current.starts_on}）。")
    person.political_status = Person.Political.MEMBER
    person.regular_on, person.regular_precision = on, Person.Precision.DAY
    person.save(update_fields=["political_status", "regular_on", "regular_precision"])
    _follow_status(person, today=on)
    detail = {"on": on.isoformat()}
    audit.record("预备党员转正", person, by=by, at=at, path=_path_of(person), detail=detail)
    return person


def _follow_status(person, *, today):
    """A new political status begins a new stretch of belonging, unless that began today anyway."""
    status = STATUS_OF.get(person.political_status, Affiliation.Status.STAFF)
    current = person.affiliations.filter(ends_on=None).first()
    if current is None or current.status == status:
        return
    if current.starts_on < today:
        current.ends_on = today - ONE_DAY
        current.save(update_fields=["ends_on"])
        current = Affiliation(
            person=person, organisation_id=current.organisation_id, starts_on=today
        )
    current.status = status
    current.save()


def _end_posts(person, *, last_on):
    Post.objects.filter(person=person, ends_on=None, starts_on__gt=last_on).delete()
    Post.objects.filter(person=person, ends_on=None).update(ends_on=last_on)


def _path_of(person):
    current = person.affiliations.filter(ends_on=None).select_related("organisation").first()
    return current.organisation.path if current else ""
