import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from common.models import Notice
from tests.factories import JobFactory, NoticeFactory, PersonFactory


def test_inbox_shows_own_messages_and_says_what_it_is_for_when_empty(as_person, db):
    person = PersonFactory()
    NoticeFactory(title="别人的消息")

    assertContains(as_person(person).get(reverse("common:notice_list")), "没有消息")


def test_opening_marks_read_and_goes_to_the_work(as_person, db):
    notice = NoticeFactory(url="/pledges")

    response = as_person(notice.recipient).post(reverse("common:notice_open", args=[notice.pk]))

    assert response.headers["Location"] == "/pledges"
    assert Notice.objects.get().read_at


@pytest.mark.parametrize("url", ["//evil.example", "https://evil.example", ""])
def test_a_message_never_leads_out_of_the_portal(as_person, db, url):
    notice = NoticeFactory(url=url)

    response = as_person(notice.recipient).post(reverse("common:notice_open", args=[notice.pk]))

    assert response.headers["Location"] == reverse("common:notice_list")


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_database_equally_often(
    as_person, db, item_count, django_assert_num_queries
):
    person = PersonFactory()
    NoticeFactory.create_batch(item_count, recipient=person)
    client = as_person(person)
    client.get("/healthz")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("common:notice_list"))


LIST_QUERIES = 9


def test_the_bar_of_a_running_job_asks_for_itself_again(as_person, db):
    job = JobFactory(state="running", done_steps=3, total_steps=10)
    url = reverse("common:job_detail", args=[job.pk])

    whole = as_person(job.requested_by).get(url)
    bar = as_person(job.requested_by).get(url, headers={"hx-request": "true"})

    assertContains(whole, f'hx-get="{url}"')
    assertContains(bar, 'value="3" max="10"')
    assert b"<html" not in bar.content
