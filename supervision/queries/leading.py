"""The seats of a campaign's leading group and its office, in the plan's words (R01, R02)."""

from dataclasses import dataclass

from supervision.models import LeadingGroup, Seat

# What every group has when the plan says nothing.
USUAL = (("head", "组长"), ("deputy", "副组长"), ("member", "成员"))
OFFICE = ("office_head", "办公室主任")


@dataclass(frozen=True)
class Place:
    """A position somebody can be appointed to."""

    key: str
    title: str
    kind: str
    group: str
    held_by: str = ""
    grants: str = ""


def places(plan):
    """All positions in the plan's order; the office's come last."""
    told = plan.leading_group
    name = told.name if told else "领导小组"
    rows = [
        Place(role.key, role.name, "group", name, role.held_by or "", role.grants or "")
        for role in (told.roles if told else ())
    ] or [Place(key, title, "group", name) for key, title in USUAL]
    office = told.office if told else None
    named = office.name.removesuffix("主任") if office else "办公室"
    office_name = f"{name}办公室" if named == "办公室" else named
    head = Place(OFFICE[0], "主任", "office", office_name, grants="office")
    return [*rows, head, Place("office_staff", "工作人员", "office", office_name)]


def seats_by_group(campaign, *, today):
    """[(group, current seats in the plan's order, earlier seats)]"""
    order = {place.key: number for number, place in enumerate(places(campaign.plan))}
    seats = list(
        Seat.objects.filter(group__campaign=campaign)
        .select_related("person", "group", "appointed_by")
        .order_by("starts_on", "pk")
    )
    found = []
    for group in LeadingGroup.objects.filter(campaign=campaign).order_by("kind", "pk"):
        own = [seat for seat in seats if seat.group_id == group.pk]
        now = [seat for seat in own if seat.ends_on is None or seat.ends_on >= today]
        now.sort(key=lambda seat: (order.get(seat.position, 99), seat.starts_on, seat.pk))
        found.append((group, now, [seat for seat in own if seat not in now]))
    return found
