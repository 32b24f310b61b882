import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.factories import AuditEventFactory

URL = reverse("branches:audit_list")


def test_only_the_audit_administrator_reads_it(world, as_person):
    for who in ("member", "secretary", "committee_member", "system_admin", "security_admin"):
        assert as_person(getattr(world, who)).get(URL).status_code == 403
    assert as_person(world.audit_admin).get(URL).status_code == 200


def test_it_is_filtered_by_person_deed_and_day(world, as_person):
    AuditEventFactory(verb="改名", by=world.officer)
    AuditEventFactory(verb="移动", by=world.leader)
    client = as_person(world.audit_admin)

    def shown(query):
        page = client.get(f"{URL}?{query}").context["page"]
        return [event.verb for event in page.object_list]

    assert shown("verb=改名") == ["改名"]
    assert shown("q=褚") == ["移动"]
    assert shown("since=2020-01-02") == []


def test_text_from_people_is_shown_as_text(world, as_person):
    AuditEventFactory(verb="<script>alert(1)</script>", by=world.officer)

    assertContains(as_person(world.audit_admin).get(URL), "&lt;script&gt;")


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_database_equally_often(
    world, as_person, item_count, django_assert_num_queries
):
    AuditEventFactory.create_batch(item_count, by=world.officer)
    client = as_person(world.audit_admin)
    client.get("/healthz")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(URL)


LIST_QUERIES = 7
