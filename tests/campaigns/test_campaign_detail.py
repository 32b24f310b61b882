from datetime import date

from django.urls import reverse

from campaigns.models import Stage
from common.dates import today
from tests.factories import CampaignFactory, DutyFactory, SchemeVersionFactory
from tests.factories.branches import moment
from tests.factories.document import plan


def page(as_person, person, campaign):
    response = as_person(person).get(reverse("campaigns:campaign_detail", args=[campaign.slug]))
    assert response.status_code == 200
    return response


def test_items_of_what_is_not_built_yet_are_there_and_marked(world, as_person):
    response = page(as_person, world.member, world.campaign)

    shown = {
        entry.name: entry.is_enabled
        for _, entries in response.context["chapters"]
        for entry in entries
    }
    waiting = {item.name for item in world.campaign.plan.items() if not item.enabled}
    assert {name for name, is_enabled in shown.items() if not is_enabled} == waiting
    assert shown["亮承诺"] is True
    body = response.content.decode()
    assert ("未启用" in body) or not waiting
    assert f'href="{reverse("pledges:pledge_list")}"' in body


def test_what_is_asked_is_told_in_words(world, as_person):
    response = page(as_person, world.member, world.campaign)

    (row,) = (row for row in response.context["asked"] if row.key == "quarterly_branch")
    assert (row.who, row.about, row.minutes) == ("支部书记", "逐人", 5)
    assert row.when == "每季度，倒数第 5 天前"


def test_only_those_above_see_progress_and_the_leaders_clock(world, as_person):
    DutyFactory(
        period=world.period,
        assignee=world.leader,
        organisation=world.root,
        act="leader_review",
        rule="quarterly_leader",
        due_on=today(),
        starts_on=world.period.starts_on,
    )

    above = page(as_person, world.committee_member, world.campaign)
    below = page(as_person, world.secretary, world.campaign)

    (clock,) = above.context["clock"]
    assert (clock["assignee__name"], clock["word"], clock["last_at"]) == (
        world.leader.name,
        "今天到期",
        None,
    )
    (row,) = (row for row in above.context["asked"] if row.key == "quarterly_leader")
    assert (row.progress["done"], row.progress["total"]) == (0, 1)
    assert (below.context["clock"], below.context["progress"]) == ([], None)


def test_the_clock_remembers_the_review_of_last_quarter(world, as_person):
    for period, done_at in [(world.period, None), (world.closed_period, moment(date(2026, 8, 1)))]:
        DutyFactory(
            period=period,
            assignee=world.leader,
            organisation=world.root,
            act="leader_review",
            rule="quarterly_leader",
            done_at=done_at,
            done_by=world.leader if done_at else None,
        )

    (clock,) = page(as_person, world.committee_member, world.campaign).context["clock"]

    assert clock["last_at"] == moment(date(2026, 8, 1))


def test_stages_show_where_the_campaign_stands(world, as_person):
    Stage.objects.create(
        campaign=world.campaign,
        key="one",
        name="学习动员",
        starts_on=world.campaign.starts_on,
        ends_on=world.campaign.ends_on,
        order=1,
    )

    body = page(as_person, world.member, world.campaign).content.decode()

    assert "1. 学习动员" in body
    assert "进行中" in body


def test_a_foreign_campaign_is_not_there(world, as_person):
    foreign = CampaignFactory(organisation=world.foreign)

    response = as_person(world.member).get(
        reverse("campaigns:campaign_detail", args=[foreign.slug])
    )

    assert response.status_code == 404


def test_a_plan_without_cadence_or_goals(world, as_person):
    version = SchemeVersionFactory(document=plan(cadence=[]))
    campaign = CampaignFactory(organisation=world.root, scheme_version=version)

    assert "方案没有规定节奏" in page(as_person, world.member, campaign).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_duties(
    world, as_person, django_assert_num_queries
):
    client = as_person(world.committee_member)
    url = reverse("campaigns:campaign_detail", args=[world.campaign.slug])
    client.get(url)

    for turn in range(2):
        # user, roles, home, periods, campaign, progress, clock, stages, unread messages
        with django_assert_num_queries(9):
            client.get(url)
        for number in range(3):
            DutyFactory(
                period=world.period,
                assignee=world.member,
                organisation=world.north,
                rule=f"rule_{turn}_{number}",
            )
