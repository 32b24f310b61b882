"""Cards, plaques, stories and texts: written, checked by another, shown, searched, taken down."""

import pytest
from django.urls import reverse

from common.dates import today
from common.models import Notice
from pledges.models import Plaque, ServiceItem, StandingText, Story
from tests.factories import ServiceItemFactory
from tests.factories.branches import UnitTypeFactory, moment

CARD = {
    "matter": "结婚登记",
    "basis": "《婚姻登记条例》",
    "preconditions": "无",
    "materials": "身份证\n户口簿\n照片",
    "procedure": "受理\n登记",
    "charges": "free",
    "limit_days": "0",
    "legal_days": "3",
    "handler_unit": "婚姻登记处",
    "handler_name": "钱一",
    "contact": "0518-81234567",
    "contact_is_office": "on",
    "visibility": "public",
}


def add(world, client, **changes):
    data = {**CARD, "organisation": world.north.pk, "propose": "1", **changes}
    return client.post(reverse("pledges:shown_add", args=["item"]), data, follow=True)


def judge(shown, client, kind="item", verdict="agree", note=""):
    url = reverse("pledges:shown_judge", args=[kind, shown.pk])
    return client.post(url, {"verdict": verdict, "note": note}, follow=True)


def shown_plaque(world, **changes):
    return Plaque.objects.create(
        organisation=world.north,
        name="党员示范岗",
        criteria="群众满意率 98% 以上",
        starts_on=today(),
        written_by=world.secretary,
        written_at=moment(),
        proposed_by=world.secretary,
        checked_by=world.officer,
        published_at=moment(),
        state="live",
        **changes,
    )


def test_a_card_goes_from_the_secretary_over_another_to_the_public_page(world, as_person, client):
    said = add(world, as_person(world.secretary)).content.decode()
    item = ServiceItem.objects.get()
    public = reverse("pledges:service_item_public", args=[item.code])
    hidden = as_person(world.secretary).get(public)
    own = judge(item, as_person(world.secretary))

    assert "等另一位同志审核" in said
    assert (hidden.status_code, own.status_code, item.state) == (404, 403, "proposed")
    assert "已公示" in judge(item, as_person(world.officer)).content.decode()
    client.logout()
    page = client.get(public).content.decode()
    for words in ("婚姻登记条例", "不收费", "当场办结", "压缩 3 天", "0518-81234567"):
        assert words in page


def test_seven_of_eight_is_kept_as_a_draft_and_says_what_is_missing(world, as_person):
    """Row L12."""
    page = add(world, as_person(world.secretary), basis="").content.decode()

    assert "还缺：政策依据" in page
    assert "八公开 7/8" in page
    assert ServiceItem.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("procedure", "打13812345678", "手机号"),
        ("matter", "好\u200b事", "看不见的字符"),
        ("matter", "长" * 300, "120"),
        ("limit_days", "-1", "大于或等于"),
        ("visibility", "everyone", "请从所列的选项里选"),
        ("organisation", "999999", "请从所列的选项里选"),
    ],
)
def test_bad_input_is_told_and_nothing_is_stored(world, as_person, field, text, said):
    page = add(world, as_person(world.secretary), **{field: text}).content.decode()

    assert said in page
    assert "婚姻登记条例" in page  # what was typed is still there
    assert not ServiceItem.objects.exists()


def test_rare_characters_and_pictures_are_fine(world, as_person):
    add(world, as_person(world.secretary), handler_name="䶮𠮷", service_standard="微笑👍🏽")

    assert ServiceItem.objects.get().handler_name == "䶮𠮷"


def test_approval_units_show_procedure_and_fees_even_in_a_draft(world, as_person, settings):
    """Row L13."""
    document = world.period.plan.model_dump(mode="json")
    assert document  # the plan of the tests names no card: the rule is in the scheme's data
    approval = UnitTypeFactory(key="approval", name="行政审批")
    world.north.unit_type = approval
    world.north.save()
    from pledges.forms.shown import ServiceItemForm  # noqa: PLC0415
    from pledges.queries.shown import writable_organisations  # noqa: PLC0415

    options = type("Options", (), {"required_for": ("approval",), "fast_track": "重点项目"})()
    form = ServiceItemForm(
        {**CARD, "organisation": world.north.pk, "procedure": "", "charges": ""},
        organisations=writable_organisations(world.secretary),
        options=options,
    )

    assert set(form.errors) == {"procedure", "charges"}
    assert form.fields["is_fast_track"].label == "重点项目"


def test_nobody_writes_for_another_branch_or_without_a_role(world, as_person):
    add(world, as_person(world.secretary2))
    refused = add(world, as_person(world.member))

    assert refused.status_code == 403
    assert not ServiceItem.objects.exists()


