"""牌证印制: real sizes, exactly the fields of the plan, versions, what must be reprinted (L03, L04, L07, L11)."""

from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from branches import actions as branch_actions
from branches.models import Organisation, Person, Window
from common import jobs
from common.models import Job
from pledges import actions, queries
from pledges.models import Appearance, PrintBatch, PrintRecord
from tests import pdf
from tests.factories import (
    PersonFactory,
    PledgeFactory,
    PostFactory,
    PrintBatchFactory,
    WindowTextFactory,
    ZoneFactory,
    ZoneHolderFactory,
)
from tests.factories.branches import moment
from tests.photos import photo_file

LIST = reverse("pledges:print_list")
LONG = "阿卜杜热合曼·买买提依明·古丽巴哈尔江·艾合买提江"


def with_photo(person):
    return branch_actions.set_photo(
        person,
        photo=branch_actions.reencoded_photo(photo_file()),
        consents=True,
        by=person,
        at=moment(),
    )


def allow(world, *forms, **settings):
    """The plan's card is made as these things."""
    version = world.period.scheme_version
    version.document = deepcopy(version.document)
    item = version.document["families"][0]["items"][0]
    item["settings"] = {"forms": list(forms), **settings}
    version.digest = str(abs(hash((forms, str(settings)))))  # plans are kept by digest
    version.save(update_fields=["document", "digest"])


def order(client, kind="badge", which="needed", layout="sheet", **extra):
    data = {"which": which, "layout": layout, **extra}
    response = client.post(f"{LIST}?kind={kind}", data)
    if response.status_code == 302:
        jobs.run(Job.objects.order_by("created_at").last().pk)
    return response


def content_of(batch):
    with batch.file.open("rb") as file:
        return file.read()


def newest():
    batch = PrintBatch.objects.order_by("-pk").first()
    return batch, content_of(batch)


def test_forty_badges_at_real_size_with_exactly_four_fields(world, as_person):
    for number in range(34):
        PersonFactory(organisation=world.north, name=f"张{number:02}", motto="不该出现的格言")
    allow(world, "badge", fields=["name", "unit", "post", "photo"])

    order(as_person(world.secretary), layout="single")

    batch, content = newest()
    assert len(pdf.sizes(content)) == len(batch.subjects) == 41
    assert set(pdf.sizes(content)) == {(85.5, 54.0)}
    text = pdf.text_of(content)
    assert "姓名" in text
    assert "单位" in text
    assert "职务" in text
    assert "张33" in text
    assert "格言" not in text
    assert "第 1 版" in text


def test_sheets_hold_ten_badges_each(world, as_person):
    order(as_person(world.secretary))

    _, content = newest()
    assert pdf.sizes(content) == [(210.0, 297.0)]
    assert all(word.left >= 0 and word.right <= 210 for word in pdf.words(content))


@pytest.mark.parametrize("name", [LONG, "龚䶮", "𠮷田一郎", "李😀四", "某" * 60])
def test_any_name_stays_on_its_badge(world, as_person, name):
    Person.objects.filter(pk=world.member.pk).update(name=name)
    post = world.member.posts.get()
    post.title = "首席代表\n党员先锋岗\n综合窗口\n负责人"
    post.save()

    order(
        as_person(world.secretary),
        which="selected",
        layout="single",
        subjects=[f"person:{world.member.pk}"],
    )

    _, content = newest()
    for word in pdf.words(content):
        assert word.left >= 0
        assert word.right <= 85.5
        assert word.top >= 0
        assert word.bottom <= 54
    assert name[:1] in pdf.text_of(content)


def test_what_could_not_be_printed_whole_is_told(world, as_person):
    Person.objects.filter(pk=world.member.pk).update(name="李😀四")
    client = as_person(world.secretary)

    order(client, which="selected", subjects=[f"person:{world.member.pk}"])

    batch, _ = newest()
    assert batch.shortened == ["李😀四（印不出：😀）"]
    page = client.get(reverse("pledges:print_batch", args=[batch.pk])).content.decode()
    assert "没有印全" in page
    assert "印不出：😀" in page


def test_non_members_get_a_badge_only_when_the_plan_says_so(world, as_person):
    """Row L05."""
    client = as_person(world.secretary)
    assert "王群众" not in client.get(LIST).content.decode()

    allow(world, "badge", non_members=True)

    assert "王群众" in client.get(LIST).content.decode()


