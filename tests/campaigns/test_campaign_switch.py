from django.urls import reverse
from django.utils import timezone

from tests.factories import CampaignFactory, DutyFactory, PeriodFactory


def other_campaign(world):
    campaign = CampaignFactory(slug="other", name="另一项活动", organisation=world.root)
    return PeriodFactory(campaign=campaign)


def chosen(client, query=""):
    request = client.get(f"/{query}").wsgi_request
    return request.campaign, request.period


def test_the_campaign_that_asks_most_is_shown_first(world, as_person):
    other = other_campaign(world)
    DutyFactory(period=other, assignee=world.member, organisation=world.north)

    assert chosen(as_person(world.member)) == (other.campaign, other)


def test_what_was_shown_first_stays_first(world, as_person):
    """Of several campaigns over the same people none comes to the front by itself, whatever it asks later."""
    other = other_campaign(world)
    DutyFactory(period=other, assignee=world.member, organisation=world.north)
    first = chosen(as_person(world.member))[0]
    for number in range(3):
        DutyFactory(
            period=world.period, assignee=world.member, organisation=world.north,
            subject_key=f"more:{number}",
        )  # fmt: skip

    as_person(world.member).logout()
    assert first == other.campaign
    assert chosen(as_person(world.member))[0] == other.campaign  # signed in anew


def test_a_choice_outlives_the_session_until_the_campaign_is_over(world, as_person):
    other = other_campaign(world)
    as_person(world.member).post(reverse("campaigns:campaign_switch", args=["other"]))

    as_person(world.member).logout()
    assert chosen(as_person(world.member))[0] == other.campaign
    other.campaign.lessons = "经验"
    other.campaign.concluded_at, other.campaign.concluded_by = timezone.now(), world.officer
    other.campaign.save()
    as_person(world.member).logout()
    assert chosen(as_person(world.member))[0] == world.campaign


def test_the_choice_is_remembered(world, as_person):
    other = other_campaign(world)
    client = as_person(world.member)

    response = client.post(reverse("campaigns:campaign_switch", args=["other"]))

    assert response.headers["Location"] == "/"
    assert chosen(client) == (other.campaign, other)
    assert chosen(client, f"?campaign={world.campaign.slug}")[0] == world.campaign
    assert chosen(client)[0] == world.campaign


def test_a_link_cannot_choose_what_one_may_not_see(world, as_person):
    foreign = PeriodFactory(campaign=CampaignFactory(slug="far", organisation=world.foreign))

    client = as_person(world.member)

    assert chosen(client, "?campaign=far")[0] == world.campaign
    assert foreign.campaign.slug not in client.session.values()


def test_the_running_period_is_shown_first_and_another_on_request(world, as_person):
    client = as_person(world.member)

    assert chosen(client)[1] == world.period
    assert chosen(client, f"?period={world.closed_period.key}")[1] == world.closed_period
    assert chosen(client)[1] == world.closed_period
    assert chosen(client, f"?period={world.period.key}")[1] == world.period


def test_a_new_campaign_forgets_the_period(world, as_person):
    other = other_campaign(world)
    client = as_person(world.member)
    chosen(client, f"?period={world.closed_period.key}")

    assert chosen(client, "?campaign=other") == (other.campaign, other)


def test_switching_by_a_link_alone_is_refused(world, as_person):
    url = reverse("campaigns:campaign_switch", args=[world.campaign.slug])

    assert as_person(world.member).get(url).status_code == 405


def test_people_without_a_campaign_have_none(world, as_person):
    assert chosen(as_person(world.stranger)) == (None, None)


def test_each_role_has_a_menu_of_at_most_seven(world, as_person):
    for person in [world.member, world.secretary, world.leader, world.committee_member]:
        response = as_person(person).get("/")
        labels = [label for label, *_ in response.context["nav"]]
        assert labels[0] == "今天要办"
        assert 2 <= len(labels) <= 7
        assert len([here for *_, here in response.context["nav"] if here]) == 1