def test_taken_down_the_page_says_so_and_leaves_the_lists(world, as_person, client):
    item = ServiceItemFactory(live=True, organisation=world.north, window=world.window)
    url = reverse("pledges:shown_take_down", args=["item", item.pk])
    as_person(world.secretary).post(url, {"reason": "政策已变"})
    again = as_person(world.secretary).post(url, {"reason": "再来一次"})
    client.logout()

    gone = client.get(reverse("pledges:service_item_public", args=[item.code]))
    assert again.status_code == 403
    assert gone.status_code == 410
    assert "政策已变" in gone.content.decode()
    assert item.matter not in client.get(reverse("pledges:service_item_find")).content.decode()
    board = client.get(reverse("pledges:window_board", args=[world.window.code]))
    assert item.matter not in board.content.decode()


def test_a_new_version_hangs_only_after_it_was_checked(world, as_person, client):
    item = ServiceItemFactory(live=True, organisation=world.north, limit_days=5)
    public = reverse("pledges:service_item_public", args=[item.code])
    as_person(world.secretary).post(reverse("pledges:shown_revise", args=["item", item.pk]))
    twice = as_person(world.secretary).post(
        reverse("pledges:shown_revise", args=["item", item.pk]), follow=True
    )
    draft = ServiceItem.objects.get(version=2)
    edit = reverse("pledges:shown_edit", args=["item", draft.pk])
    as_person(world.secretary).post(
        edit, {**CARD, "organisation": world.north.pk, "limit_days": "1", "propose": "1"}
    )

    assert "已有第 2 版在办" in twice.content.decode()
    assert "5 个工作日" in client.get(public).content.decode()
    judge(draft, as_person(world.committee_member))
    page = client.get(public).content.decode()
    assert "1 个工作日" in page
    assert "时限的变化" in page


def test_a_returned_one_comes_back_with_what_to_change(world, as_person):
    add(world, as_person(world.secretary))
    item = ServiceItem.objects.get()
    without = judge(item, as_person(world.officer), verdict="return")
    judge(item, as_person(world.officer), verdict="return", note="时限写错")

    assert "请写明需要怎样修改" in without.content.decode()
    item.refresh_from_db()
    assert (item.state, item.note) == ("returned", "时限写错")


def test_the_slip_lists_what_the_visitor_lacks(world, client):
    """Row G03."""
    item = ServiceItemFactory(live=True, organisation=world.north)
    url = reverse("pledges:service_item_notice", args=[item.code])

    page = client.get(url, {"lack": ["1", "x", "99999"], "make": "1"}).content.decode()

    assert "还需要补齐下面 1 样材料" in page
    assert "<strong>户口簿</strong>" in page
    assert "<strong>身份证</strong>" not in page


def test_search_finds_by_any_word_and_within_a_window(world, client):
    ServiceItemFactory(
        live=True, organisation=world.north, window=world.window, matter="补领结婚证"
    )
    ServiceItemFactory(live=True, organisation=world.south, window=world.window2, matter="企业注销")
    url = reverse("pledges:service_item_find")

    assert "企业注销" in client.get(url).content.decode()
    found = client.get(url, {"q": "结婚"}).content.decode()
    assert "补领结婚证" in found
    assert "企业注销" not in found
    assert "企业注销" not in client.get(url, {"w": world.window.code}).content.decode()
    assert "没有找到" in client.get(url, {"q": "<script>"}).content.decode()


@pytest.mark.parametrize("count", [1, 3, 300])
def test_public_search_asks_a_constant_number_of_questions(
    world, client, django_assert_num_queries, count
):
    ServiceItemFactory.create_batch(
        count, live=True, organisation=world.north, written_by=world.secretary,
        checked_by=world.officer,
    )  # fmt: skip
    with django_assert_num_queries(2):
        response = client.get(reverse("pledges:service_item_find"))

    assert len(response.content) < 50_000


@pytest.mark.parametrize("count", [1, 3, 300])
def test_cards_on_a_window_cost_one_question(world, client, django_assert_max_num_queries, count):
    ServiceItemFactory.create_batch(
        count, live=True, organisation=world.north, window=world.window,
        written_by=world.secretary, checked_by=world.officer,
    )  # fmt: skip
    with django_assert_max_num_queries(11):
        response = client.get(reverse("pledges:window_board", args=[world.window.code]))

    assert response.content.decode().count("3 个工作日") == min(count, 30)
    assert len(response.content) < 50_000


@pytest.mark.parametrize("count", [1, 3])
def test_office_list_asks_a_constant_number_of_questions(
    world, as_person, django_assert_max_num_queries, count
):
    ServiceItemFactory.create_batch(count, organisation=world.north, window=world.window)
    client = as_person(world.secretary)
    client.get(reverse("pledges:shown_list", args=["item"]))
    with django_assert_max_num_queries(10):
        client.get(reverse("pledges:shown_list", args=["item"]))


@pytest.mark.parametrize("count", [1, 3])
def test_honour_roll_asks_a_constant_number_of_questions(
    world, client, django_assert_num_queries, count
):
    for _ in range(count):
        shown_plaque(world, holder_person=world.member)
    with django_assert_num_queries(5):
        page = client.get(reverse("pledges:honour_roll", args=["NORTH"])).content.decode()

    assert page.count("党员示范岗") == count


