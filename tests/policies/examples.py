"""Policy rows of cases, efficacy notices, growth plans and pairs; see tests/policy.py."""

from django.utils import timezone

from competitions.models import Case, EfficacyNotice
from tests.factories.competitions import (
    CaseFactory,
    CasePictureFactory,
    GrowthFactory,
    PairFactory,
)
from tests.policies.competitions import INSIDE, ONLY_IN_PLAN, RUNNING, SEEN, but, places
from tests.policy import (
    ABOVE,
    FAR,
    FAR_SECRETARY,
    PUBLIC,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIGNED_IN,
    Row,
    audience,
)


def cases(deed=""):
    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            one = CaseFactory(
                campaign=period.campaign, organisation=organisation, written_by=person
            )
            found[position] = {"pk": one.pk} | ({"deed": deed} if deed else {})
        return found

    return make


def live_case(world):
    case = CaseFactory(
        campaign=world.campaign, organisation=world.north, state="live", proposed_by=world.secretary,
        checked_by=world.officer, published_at=timezone.now(),
    )  # fmt: skip
    return {"own": {"pk": case.pk}}


def pictures(world):
    """Of cases that are not public yet."""
    return {
        position: {"pk": CasePictureFactory(case_id=found["pk"], added_by=world.secretary).pk}
        for position, found in cases()(world).items()
    }


def seen_pictures(world):
    """The own one's case is public."""
    found = pictures(world)
    Case.objects.filter(pictures=found["own"]["pk"]).update(
        state="live",
        proposed_by=world.secretary,
        checked_by=world.officer,
        published_at=timezone.now(),
    )
    return found


def efficacy(deed=""):
    """Proposed by somebody without a role, so that all who may check are free to."""

    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            one = EfficacyNotice.objects.create(
                campaign=period.campaign, period=period, organisation=organisation, state="proposed",
                proposed_by=person, proposed_at=timezone.now(), written_by=person,
                written_at=timezone.now(), figures=[FIGURE],
            )  # fmt: skip
            found[position] = {"pk": one.pk} | ({"deed": deed} if deed else {})
        return found

    return make


FIGURE = {
    "kind": "window", "pk": 0, "place": "一号窗口", "key": "style.done", "label": "满意件数",
    "value": "43件", "n": 43, "definition": "越多越好", "note": "",
}  # fmt: skip


def growths(deed=""):
    """Of 孙二 in 第一支部, seen by him and by who is responsible."""

    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            one = GrowthFactory(
                campaign=period.campaign, organisation=organisation, person=person,
                made_by=person,
            )  # fmt: skip
            found[position] = {"pk": one.pk} | ({"deed": deed} if deed else {})
        return found

    return make


GROWING = {
    "own": audience("colleague") | SECRETARY | ABOVE,
    "sibling": SECRETARY2 | ABOVE,
    "foreign": FAR,
}


def pairs(deed=""):
    def make(world):
        one = PairFactory(campaign=world.campaign, stronger=world.north, weaker=world.south)
        return {"own": {"pk": one.pk} | ({"deed": deed} if deed else {})}

    return make


ROWS = [
    Row("competitions:case_list", SIGNED_IN, marker="典型"),
    Row(
        "competitions:case_add",
        SECRETARY | SECRETARY2 | RULERS | FAR_SECRETARY,
        methods="GET POST",
        exempt="people of another tree have another campaign; tests/competitions/test_cases.py",
    ),
    Row("competitions:case_detail", SEEN, objects=cases(), marker="从三次跑到一次办结"),
    Row(
        "competitions:case_deed",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=cases("propose"),
        marker="提出公开",
        data=lambda world: {},
    ),
    Row(
        "competitions:case_public", {"own": PUBLIC}, objects=live_case, marker="从三次跑到一次办结"
    ),
    Row(
        "competitions:case_picture",
        SEEN | {"own": PUBLIC},
        objects=seen_pictures,
        content_type="image/jpeg",
    ),
    Row(
        "competitions:picture_remove",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=pictures,
        marker="移除照片",
        data=lambda world: {},
    ),
    Row("competitions:efficacy_list", SIGNED_IN, marker="效能公示"),
    Row(
        "competitions:efficacy_add",
        SECRETARY,
        methods="GET POST",
        exempt="of one's own campaign; tests/competitions/test_efficacy.py",
    ),
    Row("competitions:efficacy_detail", SEEN, objects=efficacy(), marker="满意件数"),
    Row(
        "competitions:efficacy_deed",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=efficacy("judge"),
        marker="审核",
        data=lambda world: {"verdict": "no", "note": "再核"},
    ),
    Row(
        "competitions:efficacy_public",
        {"own": PUBLIC, "sibling": PUBLIC, "parent": PUBLIC, "foreign": PUBLIC},
        objects=lambda world: {
            "own": {"code": world.north.code},
            "sibling": {"code": world.south.code},
            "parent": {"code": world.root.code},
            "foreign": {"code": world.far.code},
        },
        marker="效能公示",
    ),
    Row("competitions:growth_list", SIGNED_IN, marker="双向培养"),
    Row("competitions:growth_add", SECRETARY, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:growth_detail", GROWING, objects=growths(), marker="能独立值一线窗口"),
    Row(
        "competitions:growth_deed",
        RUNNING,
        forbidden=but(RUNNING, GROWING),
        methods="GET POST",
        objects=growths("conclude"),
        marker="下结论",
        data=lambda world: {"verdict": "ended", "result": "调离"},
    ),
    Row("competitions:pair_list", SIGNED_IN, marker="比学赶帮超"),
    Row(
        "competitions:pair_add",
        RULERS,
        methods="GET POST",
        exempt="of one's own campaign; tests/competitions/test_cases.py",
    ),
    Row("competitions:pair_detail", {"own": INSIDE}, objects=pairs(), marker="每月走访一次"),
    Row(
        "competitions:pair_deed",
        {"own": SECRETARY | SECRETARY2 | RULERS},
        forbidden={"own": INSIDE - SECRETARY - SECRETARY2 - RULERS},
        methods="GET POST",
        objects=pairs("result"),
        marker="写成效",
        data=lambda world: {"result": "台账已建好"},
    ),
]
