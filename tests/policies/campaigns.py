"""Policy rows of campaigns, duties, schemes and the work calendar; see tests/policy.py."""

from datetime import date

from campaigns.models import Period, WorkdayException
from tests.factories import CampaignFactory, DutyFactory, PeriodFactory, StageFactory
from tests.factories.branches import moment
from tests.factories.drafts import BranchPlanFactory
from tests.policy import (
    ABOVE,
    BRANCH,
    FAR,
    FAR_SECRETARY,
    INSPECTOR,
    LEADER,
    MEMBERS,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIBLING,
    SIGNED_IN,
    Row,
    audience,
)

AT_HOME = SIGNED_IN - FAR  # belong to the tree of the county, so they see its campaign


def campaigns(world):
    foreign = CampaignFactory(slug="foreign", name="岗位建功活动", organisation=world.foreign)
    return {"own": {"slug": world.campaign.slug}, "foreign": {"slug": foreign.slug}}


def stages(world):
    foreign = CampaignFactory(organisation=world.foreign)
    return {
        "own": {"pk": StageFactory(campaign=world.campaign).pk},
        "foreign": {"pk": StageFactory(campaign=foreign).pk},
    }


def branches_of(world):
    """Where a branch's plan is written."""
    slug = world.campaign.slug
    return {
        "own": {"slug": slug, "pk": world.north.pk},
        "sibling": {"slug": slug, "pk": world.south.pk},
        "parent": {"slug": slug, "pk": world.root.pk},
    }


def branch_plans(world):
    foreign = CampaignFactory(organisation=world.foreign)
    written = {
        "own": (world.campaign, world.north, world.secretary),
        "sibling": (world.campaign, world.south, world.secretary2),
        "foreign": (foreign, world.far, world.far_secretary),
    }
    return {
        position: {
            "pk": BranchPlanFactory(
                campaign=campaign, organisation=branch, written_by=person, status="submitted"
            ).pk
        }
        for position, (campaign, branch, person) in written.items()
    }


def new_campaign(world):
    return {
        "version": world.campaign.scheme_version_id,
        "organisation": world.root.pk,
        "name": "另一个活动",
        "slug": "another",
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
    }


def next_campaign(world):
    dates = {"starts_on": "2028-01-01", "ends_on": "2028-12-31"}
    return new_campaign(world) | dates


def settle(world):
    Period.objects.filter(state="open").update(state="closed", closed_at=moment())


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
    Row(
        "campaigns:campaign_new",
        methods="GET POST",
        allowed=RULERS,
        marker="启动活动",
        data=new_campaign,
    ),
    Row(
        "campaigns:campaign_version",
        methods="GET POST",
        objects=campaigns,
        allowed={"own": RULERS},
        forbidden={"own": AT_HOME - RULERS, "foreign": FAR},
        marker="换用方案版本",
        data=lambda world: {"version": ""},
    ),
    Row(
        "campaigns:campaign_conclude",
        methods="GET POST",
        objects=campaigns,
        allowed={"own": RULERS},
        forbidden={"own": AT_HOME - RULERS, "foreign": FAR},
        marker="经验和教训",
        data=lambda world: {"lessons": "例会太多。"},
        setup=settle,
    ),
    Row(
        "campaigns:cycle_summary",
        objects=lambda world: {"own": {"pk": world.campaign.pk}},
        allowed={"own": RULERS},
        forbidden={"own": AT_HOME - RULERS},
        redirects="/campaigns/world/conclude",
    ),
    Row(
        "campaigns:campaign_rhythm",
        objects=campaigns,
        allowed={"own": AT_HOME, "foreign": FAR},
        marker="一年节奏",
    ),
    Row(
        "campaigns:stage_list",
        objects=campaigns,
        allowed={"own": AT_HOME, "foreign": FAR},
        marker="阶段",
    ),
    Row(
        "campaigns:stage_enter",
        methods="POST",
        objects=stages,
        allowed={"own": RULERS},
        forbidden={"own": AT_HOME - RULERS, "foreign": FAR},
        data=lambda world: {"reason": "先行一步"},
    ),
    Row(
        "campaigns:stage_confirm",
        methods="POST",
        objects=stages,
        allowed={"own": RULERS},
        forbidden={"own": AT_HOME - RULERS, "foreign": FAR},
        data=lambda world: {"text": "条件"},
    ),
    Row(
        "campaigns:campaign_follow",
        methods="GET POST",
        objects=campaigns,
        allowed={"own": RULERS},
        forbidden={"own": AT_HOME - RULERS, "foreign": FAR},
        marker="开下一轮",
        data=next_campaign,
    ),
    Row(
        "campaigns:branch_plan_list",
        objects=campaigns,
        allowed={"own": AT_HOME, "foreign": FAR},
        marker="支部实施方案",
    ),
    Row(
        "campaigns:branch_plan_mine",
        allowed=SIGNED_IN,
        redirects="/campaigns",
    ),
    Row(
        "campaigns:branch_plan_write",
        methods="GET POST",
        objects=branches_of,
        allowed={"own": SECRETARY, "sibling": SECRETARY2},
        forbidden={
            "own": MEMBERS | ABOVE,
            "sibling": SIBLING - SECRETARY2 | ABOVE,
            "parent": ABOVE,
        },
        marker="争创目标",
        data=lambda world: {"goal": "人人有承诺", "do": "save"},
    ),
    Row(
        "campaigns:branch_plan_detail",
        methods="GET POST",
        objects=branch_plans,
        allowed={"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR},
        post_allowed={"own": RULERS, "sibling": RULERS},
        forbidden={"own": BRANCH | ABOVE, "sibling": SIBLING | ABOVE, "foreign": FAR},
        marker="实施方案",
        data=lambda world: {"remark": "很好", "do": "approve"},
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
