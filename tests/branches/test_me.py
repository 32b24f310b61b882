from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from tests.factories import PersonFactory


def test_everybody_sees_his_own_record(world, as_person):
    response = as_person(world.member).get(reverse("branches:me"))

    assertContains(response, "第一支部")
    assertContains(response, "婚姻登记窗口")


def test_motto_telephone_and_mail_are_ones_own_to_write(as_person, db):
    person = PersonFactory()

    response = as_person(person).post(
        reverse("branches:me_edit"), {"motto": "为人民服务", "phone": "\uff11\uff13800001111"}
    )

    assertRedirects(response, reverse("branches:me"))
    person.refresh_from_db()
    assert (person.motto, person.phone) == ("为人民服务", "13800001111")


def test_name_and_status_are_not(as_person, db):
    person = PersonFactory(name="原名")

    as_person(person).post(
        reverse("branches:me_edit"), {"motto": "x", "name": "改名", "political_status": "masses"}
    )

    person.refresh_from_db()
    assert (person.name, person.political_status) == ("原名", "member")


def test_a_telephone_that_is_none_is_explained(as_person, db):
    response = as_person(PersonFactory()).post(reverse("branches:me_edit"), {"phone": "call me"})

    assertContains(response, "电话只写数字")
