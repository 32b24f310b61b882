"""Each person sees, takes along and has corrected what is stored about him."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from branches import actions
from branches.models import CorrectionRequest, Person, hash_id_number, seal_id_number
from common.models import AuditEvent, Notice
from tests.excel.books import id_number
from tests.factories.branches import moment

NUMBER = id_number("19900503", 1)
AT = moment()
pytestmark = pytest.mark.django_db


def with_number(person):
    Person.objects.filter(pk=person.pk).update(
        id_number_sealed=seal_id_number(NUMBER), id_number_hash=hash_id_number(NUMBER)
    )


def test_the_page_shows_everything_and_the_number_by_its_ends(world, as_person):
    with_number(world.member)

    page = as_person(world.member).get(reverse("branches:me_data"))

    for text in ("钱一", "第一支部", "婚姻登记窗口", "只存不可还原的摘要"):
        assertContains(page, text)
    assertContains(page, f"999999********{NUMBER[-4:]}")
    assertNotContains(page, NUMBER)


def test_one_takes_it_along_as_json_and_as_a_workbook(world, as_person):
    with_number(world.member)
    client, url = as_person(world.member), reverse("branches:me_export")

    data = json.loads(client.post(url, {"format": "json"}).content)
    book = openpyxl.load_workbook(BytesIO(client.post(url, {"format": "xlsx"}).content))

    facts = {row["项目"]: row["内容"] for row in data["基本资料"]}
    assert (facts["姓名"], facts["身份证号（加密保存）"]) == ("钱一", NUMBER)
    assert data["组织关系"][0]["组织"] == "第一支部"
    assert book.sheetnames == [
        "基本资料",
        "组织关系",
        "岗位",
        "角色",
        "消息",
        "更正申请",
        "有关记录",
    ]
    assert [event.verb for event in AuditEvent.objects.all()] == ["导出本人资料"] * 2
    assert NUMBER not in str(AuditEvent.objects.values())


def test_a_request_reaches_the_secretary_and_the_answer_comes_back(world, as_person):
    as_person(world.member).post(
        reverse("branches:correction_add"), {"about": "education", "wanted": "研究生"}
    )
    asked = CorrectionRequest.objects.get()
    assert list(Notice.objects.values_list("recipient__username", "title")) == [
        ("secretary", "钱一申请更正学历")
    ]
    secretary = as_person(world.secretary)
    assertContains(secretary.get(reverse("branches:correction_list")), "研究生")

    secretary.post(
        reverse("branches:correction_answer", args=[asked.pk]),
        {"is_corrected": "1", "answer": "已按毕业证更正"},
    )

    asked.refresh_from_db()
    assert (asked.is_corrected, asked.answered_by) == (True, world.secretary)
    assertContains(as_person(world.member).get(reverse("branches:me_data")), "已按毕业证更正")
    with pytest.raises(actions.CorrectionRefused, match="已经答复"):
        actions.answer_correction(asked, is_corrected=False, answer="", by=world.officer, at=AT)


def test_the_secretarys_own_request_goes_to_the_office(world):
    actions.ask_correction(world.secretary, about="name", wanted="周树记", today=AT.date(), at=AT)

    assert set(Notice.objects.values_list("recipient__username", flat=True)) == {
        "officer",
        "committee_member",
    }


def test_nobody_answers_his_own_request(world, as_person):
    asked = actions.ask_correction(
        world.secretary, about="name", wanted="周树记", today=AT.date(), at=AT
    )

    page = as_person(world.secretary).get(reverse("branches:correction_answer", args=[asked.pk]))

    assert page.status_code == 403


def test_ten_requests_may_wait_and_no_more(world):
    for _ in range(10):
        actions.ask_correction(world.member, about="other", wanted="x", today=AT.date(), at=AT)

    with pytest.raises(actions.CorrectionRefused, match="等待答复"):
        actions.ask_correction(world.member, about="other", wanted="x", today=AT.date(), at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_requests_costs_the_same(world, as_person, count, django_assert_num_queries):
    for _ in range(count):
        actions.ask_correction(world.member, about="other", wanted="x", today=AT.date(), at=AT)
    client, url = as_person(world.secretary), reverse("branches:correction_list")
    client.get(url)

    with django_assert_num_queries(7):
        assertContains(client.get(url), "核对并答复", count=count)
