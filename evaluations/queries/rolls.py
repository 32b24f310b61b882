"""Who would be on the roll of a peer round, by the scheme's own rule; nobody picks people by hand (B17)."""

from dataclasses import dataclass

from branches.models import Affiliation, Organisation, Person

WITHIN_KINDS = {
    "branch": (Organisation.Kind.BRANCH,),
    "group": (Organisation.Kind.GROUP,),
    "organisation": (
        Organisation.Kind.BRANCH,
        Organisation.Kind.GENERAL_BRANCH,
        Organisation.Kind.UNIT,
        Organisation.Kind.DEPARTMENT,
        Organisation.Kind.COMMITTEE,
    ),
}
EVERYBODY = {"participants", "staff"}
RATED_MEMBERS = {"each_member"}


@dataclass(frozen=True)
class RollLine:
    person: Person
    organisation: Organisation  # whose roll it is
    is_voter: bool
    is_rated: bool


def peer_item(plan):
    return plan.item_with("peer_review")


def peer_organisations(period):
    """Organisations of the campaign that hold a round of their own."""
    item = peer_item(period.plan)
    if item is None:
        return Organisation.objects.none()
    kinds = WITHIN_KINDS[item.options.within]
    below = Organisation.objects.below(period.campaign.organisation).active()
    return below.filter(kind__in=kinds).order_by("path")


def roll_of(period, organisation, *, today):
    """Everybody who belongs to the organisation or below it and takes part, in no order that means anything."""
    voters, rated = who_takes_part(period.plan)
    affiliations = (
        Affiliation.objects.current(today=today)
        .filter(organisation__path__startswith=organisation.path)
        .exclude(status__in=_left_out(voters | rated))
        .select_related("person")
        .order_by("person_id")
    )
    return [
        RollLine(
            person=one.person,
            organisation=organisation,
            is_voter=one.person.is_active and one.status in voters,
            is_rated=one.status in rated,
        )
        for one in affiliations
    ]


def above_all(organisations):
    """The lowest organisation that all of these belong to: where a joint round has its place."""
    paths, step = [one.path for one in organisations], Organisation.steplen
    path = paths[0]
    while not all(one.startswith(path) for one in paths):
        path = path[:-step]
    return Organisation.objects.get(path=path)


def who_takes_part(plan):
    """(statuses that vote, statuses that are rated), from the rule that produces the ballot duties.

    Probationary members take part; whether they get a grade is the scorecard's matter.
    """
    members = {Affiliation.Status.MEMBER, Affiliation.Status.PROBATIONARY}
    everybody = members | {Affiliation.Status.STAFF}
    rules = plan.rules_for("peer_ballot")
    staff_vote = plan.includes_non_members and any(EVERYBODY & set(rule.who) for rule in rules)
    voters = everybody if staff_vote else members
    only_members = any(rule.about in RATED_MEMBERS for rule in rules)
    return voters, members if only_members else voters


def _left_out(statuses):
    return [status for status in Affiliation.Status.values if status not in statuses]
