from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Duty
from common import dates
from tests.factories import (
    CampaignFactory,
    DutyFactory,
    PeriodFactory,
    RollEntryFactory,
    RoundFactory,
)
from tests.factories.branches import moment
from tests.factories.document import plan


def duty(world, person=None, **fields):
    fields.setdefault("due_on", dates.today())
    fields.setdefault("starts_on", min(world.period.starts_on, fields["due_on"]))
    return DutyFactory(
        period=world.period,
        assignee=person or world.member,
        organisation=world.north,
        **fields,
    )


def page(as_person, person, query=""):
    response = as_person(person).get(f"/{query}")
    assert response.status_code == 200
    return response


def titles(response):
    return {key: [line.title for line in lines] for _, key, lines in response.context["groups"]}


def test_the_address_of_today_is_the_root(world, as_person):
    assert reverse("supervision:today") == "/"


def test_duties_are_grouped_by_how_soon_they_are_due(world, as_person):
    day = dates.today()
    duty(world, title="早该办的", due_on=day - timedelta(days=3))
    duty(world, title="今天的")
    duty(world, title="以后的", due_on=day + timedelta(days=40))
    sunday = day + timedelta(days=6 - day.weekday())
    if sunday > day:
        duty(world, title="本周的", due_on=sunday)

    shown = titles(page(as_person, world.member))

    expected = {"late": ["早该办的"], "today": ["今天的"], "later": ["以后的"]}
    assert shown == (expected | {"week": ["本周的"]} if sunday > day else expected)


def test_what_others_owe_is_not_shown(world, as_person):
    duty(world, world.member2, title="别人的事")

    assert "别人的事" not in page(as_person, world.member).content.decode()


def test_a_batch_is_one_line_with_its_count(world, as_person):
    for number, person in enumerate([world.member, world.member2, world.member3]):
        duty(
            world,
            world.secretary,
            rule="review_all",
            act="branch_review",
            title="逐人讲评",
            about_person=person,
            subject_key=f"person:{person.pk}",
            done_at=moment() if number == 0 else None,
            done_by=world.secretary if number == 0 else None,
        )

    (line,) = page(as_person, world.secretary).context["groups"][0][2]

    assert (line.title, line.done, line.total, line.label) == ("逐人讲评 3 人", 1, 3, "继续")
    first = min(world.member2.pk, world.member3.pk)
    assert line.url == reverse("evaluations:review_write", args=["branch", first])


def test_a_single_subject_is_named(world, as_person):
    duty(
        world,
        world.secretary,
        act="branch_review",
        title="逐人讲评",
        about_person=world.member,
        subject_key=f"person:{world.member.pk}",
    )

    (line,) = page(as_person, world.secretary).context["groups"][0][2]

    assert line.title == f"逐人讲评：{world.member.name}"


@pytest.mark.parametrize(
    ("act", "address"),
    [
        ("write_pledge", "/pledges/add"),
        ("review_pledges", "/pledges/review"),
        ("leader_review", "/reviews/leader"),
        ("inspect", "/checkings/add"),
        ("close_period", "/close"),
        ("contest", "/contests"),
        ("publish_comments", "/bulletins/comments/add"),
    ],
)
def test_one_tap_leads_to_the_form(world, as_person, act, address):
    duty(world, act=act)

    (line,) = page(as_person, world.member).context["groups"][0][2]

    assert line.url == address


def test_the_form_starts_with_what_the_duty_is_about(world, as_person):
    duty(
        world,
        act="inspect",
        about_window=world.window,
        subject_key=f"window:{world.window.pk}",
    )

    (line,) = page(as_person, world.member).context["groups"][0][2]

    assert line.url == f"/checkings/add?for=window:{world.window.pk}"


def test_the_most_urgent_line_has_the_one_filled_button(world, as_person):
    duty(world, title="二", act="write_pledge")
    duty(world, title="一", act="review_pledges", due_on=dates.today() - timedelta(days=1))

    body = page(as_person, world.member).content.decode()

    content = body[body.index("<main") : body.index("</main")]
    assert content.count("btn-primary") == 1
    assert content.index("btn-primary") < content.index("二")


