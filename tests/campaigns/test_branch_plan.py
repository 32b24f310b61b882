"""支部实施方案: the secretary writes, the committee approves (G08)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import BranchPlanRefused, decide_branch_plan, write_branch_plan
from campaigns.models import BranchPlan
from campaigns.models.document import SchemeDocument
from campaigns.queries.branch_plans import lines_for, unit_type_of
from common.models import Notice
from tests.factories import CampaignFactory, DutyFactory, UnitTypeFactory
from tests.factories.document import plan
from tests.factories.drafts import BranchPlanFactory


def write_url(world):
    return reverse("campaigns:branch_plan_write", args=[world.campaign.slug, world.north.pk])


def test_from_the_scheme_to_the_approved_plan(world, as_person):
    duty = DutyFactory(
        period=world.period,
        act="write_branch_plan",
        assignee=world.secretary,
        organisation=world.north,
        about_organisation=world.north,
        subject_key=f"organisation:{world.north.pk}",
        starts_on=world.period.starts_on,
    )
    client = as_person(world.secretary)
    shown = client.get(write_url(world)).content.decode()
    assert "亮承诺" in shown
    sent = {"goal": "人人有承诺", "revision": 0, "pledge-measures": "月月对账", "do": "submit"}
    assert client.post(write_url(world), sent).status_code == 302

    plan = BranchPlan.objects.get()
    assert (plan.status, plan.lines["pledge"]["measures"]) == ("submitted", "月月对账")
    assert "月月对账" in client.get(f"/branch-plans/{plan.pk}").content.decode()
    assert client.post(write_url(world), sent).status_code == 422
    assert client.post(f"/branch-plans/{plan.pk}", {"do": "approve"}).status_code == 403

    office = as_person(world.committee_member)
    assert office.post(f"/branch-plans/{plan.pk}", {"do": "approve"}).status_code == 302
    plan.refresh_from_db()
    duty.refresh_from_db()
    assert plan.status == "approved"
    assert duty.done_by == world.secretary
    assert Notice.objects.filter(recipient=world.secretary, title="支部实施方案已批准").exists()


def test_giving_back_needs_a_reason(world):
    plan = BranchPlanFactory(
        campaign=world.campaign, organisation=world.north, written_by=world.secretary,
        status="submitted",
    )  # fmt: skip
    now = timezone.now()

    with pytest.raises(BranchPlanRefused, match="写明"):
        decide_branch_plan(plan, approve=False, remark="", by=world.officer, at=now)
    back = decide_branch_plan(plan, approve=False, remark="缺标准", by=world.officer, at=now)

    assert back.may_be_written
    with pytest.raises(BranchPlanRefused, match="不用审批"):
        decide_branch_plan(back, approve=True, remark="", by=world.officer, at=now)


def test_two_who_write_do_not_overwrite_each_other(world, as_person):
    BranchPlanFactory(
        campaign=world.campaign, organisation=world.north, written_by=world.secretary, revision=4
    )
    sent = {"goal": "我写的目标", "revision": 3, "do": "save"}

    response = as_person(world.secretary).post(write_url(world), sent)

    assert response.status_code == 422
    assert "刚刚改过" in response.content.decode()
    assert "我写的目标" in response.content.decode()
    assert BranchPlan.objects.get().goal == "群众满意"


def test_an_empty_plan_is_not_handed_in(world):
    with pytest.raises(BranchPlanRefused, match="措施"):
        write_branch_plan(
            world.campaign, world.north, goal="", lines={}, revision=0, submit=True,
            by=world.secretary, at=timezone.now(),
        )  # fmt: skip


def test_the_list_costs_the_same_for_more_branches(world, as_person, django_assert_num_queries):
    client = as_person(world.committee_member)
    url = reverse("campaigns:branch_plan_list", args=[world.campaign.slug])
    client.get(url)
    for branch in (None, world.north, world.south):
        if branch:
            BranchPlanFactory(
                campaign=world.campaign, organisation=branch, written_by=world.secretary
            )
        with django_assert_num_queries(8):
            client.get(url)


def test_a_branch_of_another_tree_has_no_form_here(world, as_person):
    campaign = CampaignFactory(organisation=world.foreign)
    url = reverse("campaigns:branch_plan_write", args=[campaign.slug, world.north.pk])

    assert as_person(world.secretary).get(url).status_code == 404


def test_the_plan_begins_with_what_this_type_of_unit_is_to_stress(world, as_person):
    """S08: the emphasis of the unit type first and marked, what is asked of others left out."""
    document = plan(
        unit_types=[
            {"key": "approval", "name": "行政审批", "emphasis": ["review"]},
            {"key": "enforcement", "name": "行政执法"},
        ]
    )
    document["families"][0]["items"][0]["unit_types"] = ["enforcement"]
    scheme = SchemeDocument.model_validate(document)
    world.root.unit_type = UnitTypeFactory(key="approval")
    world.root.save()

    own_type = unit_type_of(world.north)
    families = lines_for(scheme, unit_type=own_type)

    assert own_type == "approval"
    assert families[0][0].key == "review"
    keys = [item.key for _, lines in families for item, *_ in lines]
    assert document["families"][0]["items"][0]["key"] not in keys
    written = BranchPlanFactory.build(lines={document["families"][0]["items"][0]["key"]: {}})
    kept = [
        one.key for _, ones in lines_for(scheme, written, unit_type=own_type) for one, *_ in ones
    ]
    assert len(kept) == len(keys) + 1
