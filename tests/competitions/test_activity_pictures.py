"""Photos of activities (B12, T03) and long lists on an activity's page (issue 6: 300 who were there)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competitions.actions.activities import MOST_PICTURES
from competitions.models import ActivityNote, ActivityPicture, Attendance
from tests.factories import PersonFactory
from tests.factories.competitions import ActivityFactory, ActivityPictureFactory
from tests.photos import photo_file


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


@pytest.fixture
def activity(fair, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return ActivityFactory(period=fair.period, organisation=fair.north, made_by=fair.secretary)


def add(client, activity, **data):
    given = {"photo": photo_file(), "caption": "大家在学新流程", "agreed": "on"} | data
    where = url("activity_deed", activity.pk, "picture")
    return client.post(where, {k: v for k, v in given.items() if v is not None}, follow=True)


def test_a_photo_is_added_seen_inside_and_removed_when_somebody_disagrees(
    fair, activity, as_person
):
    page = add(as_person(fair.secretary), activity).content.decode()
    picture = ActivityPicture.objects.get()
    where = url("activity_picture", picture.pk)

    assert "大家在学新流程" in page
    seen = as_person(fair.member).get(where)
    assert b"".join(seen.streaming_content)[:2] == b"\xff\xd8"
    assert Client().get(where).status_code == 302
    assert (
        as_person(fair.member).post(url("activity_picture_remove", picture.pk)).status_code == 403
    )
    as_person(fair.secretary).post(url("activity_picture_remove", picture.pk))
    assert not ActivityPicture.objects.exists()
    assert as_person(fair.secretary).get(where).status_code == 404


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"agreed": None}, "invalid-feedback"),
        ({"photo": None}, "invalid-feedback"),
        ({"caption": ""}, "invalid-feedback"),
        ({"photo": photo_file(size=(20, 20))}, "照片"),
    ],
)
def test_a_photo_needs_consent_and_words(fair, activity, as_person, data, reason):
    page = add(as_person(fair.secretary), activity, **data).content.decode()

    assert reason in page
    assert not ActivityPicture.objects.exists()


def test_a_thirteenth_photo_is_refused(fair, activity, as_person):
    for _ in range(MOST_PICTURES):
        ActivityPictureFactory(activity=activity)

    page = add(as_person(fair.secretary), activity).content.decode()

    assert "最多 12 张照片" in page
    assert ActivityPicture.objects.count() == MOST_PICTURES


@pytest.mark.parametrize("count", [1, 300])
def test_three_hundred_who_were_there_and_their_log_are_paged(
    fair, activity, as_person, django_assert_max_num_queries, count
):
    people = [PersonFactory(name=f"参加者{n:03}") for n in range(count)]
    Attendance.objects.bulk_create(Attendance(activity=activity, person=one) for one in people)
    ActivityNote.objects.bulk_create(
        ActivityNote(
            activity=activity, done_on=date(2026, 3, 1), text=f"日志{n:03}", noted_by=fair.secretary,
            noted_at=timezone.now(),
        )
        for n in range(count)
    )  # fmt: skip
    client = as_person(fair.secretary)
    client.get(url("activity_detail", activity.pk))

    with django_assert_max_num_queries(24):
        page = client.get(url("activity_detail", activity.pk)).content.decode()
    last = client.get(url("activity_detail", activity.pk), {"people": 99, "notes": 2})

    assert f"（{count} 人）" in page
    assert page.count("参加者") == min(count, 60)
    assert last.content.decode().count("参加者") == min(count, 60)
    assert ("参加的人分页" in page) == (count > 60)
