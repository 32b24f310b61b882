"""Who and what a period's closing gives a scorecard to."""

from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from branches.models import Affiliation, Organisation, Window
from evaluations.models import RollEntry


class Subject(NamedTuple):
    """A person, window or branch at the end of the period, with the organisation it counts for."""

    kind: str
    pk: int
    name: str
    organisation_id: int
    unit_type: str
    group: str = ""


def people(period):
    """Participants on the last day; whoever stood on a frozen roll counts for that branch (D3)."""
    homes, types = homes_of(period), _unit_types(period)
    rows = _participants(period).order_by("person").values_list("person", "person__name")
    for person, name in rows:
        home = homes[person]
        yield Subject("person", person, name, home, types.get(home, ""))


def homes_of(period):
    """{person: organisation} of the participants, rolls before affiliations."""
    homes = dict(_participants(period).values_list("person", "organisation"))
    rolls = RollEntry.objects.filter(period=period).exclude(round__state="void")
    home = Coalesce("organisation", "round__organisation")  # of a joint roll: his own branch
    for person, organisation in rolls.values_list("person", home):
        if person in homes:
            homes[person] = organisation
    return homes


def windows(period):
    """Windows that served in the period."""
    rows = (
        Window.objects.filter(organisation__path__startswith=_root(period))
        .filter(Q(closed_on=None) | Q(closed_on__gt=period.ends_on))
        .order_by("pk")
        .values_list("pk", "name", "organisation", "organisation__unit_type")
    )
    for pk, name, organisation, unit_type in rows:
        yield Subject("window", pk, name, organisation, unit_type or "")


def branches(period):
    """Party branches that existed at the end of the period."""
    rows = _branches(period).order_by("pk").values_list("pk", "name", "unit_type")
    for pk, name, unit_type in rows:
        yield Subject("branch", pk, name, pk, unit_type or "")


KINDS = {"person": people, "window": windows, "branch": branches}


def subjects(period, kind):
    """All subjects of one kind, each with the group it is ranked in."""
    within = period.plan.recipe(kind).rank_within
    found = KINDS[kind](period)
    if within == "unit_type":
        return (one._replace(group=one.unit_type) for one in found)
    if within == "organisation":
        return (one._replace(group=str(one.organisation_id)) for one in found)
    return found


def _root(period):
    return period.campaign.organisation.path


def _branches(period):
    return Organisation.objects.filter(path__startswith=_root(period), kind="branch").filter(
        Q(dissolved_on=None) | Q(dissolved_on__gt=period.ends_on)
    )


def _unit_types(period):
    rows = Organisation.objects.filter(path__startswith=_root(period))
    return {pk: unit_type or "" for pk, unit_type in rows.values_list("pk", "unit_type")}


def _participants(period):
    rows = Affiliation.objects.current(today=period.ends_on).filter(
        organisation__path__startswith=_root(period)
    )
    if period.plan.includes_non_members:
        return rows
    return rows.exclude(status=Affiliation.Status.STAFF)