def test_done_duties_are_listed_and_marked_when_late(world, as_person):
    duty(world, title="办完的", done_at=timezone.now(), done_by=world.member, is_late=True)

    response = page(as_person, world.member)

    (line,) = response.context["done"]
    assert line.title == "办完的"
    assert line.meta.endswith("补录")
    assert "本期的事都办完了" in response.content.decode()


def test_waived_duties_are_not_shown(world, as_person):
    duty(world, title="免了的", waived_at=timezone.now(), waived_reason="出差")

    assert "免了的" not in page(as_person, world.member).content.decode()


def test_duties_of_closed_periods_are_history(world, as_person):
    DutyFactory(
        period=world.closed_period,
        assignee=world.member,
        organisation=world.north,
        title="上季度的",
    )

    assert "上季度的" not in page(as_person, world.member).content.decode()


def test_what_has_not_begun_is_only_counted(world, as_person):
    later = dates.today() + timedelta(days=5)
    duty(world, title="今天能办")
    duty(world, title="还不能办", starts_on=later, due_on=later)

    response = page(as_person, world.member)

    assert titles(response) == {"today": ["今天能办"]}
    assert response.context["not_begun"] == 1


def test_the_minutes_of_the_month_are_summed(world, as_person):
    duty(world, minutes=7)
    duty(world, minutes=5, rule="second")
    duty(world, minutes=90, rule="next", due_on=dates.today() + timedelta(days=45))

    assert page(as_person, world.member).context["minutes"] == 12


def test_a_cast_ballot_counts_as_done_without_a_trace(world, as_person):
    duty(world, act="peer_ballot", title="季度互评")
    round_ = RoundFactory(period=world.period, campaign=world.campaign, organisation=world.north)
    entry = RollEntryFactory(round=round_, period=world.period, person=world.member, position=0)
    before = page(as_person, world.member)
    round_.marks = bytes([1]) + bytes(len(round_.marks) - 1)
    round_.save()
    if not round_.has_mark(entry.position):
        round_.marks = bytes([128]) + bytes(len(round_.marks) - 1)
        round_.save()

    after = page(as_person, world.member)

    assert before.context["groups"][0][2][0].url == reverse(
        "evaluations:peer_ballot", args=[round_.pk]
    )
    assert titles(after) == {}
    assert after.context["done"][0].meta == "已投票，计票前不记录时间"
    assert Duty.objects.get(act="peer_ballot").done_at is None


def test_a_ballot_before_its_round_is_open_has_no_button(world, as_person):
    duty(world, act="peer_ballot", title="季度互评")

    (line,) = page(as_person, world.member).context["groups"][0][2]

    assert line.url is None
    assert "支部开启互评后可以投票" in line.meta


def test_another_campaign_is_pointed_at(world, as_person):
    other = PeriodFactory(campaign=CampaignFactory(name="另一项活动", organisation=world.root))
    duty(world, title="这项活动的一")
    duty(world, title="这项活动的二", rule="two")
    DutyFactory(period=other, assignee=world.member, organisation=world.north, title="那项活动的")

    first = page(as_person, world.member)
    second = page(as_person, world.member, f"?campaign={other.campaign.slug}")
    third = page(as_person, world.member)

    assert titles(first)["today"] == ["这项活动的一", "这项活动的二"]
    assert "“另一项活动”还有 1 件事要办" in first.content.decode()
    shown = [line for lines in titles(second).values() for line in lines]
    assert shown == ["那项活动的"]
    assert third.wsgi_request.campaign == other.campaign  # the session remembers


def test_a_secretary_sees_how_far_the_branch_is(world, as_person):
    rule = plan()["cadence"][0]["key"]
    for number, person in enumerate([world.member, world.member2]):
        duty(
            world,
            person,
            rule=rule,
            done_at=moment() if number else None,
            done_by=person if number else None,
        )

    ((name, row),) = page(as_person, world.secretary).context["progress"]

    assert (name, row["done"], row["total"]) == ("每季承诺", 1, 2)


