"""今天要办: one person's duties, sorted by how soon they are due."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from branches.models import scope_paths, under
from campaigns.actions.places import ROLES
from campaigns.models import Campaign
from campaigns.models.document import ACTS
from campaigns.queries.duties import DutyLine, duty_lines
from common.dates import range_of
from evaluations.models import Round
from evaluations.queries.peer import ballot_states, ballots_to_cast
from supervision.queries.pointers import pointers_for

SEALED_ACT = "peer_ballot"


@dataclass
class Today:
    today: date
    groups: dict[str, list[DutyLine]] = field(default_factory=dict)
    done: list[DutyLine] = field(default_factory=list)
    not_begun: list[DutyLine] = field(default_factory=list)
    elsewhere: list = field(default_factory=list)  # (campaign, number of lines that wait)
    rounds: dict = field(default_factory=dict)  # period -> (round, has voted)
    ballots: list = field(default_factory=list)  # open rounds that no duty speaks of
    minutes: int = 0
    pointers: dict = field(default_factory=dict)  # the groups' keys and "waits" -> pointers

    @property
    def waiting(self):
        return [line for lines in self.groups.values() for line in lines]


def today_of(person, campaign, *, today):
    """The duties, the ballots, the names of other campaigns, and one query a kind of pointer."""
    page = Today(today, groups={"late": [], "today": [], "week": [], "later": []})
    lines = duty_lines(person)
    own = [line for line in lines if line.campaign_id == campaign.pk]
    periods = {line.period_id for line in own if line.act == SEALED_ACT and line.left}
    if periods:
        page.rounds = ballot_states(person, periods)
    else:  # small branches have no duty to vote, but may vote jointly or by name
        page.ballots = ballots_to_cast(person, campaign)
    for line in own:
        _sort(page, line)
    month_end = range_of("month", today)[1]
    page.minutes = sum(line.minutes for line in page.waiting if line.due_on <= month_end)
    page.elsewhere = _elsewhere(lines, campaign)
    for pointer in pointers_for(person, campaign, today=today):
        key = _when(pointer.due_on, today) if pointer.due_on else "waits"
        page.pointers.setdefault(key, []).append(pointer)
    return page


def _sort(page, line):
    has_voted = line.act == SEALED_ACT and page.rounds.get(line.period_id, (None, False))[1]
    if (line.done and not line.left) or has_voted:
        page.done.append(line)
    elif line.starts_on > page.today:
        page.not_begun.append(line)
    else:
        page.groups[_when(line.due_on, page.today)].append(line)


def _when(due_on, today):
    if due_on < today:
        return "late"
    if due_on == today:
        return "today"
    return "week" if due_on <= today + timedelta(days=6 - today.weekday()) else "later"


def _elsewhere(lines, campaign):
    waiting = {}
    for line in lines:
        if line.campaign_id != campaign.pk and line.left:
            waiting[line.campaign_id] = waiting.get(line.campaign_id, 0) + 1
    if not waiting:
        return []
    names = Campaign.objects.in_bulk(waiting)
    return [(names[pk], count) for pk, count in sorted(waiting.items())]


def ballots_in_boxes(period, paths):
    """Turnout of the rounds that are still open below the paths: the one figure known before the count."""
    rounds = Round.objects.open().filter(under(paths, "organisation__path"), period=period)
    return sum(round.turnout for round in rounds.only("marks"))


def at_any_time(person, plan):
    """Rules without a date (不定期) that this person may carry out whenever there is occasion."""
    return [
        rule
        for rule in plan.cadence
        if rule.frequency == "irregular"
        and ACTS[rule.act].makes_duties
        and plan.is_enabled(rule)
        and any(who in ROLES and scope_paths(person, who) for who in rule.who)
    ]
