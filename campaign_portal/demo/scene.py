"""The stage of a campaign once it is built: rows of the database beside what the cast says of them."""

from dataclasses import dataclass, field
from functools import cached_property

from branches.models import Organisation, Person, Window
from campaign_portal.demo.casts.model import STAFF, Branch, Cast, Counter, Seat
from campaign_portal.demo.clock import Clock
from campaign_portal.demo.dice import dice
from campaigns.models import Campaign, Period

# Their ballots, self-reviews and pledges are left to the visitor.
UNTOUCHED = ("member", "member2", "secretary")


@dataclass
class Player:
    person: Person
    seat: Seat
    talent: float  # 0..1: how good colleagues and leaders find him

    @property
    def is_member(self):
        return self.seat.status != STAFF

    @property
    def is_visitor(self):
        """Whose own duties wait for whoever tries the demonstration."""
        return self.seat.account in UNTOUCHED


@dataclass
class Troupe:
    """A branch with its people and counters."""

    branch: Branch
    organisation: Organisation
    players: list[Player] = field(default_factory=list)
    windows: list[tuple[Window, Counter]] = field(default_factory=list)

    @property
    def secretary(self):
        return self.players[0].person

    @property
    def members(self):
        return [player for player in self.players if player.is_member]


@dataclass
class Scene:
    cast: Cast
    root: Organisation
    troupes: list[Troupe] = field(default_factory=list)
    outsiders: list[Player] = field(default_factory=list)
    campaign: Campaign = None

    @property
    def players(self):
        return [player for troupe in self.troupes for player in troupe.players] + self.outsiders

    def holders(self, role):
        return [player for player in self.players if player.seat.role == role]

    def account(self, name):
        return next(player.person for player in self.players if player.seat.account == name)

    @property
    def committee(self):
        return self.account("committee")

    @property
    def windows(self):
        return [(troupe, *pair) for troupe in self.troupes for pair in troupe.windows]


@dataclass
class Season:
    """One period of a scene: what happens in it, and its own chance."""

    scene: Scene
    period: Period
    clock: Clock
    number: int  # 0 for the first period

    @property
    def is_running(self):
        return self.clock.end == self.clock.now

    @cached_property
    def plan(self):
        return self.period.plan

    def rng(self, topic):
        return dice(self.scene.cast.slug, self.number, topic)

    def owes(self, act):
        """Whether the plan asks for this deed and this release has built it."""
        return any(rule.act == act and self.plan.is_enabled(rule) for rule in self.plan.cadence)

    def participants(self, troupe):
        return troupe.players if self.plan.includes_non_members else troupe.members
