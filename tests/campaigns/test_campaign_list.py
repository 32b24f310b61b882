from django.urls import reverse

from tests.factories import CampaignFactory


def listed(as_person, person):
    response = as_person(person).get(reverse("campaigns:campaign_list"))
    return [campaign.name for campaign in response.context["campaigns"]]


def test_one_sees_the_campaigns_of_the_own_tree(world, as_person):
    CampaignFactory(name="别人的活动", organisation=world.foreign)

    assert listed(as_person, world.member) == ["岗位建功活动"]
    assert listed(as_person, world.stranger) == ["别人的活动"]


def test_nobody_is_left_before_an_empty_page(world, as_person):
    response = as_person(world.stranger).get(reverse("campaigns:campaign_list"))

    assert "还没有活动" in response.content.decode()


def test_the_number_of_queries_does_not_grow(world, as_person, django_assert_num_queries):
    client = as_person(world.member)
    url = reverse("campaigns:campaign_list")
    client.get(url)

    # user, roles, home, periods, campaigns, unread messages
    with django_assert_num_queries(6):
        client.get(url)
    CampaignFactory.create_batch(2, organisation=world.root)
    with django_assert_num_queries(6):
        client.get(url)
