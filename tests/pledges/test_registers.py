"""First asked, whereabouts and cover, the plan's books, reports about a card, coverage."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Post
from common.dates import today
from pledges.models import FirstAsked, RegisterLine, ServiceReport, Whereabouts
from pledges.queries.register import coverage
from tests.factories import (
    FirstAskedFactory,
    PersonFactory,
    PostFactory,
    ServiceItemFactory,
    ServiceReportFactory,
    WindowFactory,
)
from tests.factories.branches import moment
from tests.policies.registers import ANYBODY_AT_HOME
from tests.policy import PRINCIPALS


def exported(client, url):
    response = client.get(url, {"export": "xlsx"})
    return b"".join(response.streaming_content)


def asked(world, **changes):
    return {
        "organisation": world.north.pk,
        "asked_on": today().isoformat(),
        "visitor": "张先生",
        "matter": "补领结婚证",
        "first_by": world.member.pk,
        "due_on": today().isoformat(),
        **changes,
    }


def test_a_first_question_is_written_down_and_finished(world, as_person):
    """Row G02."""
    client = as_person(world.member)
    client.post(reverse("pledges:first_asked_add"), asked(world, handed_to="二楼档案室"))
    entry = FirstAsked.objects.get()
    finish = reverse("pledges:first_asked_finish", args=[entry.pk])
    early = client.post(finish, {"done_on": "2001-01-01", "result": "好"}).content.decode()
    client.post(finish, {"done_on": today().isoformat(), "result": "当场补领"})
    again = client.post(
        finish, {"done_on": today().isoformat(), "result": "又来"}, follow=True
    ).content.decode()

    assert "办结日期要在来访日期和今天之间" in early
    assert "已经办结" in again
    entry.refresh_from_db()
    assert (entry.handed_to, entry.result) == ("二楼档案室", "当场补领")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"visitor": "张先生13812345678"}, "手机号"),
        ({"matter": "长" * 300}, "200"),
        ({"due_on": "2001-01-01"}, "应办结日期不能早于来访日期"),
        ({"asked_on": "2999-01-01", "due_on": "2999-01-02"}, "不能晚于今天"),
        ({"visitor": ""}, "请填写这一项"),
    ],
)
def test_a_bad_entry_is_told_and_not_stored(world, as_person, changes, said):
    url = reverse("pledges:first_asked_add")

    page = as_person(world.member).post(url, asked(world, **changes)).content.decode()

    assert said in page
    assert not FirstAsked.objects.exists()


def test_who_is_late_stands_out_and_can_be_filtered(world, as_person):
    FirstAskedFactory(organisation=world.north, matter="早就该办的", due_on=moment().date())
    day = today()
    FirstAskedFactory(organisation=world.north, matter="还来得及", asked_on=day, due_on=day)
    client = as_person(world.member2)
    url = reverse("pledges:first_asked_list")

    page = client.get(url).content.decode()
    late = client.get(url, {"state": "late"}).content.decode()

    assert page.count("超期未办结") == 1
    assert "早就该办的" in late
    assert "还来得及" not in late
    assert exported(client, url).startswith(b"PK")
    assert "早就该办的" not in as_person(world.neighbour1).get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_a_constant_number_of_questions(
    world, as_person, django_assert_max_num_queries, count
):
    for _ in range(count):
        FirstAskedFactory(organisation=world.north, window=world.window)
    client = as_person(world.secretary)
    client.get(reverse("pledges:first_asked_list"))
    with django_assert_max_num_queries(10):
        client.get(reverse("pledges:first_asked_list"))


def away(world, **changes):
    now = timezone.localtime()
    return {
        "text": "到社区送证",
        "away_at": f"{now - timedelta(minutes=5):%Y-%m-%dT%H:%M}",
        "back_at": f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        **changes,
    }


def test_the_note_hangs_on_the_window_until_he_is_back_and_the_cover_helps(
    world, as_person, client
):
    """Rows G04, G05."""
    Post.objects.filter(window=world.window).update(cover=world.member2)
    board = reverse("pledges:window_board", args=[world.window.code])
    as_person(world.member).post(reverse("pledges:whereabouts_write"), away(world))
    cover = as_person(world.member3).get(reverse("pledges:cover_today")).content.decode()
    client.logout()
    page = client.get(board).content.decode()

    assert "到社区送证" in page
    assert "请找 <strong>孙二</strong>" in page
    assert "孙二</strong>（顶岗）" in cover
    as_person(world.member).post(reverse("pledges:whereabouts_end"))
    client.logout()
    assert "到社区送证" not in client.get(board).content.decode()


def test_the_note_runs_out_by_itself(world, client):
    now = timezone.now()
    Whereabouts.objects.create(
        person=world.member, organisation=world.north, text="开会",
        away_at=now - timedelta(hours=3), back_at=now - timedelta(minutes=1),
    )  # fmt: skip

    page = client.get(reverse("pledges:window_board", args=[world.window.code])).content.decode()

    assert "开会" not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "打我手机13812345678"}, "手机号"),
        ({"back_at": "2001-01-01T08:00"}, "预计返回要晚于现在"),
        ({"text": "甲" * 300}, "60"),
    ],
)
def test_a_bad_note_is_told(world, as_person, changes, said):
    url = reverse("pledges:whereabouts_write")

    page = as_person(world.member).post(url, away(world, **changes)).content.decode()

    assert said in page
    assert not Whereabouts.objects.exists()


def test_who_belongs_nowhere_writes_no_note_and_no_entry(world, as_person):
    for who in set(PRINCIPALS) - ANYBODY_AT_HOME - {"public", "committee", "office"}:
        person = getattr(world, PRINCIPALS[who])
        assert as_person(person).get(reverse("pledges:first_asked_add")).status_code == 403


@pytest.fixture
def book(world):
    """The plan of the running period keeps one book in its own columns."""
    version = world.period.scheme_version
    version.document = {
        **version.document,
        "registers": [
            {"key": "keys_lent", "name": "钥匙借用", "columns": ["借什么", "借给谁"], "rows": []}
        ],
    }
    version.digest = "a plan with a book"  # parsed plans are kept by digest
    version.save()
    return "keys_lent"


def test_a_book_of_the_plan_is_kept_in_its_own_columns(world, as_person, book):
    client = as_person(world.member)
    url = reverse("pledges:register_write", args=[book])
    refused = client.post(url, {"organisation": world.north.pk, "column0": ""}).content.decode()
    client.post(url, {"organisation": world.north.pk, "column0": "三号柜", "column1": "李三"})
    page = client.get(reverse("pledges:register_book", args=[book])).content.decode()

    assert "请填写这一项" in refused
    assert RegisterLine.objects.get().values == {"借什么": "三号柜", "借给谁": "李三"}
    assert "三号柜" in page
    assert client.get(reverse("pledges:register_book", args=["other"])).status_code == 404
    assert exported(client, reverse("pledges:register_book", args=[book])).startswith(b"PK")


def report(client, item, **changes):
    data = {"kind": "overtime", "text": "第六天才办好", "number": str(uuid.uuid4()), **changes}
    return client.post(reverse("pledges:service_report", args=[item.code]), data)


def test_a_citizen_reports_and_reads_the_answer_with_the_receipt(world, as_person, client):
    """Row G07."""
    item = ServiceItemFactory(live=True, organisation=world.north)
    page = report(client, item).content.decode()
    receipt = re.search(r'class="receipt">([0-9A-Z-]{14})<', page).group(1)
    stored = ServiceReport.objects.get()
    url = reverse("pledges:report_answer", args=[stored.pk])
    as_person(world.secretary).post(url, {"answer": "已查实并致歉"})
    again = as_person(world.secretary).post(url, {"answer": "再答一次"})
    client.logout()
    follow = reverse("pledges:report_follow")
    read = client.post(follow, {"code": receipt.lower().replace("-", " ")}).content.decode()
    missed = client.post(follow, {"code": "ABCD-EFGH-JKMN"}).content.decode()

    assert again.status_code == 403
    assert "已查实并致歉" in read
    assert "没有找到这个回执码" in missed
    assert receipt not in str(ServiceReport.objects.values().get())


def test_the_same_form_counts_once(world, client):
    item = ServiceItemFactory(live=True, organisation=world.north)
    number = str(uuid.uuid4())
    report(client, item, number=number)
    again = report(client, item, number=number).content.decode()

    assert "这一份已经收到过" in again
    assert ServiceReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "打我13812345678"}, "手机号"),
        ({"text": "字" * 301}, "300"),
        ({"text": "好\u202e的"}, "控制符"),
        ({"kind": "nonsense"}, "请从所列的选项里选"),
        ({"number": "x"}, "表单已过期"),
    ],
)
def test_a_bad_report_is_told_and_what_was_typed_stays(world, client, changes, said):
    item = ServiceItemFactory(live=True, organisation=world.north)

    page = report(client, item, **changes).content.decode()

    assert said in page
    assert changes.get("text", "第六天才办好")[:100] in page
    assert not ServiceReport.objects.exists()


def test_unanswered_reports_stand_on_the_page_of_the_registers(world, as_person):
    ServiceReportFactory(item=ServiceItemFactory(live=True, organisation=world.north))
    url = reverse("pledges:register_list")

    assert "1 件未答复" in as_person(world.secretary).get(url).content.decode()
    assert "件未答复" not in as_person(world.secretary2).get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_reports_ask_a_constant_number_of_questions(
    world, as_person, django_assert_max_num_queries, count
):
    for _ in range(count):
        ServiceReportFactory(item=ServiceItemFactory(live=True, organisation=world.north))
    client = as_person(world.secretary)
    client.get(reverse("pledges:report_list"))
    with django_assert_max_num_queries(9):
        client.get(reverse("pledges:report_list"))


def test_coverage_counts_windows_with_a_member_and_with_a_branch(world):
    """Row G12."""
    WindowFactory(organisation=world.root, name="总台")
    lonely = WindowFactory(organisation=world.north, name="只有群众的窗口")
    masses = PersonFactory(organisation=world.north, political_status="masses")
    PostFactory(person=masses, organisation=world.north, window=lonely)

    found = {
        window.name: (window.has_member, window.has_branch)
        for window in coverage(world.officer, today=today())
    }

    assert found == {
        "总台": (False, False),
        "婚姻登记窗口": (True, True),
        "只有群众的窗口": (False, True),
        "企业登记窗口": (True, True),
    }
