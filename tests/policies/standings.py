"""Policy rows of 分类定级 and of the groups that lead a campaign; see tests/policy.py."""

from django.utils import timezone

from supervision.models import LeadingGroup, Seat
from tests.factories import CampaignFactory
from tests.policy import FAR, RULERS, SIGNED_IN, Row

ONLY = "the world's plan has no classes; tests/supervision/test_standings.py"


def campaigns(world):
    foreign = CampaignFactory(organisation=world.foreign)
    return {"own": {"slug": world.campaign.slug}, "foreign": {"slug": foreign.slug}}


def seats(world):
    """Seats in a group of the county's campaign and of another tree's."""
    found = {}
    foreign = CampaignFactory(organisation=world.foreign)
    for position, campaign in [("own", world.campaign), ("foreign", foreign)]:
        group = LeadingGroup.objects.create(campaign=campaign, name="领导小组")
        seat = Seat.objects.create(
            group=group,
            person=world.leader,
            position="head",
            title="组长",
            starts_on=timezone.localdate(),
            appointed_at=timezone.now(),
            appointed_by=world.committee_member,
        )
        found[position] = {"pk": seat.pk}
    return found


def letters(world):
    seats(world)
    return {"own": {"slug": world.campaign.slug}}


BELOW = {"own": SIGNED_IN - FAR - RULERS, "foreign": FAR}
ROWS = [
    Row(
        "supervision:leading_list",
        objects=campaigns,
        allowed={"own": SIGNED_IN - FAR, "foreign": FAR},
        marker="领导小组",
    ),
    Row(
        "supervision:seat_add",
        methods="GET POST",
        objects=campaigns,
        allowed={"own": RULERS},
        forbidden=BELOW,
        marker="登记任命",
        data=lambda world: {
            "place": "head",
            "who": world.leader.username,
            "starts_on": timezone.localdate().isoformat(),
        },
    ),
    Row(
        "supervision:seat_end",
        methods="GET POST",
        objects=seats,
        allowed={"own": RULERS},
        forbidden=BELOW,
        marker="任职止",
        data=lambda world: {"ends_on": timezone.localdate().isoformat()},
    ),
    Row(
        "supervision:seat_letters",
        objects=letters,
        allowed={"own": RULERS},
        forbidden={"own": SIGNED_IN - FAR - RULERS},
        content_type="application/pdf",
    ),
    Row("supervision:standing_list", SIGNED_IN, marker="分类定级"),
    Row("supervision:standing_honours", SIGNED_IN, marker="光荣榜"),
    *(
        Row(f"supervision:{name}", methods="POST", allowed={}, exempt=ONLY)
        for name in ("standing_propose", "standing_accept", "standing_answer")
    ),
    *(
        Row(f"supervision:{name}", methods="GET POST", allowed={}, exempt=ONLY)
        for name in ("standing_detail", "standing_decide", "guide_visit_add")
    ),
]
