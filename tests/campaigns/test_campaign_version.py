"""A running campaign takes a new wording at a boundary; what is closed keeps its own."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import (
    CampaignRefused,
    choose_version,
    conclude_campaign,
    follow_campaign,
    open_next_period,
    start_campaign,
)
from campaigns.models import Campaign, Duty
from campaigns.queries.duties import duty_lines
from common.dates import ONE_DAY
from supervision.views.duty_links import link_of
from tests.factories import (
    CampaignFactory,
    ClosingFactory,
    DutyFactory,
    ReviewFactory,
    SchemeVersionFactory,
    ScorecardFactory,
)
from tests.factories.document import plan


@pytest.fixture
def newer(world):
    """第 2 版: the same scheme, 亮承诺 is called 亮诺言, and a stage more."""
    document = plan()
    document["families"][0]["items"][1]["name"] = "亮诺言"
    document["stages"] = [{"key": "deepen", "name": "深化"}]
    scheme = world.campaign.scheme_version.scheme
    return SchemeVersionFactory(scheme=scheme, number=2, document=document)


def detail(client, campaign, period):
    url = reverse("campaigns:campaign_detail", args=[campaign.slug])
    return client.get(url, {"period": period.key}).content.decode()


def test_the_new_version_counts_from_the_next_period(world, newer, as_person):
    now = timezone.now()
    choose_version(world.campaign, newer, by=world.committee_member, at=now)
    client = as_person(world.committee_member)
    assert "下一期起用方案第 2 版" in detail(client, world.campaign, world.period)

    campaign = Campaign.objects.get(pk=world.campaign.pk)
    following = open_next_period(campaign, today=world.period.ends_on + ONE_DAY, at=now)

    campaign.refresh_from_db()
    assert (campaign.scheme_version, campaign.next_version) == (newer, None)
    assert following.plan.item("pledge").name == "亮诺言"
    assert campaign.stages.get(key="deepen").starts_on == following.starts_on
    newer.refresh_from_db()
    assert newer.locked_at == now
    for period in (world.closed_period, world.period):
        period.refresh_from_db()
        assert period.plan.item("pledge").name == "亮承诺"
    assert "亮诺言" in detail(client, campaign, following)
    assert "亮诺言" not in detail(client, campaign, world.closed_period)
    assert "亮承诺" in detail(client, campaign, world.closed_period)


def test_pages_of_a_closed_period_keep_the_words_it_ran_with(world, as_person):
    """A scorecard and a review of before, read after the plan says it otherwise."""
    document = plan()
    part = document["recipes"][0]["formula"]["score"]["parts"][1]
    part["label"] = "诺言兑现"
    for questionnaire in document["questionnaires"]:
        for question in questionnaire["questions"]:
            question["name"] = f"新版{question['name']}"
    scheme = world.campaign.scheme_version.scheme
    following = SchemeVersionFactory(scheme=scheme, number=2, document=document)
    card = ScorecardFactory(
        closing=ClosingFactory(period=world.closed_period), organisation=world.north,
        person=world.member, inputs={"pledges": {"kept": 4, "total": 5}},
    )  # fmt: skip
    review = ReviewFactory(
        period=world.closed_period, campaign=world.campaign, organisation=world.north,
        person=world.member, author=world.secretary,
    )  # fmt: skip
    addresses = [
        reverse("supervision:scorecard_detail", args=[card.pk]),
        reverse("evaluations:review_detail", args=[review.pk]),
    ]
    client = as_person(world.secretary)
    before = [client.get(address).content.decode() for address in addresses]

    now = timezone.now()
    choose_version(world.campaign, following, by=world.committee_member, at=now)
    campaign = Campaign.objects.get(pk=world.campaign.pk)
    period = open_next_period(campaign, today=world.period.ends_on + ONE_DAY, at=now)

    after = [client.get(address).content.decode() for address in addresses]
    assert "承诺兑现" in before[0]
    for old, new in zip(before, after, strict=True):
        assert ("新版" in new, "诺言兑现" in new) == (False, False)
        assert words(new) == words(old)
    later = ReviewFactory(
        period=period, campaign=world.campaign, organisation=world.north, person=world.member,
        author=world.secretary,
    )  # fmt: skip
    assert (
        "新版" in client.get(reverse("evaluations:review_detail", args=[later.pk])).content.decode()
    )


def words(body):
    """What stands in the page's middle, without tags."""
    middle = body[body.index("<main") : body.index("</main>")]
    return re.sub(r"<[^>]+>|\s+", "", re.sub(r'(value|nonce)="[^"]*"', "", middle))


def test_nothing_changes_before_the_boundary(world, newer):
    now = timezone.now()
    choose_version(world.campaign, newer, by=world.committee_member, at=now)

    assert open_next_period(world.campaign, today=world.period.ends_on, at=now) is None
    world.campaign.refresh_from_db()
    assert world.campaign.scheme_version.number == 1


def test_another_scheme_is_refused_and_the_same_version_takes_the_choice_back(world, newer):
    now, by = timezone.now(), world.committee_member
    with pytest.raises(CampaignRefused, match="另起一个活动"):
        choose_version(world.campaign, SchemeVersionFactory(), by=by, at=now)
    choose_version(world.campaign, newer, by=by, at=now)

    chosen = choose_version(world.campaign, world.campaign.scheme_version, by=by, at=now)

    assert chosen.next_version is None


