"""Policy rows of campaigns, duties, schemes and the work calendar; see tests/policy.py."""

from datetime import date

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import WorkdayException
from tests.factories import CampaignFactory, DutyFactory, PeriodFactory
from tests.factories.document import plan
from tests.policy import (
    FAR,
    FAR_SECRETARY,
    INSPECTOR,
    LEADER,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIGNED_IN,
    Row,
    audience,
)

AT_HOME = SIGNED_IN - FAR  # belong to the tree of the county, so they see its campaign


def campaigns(world):
    foreign = CampaignFactory(slug="foreign", name="岗位建功活动", organisation=world.foreign)
    return {"own": {"slug": world.campaign.slug}, "foreign": {"slug": foreign.slug}}


def versions(world):
    foreign = CampaignFactory(slug="foreign", organisation=world.foreign)
    return {
        "own": {"pk": world.campaign.scheme_version_id},
        "foreign": {"pk": foreign.scheme_version_id},
    }


def duties(world):
    """Of 第一支部 that of 孙二 (colleague), of the committee that of the leader."""
    foreign = PeriodFactory(campaign=CampaignFactory(organisation=world.foreign))
    owed = {
        "own": (world.period, world.member2, world.north),
        "sibling": (world.period, world.neighbour1, world.south),
        "parent": (world.period, world.leader, world.root),
        "foreign": (foreign, world.stranger, world.far),
    }
    return {
        position: {"pk": DutyFactory(period=period, assignee=person, organisation=organisation).pk}
        for position, (period, person, organisation) in owed.items()
    }


def workdays(world):
    made = WorkdayException.objects.create(day=date(2031, 1, 1), name="元旦", is_working=False)
    return {"own": {"pk": made.pk}}


def scheme_file(world):
    text = yaml.safe_dump(plan(), allow_unicode=True)
    return {"file": SimpleUploadedFile("plan.yaml", text.encode())}


ROWS = [
    Row("campaigns:campaign_list", allowed=SIGNED_IN, marker="活动"),
    Row(
        "campaigns:campaign_detail",
        objects=campaigns,
        allowed={"own": AT_HOME, "foreign": FAR},
        marker="岗位建功活动",
    ),
    Row(
        "campaigns:campaign_switch",
        methods="POST",
        objects=campaigns,
        allowed={"own": AT_HOME, "foreign": FAR},
    ),
    Row("campaigns:duty_list", allowed=SIGNED_IN, marker="职责清单"),
    Row(
        "campaigns:duty_waive",
        methods="GET POST",
        objects=duties,
        allowed={
            "own": SECRETARY | RULERS,
            "sibling": SECRETARY2 | RULERS,
            "parent": RULERS,
            "foreign": FAR_SECRETARY,
        },
        forbidden={
            "own": audience("colleague") | LEADER | INSPECTOR,
            "sibling": audience("neighbour") | LEADER | INSPECTOR,
            "parent": LEADER | INSPECTOR,
            "foreign": audience("stranger"),
        },
        marker="免办这件事",
        data=lambda world: {"reason": "长期病假"},
    ),
    Row(
        "campaigns:scheme_detail",
        objects=versions,
        allowed={"own": AT_HOME, "foreign": FAR | RULERS},
        marker="测试活动方案",
    ),
    Row(
        "campaigns:scheme_download",
        objects=versions,
        allowed={"own": AT_HOME, "foreign": FAR | RULERS},
        content_type="application/yaml",
    ),
    Row(
        "campaigns:scheme_load",
        methods="GET POST",
        allowed=RULERS,
        marker="上传方案",
        data=scheme_file,
        skip_fuzz="its one field is a file, which can be read only once",
    ),
    Row(
        "campaigns:workday_list",
        methods="GET POST",
        allowed=SIGNED_IN,
        post_allowed=RULERS,
        marker="调休",
        data=lambda world: {"day": "2027-01-01", "name": "元旦", "kind": "off"},
    ),
    Row(
        "campaigns:workday_delete",
        methods="POST",
        objects=workdays,
        allowed={"own": RULERS},
        forbidden={"own": SIGNED_IN - RULERS},
    ),
]
