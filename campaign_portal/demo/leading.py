"""领导小组 and its office, with the invented people who hold the demonstration's roles."""

from django.utils import timezone

from supervision.actions.leading import appoint
from supervision.queries.leading import places


def appoint_group(scene, *, at):
    """Committee and leaders at the head, secretaries as members, one of them for the office."""
    kinds = ("committee", "leader", "secretary")
    holders = [player.person for kind in kinds for player in scene.holders(kind)]
    people = list(dict.fromkeys(holders))
    found = places(scene.campaign.plan)
    office = next(place for place in found if place.kind == "office")
    group = [place for place in found if place.kind == "group"]
    for number, person in enumerate(people):
        place = group[min(number, len(group) - 1)]
        _appoint(scene, person, place, at=at)
    if people:
        _appoint(scene, people[-1], office, at=at)


def _appoint(scene, person, place, *, at):
    appoint(
        scene.campaign,
        person,
        place,
        remark="",
        document="",
        starts_on=timezone.localdate(at),
        by=scene.committee,
        at=at,
    )