def test_campaigns_with_different_schemes_run_side_by_side(world, as_person):
    now = timezone.now()
    other = SchemeVersionFactory(
        document=plan(slug="other", name="四看五评", cadence=[], periods={"kind": "month"})
    )
    second = start_campaign(
        other,
        slug="second",
        name="四看五评活动",
        organisation=world.root,
        starts_on=world.period.starts_on,
        ends_on=world.period.starts_on + timedelta(days=300),
        by=world.committee_member,
        at=now,
    )

    before = list(world.campaign.periods.values_list("key", "state"))
    client = as_person(world.member)
    body = client.get(reverse("campaigns:campaign_list")).content.decode()

    assert "四看五评活动" in body
    assert "岗位建功活动" in body
    assert {p.plan.periods.kind for p in second.periods.all()} == {"month"}
    assert list(world.campaign.periods.values_list("key", "state")) == before
    assert not Duty.objects.filter(period__campaign=second, campaign=world.campaign).exists()


def test_a_cycle_ends_with_its_lessons_and_the_next_one_knows_them(world, as_person):
    """Row G09."""
    now, by = timezone.now(), world.committee_member
    with pytest.raises(CampaignRefused, match="还没有结算"):
        conclude_campaign(world.campaign, lessons="例会太多", archive_note="", by=by, at=now)
    world.campaign.periods.filter(state="open").update(state="closed", closed_at=now)

    done = conclude_campaign(
        world.campaign, lessons="例会太多，下一轮改为每季。", archive_note="档案室", by=by, at=now
    )

    assert open_next_period(done, today=done.ends_on, at=now) is None
    with pytest.raises(CampaignRefused, match="已经结束"):
        conclude_campaign(done, lessons="再来", archive_note="", by=by, at=now)
    following = follow_campaign(
        done,
        done.scheme_version,
        slug="next",
        name="岗位建功第二轮",
        starts_on=done.ends_on + ONE_DAY,
        ends_on=done.ends_on + timedelta(days=365),
        by=by,
        at=now,
    )
    url = reverse("campaigns:campaign_detail", args=[following.slug])
    body = as_person(world.member).get(url).content.decode()
    assert "例会太多，下一轮改为每季。" in body
    assert following.previous == done


def test_a_campaign_is_started_in_the_browser(world, as_person):
    client = as_person(world.committee_member)
    url = reverse("campaigns:campaign_new")
    sent = {
        "version": world.campaign.scheme_version_id,
        "organisation": world.root.pk,
        "name": "窗口提速活动",
        "starts_on": "2026-10-01",
        "ends_on": "2026-09-01",
    }

    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "窗口提速活动" in refused.content.decode()
    started = client.post(url, sent | {"ends_on": "2027-09-30"})

    assert started.headers["Location"] == "/campaigns/chuang-kou-ti-su-huo-dong"
    foreign = CampaignFactory(organisation=world.foreign)
    refused = client.post(url, sent | {"organisation": foreign.organisation_id})
    assert refused.status_code == 422


def conclude_page(world):
    return reverse("campaigns:campaign_conclude", args=[world.campaign.slug])


def test_the_duty_to_sum_up_leads_to_its_form_and_is_done_there(world, as_person):
    """Row G09: lessons are written while the last period still runs; ending is a step of its own."""
    duty = DutyFactory(
        period=world.period, organisation=world.root, assignee=world.committee_member,
        act="close_cycle", rule="close_cycle", title="总结本轮活动",
    )  # fmt: skip
    client = as_person(world.committee_member)
    (line,) = [line for line in duty_lines(world.committee_member) if line.act == "close_cycle"]

    address, label = link_of(line)
    page = client.get(address, follow=True)
    sent = client.post(conclude_page(world), {"do": "write", "lessons": "晨会点评最管用。"})

    assert label == "去总结"
    assert page.redirect_chain[0][0] == conclude_page(world)
    assert "不能结束" in page.content.decode()
    assert 'value="end"' not in page.content.decode()
    assert sent.status_code == 302
    duty.refresh_from_db()
    world.campaign.refresh_from_db()
    assert (duty.done_by, world.campaign.concluded_at) == (world.committee_member, None)
    assert "晨会点评最管用" in client.get(conclude_page(world)).content.decode()


def test_a_cycle_ends_from_the_same_form_once_all_is_settled(world, as_person):
    """Row G09."""
    client = as_person(world.committee_member)
    early = client.post(conclude_page(world), {"do": "end", "lessons": "少开会。"})
    assert (early.status_code, "还没有结算" in early.content.decode()) == (422, True)
    world.campaign.periods.filter(state="open").update(state="closed", closed_at=timezone.now())

    page = client.get(conclude_page(world)).content.decode()
    client.post(conclude_page(world), {"do": "end", "lessons": "少开会。"})

    assert 'value="end"' in page
    world.campaign.refresh_from_db()
    assert (world.campaign.lessons, world.campaign.concluded_by) == (
        "少开会。",
        world.committee_member,
    )
    summary = client.get(reverse("campaigns:cycle_summary", args=[world.campaign.pk]))
    assert summary.url == reverse("campaigns:campaign_follow", args=[world.campaign.slug])
