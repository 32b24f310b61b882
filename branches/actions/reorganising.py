"""Branches that merge, split or take another name. What was before the day keeps its shape (D3)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from branches.actions.organisations import OrganisationRefused, add_organisation
from branches.models import Affiliation, Organisation, Post, Role, Window
from common import audit, locks

ONE_DAY = timedelta(days=1)


@transaction.atomic
def merge_organisation(organisation, *, into, on, by, at):
    """From this day on the people, posts and windows of one organisation are another's, and it is no more.

    Its roles end with it; duties of open periods follow the people by themselves.
    """
    locks.hold("organisation-tree")
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    into = Organisation.objects.select_for_update().get(pk=into.pk)
    _refuse_merge(organisation, into, on, at)
    people = list(
        Affiliation.objects.filter(organisation=organisation, ends_on=None).values_list(
            "person", flat=True
        )
    )
    move_people(people, source=organisation, into=into, on=on)
    _move_windows(organisation, into, on=on)
    _end_roles(organisation, last_on=on - ONE_DAY)
    for child in Organisation.objects.get_children(organisation).active():
        Organisation.objects.move(child, Organisation.objects.get(pk=into.pk), pos="last-child")
    organisation = Organisation.objects.get(pk=organisation.pk)
    organisation.dissolved_on = on
    organisation.save(update_fields=["dissolved_on"])
    detail = {"into": into.path, "on": on.isoformat(), "people": len(people)}
    audit.record("并入组织", organisation, by=by, at=at, path=organisation.path, detail=detail)
    return len(people)


def _refuse_merge(organisation, into, on, at):
    for each in (organisation, into):
        if each.dissolved_on:
            raise OrganisationRefused(f"{each.name}已于{each.dissolved_on}撤销。")
    if organisation.kind != into.kind:
        raise OrganisationRefused("只能并入同一类别的组织，例如支部并入支部。")
    if into.path.startswith(organisation.path):
        raise OrganisationRefused("不能并入自己或自己的下级。")
    _refuse_day(on, at)


def _refuse_day(on, at):
    if on > timezone.localdate(at):
        raise OrganisationRefused("日期不能在将来，请到那天再办。")


@transaction.atomic
def split_organisation(organisation, *, people, on, by, at, **fields):
    """A new organisation beside this one, with these people from this day on; `fields`: name, code."""
    organisation = Organisation.objects.get(pk=organisation.pk)
    if organisation.dissolved_on:
        raise OrganisationRefused(f"{organisation.name}已撤销，不能拆分。")
    _refuse_day(on, at)
    people = list(people)
    if not people:
        raise OrganisationRefused("请选择归入新组织的人。")
    _refuse_secretaries(organisation, people, on)
    new = add_organisation(
        parent=Organisation.objects.get_parent(organisation),
        by=by,
        at=at,
        kind=organisation.kind,
        unit_type=organisation.unit_type,
        domain=organisation.domain,
        founded_on=on,
        **fields,
    )
    move_people([person.pk for person in people], source=organisation, into=new, on=on)
    detail = {"new": new.path, "on": on.isoformat(), "people": len(people)}
    audit.record("拆分组织", organisation, by=by, at=at, path=organisation.path, detail=detail)
    return new


def _refuse_secretaries(organisation, people, on):
    still = Role.objects.current(today=on).filter(
        kind=Role.Kind.SECRETARY, organisation=organisation, person__in=people
    )
    names = "、".join(role.person.name for role in still.select_related("person"))
    if names:
        raise OrganisationRefused(f"{names}还是{organisation.name}的书记，请先免去职务。")


def move_people(people, *, source, into, on):
    """End the belonging and the posts of these people the day before, begin them anew; ids in."""
    current = Affiliation.objects.filter(person__in=people, organisation=source, ends_on=None)
    late = current.filter(starts_on__gte=on).select_related("person").first()
    if late:
        raise OrganisationRefused(
            f"{late.person.name}是 {late.starts_on} 才到{source.name}的，日期要在这之后。"
        )
    belonging = list(current)
    current.update(ends_on=on - ONE_DAY)
    Affiliation.objects.bulk_create(
        Affiliation(person_id=each.person_id, organisation=into, status=each.status, starts_on=on)
        for each in belonging
    )
    Post.objects.filter(
        person__in=people, organisation=source, ends_on=None, starts_on__gte=on
    ).delete()
    Post.objects.filter(person__in=people, organisation=source, ends_on=None).update(
        ends_on=on - ONE_DAY
    )


def _move_windows(organisation, into, *, on):
    """A window keeps its code, its printed signs and its figures; only whose it is changes."""
    taken = set(Window.objects.filter(organisation=into).values_list("name", flat=True))
    windows = list(Window.objects.open().filter(organisation=organisation))
    for window in windows:
        if window.name in taken:
            raise OrganisationRefused(f"两边都有“{window.name}”，请先给其中一个窗口改名。")
        window.organisation = into
        window.save(update_fields=["organisation"])
    ended = Post.objects.filter(window__in=windows, ends_on=on - ONE_DAY)
    Post.objects.bulk_create(
        Post(
            person_id=post.person_id,
            organisation=into,
            window_id=post.window_id,
            title=post.title,
            duties=post.duties,
            cover_id=post.cover_id,
            starts_on=on,
        )
        for post in ended
    )


def _end_roles(organisation, *, last_on):
    roles = Role.objects.filter(organisation=organisation, ends_on=None)
    roles.filter(starts_on__gt=last_on).delete()
    roles.update(ends_on=last_on)
