"""Who and what a period's closing gives a scorecard to."""

from typing import NamedTuple

from django.db.models import F, Q
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
    return _participants(period).values(
        subject=F("person"),
        named=F("person__name"),
        home=F("organisation"),
        type=F("organisation__unit_type"),
    )


def windows(period):
    """Windows that served in the period."""
    return (
        Window.objects.filter(organisation__path__startswith=_root(period))
        .filter(Q(closed_on=None) | Q(closed_on__gt=period.ends_on))
        .values(
            subject=F("pk"),
            named=F("name"),
            home=F("organisation"),
            type=F("organisation__unit_type"),
        )
    )


def branches(period):
    """Party branches that existed at the end of the period."""
    return _branches(period).values(
        subject=F("pk"), named=F("name"), home=F("pk"), type=F("unit_type")
    )


KINDS = {"person": people, "window": windows, "branch": branches}


def subjects(period, kind):
    """All subjects of one kind, each with the group it is ranked in."""
    rows = KINDS[kind](period).order_by("subject")
    return map(naming(period, kind), rows.values_list("subject", "named", "home", "type"))


def naming(period, kind):
    """A function row (subject, name, organisation, unit type, …) -> Subject."""
    within = period.plan.recipe(kind).rank_within
    moved = _rolls(period) if kind == "person" else {}
    types = _unit_types(period) if moved else {}

    def named(row):
        pk, name, home, unit_type, *_ = row
        if pk in moved:
            home = moved[pk]
            unit_type = types.get(home)
        group = ""
        if within == "unit_type":
            group = unit_type or ""
        elif within == "organisation":
            group = str(home)
        return Subject(kind, pk, name, home, unit_type or "", group)

    return named


def homes_of(period):
    """{person: organisation} of the participants, rolls before affiliations."""
    homes = dict(_participants(period).values_list("person", "organisation"))
    return homes | {pk: home for pk, home in _rolls(period).items() if pk in homes}


def _rolls(period):
    """{person: branch whose roll he stood on}."""
    rolls = RollEntry.objects.filter(period=period).exclude(round__state="void").order_by("pk")
    home = Coalesce("organisation", "round__organisation")  # of a joint roll: his own branch
    return dict(rolls.values_list("person", home))


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
