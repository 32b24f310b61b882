"""Models to follow and warnings. A warning stays inside and names nobody (H04, H05)."""

from django.db import transaction

from branches.models import Person
from common import audit
from competitions.actions.contests import Refused
from competitions.models import Case, Spread


@transaction.atomic
def add_case(case, *, today, by, at):
    """A warning with a name of somebody in the tree is refused, naming the name."""
    if case.kind == Case.Kind.WARNING:
        named = names_in(case, today=today)
        if named:
            raise Refused(f"警示案例不能写真实姓名，请改掉：{'、'.join(named[:5])}。")
    case.made_by, case.made_at = by, at
    case.save()
    audit.record("整理案例", case, by=by, at=at, path=case.organisation.path)
    return case


def names_in(case, *, today):
    """Names of people of the campaign's tree that stand in the case's words."""
    people = Person.objects.in_organisation(case.campaign.organisation, today=today)
    text = f"{case.name}\n{case.text}\n{case.lesson}"
    names = people.values_list("name", flat=True).distinct().order_by("name")
    return [name for name in names if len(name) > 1 and name in text]


@transaction.atomic
def publish_case(case, *, today, by, at):
    done = Case.objects.filter(pk=case.pk, kind=Case.Kind.MODEL).update(published_on=today)
    if not done:
        raise Refused("警示案例只在内部看，不能公开。")
    audit.record("公开典型", case, by=by, at=at, path=case.organisation.path)


@transaction.atomic
def withdraw_case(case, *, by, at):
    Case.objects.filter(pk=case.pk).update(published_on=None)
    audit.record("撤下典型", case, by=by, at=at, path=case.organisation.path)


@transaction.atomic
def spread(case, *, way, spread_on, where, reached, by, at):  # noqa: PLR0913 (a line of the log)
    row = Spread.objects.create(
        case=case, way=way, spread_on=spread_on, where=where, reached=reached, noted_by=by
    )
    audit.record("推广典型", case, by=by, at=at, path=case.organisation.path)
    return row
