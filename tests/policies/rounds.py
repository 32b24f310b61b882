"""Peer rounds, their ballots and results, and self-reviews."""

from django.utils import timezone

from common.models import Job
from evaluations.actions.close import close_round
from evaluations.actions.named import rate_by_name
from evaluations.models import PeerComment, Round
from evaluations.queries.peer import paper_for
from evaluations.tasks import request_opening
from tests.evaluations.ballots import ballot_of, opened, past_deadline, vote, voters
from tests.factories import OrganisationFactory, PersonFactory, SelfReviewFactory
from tests.policy import (
    ABOVE,
    ADMINISTRATORS,
    BRANCH,
    FAR,
    FAR_SECRETARY,
    IN_SCOPE,
    INSPECTOR,
    LEADER,
    MEMBERS,
    OFFICE,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    audience,
)

COLLEAGUE, NEIGHBOUR = audience("colleague"), audience("neighbour")
KEEPERS = {
    "own": SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "foreign": FAR_SECRETARY,
}
READERS = {
    "own": MEMBERS | LEADER | INSPECTOR,
    "sibling": NEIGHBOUR | LEADER | INSPECTOR,
    "foreign": audience("stranger"),
}


def grown_far(world):
    """The branch of the other tree has too few people for a round."""
    while len(world.members(world.far)) < 6:
        PersonFactory(organisation=world.far)


def rounds(world):
    if not Round.objects.exists():
        grown_far(world)
        for branch in (world.north, world.south, world.far):
            opened(world, branch, by=world.officer)
    return {
        position: {"pk": Round.objects.get(organisation=branch).pk}
        for position, branch in [
            ("own", world.north),
            ("sibling", world.south),
            ("foreign", world.far),
        ]
    }


def voted_rounds(world):
    """Everybody has voted: whatever is posted then is answered by the same page."""
    found = rounds(world)
    for round in Round.objects.all():
        for person in voters(round):
            vote(round, person, comment="踏实肯干")
    return found


def closed_rounds(world):
    found = voted_rounds(world)
    for round in Round.objects.all():
        close_round(past_deadline(round), by=None, at=timezone.now())
    return found


def results(world):
    found = closed_rounds(world)
    found["own"]["person_pk"] = world.member2.pk
    found["sibling"]["person_pk"] = world.neighbour2.pk
    found["foreign"]["person_pk"] = world.stranger.pk
    return found


def small(world, form):
    """A branch of three in the campaign's tree whose round takes no sealed ballots."""
    if not Round.objects.exists():
        branch = OrganisationFactory(parent=world.root, name="小支部")
        for name in ("secretary", "member", "staff"):
            person = world.people[name]
            person.affiliations.update(organisation=branch)
            person.roles.update(organisation=branch)
        opened(world, branch, by=world.officer, form=form)
    return {"own": {"pk": Round.objects.get().pk}}


def named_round(world):
    if not Round.objects.exists():
        small(world, "named")
        round = Round.objects.get()
        for entry in round.roll.filter(is_voter=True):
            paper = paper_for(entry.person, round.pk)
            rate_by_name(paper, ballot=ballot_of(paper), by=entry.person, at=timezone.now())
    return {"own": {"pk": Round.objects.get().pk}}


def opening(world):
    job = request_opening(
        world.period, [], closes_at=timezone.now(), by=world.officer, at=timezone.now()
    )
    Job.objects.filter(pk=job.pk).update(
        state="done", finished_at=timezone.now(), result={"opened": 0, "refused": []}
    )
    return {"own": {"pk": job.pk}}


def comment(world, position):
    branch = {"own": world.north, "sibling": world.south, "foreign": world.far}[position]
    rulers = ["secretary", "secretary2", "far_secretary"]
    waiting = PeerComment.objects.filter(round__organisation=branch)
    waiting = waiting.exclude(person__username__in=rulers).order_by("pk")
    return {"comment": waiting.first().pk, "verdict": "show"}


def self_reviews(world):
    return {
        position: {
            "pk": SelfReviewFactory(period=world.period, person=person, organisation=home).pk
        }
        for position, person, home in [
            ("own", world.member2, world.north),
            ("sibling", world.neighbour2, world.south),
            ("foreign", world.stranger, world.far),
        ]
    }