def test_what_the_plan_does_not_ask_for_is_not_offered(world, as_person):
    allow(world, "service_card")

    page = as_person(world.secretary).get(LIST).content.decode()

    assert "服务卡" in page
    assert 'value="badge"' not in page
    assert 'value="person_sign"' in page  # by the duty sign of the plan


def test_a_change_makes_prints_stale_until_they_are_printed_again(world, as_person):
    client = as_person(world.secretary)
    order(client)
    assert client.get(LIST).context["needed"] == 0

    post = world.member.posts.get()
    post.title = "综合受理岗"
    post.save()

    page = client.get(LIST)
    assert page.context["stale"] == 1
    assert "1 份内容已变，须重印" in page.content.decode()
    order(client)
    versions = PrintRecord.objects.filter(person=world.member).order_by("pk")
    assert list(versions.values_list("version", flat=True)) == [1, 2]
    assert client.get(LIST).context["needed"] == 0


def test_a_new_name_above_the_badge_makes_all_of_them_stale(world, as_person):
    client = as_person(world.secretary)
    order(client)
    printed = PrintRecord.objects.count()

    Organisation.objects.filter(pk=world.root.pk).update(name="县直机关工委")

    assert client.get(LIST).context["stale"] == printed


def test_the_same_content_printed_again_keeps_its_version(world, as_person):
    client = as_person(world.secretary)
    chosen = {"which": "selected", "subjects": [f"person:{world.member.pk}"]}

    order(client, **chosen)
    order(client, **chosen)

    versions = PrintRecord.objects.filter(person=world.member)
    assert set(versions.values_list("version", flat=True)) == {1}


def test_withdrawn_consent_takes_the_photo_off_badge_and_file(world, as_person):
    with_photo(world.member)
    client = as_person(world.secretary)
    order(client)
    batch, content = newest()
    address = reverse("pledges:print_file", args=[batch.pk])
    assert b"/Subtype /Image" in content
    response = client.get(address)
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"

    branch_actions.withdraw_photo(world.member, by=world.member, at=moment())

    assert client.get(address).status_code == 302
    batch.refresh_from_db()
    assert not batch.file
    assert (
        "撤回了照片公开"
        in client.get(reverse("pledges:print_batch", args=[batch.pk])).content.decode()
    )
    assert client.get(LIST).context["stale"] == 1
    order(client)
    assert b"/Subtype /Image" not in newest()[1]


def test_a_file_is_given_to_nobody_without_the_right(world, as_person):
    order(as_person(world.secretary))
    batch, _ = newest()
    address = reverse("pledges:print_file", args=[batch.pk])

    for who in ("member", "secretary2", "leader", "inspector", "far_secretary"):
        assert as_person(getattr(world, who)).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_foreign_subject_and_an_unknown_paper_are_refused(world, as_person):
    client = as_person(world.secretary)

    foreign = order(client, which="selected", subjects=[f"person:{world.stranger.pk}"])
    paper = order(client, layout="a3")
    nothing = order(client, which="selected")

    assert {foreign.status_code, paper.status_code, nothing.status_code} == {200}
    assert "没有选中要印的" in nothing.content.decode()
    assert not PrintBatch.objects.exists()


def test_a_desk_sign_says_duties_and_what_is_dealt_with(world, as_person):
    world.member.posts.update(duties="婚姻登记受理、初审")
    WindowTextFactory(window=world.window, services="结婚登记\n离婚登记\n补领证件\n查档")

    order(as_person(world.secretary), kind="person_sign", layout="a4")
    _, person = newest()
    order(as_person(world.secretary), kind="window_sign", layout="a4")
    _, window = newest()

    for content in (person, window):
        assert pdf.sizes(content) == [(210.0, 297.0)]
        text = pdf.text_of(content)
        assert text.count("主要职责") == 2  # both faces
        assert text.count("受理的主要项目") == 2
        assert text.count("补领证件") == 2
        assert all(word.left >= 0 and word.right <= 210 for word in pdf.words(content))
    assert "婚姻登记受理、初审" in pdf.text_of(person)


def test_a_window_board_lacking_a_part_is_not_printed_and_says_which(world, as_person):
    client = as_person(world.secretary)

    page = client.get(f"{LIST}?kind=window_board").content.decode()
    refused = order(client, kind="window_board", layout="a3")

    assert "办事程序、办事流程" in page
    assert refused.status_code == 200
    assert not PrintBatch.objects.exists()


