"""What a simulated year knows of itself."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from campaign_portal.demo.clock import midnight
from campaign_portal.demo.dice import dice
from campaign_portal.demo.scene import Scene, Season
from campaign_portal.simulation.tempers import ABSENT, LATE

OFFICE = timedelta(hours=9)


@dataclass
class Year:
    """A scene with the temper of each of its people, and what was refused to whom."""

    scene: Scene
    now: datetime  # the machine's clock: the database decides about the deadlines of ballots
    tempers: dict = field(default_factory=dict)
    refused: Counter = field(default_factory=Counter)  # what: how often, as it should be
    got_through: list = field(default_factory=list)  # what should have been refused
    unknown: set = field(default_factory=set)  # acts that the simulation cannot do
    last_day: date | None = None  # of the running period: nothing is done after it but the closing

    def __post_init__(self):
        self.players = {player.person.pk: player for player in self.scene.players}
        self.secretaries = {one.organisation.pk: one.secretary for one in self.scene.troupes}

    @property
    def campaign(self):
        return self.scene.campaign

    def temper(self, person):
        return self.tempers.get(person.pk)

    def of_temper(self, temper):
        return [one for one in self.scene.players if self.temper(one.person) == temper]

    def troupe_of(self, organisation):
        return next(one for one in self.scene.troupes if one.organisation.pk == organisation.pk)

    def tries(self, what, deed, *errors):
        """A deed that must be refused; done nevertheless it breaks an invariant."""
        try:
            done = deed()
        except errors:
            done = False
        if done is False:
            self.refused[what] += 1
        else:
            self.got_through.append(what)


@dataclass
class Moment:
    """When somebody does what he owes: some days before it is due, some days after, or never."""

    season: Season
    year: Year

    def of(self, duty):
        """A datetime, or None."""
        temper = self.year.temper(duty.assignee)
        if temper == ABSENT:
            return None
        rng = dice(self.season.scene.cast.slug, key_of(duty))
        days = rng.randrange(1, 7) if temper == LATE else -rng.randrange(5)
        day = max(duty.due_on + timedelta(days=days), duty.starts_on)
        return (
            midnight(min(day, self.year.last_day)) + OFFICE + timedelta(minutes=rng.randrange(480))
        )


def key_of(duty):
    """A duty by what it is, not by the number it happened to get."""
    about = duty.about_person or duty.about_window or duty.about_organisation
    name = name_of(about) if duty.about_person else getattr(about, "code", "")
    return f"{duty.period.key} {duty.rule} {name_of(duty.assignee)} {name} {duty.due_on}"


def name_of(person):
    """A name that does not hang on who else is in the database: invited people have no number."""
    return person.work_no or person.username
