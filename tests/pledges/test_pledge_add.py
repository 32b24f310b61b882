from datetime import timedelta

import pytest
from django.urls import reverse

from pledges.models import Pledge
from tests.factories import DutyFactory
from tests.factories.pledges import ask_owners

URL = "pledges:pledge_add"


def filled(world, **changes):
    return {
        "owner": f"person:{world.member.pk}",
        "theme": "",
        "text": "婚姻登记当日办结",
        "baseline": "平均 2 个工作日",
        "target": "当日办结",
        "due_on": world.period.ends_on.isoformat(),
        "evidence_plan": "系统办件统计",
        **changes,
    }


def test_member_saves_a_draft_that_only_he_and_his_secretary_see(world, as_person):
    response = as_person(world.member).post(reverse(URL), filled(world, save="1"))

    pledge = Pledge.objects.get()
    assert response.status_code == 302
    assert (pledge.status, pledge.owner_person, pledge.organisation) == (
        Pledge.Status.DRAFT,
        world.member,
        world.north,
    )
    assert set(Pledge.objects.visible_to(world.secretary)) == {pledge}
    assert set(Pledge.objects.visible_to(world.member2)) == set()
    assert set(Pledge.objects.visible_to(world.secretary2)) == set()


def test_submitting_fulfils_the_duty_to_write(world, as_person):
    duty = DutyFactory(period=world.period, assignee=world.member, act="write_pledge")

    as_person(world.member).post(reverse(URL), filled(world, submit="1"))

    duty.refresh_from_db()
    assert Pledge.objects.get().status == Pledge.Status.SUBMITTED
    assert duty.done_by == world.member


def test_themes_are_those_of_the_owner_one_may_write_for(world, as_person):
    """L14, L15, L16: grouped by kind of owner; the page shows the group of the one chosen."""
    own = as_person(world.member).get(reverse(URL)).context["form"]["theme"].field.choices
    all_of_them = as_person(world.secretary).get(reverse(URL)).context["form"]["theme"].field

    assert [name for name, _ in own] == ["", "个人承诺的主题"]
    assert [name for name, _ in all_of_them.choices] == [
        "", "个人承诺的主题", "组织承诺的主题", "窗口承诺的主题",
    ]  # fmt: skip


def test_a_theme_of_another_kind_of_owner_is_refused(world, as_person):
    """L14: the server says which are meant."""
    owner = f"branch:{world.north.pk}"

    page = as_person(world.secretary).post(
        reverse(URL), filled(world, owner=owner, theme="服务群众")
    )

    assert "这个主题不用于此类承诺，可选：组织建设" in page.content.decode()
    assert not Pledge.objects.exists()


def test_secretary_writes_on_behalf_of_a_member(world, as_person):
    """Row L15."""
    duty = DutyFactory(period=world.period, assignee=world.member, act="write_pledge")

    as_person(world.secretary).post(reverse(URL), filled(world, submit="1"))

    duty.refresh_from_db()
    pledge = Pledge.objects.get()
    assert (pledge.owner_person, pledge.written_by) == (world.member, world.secretary)
    assert duty.done_by == world.secretary


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "", "请填写这一项"),
        ("baseline", "", "请填写这一项"),
        ("target", "", "请填写这一项"),
        ("evidence_plan", "", "请填写这一项"),
        ("due_on", "2020-01-01", "完成时限不能早于本期开始"),
        ("due_on", "2026-02-30", "的样子填日期"),
        ("text", "好" * 301, "300"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world, as_person, field, value, said):
    response = as_person(world.member).post(reverse(URL), filled(world, **{field: value}))

    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert "系统办件统计" in page or field == "evidence_plan"
    assert not Pledge.objects.exists()


def test_nobody_pledges_for_another_branch_or_by_extra_fields(world, as_person):
    client = as_person(world.member)

    foreign = client.post(reverse(URL), filled(world, owner=f"person:{world.neighbour1.pk}"))
    client.post(
        reverse(URL),
        filled(world, save="1", status="published", published_at="2026-01-01", organisation=1),
    )

    assert "请从所列的选项里选" in foreign.content.decode()
    pledge = Pledge.objects.get()
    assert (pledge.status, pledge.published_at) == (Pledge.Status.DRAFT, None)
    assert pledge.organisation == world.north


def test_closed_period_takes_no_pledge(world, as_person):
    world.period.delete()

    response = as_person(world.member).get(reverse(URL), follow=True)

    assert "没有进行中的周期" in response.content.decode()


def test_due_date_may_lie_beyond_the_period(world, as_person):
    later = world.period.ends_on + timedelta(days=90)

    as_person(world.member).post(reverse(URL), filled(world, due_on=later.isoformat(), save="1"))

    assert Pledge.objects.get().due_on == later


def test_only_owners_of_the_plan_are_offered(world, as_person):
    """Rows L14, L15, L16: `owners` of the plan leaves branches and windows out."""
    ask_owners(world.period, "person")
    secretary = as_person(world.secretary)
    form = secretary.get(reverse(URL)).context["form"]
    refused = secretary.post(reverse(URL), filled(world, owner=f"window:{world.window.pk}"))

    kinds = {value.split(":")[0] for value, _ in form.fields["owner"].choices}
    assert kinds == {"person"}
    assert refused.status_code == 200
    assert not Pledge.objects.exists()


def test_who_is_not_asked_for_a_pledge_reads_why_and_finds_back(world, as_person):
    """Rows L14, L16: a plan of branches' pledges only tells a member so, with a way back; nothing is written."""
    ask_owners(world.period, "branch")
    member = as_person(world.member)

    page = member.get(reverse(URL))
    posted = member.post(reverse(URL), filled(world))

    assert page.status_code == posted.status_code == 403
    words = page.content.decode()
    assert "这次没有要您写的承诺" in words
    assert "方案要求写承诺的是：支部" in words
    assert reverse("pledges:pledge_list") in words
    assert not Pledge.objects.exists()
