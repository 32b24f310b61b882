"""Policy rows of selections, activities and targets; see tests/policy.py."""

from datetime import date

from django.utils import timezone

from competitions.models import Award, Objection
from tests.factories.competitions import (
    ActivityFactory,
    ActivityPictureFactory,
    NominationFactory,
    SelectionFactory,
    TargetFactory,
)
from tests.policies.competitions import INSIDE, ONLY_IN_PLAN, RUNNING, SEEN, but, places
from tests.policy import (
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


def selections(deed="", **fields):
    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            one = SelectionFactory(
                period=period, organisation=organisation, made_by=person, **fields
            )
            found[position] = {"pk": one.pk} | ({"deed": deed} if deed else {})
        return found

    return make


def nominations(deed=""):
    """The candidate of 第一支部 is 孙二."""

    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            one = NominationFactory(
                selection=SelectionFactory(period=period, organisation=organisation),
                organisation=organisation,
                person=person,
            )
            found[position] = {"pk": one.pk} | ({"deed": deed} if deed else {})
        return found

    return make


def objections(world):
    found = {}
    for position, (organisation, period, _) in places(world).items():
        selection = SelectionFactory(
            period=period, organisation=organisation, state="publicised",
            objections_until=period.ends_on,
        )  # fmt: skip
        objection = Objection.objects.create(
            selection=selection, text="他并没有做到", made_at=timezone.now()
        )
        found[position] = {"pk": objection.pk}
    return found


def honoured(world):
    """Awarded ones; the certificates need an award."""
    found = {}
    for position, (organisation, period, person) in places(world).items():
        selection = SelectionFactory(
            period=period, organisation=organisation, state="awarded", decision="会议决定",
            decided_by=person, decided_at=timezone.now(),
        )  # fmt: skip
        Award.objects.create(
            campaign=period.campaign, period=period, selection=selection, title="pacesetter",
            name="活动标兵", granted_on=period.starts_on, person=person, organisation=organisation,
        )  # fmt: skip
        found[position] = {"pk": selection.pk}
    return found


def awards(world):
    return {
        position: {"pk": Award.objects.get(selection=found["pk"]).pk}
        for position, found in honoured(world).items()
    }


REVOKING = {"own": RULERS, "sibling": RULERS}


def open_to_public(world):
    one = SelectionFactory(
        period=world.period, organisation=world.north, public=True, name="身边的榜样",
        closes_on=date(2999, 1, 1),
    )  # fmt: skip
    return {"own": {"pk": one.pk}}


def activities(deed=""):
    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            one = ActivityFactory(period=period, organisation=organisation, made_by=person)
            found[position] = {"pk": one.pk} | ({"deed": deed} if deed else {})
        return found

    return make


def activity_pictures(world):
    return {
        position: {"pk": ActivityPictureFactory(activity_id=found["pk"]).pk}
        for position, found in activities()(world).items()
    }


def targets(deed=""):
    def make(world):
        found = {}
        for position, (organisation, period, person) in places(world).items():
            one = TargetFactory(period=period, organisation=organisation, aimed_by=person)
            found[position] = {"pk": one.pk} | ({"deed": deed} if deed else {})
        return found

    return make


EVIDENCE = {
    "own": audience("colleague") | SECRETARY | RULERS,
    "sibling": SECRETARY2 | RULERS,
    "foreign": FAR,
}
REVIEWING = {"own": SECRETARY | RULERS, "sibling": SECRETARY2 | RULERS, "foreign": FAR_SECRETARY}


ROWS = [
    Row("competitions:selection_list", SIGNED_IN, marker="评选"),
    Row("competitions:selection_add", SECRETARY, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:selection_detail", SEEN, objects=selections(), marker="活动标兵"),
    Row(
        "competitions:selection_deed",
        {"own": INSIDE, "sibling": INSIDE, "foreign": FAR},
        methods="GET POST",
        objects=selections("object", state="publicised", objections_until=date(2999, 1, 1)),
        marker="提异议",
        data=lambda world: {"text": "他并没有做到"},
    ),
    Row(
        "competitions:nomination_detail",
        EVIDENCE,
        forbidden=but(EVIDENCE),
        objects=nominations(),
        marker="佐证材料",
    ),
    Row(
        "competitions:nomination_deed",
        REVIEWING,
        forbidden=but(REVIEWING),
        methods="GET POST",
        objects=nominations("review"),
        marker="审核",
        data=lambda world: {"verdict": "passed", "note": ""},
    ),
    Row(
        "competitions:award_revoke",
        REVOKING,
        forbidden=but(REVOKING),
        methods="GET POST",
        objects=awards,
        marker="撤销荣誉",
        data=lambda world: {"reason": "材料不实"},
    ),
    Row(
        "competitions:objection_answer",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=objections,
        marker="答复异议",
        data=lambda world: {"answer": "已核查，情况属实"},
    ),
    Row(
        "competitions:selection_certificates",
        RUNNING,
        forbidden=but(RUNNING),
        objects=honoured,
        content_type="application/pdf",
    ),
    Row(
        "competitions:honours",
        {"own": PUBLIC},
        objects=lambda world: {"own": {"slug": world.campaign.slug}},
        marker="荣誉",
    ),
    Row(
        "competitions:selection_public",
        {"own": PUBLIC},
        objects=open_to_public,
        marker="我要推荐",
    ),
    Row(
        "competitions:selection_thanks",
        {"own": PUBLIC},
        objects=open_to_public,
        marker="已收到",
    ),
    Row("competitions:item_detail", SIGNED_IN, exempt=ONLY_IN_PLAN),
    Row("competitions:activity_list", SIGNED_IN, marker="活动记录"),
    Row("competitions:activity_add", SECRETARY, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:activity_detail", SEEN, objects=activities(), marker="窗口业务学习"),
    Row(
        "competitions:activity_picture",
        SEEN,
        objects=activity_pictures,
        content_type="image/jpeg",
    ),
    Row(
        "competitions:activity_picture_remove",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=activity_pictures,
        marker="移除照片",
        data=lambda world: {},
    ),
    Row(
        "competitions:activity_deed",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=activities("summary"),
        marker="补充情况",
        data=lambda world: {"summary": "学了新流程"},
    ),
    Row("competitions:check_list", SIGNED_IN, marker="对照自查"),
    Row("competitions:check_write", SIGNED_IN, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:target_list", SIGNED_IN, marker="创建目标"),
    Row("competitions:target_add", SIGNED_IN, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:target_everybody", RULERS, methods="GET POST", exempt=ONLY_IN_PLAN),
    Row("competitions:target_detail", SEEN, objects=targets(), marker="满意率 98% 以上"),
    Row(
        "competitions:target_deed",
        RUNNING,
        forbidden=but(RUNNING),
        methods="GET POST",
        objects=targets("declare"),
        marker="申报",
        data=lambda world: {"evidence": "四季度满意率 98.6%"},
    ),
]
