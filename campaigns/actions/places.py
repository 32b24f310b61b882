"""Whose duty it is, organisation by organisation: a few thousand rows in memory, never people."""

from typing import NamedTuple

from django.db.models import Count, Q

from branches.models import Affiliation, Organisation, Role

MEMBERS = ("member", "probationary")
STATUSES = {"members": MEMBERS, "staff": ("staff",)}
ROLES = ("secretary", "leader", "committee", "office", "inspector")
STEP = 4  # characters of a stored path per level
IN_BRANCH = {"peer_ballot", "branch_review"}  # only people of a branch can do these


class Holder(NamedTuple):
    person_id: int
    organisation_id: int


class Tree:
    """The campaign's organisations, who holds which role there, and their unit types."""

    def __init__(self, campaign, plan, *, today):
        self.plan = plan
        self.path = campaign.organisation.path
        self.today = today
        self.nodes = list(
            Organisation.objects.below(campaign.organisation)
            .active()
            .order_by("path")
            .values_list("pk", "path", "kind", "unit_type_id")
        )
        self.branch_paths = {path for _, path, kind, _ in self.nodes if kind == "branch"}
        self.unit_types = self._unit_types()
        self.holders = self._holders()

    def _unit_types(self):
        """Path → unit type, its own or that of the nearest organisation above."""
        types = {}
        for _, path, _, unit_type in self.nodes:
            types[path] = unit_type or types.get(path[:-STEP])
        return types

    def _holders(self):
        """(role, path) → the people who hold it there."""
        holders = {}
        roles = Role.objects.current(today=self.today).filter(
            organisation__path__startswith=self.path, kind__in=ROLES
        )
        rows = roles.order_by("pk").values_list(
            "kind", "organisation__path", "person_id", "organisation_id"
        )
        for kind, path, person, organisation in rows:
            holders.setdefault((kind, path), []).append(Holder(person, organisation))
        return holders

    def statuses(self, who):
        """Affiliation statuses that `participants`, `members` or `staff` means."""
        if who != "participants":
            return STATUSES[who]
        return tuple(status for part in self.plan.participants for status in STATUSES.get(part, ()))

    def places(self, rule):
        """(id, path, kind) of the organisations this rule is for."""
        small = self._small_branches() if rule.act == "peer_ballot" else ()
        return [
            (pk, path, kind)
            for pk, path, kind, _ in self.nodes
            if (not rule.unit_types or self.unit_types[path] in rule.unit_types)
            and (rule.act not in IN_BRANCH or self._branch_of(path) not in {None, *small})
        ]

    def _branch_of(self, path):
        """The path of the branch that this organisation is or belongs to."""
        return next((above for above in lineage(path) if above in self.branch_paths), None)

    def _small_branches(self):
        """Paths of branches with fewer people than a sealed round needs."""
        needed = self.plan.thresholds.peer_round
        affiliated = Affiliation.objects.current(today=self.today).filter(
            organisation__path__startswith=self.path, status__in=MEMBERS
        )
        sizes = dict.fromkeys(self.branch_paths, 0)
        counted = affiliated.values_list("organisation__path").annotate(Count("pk")).order_by()
        for path, people in counted:
            branch = self._branch_of(path)
            if branch:
                sizes[branch] += people
        return {path for path, people in sizes.items() if people < needed}

    def own(self, kind, places):
        """Rows (place, holder, owner) of those who hold the role at these places themselves."""
        return [
            (place, *holder)
            for place, path, _ in places
            for holder in self.holders.get((kind, path), ())
        ]

    def covering(self, kind, places):
        """The same with everything below a role; of secretaries only the nearest, of others all."""
        rows = []
        for place, path, _ in places:
            found = [
                self.holders[kind, above]
                for above in lineage(path)
                if (kind, above) in self.holders
            ]
            if kind == "secretary":
                found = found[:1]
            rows += [(place, *holder) for holders in found for holder in holders]
        return rows


def lineage(path):
    """The path itself and those above it, nearest first."""
    return [path[:end] for end in range(len(path), 0, -STEP)]


def holds_role(kind, today):
    """Q for Role rows that are in force."""
    return Q(kind=kind, starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