@pytest.mark.parametrize("page", ["honour_roll", "honour_poster"])
def test_the_honour_roll_says_who_since_when_and_why(world, client, page):
    """Rows L21, L22, L23."""
    shown_plaque(
        world, holder_person=world.member, ends_on=today().replace(year=2099, month=1, day=2)
    )
    text = client.get(reverse(f"pledges:{page}", args=["NORTH"])).content.decode()

    assert str(world.member) in text
    assert "2099 年 1 月 2 日" in text or "2099年1月2日" in text
    assert "群众满意率 98% 以上" in text


def test_a_plaque_hangs_on_the_window_of_its_holder_until_it_ends(world, client):
    """Row L21."""
    shown_plaque(world, holder_person=world.member)
    board = reverse("pledges:window_board", args=[world.window.code])

    assert "党员示范岗" in client.get(board).content.decode()
    Plaque.objects.update(shown_until=today().replace(year=today().year - 1))
    assert "党员示范岗" not in client.get(board).content.decode()
    page = client.get(reverse("pledges:shown_public", args=["plaque", Plaque.objects.get().code]))
    assert (page.status_code, "已到期" in page.content.decode()) == (410, True)


@pytest.mark.parametrize("visibility", ["branch", "organisation"])
def test_a_story_for_the_house_is_not_for_the_public(world, as_person, client, visibility):
    story = Story.objects.create(
        organisation=world.north, title="孙二的一天", summary="跑三趟", body="正文",
        visibility=visibility, state="live", written_by=world.secretary, written_at=moment(),
        proposed_by=world.secretary, checked_by=world.officer, published_at=moment(),
    )  # fmt: skip
    public = client.get(reverse("pledges:shown_public", args=["story", story.code]))
    url = reverse("pledges:shown_detail", args=["story", story.pk])

    assert public.status_code == 404
    assert as_person(world.member2).get(url).status_code == 200
    expected = 404 if visibility == "branch" else 200
    assert as_person(world.neighbour2).get(url).status_code == expected


@pytest.mark.parametrize("kind", ["plaque", "story", "brand", "text"])
def test_each_kind_is_written_and_published(world, as_person, client, kind):
    """Rows L24, C10, G01."""
    fields = {
        "plaque": {"name": "党员示范窗口", "criteria": "零投诉", "starts_on": "2026-01-01",
                   "holder_window": world.window.pk},
        "story": {"title": "雨夜送证", "summary": "下班后送证上门", "body": "正文", "medium": "县报",
                  "link": "https://example.cn/a"},
        "brand": {"name": "暖心窗口", "slogan": "只跑一趟", "meaning": "含义", "measures": "做法"},
        "text": {"kind": "phrases", "title": "文明用语", "body": "您好\n请坐\n请慢走"},
    }[kind]  # fmt: skip
    data = {**fields, "organisation": world.north.pk, "visibility": "public", "propose": "1"}
    as_person(world.secretary).post(reverse("pledges:shown_add", args=[kind]), data)
    from pledges.queries.shown import KINDS  # noqa: PLC0415

    shown = KINDS[kind][0].objects.get()
    desk = as_person(world.officer).get(reverse("pledges:shown_desk")).content.decode()
    judge(shown, as_person(world.officer), kind=kind)
    client.logout()

    page = client.get(reverse("pledges:shown_public", args=[kind, shown.code])).content.decode()
    assert str(shown) in desk
    assert str(shown) in page
    if kind == "text":
        assert (
            "请慢走"
            in client.get(reverse("pledges:standing_text_list", args=["NORTH"])).content.decode()
        )


def test_who_signs_next_is_told_and_nobody_else(world, as_person):
    add(world, as_person(world.secretary))
    told = set(Notice.objects.values_list("recipient__username", flat=True))

    assert told == {"committee_member", "officer"}


def test_the_list_goes_to_excel_as_filtered(world, as_person):
    ServiceItemFactory(organisation=world.north, basis="")
    url = reverse("pledges:shown_list", args=["item"])

    response = as_person(world.secretary).get(url, {"export": "xlsx", "state": "draft"})

    assert b"".join(response.streaming_content).startswith(b"PK")


def test_standards_become_a_list_to_tick(world, client):
    """Row G06."""
    StandingText.objects.create(
        organisation=world.root, kind="phrases", title="文明用语", body="您好\n请慢走", state="live",
        written_by=world.officer, written_at=moment(), proposed_by=world.officer,
        checked_by=world.committee_member, published_at=moment(),
    )  # fmt: skip

    page = client.get(reverse("pledges:standing_check", args=["NORTH"])).content.decode()

    assert "请慢走" in page


def test_a_javascript_address_is_no_report(world, as_person):
    data = {
        "title": "甲", "summary": "乙", "body": "丙", "link": "javascript:alert(1)",
        "organisation": world.north.pk, "visibility": "public", "save": "1",
    }  # fmt: skip
    as_person(world.secretary).post(reverse("pledges:shown_add", args=["story"]), data)

    assert not Story.objects.exists()
    assert not StandingText.objects.exists()
