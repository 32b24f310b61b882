"""Reads around ballots. Before the close nothing but turnout and one's own "has voted" can be asked here."""

from dataclasses import dataclass

from branches.models import Person, Post, Role
from evaluations.models import RollEntry, Round
from pledges.models import Pledge


@dataclass(frozen=True)
class Paper:
    """One voter's blank ballot: the round, his own line of the roll, the people he rates."""

    round: Round
    entry: RollEntry
    others: tuple[RollEntry, ...]
    rated: tuple[int, ...]  # positions of everybody rated, himself included when he is

    @property
    def has_voted(self):
        return self.round.has_mark(self.entry.position)

    @property
    def positions(self):
        return [entry.position for entry in self.others]


def paper_for(person, round_id):
    """The person's paper in this round; RollEntry.DoesNotExist when he has no vote in it."""
    entry = RollEntry.objects.select_related("round__period", "round__organisation").get(
        round=round_id, person=person, is_voter=True
    )
    rated = list(
        RollEntry.objects.filter(round=round_id, is_rated=True)
        .select_related("person")
        .only("position", "post", "is_rated", "round_id", "person__name")
        .order_by("position")
    )
    others = tuple(one for one in rated if one.person_id != person.pk)
    return Paper(entry.round, entry, others, tuple(one.position for one in rated))


def voters(round):
    """People on the roll who may vote."""
    return Person.objects.filter(
        roll_entries__round=round, roll_entries__is_voter=True, is_active=True
    )


def voted_person_ids(round):
    """Who has a mark. For duties and reminders only; participation is no secret, its order is."""
    entries = RollEntry.objects.filter(round=round, is_voter=True).order_by("position")
    return [
        person_id
        for position, person_id in entries.values_list("position", "person_id")
        if round.has_mark(position)
    ]


def not_voted_person_ids(round):
    done = set(voted_person_ids(round))
    entries = RollEntry.objects.filter(round=round, is_voter=True)
    return [pk for pk in entries.values_list("person_id", flat=True) if pk not in done]


def ballot_states(person, period_ids):
    """{period id: (round, has voted)} of the person's rounds; what 今天要办 shows instead of the duty's own state.

    The duty of a ballot is settled only when the round closes (docs/adr), so until then
    "done" is read from the bitmap.
    """
    entries = RollEntry.objects.filter(
        person=person, period__in=period_ids, is_voter=True, is_void=False
    ).select_related("round__organisation")
    return {
        entry.period_id: (entry.round, entry.round.has_mark(entry.position)) for entry in entries
    }


def ballots_to_cast(person, campaign):
    """Open rounds in which he has not voted; paper is not filled in here."""
    entries = RollEntry.objects.filter(
        person=person, is_voter=True, is_void=False, round__campaign=campaign,
        round__state=Round.State.OPEN,
    ).exclude(round__form=Round.Form.PAPER)  # fmt: skip
    entries = entries.select_related("round__organisation", "round__period").order_by("round")
    return [entry.round for entry in entries if not entry.round.has_mark(entry.position)]


def without_cast_ballots(duties, person):
    """The person's duties except ballots he has already cast."""
    cast = [
        entry.period_id
        for entry in RollEntry.objects.filter(
            person=person, is_voter=True, is_void=False, round__state=Round.State.OPEN
        ).select_related("round")
        if entry.round.has_mark(entry.position)
    ]
    return duties.exclude(assignee=person, act="peer_ballot", period__in=cast)


def posts_of(people, *, today):
    """{person id: his posts as one line}."""
    lines = {}
    for post in Post.objects.current(today=today).filter(person__in=people).order_by("pk"):
        lines.setdefault(post.person_id, []).append(post.title)
    return {person_id: "、".join(titles) for person_id, titles in lines.items()}


def promises_of(people, period):
    """{person id: published pledges of the period}."""
    pledges = Pledge.objects.public().filter(owner_person__in=people, period=period).order_by("pk")
    found = {}
    for pledge in pledges:
        found.setdefault(pledge.owner_person_id, []).append(pledge)
    return found


def alarm_recipients(round, *, today):
    """Committee and office over the round's organisation."""
    path = round.organisation.path
    above = [path[:end] for end in range(4, len(path) + 1, 4)]
    roles = Role.objects.current(today=today).filter(
        kind__in=[Role.Kind.COMMITTEE, Role.Kind.OFFICE], organisation__path__in=above
    )
    return Person.objects.filter(pk__in=roles.values("person"), is_active=True)
