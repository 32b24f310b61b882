from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from branches.models import Person, Role
from branches.permissions import ADMINISTRATORS
from common import audit


class RoleRefused(Exception):
    """The grant breaks a rule of the house; the text is Chinese and names it."""


@transaction.atomic
def grant_role(person, *, by, at, **term):
    """term: kind, organisation, starts_on, and maybe title and ends_on. Nobody grants himself (A8)."""
    if by == person:
        raise RoleRefused("不能给自己授予角色，请由其他有权人员办理。")
    person = Person.objects.select_for_update().get(pk=person.pk)
    if term["kind"] in ADMINISTRATORS:
        _refuse_second_administrator(person, **term)
    try:
        with transaction.atomic():
            role = Role.objects.create(person=person, granted_by=by, granted_at=at, **term)
    except IntegrityError as error:
        raise RoleRefused(f"{person.name}已有这个角色。") from error
    audit.record("授予角色", role, by=by, at=at, path=role.organisation.path, detail=_term(role))
    return role


def _refuse_second_administrator(person, *, kind, starts_on, ends_on=None, **_term):
    """The three administrators exclude each other on every day of the term."""
    others = person.roles.filter(kind__in=ADMINISTRATORS).exclude(kind=kind)
    overlapping = others.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if ends_on:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.exists():
        raise RoleRefused("系统、安全、审计三类管理员不得由同一人兼任，请先免去原来的。")


@transaction.atomic
def end_role(role, *, today, by, at, reason=""):
    """From this moment on the role gives nothing: its last day was yesterday."""
    role = Role.objects.select_for_update().select_related("organisation", "person").get(pk=role.pk)
    if by.pk == role.person_id:
        raise RoleRefused("不能改动自己的角色，请由其他有权人员办理。")
    detail = {**_term(role), "reason": reason}
    last_on = today - timedelta(days=1)
    audit.record("免去角色", role, by=by, at=at, path=role.organisation.path, detail=detail)
    if role.starts_on > last_on:  # it never had a whole day
        role.delete()
        return None
    role.ends_on = last_on
    role.save(update_fields=["ends_on"])
    return role


def _term(role):
    return {
        "kind": role.kind,
        "from": role.starts_on.isoformat(),
        "to": role.ends_on.isoformat() if role.ends_on else "",
    }
