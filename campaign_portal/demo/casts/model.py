"""How a campaign's stage set is described: who sits where, which counters there are."""

from dataclasses import dataclass

MEMBER, PROBATIONARY, STAFF = "member", "probationary", "masses"
SEALED, JOINT, BY_NAME, ON_PAPER = "sealed", "joint", "named", "paper"


@dataclass(frozen=True)
class Counter:
    """A service window. `charm` is how well it is liked, 0..1; `visits` how many rate it in a quarter."""

    name: str
    services: str
    procedure: str
    place: str = "一楼服务大厅"
    charm: float = 0.95
    visits: int = 260


@dataclass(frozen=True)
class Seat:
    """Somebody's post. `window` counts the branch's counters from 1; `account` makes it a demo account."""

    title: str
    duties: str = ""
    window: int = 0
    status: str = MEMBER
    account: str = ""
    role: str = ""
    role_title: str = ""


@dataclass(frozen=True)
class Branch:
    """A branch with its people; the first seat is the secretary's. `diligence`: how much gets done, 0..1."""

    name: str
    short_name: str
    unit_type: str
    seats: tuple[Seat, ...]
    counters: tuple[Counter, ...] = ()
    diligence: float = 0.95
    motto: str = ""
    way: str = (
        SEALED  # how it holds its 党员互评; those with fewer than six people cannot seal ballots
    )


@dataclass(frozen=True)
class Cast:
    """A whole campaign: `trade` picks the texts, `prefix` begins codes and work numbers."""

    slug: str
    trade: str
    prefix: str
    root_name: str
    root_kind: str
    branches: tuple[Branch, ...]
    outsiders: tuple[Seat, ...] = ()  # people without a branch: invited supervisors
    offices: tuple[str, ...] = ()  # departments below the root
    domain: str = ""