ROWS = [
    Row("evaluations:round_list", allowed=SIGNED_IN, marker="<h1>互评</h1>"),
    Row(
        "evaluations:round_open",
        methods="GET POST",
        objects=lambda world: {"own": {"pk": world.period.pk}},
        allowed={"own": SECRETARY | SECRETARY2 | RULERS},
        forbidden={"own": MEMBERS | NEIGHBOUR | LEADER | INSPECTOR | ADMINISTRATORS},
        marker="开启互评",
        post_status=200,  # an empty form; what each may open is in test_round_open
    ),
    Row(
        "evaluations:round_small",
        methods="GET POST",
        objects=lambda world: {"own": {"pk": world.period.pk}},
        allowed={"own": SECRETARY | SECRETARY2 | RULERS},
        forbidden={"own": MEMBERS | NEIGHBOUR | LEADER | INSPECTOR | ADMINISTRATORS},
        marker="人数太少的支部",
        post_status=200,  # an empty form; what each may open is in test_round_small
    ),
    Row(
        "evaluations:round_opening",
        objects=opening,
        allowed={"own": OFFICE},
        marker="开启的结果",
        note="one's own background work only",
    ),
    Row(
        "evaluations:named_ballot",
        methods="GET POST",
        objects=named_round,
        allowed={"own": SECRETARY | audience("member", "staff")},
        marker="已提交",
    ),
    Row(
        "evaluations:paper_round",
        methods="GET POST",
        objects=lambda world: small(world, "paper"),
        allowed={"own": SECRETARY | RULERS},
        forbidden={"own": audience("member", "staff") | LEADER | INSPECTOR},
        marker="录入纸质表",
        post_status=200,
    ),
    Row(
        "evaluations:round_sheet",
        objects=lambda world: small(world, "paper"),
        allowed={"own": SECRETARY | audience("member", "staff") | ABOVE},
        marker="不写姓名",
    ),
    Row(
        "evaluations:round_detail",
        objects=rounds,
        allowed=IN_SCOPE,
        marker="参评",
    ),
    Row(
        "evaluations:round_close",
        methods="GET POST",
        objects=rounds,
        allowed=KEEPERS,
        forbidden=READERS,
        marker="计票",
    ),
    Row(
        "evaluations:round_void",
        methods="GET POST",
        objects=rounds,
        allowed={"own": RULERS, "sibling": RULERS},
        forbidden={
            "own": BRANCH | LEADER | INSPECTOR,
            "sibling": SIBLING | LEADER | INSPECTOR,
            "foreign": FAR,
        },
        marker="作废原因",
        data=lambda world: {"reason": "名册有误"},
    ),
    Row(
        "evaluations:comment_moderate",
        methods="GET POST",
        objects=closed_rounds,
        allowed=KEEPERS,
        forbidden=READERS,
        marker="给本人看",
        data=comment,
    ),
    Row(
        "evaluations:peer_ballot",
        methods="GET POST",
        objects=voted_rounds,
        allowed={"own": BRANCH, "sibling": SIBLING, "foreign": FAR},
        marker="已提交",
        note="who is not on the roll finds no ballot, whatever his role",
    ),
    Row(
        "evaluations:peer_result",
        objects=results,
        allowed={
            "own": COLLEAGUE | SECRETARY | ABOVE,
            "sibling": SECRETARY2 | ABOVE,
            "foreign": FAR,
        },
        forbidden={"own": BRANCH - COLLEAGUE - SECRETARY, "sibling": NEIGHBOUR},
        marker="互评结果",
    ),
    Row(
        "evaluations:self_review_write",
        methods="GET POST",
        objects=lambda world: {"own": {"pk": world.period.pk}},
        allowed={"own": BRANCH | SIBLING | ABOVE | ADMINISTRATORS},
        marker="保存自评",
        note="administrators belong to the committee and take part as people",
        data=lambda world: {"overall": "good", "done": "承诺已完成"},
    ),
    Row(
        "evaluations:self_review_detail",
        objects=self_reviews,
        allowed={
            "own": COLLEAGUE | SECRETARY | ABOVE,
            "sibling": SECRETARY2 | ABOVE,
            "foreign": FAR,
        },
        marker="的自评",
    ),
]