def test_a_secretary_sees_ballots_before_they_are_counted(world, as_person):
    for person in world.members(world.north)[:3]:
        duty(world, person, rule="quarterly_peers", act="peer_ballot")
    RoundFactory(period=world.period, organisation=world.north, marks=b"\x03")
    RoundFactory(period=world.period, organisation=world.south, marks=b"\x01")

    ((_, row),) = page(as_person, world.secretary).context["progress"]

    assert (row["done"], row["total"]) == (2, 3)


def test_somebody_without_a_campaign_is_told_so(world, as_person):
    assert "您还没有参加活动" in page(as_person, world.stranger).content.decode()


def test_an_empty_day_says_so(world, as_person):
    assert "没有要您办的事" in page(as_person, world.member).content.decode()


def many(world, number, **fields):
    for n in range(number):
        duty(world, rule=f"rule_{n:03}", title=f"第 {n:03} 件", **fields)


def test_a_long_group_shows_its_first_ten_and_the_way_to_the_rest(world, as_person):
    """T05: a thousand duties are a page like ten; what is hidden is counted and one tap away."""
    many(world, 45, act="write_pledge")

    first = page(as_person, world.member)
    rest = page(as_person, world.member, "?show=today")
    last = page(as_person, world.member, "?show=today&page=2")

    [(_, key, lines)] = first.context["groups"]
    assert (key, len(lines), lines.paginator.count) == ("today", 10, 45)
    assert 'href="/?show=today"' in first.content.decode()
    assert "今天到期还有 35 项" in first.content.decode()
    names = [line.title for shown in (rest, last) for line in shown.context["page"]]
    assert names == [f"第 {n:03} 件" for n in range(45)]
    assert all(line.url == "/pledges/add" for line in last.context["page"])


def test_one_or_two_lines_more_need_no_second_page(world, as_person):
    many(world, 12)

    response = page(as_person, world.member)

    assert len(titles(response)["today"]) == 12
    assert "还有" not in response.content.decode()


def test_what_is_done_is_paged_newest_first(world, as_person):
    now = timezone.now()
    for n in range(40):
        done = now - timedelta(hours=n)
        duty(world, rule=f"r{n:02}", title=f"办完 {n:02}", done_at=done, done_by=world.member)

    first = page(as_person, world.member)
    second = page(as_person, world.member, "?show=done&page=2")

    assert [line.title for line in first.context["done"]] == [f"办完 {n:02}" for n in range(10)]
    assert "已完成还有 30 项" in first.content.decode()
    assert [line.title for line in second.context["page"]] == [f"办完 {n}" for n in range(30, 40)]


@pytest.mark.parametrize("show", ["late", "done", "waits"])
def test_an_empty_group_says_so(world, as_person, show):
    assert "这里没有" in page(as_person, world.member, f"?show={show}").content.decode()


@pytest.mark.parametrize("query", ["?show=nonsense", "?show=", "?show=today&page=999"])
def test_nonsense_in_the_address_is_no_error(world, as_person, query):
    duty(world, title="今天的")

    assert "今天的" in page(as_person, world.member, query).content.decode()


@pytest.mark.parametrize("count", [1, 3, 300])
@pytest.mark.parametrize(("address", "most"), [("/", 8), ("/?show=late", 7)])
def test_the_number_of_queries_does_not_depend_on_the_duties(
    world, as_person, django_assert_num_queries, count, address, most
):
    day = dates.today()
    assert world.campaign.plan  # parsed once per process
    for number in range(count):
        duty(world, rule=f"rule_{number}", due_on=day + timedelta(days=number % 9 - 4))
    client = as_person(world.member)
    client.get("/")

    # user, roles, home, periods, duties, rounds without a duty, calls on the late, unread messages
    with django_assert_num_queries(most):
        client.get(address)
