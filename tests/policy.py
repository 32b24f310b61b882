"""The policy table: who may open which page, with which object, by which method. Read this to add a row.

Every URL name of the portal needs one `Row` in `tests/policies/<app>.py` (a list `ROWS`);
`tests/test_policy.py` walks them all and fails when a name has none. A row is written against the
county of `tests/world.py`, seen from its first branch (`world.north`):

    Row(
        "branches:window_edit",                      # URL name
        methods="GET POST",                          # what the page is made for; the rest must do nothing
        objects=lambda world: {                      # position -> URL arguments; made once for the row
            "own": {"pk": world.window.pk},          #   an object of 第一支部
            "sibling": {"pk": world.window2.pk},     #   of 第二支部
            "parent": {...},                         #   of 县直机关党委 itself, when there is such a thing
            "foreign": {"pk": world.far_window.pk},  #   of another tree; "missing" is made up for you
        },
        allowed={"own": SECRETARY | OFFICE, "sibling": SECRETARY2 | OFFICE, "foreign": FAR_SECRETARY},
        forbidden={"own": MEMBERS | ABOVE - OFFICE}, # who may see the object but not do this: 403
        marker="婚姻登记窗口",                        # must be in each allowed answer to GET
        data=lambda world: {"name": "新窗口"},        # a valid POST: allowed people get a redirect
    )

Everybody else gets 404 when the URL names an object, 403 when it does not (`allowed=` is then a
plain audience), and the public is sent to the sign-in page unless the row allows `PUBLIC`.
Audiences are sets: combine them with `|` and `-`. Positions that are left out belong to nobody.
Checked for each row: the status of each of the 16 principals at each position, by the page's own
methods, and for five of them by GET, POST and one of PUT, PATCH, DELETE; the marker; that 404
answers for foreign and missing objects are the same bytes; that a refused attempt writes nothing;
that a POST without a CSRF token is refused; that extra form fields are ignored.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

# who -> name in the world (None: not signed in)
PRINCIPALS = {
    "public": None,
    "member": "member",
    "colleague": "member2",
    "staff": "staff",
    "secretary": "secretary",
    "neighbour": "neighbour1",
    "secretary2": "secretary2",
    "leader": "leader",
    "committee": "committee_member",
    "office": "officer",
    "inspector": "inspector",
    "system_admin": "system_admin",
    "security_admin": "security_admin",
    "audit_admin": "audit_admin",
    "stranger": "stranger",
    "far_secretary": "far_secretary",
}
POSITIONS = ("own", "sibling", "parent", "foreign", "missing")


def audience(*names):
    unknown = set(names) - set(PRINCIPALS)
    if unknown:
        raise ValueError(f"no such principal: {unknown}")
    return frozenset(names)


NOBODY = audience()
EVERYBODY = audience(*PRINCIPALS)  # with the public
PUBLIC = EVERYBODY  # a public page is open to all
SIGNED_IN = EVERYBODY - {"public"}
MEMBER = audience("member")
MEMBERS = audience("member", "colleague", "staff")  # of 第一支部, no role
SECRETARY = audience("secretary")
BRANCH = MEMBERS | SECRETARY
SECRETARY2 = audience("secretary2")
SIBLING = audience("neighbour", "secretary2")  # of 第二支部
LEADER = audience("leader")
COMMITTEE = audience("committee")
OFFICE = audience("office")
RULERS = COMMITTEE | OFFICE  # who run campaigns in the tree
INSPECTOR = audience("inspector")
ABOVE = LEADER | RULERS | INSPECTOR  # who see the whole tree
SYSTEM_ADMIN = audience("system_admin")
SECURITY_ADMIN = audience("security_admin")
AUDIT_ADMIN = audience("audit_admin")
ADMINISTRATORS = SYSTEM_ADMIN | SECURITY_ADMIN | AUDIT_ADMIN
FAR_SECRETARY = audience("far_secretary")
FAR = audience("stranger", "far_secretary")  # of the other tree

# What `.visible_to()` of most models means.
IN_SCOPE = {"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "parent": ABOVE, "foreign": FAR}
# The same for people who hold a seeing role only.
BY_ROLE = {
    "own": SECRETARY | ABOVE,
    "sibling": SECRETARY2 | ABOVE,
    "parent": ABOVE,
    "foreign": FAR_SECRETARY,
}


def organisations(world):
    return {
        "own": {"pk": world.north.pk},
        "sibling": {"pk": world.south.pk},
        "parent": {"pk": world.root.pk},
        "foreign": {"pk": world.far.pk},
    }


def windows(world):
    return {
        "own": {"pk": world.window.pk},
        "sibling": {"pk": world.window2.pk},
        "foreign": {"pk": world.far_window.pk},
    }


def people(world):
    """Of 第一支部 it is 孙二 (colleague): not the one who looks."""
    return {
        "own": {"pk": world.member2.pk},
        "sibling": {"pk": world.neighbour2.pk},
        "parent": {"pk": world.leader.pk},
        "foreign": {"pk": world.stranger.pk},
    }


@dataclass(frozen=True)
class Row:
    name: str
    allowed: frozenset | dict = NOBODY
    forbidden: dict = field(default_factory=dict)  # 403 although the object may be seen
    methods: str = "GET"
    objects: Callable | None = None  # world -> {position: kwargs}
    marker: str | None = None  # in each allowed answer to GET
    content_type: str = "text/html"  # of the allowed answer; without a marker when it is a file
    redirects: str | None = None  # GET answers with a redirect that starts with this
    data: Callable | None = None  # world, or (world, position), -> valid POST
    post_status: int = 302
    post_allowed: frozenset | dict | None = None  # when POST is for fewer than GET
    query: str = ""  # appended to the URL
    setup: Callable | None = None  # world -> None, before the walk
    skip_fuzz: str = ""  # why extra form fields need no test here
    exempt: str = ""  # why the walk leaves the page out, and which test has it instead
    note: str = ""

    def may(self, who, position, method):
        allowed = self.allowed
        if method == "POST" and self.post_allowed is not None:
            allowed = self.post_allowed
        return who in (allowed.get(position, NOBODY) if isinstance(allowed, dict) else allowed)

    def sees(self, who, position):
        """May see the object, so that a refusal is 403 and no 404."""
        return self.objects is None or who in self.forbidden.get(position, NOBODY)

    @property
    def is_public(self):
        everybody = self.allowed.values() if isinstance(self.allowed, dict) else [self.allowed]
        return any("public" in allowed for allowed in everybody)
