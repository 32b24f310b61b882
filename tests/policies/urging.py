"""Policy rows of 逾期名单 and 催办; see tests/policy.py."""

from django.utils import timezone

from common import vault
from common.dates import today
from common.downloads import XLSX
from supervision.models import Archive, Robot
from tests.factories import CampaignFactory, JobFactory, PeriodFactory
from tests.factories.supervision import UrgeFactory
from tests.policy import (
    ABOVE,
    FAR_SECRETARY,
    INSPECTOR,
    MEMBER,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIGNED_IN,
    Row,
    audience,
)

URGERS = RULERS | SECRETARY | SECRETARY2 | FAR_SECRETARY


def urges(world):
    foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    places = {
        "own": (world.period, world.north, world.member),
        "sibling": (world.period, world.south, world.neighbour1),
        "foreign": (foreign, world.far, world.stranger),
    }
    return {
        position: {
            "pk": UrgeFactory(
                period=period, organisation=place, person=person, urged_by=world.officer
            ).pk
        }
        for position, (period, place, person) in places.items()
    }


def robots(world):
    foreign = CampaignFactory(organisation=world.foreign)
    return {
        position: {
            "pk": Robot.objects.create(
                campaign=campaign,
                name="书记群",
                kind="wecom",
                address_sealed=b"",
                added_by=world.committee_member,
                added_at=timezone.now(),
            ).pk
        }
        for position, campaign in [("parent", world.campaign), ("foreign", foreign)]
    }


def archives(world):
    foreign = CampaignFactory(organisation=world.foreign)
    return {
        position: {
            "pk": Archive.objects.create(
                campaign=campaign,
                job=JobFactory(kind="make_archive", key=str(campaign.pk)),
                asked_by=world.officer,
                asked_at=timezone.now(),
                made_at=timezone.now(),
                file=vault.keep(b"PK"),
            ).pk
        }
        for position, campaign in [("parent", world.campaign), ("foreign", foreign)]
    }


ROWS = [
    Row(
        "supervision:robot_list",
        RULERS,
        methods="GET POST",
        marker="接入一个群",
        data=lambda world: {
            "name": "党委群",
            "kind": "wecom",
            "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a",
            "secret": "",
        },
    ),
    Row("supervision:robot_test", {"parent": RULERS}, methods="POST", objects=robots),
    Row("supervision:robot_switch", {"parent": RULERS}, methods="POST", objects=robots),
    Row("supervision:late_list", URGERS, marker="逾期名单"),
    Row("supervision:late_export", URGERS, content_type=XLSX),
    Row(
        "supervision:late_urge",
        URGERS,
        methods="POST",
        exempt="without a period there is nobody to call on; tests/supervision/test_late_list.py",
    ),
    Row(
        "supervision:urge_answer",
        methods="GET POST",
        objects=urges,
        allowed={
            "own": MEMBER,
            "sibling": audience("neighbour"),
            "foreign": audience("stranger"),
        },
        forbidden={
            "own": SECRETARY | ABOVE,
            "sibling": SECRETARY2 | ABOVE,
            "foreign": FAR_SECRETARY,
        },
        marker="答复催办",
        data=lambda world: {"expected_on": today().isoformat(), "answer": ""},
    ),
    Row("supervision:archive_list", RULERS | INSPECTOR, marker="资料包"),
    Row("supervision:archive_make", RULERS, methods="POST"),
    Row(
        "supervision:archive_download",
        {"parent": RULERS | INSPECTOR},
        objects=archives,
        content_type="application/zip",
    ),
    Row("supervision:burden_detail", RULERS | INSPECTOR, marker="减负体检"),
    Row("supervision:search_list", SIGNED_IN, query="?q=支部", marker="查找"),
]
