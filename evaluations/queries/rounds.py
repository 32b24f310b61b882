"""Lists of rounds, and where a round could be opened."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from branches.models import Affiliation, Organisation, under
from campaigns.models import Duty, Stage
from evaluations.models import RollEntry, Round, RoundPart
from evaluations.queries import rolls


@dataclass(frozen=True)
class Candidate:
    """An organisation where a round may be opened, or the reason why not."""

    organisation: Organisation
    people: int
    hindrance: str
    is_small: bool = False  # too few for sealed ballots; there are other ways

    @property
    def is_ready(self):
        return not self.hindrance


def rounds_for(person, period):
    return (
        Round.objects.visible_to(person)
        .filter(period=period)
        .select_related("organisation", "period")
        .defer("questionnaire", "public_key")
        .order_by("organisation__path", "-pk")
    )


def held_at(rounds, place):
    """Those at or below a place, and the joint ones in which a branch there takes part."""
    if not place:
        return rounds
    parts = RoundPart.objects.filter(under((place.path,), "organisation__path"))
    return rounds.filter(
        under((place.path,), "organisation__path") | Q(pk__in=parts.values("round"))
    )


def entries_of(person, rounds):
    """{round id: the person's line of its roll}."""
    entries = RollEntry.objects.filter(person=person, round__in=[round.pk for round in rounds])
    return {entry.round_id: entry for entry in entries}


def candidates(period, scopes, *, today):
    """Every organisation of the period's rounds within the scopes, with its people counted in one query."""
    organisations = list(rolls.peer_organisations(period).filter(under(scopes)))
    counts = _people_counts(period, today=today)
    held = _held(period)
    least = period.plan.thresholds.peer_round
    return [_candidate(one, counts, held, least) for one in organisations]


def _candidate(organisation, counts, held, least):
    people = sum(n for path, n in counts.items() if path.startswith(organisation.path))
    if organisation.pk in held:
        return Candidate(organisation, people, "本期已开启")
    if people < least:
        return Candidate(organisation, people, f"不足 {least} 人", is_small=True)
    return Candidate(organisation, people, "")


def _held(period):
    """Organisations with a round of the period, of their own or a joint one."""
    rounds = Round.objects.filter(period=period, is_joint=False).exclude(state=Round.State.VOID)
    parts = RoundPart.objects.filter(period=period, is_void=False)
    return {
        *rounds.values_list("organisation_id", flat=True),
        *parts.values_list("organisation_id", flat=True),
    }


def _people_counts(period, *, today):
    voters, _ = rolls.who_takes_part(period.plan)
    rows = (
        Affiliation.objects.current(today=today)
        .filter(
            organisation__path__startswith=period.campaign.organisation.path,
            status__in=voters,
            person__is_active=True,
        )
        .values_list("organisation__path", flat=True)
    )
    return Counter(rows)


def occasions(plan):
    """What the scheme says its peer rounds are held together with; nothing: whoever opens one may write it."""
    item = rolls.peer_item(plan)
    return item.options.occasions if item else ()


def stage_name(campaign_id, *, today):
    """The stage whose dates hold today; of two the later one."""
    stages = Stage.objects.filter(campaign=campaign_id, starts_on__lte=today, ends_on__gte=today)
    return stages.order_by("-order").values_list("name", flat=True).first() or ""


def last_due_day(period):
    """When the ballots of this period are due by the scheme; None without such duties."""
    duty = Duty.objects.filter(period=period, act="peer_ballot").order_by("due_on").first()
    return duty.due_on if duty else None
