"""Hints, item-by-item review, lines rated by the public, take-down, rates, self-examination."""

import uuid

import pytest
from django.urls import reverse

from common.likeness import likeness, shingles
from pledges.models import Pledge, PledgeLine, SelfExamination
from pledges.queries.hints import hints_for
from tests.factories import PledgeFactory
from tests.factories.branches import moment


def mine(world, **fields):
    return PledgeFactory(
        period=world.period, organisation=world.north, owner_person=world.member,
        written_by=world.member, **fields,
    )  # fmt: skip


def theirs(world, text, **fields):
    return PledgeFactory(
        published=True, period=world.period, organisation=world.north,
        owner_person=world.member2, text=text, **fields,
    )  # fmt: skip


def set_rules(world, **pledges):
    version = world.period.scheme_version
    document = {**version.document, "pledges": {**version.document.get("pledges", {}), **pledges}}
    version.document, version.digest = document, f"rules {sorted(pledges)}"
    version.save()


def test_the_same_text_is_wholly_alike_and_another_is_not():
    one = "材料齐全的婚姻登记当场办结"

    assert likeness(shingles(one), shingles(one + "。")) == 1
    assert likeness(shingles(one), shingles("每周三到社区开展政策宣讲")) < 0.2
    assert likeness(shingles("好"), shingles("好")) == 0


def test_hints_ask_for_numbers_name_empty_words_and_show_who_said_the_same(world):
    theirs(world, "材料齐全的婚姻登记当场办结，不让群众跑第二趟")
    pledge = mine(
        world,
        text="材料齐全的婚姻登记当场办结，不让群众跑两趟",
        target="进一步加强服务",
        evidence_plan="",
    )

    hints = hints_for(pledge, plan=world.period.plan)

    assert hints.words == ["加强", "进一步"]
    assert [one.whose for one in hints.alike] == ["孙二"]
    assert hints.alike[0].share > 0.8
    assert len(hints.asks) == 2


@pytest.mark.parametrize("count", [1, 3, 300])
def test_likeness_asks_one_question(world, django_assert_num_queries, count):
    Pledge.objects.bulk_create(
        Pledge(
            campaign=world.campaign, period=world.period, organisation=world.north,
            owner_person=world.member2, written_by=world.member2, written_at=moment(),
            text=f"第{number}件实事当场办结", baseline="无", target="1 件", status="submitted",
            starts_on=world.period.starts_on, due_on=world.period.ends_on,
        )
        for number in range(count)
    )  # fmt: skip
    pledge = mine(world)
    plan = pledge.period.plan
    with django_assert_num_queries(1):
        hints_for(pledge, plan=plan)


def test_the_page_hints_while_one_writes_and_never_stops_anybody(world, as_person):
    theirs(world, "材料齐全的婚姻登记当场办结")
    client = as_person(world.member)
    page = client.post(
        reverse("pledges:pledge_hints"),
        {"text": "材料齐全的婚姻登记当场办结", "owner": f"person:{world.member.pk}",
         "due_on": "nonsense", "pledge": "x"},
    ).content.decode()  # fmt: skip
    data = {
        "owner": f"person:{world.member.pk}", "theme": "", "text": "材料齐全的婚姻登记当场办结",
        "baseline": "2 天", "target": "努力", "due_on": world.period.ends_on.isoformat(),
        "evidence_plan": "统计", "submit": "1",
    }  # fmt: skip
    client.post(reverse("pledges:pledge_add"), data)

    assert "雷同" in page
    assert "100%" in page
    assert "什么时候完成" in page
    assert Pledge.objects.get(owner_person=world.member).status == "submitted"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("text", "电话13812345678", "手机号"),
        ("target", "好\u200b了", "看不见的字符"),
        ("baseline", "甲" * 300, "200"),
        ("due_on", "2001-01-01", "不能早于"),
    ],
)
def test_a_bad_pledge_is_told_and_not_stored(world, as_person, field, text, said):
    data = {
        "owner": f"person:{world.member.pk}", "theme": "", "text": "当场办结䶮𠮷👍",
        "baseline": "2 天", "target": "1 天", "due_on": world.period.ends_on.isoformat(),
        "evidence_plan": "统计", "submit": "1", field: text,
    }  # fmt: skip
    page = as_person(world.member).post(reverse("pledges:pledge_add"), data).content.decode()

    assert said in page
    assert not Pledge.objects.exists()


def test_review_goes_item_by_item(world, as_person):
    set_rules(world, review_points=[{"text": "看得见"}, {"text": "可核对"}])
    pledge = mine(world, status="submitted")
    client = as_person(world.secretary)
    url = reverse("pledges:pledge_review", args=[pledge.pk])

    half = client.post(url, {"verdict": "publish", "note": "", "met": ["0"]}).content.decode()
    assert "还有 1 项没有打勾" in half
    client.post(url, {"verdict": "return", "note": "补上数", "met": ["0"]})
    pledge.refresh_from_db()
    assert pledge.review_note == "补上数。未达到：可核对"


def lined(world):
    pledge = PledgeFactory(
        published=True, period=world.period, organisation=world.north, of_window=True,
        owner_window=world.window, written_by=world.secretary,
    )  # fmt: skip
    PledgeLine.objects.bulk_create(
        PledgeLine(pledge=pledge, position=number, name=name)
        for number, name in enumerate(["首问负责", "按期办结"], 1)
    )
    return pledge, list(pledge.lines.order_by("position"))


