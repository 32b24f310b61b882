import pytest
from django.db import IntegrityError
from django.urls import reverse

from pledges.models import Pledge
from tests.factories import PledgeFactory


@pytest.fixture
def published(world):
    return PledgeFactory(
        published=True,
        period=world.period,
        organisation=world.north,
        owner_person=world.member,
        written_by=world.member,
    )


def test_unkept_must_be_explained_and_the_public_reads_why(world, as_person, client, published):
    """Row L19."""
    page = reverse("pledges:pledge_conclude", args=[published.pk])
    secretary = as_person(world.secretary)

    bare = secretary.post(page, {"verdict": "unkept", "explanation": ""})
    secretary.post(page, {"verdict": "unkept", "explanation": "系统改造延期"})
    client.logout()
    public = client.get(reverse("pledges:pledge_public", args=[published.pk])).content.decode()

    assert "未兑现须说明原因" in bare.content.decode()
    assert "系统改造延期" in public
    assert "未兑现" in public


def test_the_owner_does_not_conclude_his_own(world, as_person, published):
    page = reverse("pledges:pledge_conclude", args=[published.pk])

    assert as_person(world.member).post(page, {"verdict": "kept"}).status_code == 403


def test_database_refuses_an_unexplained_breach(published):
    with pytest.raises(IntegrityError):
        Pledge.objects.filter(pk=published.pk).update(status="unkept")


def test_progress_is_noted_by_the_owner(world, as_person, published):
    """Row L19."""
    page = reverse("pledges:pledge_progress", args=[published.pk])

    as_person(world.member).post(page, {"note": "已完成一半，平均 2.5 天"})

    assert published.progress.get().note == "已完成一半，平均 2.5 天"
    assert as_person(world.member2).post(page, {"note": "冒充"}).status_code == 403