@pytest.mark.parametrize(("layout", "size"), [("a3", (297.0, 420.0)), ("a4", (210.0, 297.0))])
def test_a_complete_window_board_is_printed_and_its_pledges_are_logged(
    world, as_person, layout, size
):
    WindowTextFactory(
        window=world.window,
        services="结婚登记\n" * 12,
        procedure="受理、审查、登记、发证。" * 40,
        flow="取号—填表—登记",
    )
    pledge = PledgeFactory(
        published=True,
        period=world.period,
        organisation=world.north,
        owner_person=None,
        owner_window=world.window,
        text="材料齐全当场办结",
    )

    order(as_person(world.secretary), kind="window_board", layout=layout)

    batch, content = newest()
    assert pdf.sizes(content) == [size]
    assert "材料齐全当场办结" in pdf.text_of(content)
    assert all(
        word.left >= 0 and word.right <= size[0] and word.bottom <= size[1]
        for word in pdf.words(content)
    )
    shown = Appearance.objects.get(pledge=pledge)
    assert (shown.channel, shown.place) == ("print", "婚姻登记窗口窗口公示栏")
    assert shown.first_at == batch.made_at


def test_a_members_board_fills_pages_of_twelve(world, as_person):
    for number in range(10):
        PersonFactory(organisation=world.north, name=f"赵{number}")

    order(as_person(world.secretary), kind="member_board", layout="a4")

    _, content = newest()
    assert pdf.sizes(content) == [(210.0, 297.0)] * 2
    assert pdf.text_of(content).index("周书记") < pdf.text_of(content).index("赵0")  # R10


def test_a_zone_sign_names_who_answers(world, as_person):
    allow(world, "zone", zones=["党员责任区", "党员先锋岗"])
    zone = ZoneFactory(organisation=world.north, kind="党员责任区", name="一楼大厅")
    ZoneHolderFactory(zone=zone, person=world.member)

    order(as_person(world.secretary), kind="zone_sign", layout="a4")

    text = pdf.text_of(newest()[1])
    assert "一楼大厅" in text
    assert "钱一" in text


def test_a_service_card_carries_what_the_plan_lists(world, as_person):
    allow(world, "service_card", fields=["name", "post", "phone", "duties"])
    Window.objects.filter(pk=world.window.pk).update(phone="0518-81234567")
    world.member.posts.update(duties="婚姻登记受理")

    order(as_person(world.secretary), kind="service_card", layout="single")

    _, content = newest()
    assert set(pdf.sizes(content)) == {(90.0, 54.0)}
    assert "0518-81234567" in pdf.text_of(content)
    assert "婚姻登记受理" in pdf.text_of(content)


def test_a_job_run_twice_prints_once(world):
    batch = PrintBatchFactory(organisation=world.north, subjects=[f"person:{world.member.pk}"])
    job = jobs.request(
        "pledges.print", key="x", label="印制", arguments={"batch": batch.pk, "base": "http://p"},
        by=world.secretary, at=moment(),
    )  # fmt: skip
    jobs.run(job.pk)
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, finished_at=None)
    jobs.run(job.pk)

    assert PrintRecord.objects.filter(batch=batch).count() == 1


def test_old_files_go_and_the_records_stay(world, as_person):
    order(as_person(world.secretary))
    batch, _ = newest()

    assert actions.drop_old_print_files(at=batch.made_at + actions.prints.KEPT) == 0
    assert actions.drop_old_print_files(at=batch.made_at + 2 * actions.prints.KEPT) == 1

    batch.refresh_from_db()
    assert not batch.file
    assert batch.records.exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["badge", "person_sign", "window_board", "member_board"])
def test_list_asks_a_constant_number_of_questions(
    world, as_person, django_assert_num_queries, count, kind
):
    for _ in range(count):
        person = PersonFactory(organisation=world.north)
        PostFactory(organisation=world.north, window=world.window, person=person)
        ZoneHolderFactory(zone=ZoneFactory(organisation=world.north), person=person)
    client = as_person(world.secretary)
    client.get(LIST)

    with django_assert_num_queries(QUERIES[kind]):
        client.get(f"{LIST}?kind={kind}")


QUERIES = {"badge": 15, "person_sign": 16, "window_board": 13, "member_board": 14}


def test_digests_tell_content_and_nothing_else(world):
    period = queries.period_over(world.north, today=world.period.starts_on)
    badge = queries.printables(period.plan)["badge"]

    def faces():
        return queries.faces_of(badge, world.north, period=period, today=moment().date())

    assert [face.digest for face in faces()] == [face.digest for face in faces()]
    assert len({face.digest for face in faces()}) == len(faces())