def test_the_window_pledge_begins_with_the_lines_of_the_plan(world, as_person):
    """Row L16."""
    families = world.period.scheme_version.document["families"]
    item = next(i for f in families for i in f["items"] if i.get("mechanism") == "pledge")
    item["settings"] = {"owners": ["person", "window"], "use_window_template": True}
    set_rules(
        world,
        window_template=[
            {"key": "first", "name": "首问负责"}, {"key": "once", "name": "一次告知"}
        ],
    )  # fmt: skip
    data = {
        "owner": f"window:{world.window.pk}", "theme": "", "text": "窗口承诺", "baseline": "无",
        "target": "2 条", "due_on": world.period.ends_on.isoformat(), "evidence_plan": "评价",
    }  # fmt: skip
    as_person(world.secretary).post(reverse("pledges:pledge_add"), data)

    pledge = Pledge.objects.get(owner_window=world.window)
    assert list(pledge.lines.order_by("position").values_list("name", flat=True)) == [
        "首问负责",
        "一次告知",
    ]


def test_the_public_rates_each_line_once_a_form_and_n_is_shown(world, client):
    """Row L16."""
    pledge, (first, second) = lined(world)
    url = reverse("pledges:pledge_line_rate", args=[pledge.pk])
    form = {f"line{first.pk}": "kept", f"line{second.pk}": "unkept", "number": str(uuid.uuid4())}
    client.post(url, form)
    client.post(url, form)
    client.post(url, {f"line{first.pk}": "kept", "number": str(uuid.uuid4())})
    empty = client.post(url, {f"line{first.pk}": "nonsense"}).content.decode()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.kept_count, first.unkept_count) == (2, 0)
    assert (second.kept_count, second.unkept_count) == (0, 1)
    assert "至少评一条" in empty
    public = client.get(reverse("pledges:pledge_public", args=[pledge.pk])).content.decode()
    assert "100%（n=2）" in public


def test_a_pledge_without_lines_or_unpublished_has_nothing_to_rate(world, client):
    draft, _ = lined(world)
    Pledge.objects.filter(pk=draft.pk).update(status="draft", published_at=None)
    for pledge in (draft, theirs(world, "没有条目")):
        url = reverse("pledges:pledge_line_rate", args=[pledge.pk])
        assert client.get(url).status_code == 404


def test_taken_down_the_public_page_says_why(world, as_person, client):
    pledge = theirs(world, "写错了的承诺")
    url = reverse("pledges:pledge_take_down", args=[pledge.pk])
    bare = as_person(world.secretary).post(url, {"reason": ""}).content.decode()
    as_person(world.secretary).post(url, {"reason": "事项已停办"})
    client.logout()
    gone = client.get(reverse("pledges:pledge_public", args=[pledge.pk]))
    board = client.get(reverse("pledges:organisation_board", args=["NORTH"])).content.decode()

    assert "请填写这一项" in bare
    assert (gone.status_code, "事项已停办" in gone.content.decode()) == (410, True)
    assert "写错了的承诺" not in board


@pytest.mark.parametrize("count", [1, 3])
def test_rates_come_with_n_and_a_constant_number_of_questions(
    world, as_person, django_assert_max_num_queries, count
):
    """Row L19."""
    for number in range(count):
        theirs(world, f"事{number}", status="kept")
    theirs(world, "没做到", status="unkept", explanation="设备未到")
    client = as_person(world.secretary)
    client.get(reverse("pledges:pledge_rates"))
    with django_assert_max_num_queries(11):
        page = client.get(reverse("pledges:pledge_rates")).content.decode()

    assert f"n={count + 1}" in page
    assert "领导带头" in page


def examine(world, **fields):
    return SelfExamination.objects.create(
        person=world.member, organisation=world.north, period=world.period,
        problem="有时态度急", plan="每天听一遍录音", written_at=moment(), **fields,
    )  # fmt: skip


def test_self_examination_is_for_oneself_or_the_branch_and_nobody_above(world, as_person):
    """Row L20."""
    examine(world, is_shared=False)
    url = reverse("pledges:self_examination_list")

    def sees(person):
        return "有时态度急" in as_person(person).get(url).content.decode()

    assert sees(world.member)
    assert not sees(world.secretary)
    SelfExamination.objects.update(is_shared=True)
    assert sees(world.secretary)
    assert sees(world.member2)
    for person in (world.neighbour1, world.leader, world.officer, world.inspector, world.stranger):
        assert not sees(person)


def test_it_becomes_a_pledge_once_and_only_by_its_writer(world, as_person):
    """Row L20."""
    one = examine(world, is_shared=True)
    url = reverse("pledges:self_examination_pledge", args=[one.pk])
    refused = as_person(world.secretary).post(url).status_code
    as_person(world.member).post(url)
    as_person(world.member).post(url)

    pledge = Pledge.objects.get()
    assert refused == 403
    assert (pledge.text, pledge.owner_person, pledge.status) == (
        "每天听一遍录音", world.member, "draft",
    )  # fmt: skip
    submit = reverse("pledges:pledge_submit", args=[pledge.pk])
    page = as_person(world.member).post(submit, follow=True).content.decode()
    assert "还没有写现状和目标" in page
