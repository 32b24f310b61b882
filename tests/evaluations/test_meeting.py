"""P11, P13, P18, P25, T01, L25: meetings, comments on everybody in one form, publishing, Word, follow-ups."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from common.dates import today
from evaluations.models import FollowUp, Meeting, MeetingComment
from pledges.models import Bulletin
from tests import pdf
from tests.factories import DutyFactory


def record(client, world, **change):
    data = {
        "kind": "monthly:月度例会", "held_on": today(), "chair": world.secretary.pk,
        "recorder": world.member.pk, "came": [world.member.pk, world.member2.pk],
        "summary": "上月都办完了", "minutes": "逐人点评",
    } | change  # fmt: skip
    return client.post(reverse("evaluations:meeting_add", args=[world.north.pk]), data)


def meeting_of(as_person, world):
    record(as_person(world.secretary), world)
    return Meeting.objects.get()


def address(name, meeting):
    return reverse(f"evaluations:meeting_{name}", args=[meeting.pk])


def comment(as_person, world, meeting):
    key = f"p{world.member2.pk}_"
    data = {f"{key}attitude": "good", f"{key}attitude_text": "热情", f"{key}quality": "fair"}
    return as_person(world.secretary).post(address("comment", meeting), data)


def publish(as_person, world, meeting, visibility):
    return as_person(world.secretary).post(address("publish", meeting), {"visibility": visibility})


def page(as_person, person, meeting):
    return as_person(person).get(address("detail", meeting)).content.decode()


def test_recording_settles_the_duty_to_hold_it(world, as_person):
    duty = DutyFactory(
        campaign=world.campaign, period=world.period, act="meeting", assignee=world.secretary,
        organisation=world.north, about_organisation=world.north, starts_on=today(),
        due_on=today(), subject_key=f"organisation:{world.north.pk}",
    )  # fmt: skip

    record(as_person(world.secretary), world)

    duty.refresh_from_db()
    assert duty.done_at is not None
    meeting = Meeting.objects.get()
    assert meeting.kind == "月度例会"
    assert meeting.attendance.filter(came=True).count() == 2
    assert meeting.attendance.count() == 8


def test_the_form_starts_with_last_months_summary(world, as_person):
    form = as_person(world.secretary).get(reverse("evaluations:meeting_add", args=[world.north.pk]))

    assert "应办 0 件" in form.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"held_on": "2099-01-01"}, "会还没开"),
        ({"kind": "monthly:茶话会"}, "请从所列的选项里选"),
        ({"minutes": "长" * 300_000}, "8000"),
    ],
)
def test_a_wrong_record_is_told_and_not_kept(world, as_person, change, said):
    response = record(as_person(world.secretary), world, **change)

    assert said in response.content.decode()
    assert not Meeting.objects.exists()


def test_the_same_meeting_is_recorded_once(world, as_person):
    record(as_person(world.secretary), world)

    assert "已经登记过" in record(as_person(world.secretary), world).content.decode()
    assert Meeting.objects.count() == 1


def test_comments_start_from_the_levels_of_the_meeting_before(world, as_person):
    """P18: month after month only what changed is tapped; nothing counts before it is recorded."""
    month_ago = timezone.now() - timedelta(days=31)
    earlier = meeting_of(as_person, world)
    comment(as_person, world, earlier)
    Meeting.objects.update(held_on=timezone.localdate(month_ago))
    record(as_person(world.secretary), world)
    later = Meeting.objects.exclude(pk=earlier.pk).get()

    form = as_person(world.secretary).get(address("comment", later)).context["form"]

    assert form[f"p{world.member2.pk}_attitude"].value() == "good"
    assert form[f"p{world.member2.pk}_attitude_text"].value() == ""  # words are never carried over
    assert form[f"p{world.member.pk}_attitude"].value() == ""
    assert not later.comments.exists()
    comment(as_person, world, later)
    assert (
        not as_person(world.secretary)
        .get(address("comment", later))
        .context["form"]
        .starts_from_last
    )


def test_comments_are_hidden_until_published(world, as_person):
    meeting = meeting_of(as_person, world)
    comment(as_person, world, meeting)

    assert "热情" not in page(as_person, world.member2, meeting)
    assert "热情" in page(as_person, world.secretary, meeting)
    assert MeetingComment.objects.count() == 1


@pytest.mark.parametrize(
    ("visibility", "own", "colleague"),
    [("self", True, False), ("branch", True, True), ("public", True, True)],
)
def test_published_comments_reach_whom_the_meeting_decided(
    world, as_person, visibility, own, colleague
):
    meeting = meeting_of(as_person, world)
    comment(as_person, world, meeting)
    publish(as_person, world, meeting, visibility)

    assert ("热情" in page(as_person, world.member2, meeting)) is own
    assert ("热情" in page(as_person, world.member, meeting)) is colleague


def hang(as_person, world):
    url = reverse(
        "pledges:shown_judge", args=["bulletin", Bulletin.objects.get(state="proposed").pk]
    )
    return as_person(world.officer).post(url, {"verdict": "agree", "note": ""})


def public(client, meeting):
    client.logout()
    meeting.refresh_from_db()
    return client.get(
        reverse("pledges:shown_public", args=["bulletin", meeting.bulletin.code]), follow=True
    )


def test_the_public_reads_comments_when_another_has_signed(world, as_person, client):
    """L25, Q17: 提出 → 审核 → 实施; the duty is done when it hangs, not before."""
    duty = DutyFactory(
        campaign=world.campaign, period=world.period, act="publish_comments",
        assignee=world.secretary, organisation=world.north, about_organisation=world.north,
        subject_key=f"organisation:{world.north.pk}",
    )  # fmt: skip
    meeting = meeting_of(as_person, world)
    comment(as_person, world, meeting)

    publish(as_person, world, meeting, "public")
    early = public(client, meeting)
    own = as_person(world.secretary).get(
        reverse("pledges:shown_judge", args=["bulletin", meeting.bulletin.pk])
    )
    duty.refresh_from_db()
    done_early = duty.done_at
    hang(as_person, world)

    text = public(client, meeting).content.decode()
    duty.refresh_from_db()
    assert (early.status_code, own.status_code, done_early) == (404, 403, None)
    assert "热情" in text
    assert "上月都办完了" not in text  # the record itself stays in the house
    assert duty.done_by == world.secretary
    assert "公示页" in page(as_person, world.member2, meeting)


def test_comments_are_taken_down_with_a_reason_and_offered_again(world, as_person, client):
    """L25, Q17: the address says why; the comments in the house stay."""
    meeting = meeting_of(as_person, world)
    comment(as_person, world, meeting)
    publish(as_person, world, meeting, "public")
    hang(as_person, world)
    meeting.refresh_from_db()
    first = meeting.bulletin
    offer = address("offer", meeting)

    twice = as_person(world.secretary).post(offer, follow=True).content.decode()
    down = reverse("pledges:shown_take_down", args=["bulletin", first.pk])
    as_person(world.secretary).post(down, {"reason": "本人申请核对"})
    gone = public(client, meeting)
    again = as_person(world.secretary).post(offer, follow=True).content.decode()

    assert "已经提出公示" in twice
    assert gone.status_code == 410
    assert "本人申请核对" in gone.content.decode()
    assert "另一位同志审核后上公示栏" in again
    assert Bulletin.objects.count() == 2
    assert "热情" in page(as_person, world.member, meeting)


def test_what_was_shown_in_the_house_can_be_offered_to_the_public_later(world, as_person):
    """L25: only by whom the meeting belongs to, only once published, and not without comments."""
    meeting = meeting_of(as_person, world)
    offer = address("offer", meeting)
    early = as_person(world.secretary).post(offer, follow=True).content.decode()
    comment(as_person, world, meeting)
    publish(as_person, world, meeting, "branch")

    assert "已经提出公示" not in page(as_person, world.secretary, meeting)
    assert as_person(world.member).post(offer).status_code == 403
    as_person(world.secretary).post(offer)

    meeting.refresh_from_db()
    assert "先公开点评" in early
    assert (meeting.visibility, meeting.bulletin.state) == ("public", "proposed")


def test_a_meeting_without_comments_has_nothing_for_the_public(world, as_person):
    meeting = meeting_of(as_person, world)

    said = publish(as_person, world, meeting, "public").content.decode()

    meeting.refresh_from_db()
    assert "还没有逐人点评" in said
    assert not meeting.is_published


def test_a_published_record_stands(world, as_person):
    meeting = meeting_of(as_person, world)
    publish(as_person, world, meeting, "branch")

    assert comment(as_person, world, meeting).status_code == 403
    assert as_person(world.secretary).get(address("edit", meeting)).status_code == 403
    assert "不能再改" in publish(as_person, world, meeting, "public").content.decode()


def test_minutes_come_as_word_with_what_the_reader_may_know(world, as_person):
    meeting = meeting_of(as_person, world)
    comment(as_person, world, meeting)

    told = _text(as_person(world.secretary).get(address("minutes", meeting)))
    not_told = _text(as_person(world.member).get(address("minutes", meeting)))

    assert "上月都办完了" in told
    assert "热情" in told
    assert "上月都办完了" in not_told
    assert "热情" not in not_told


def test_minutes_come_as_pdf_as_well_page_after_page(world, as_person):
    """P11: nothing is left out, however long; the reader's rights are those of the Word file."""
    meeting = meeting_of(as_person, world)
    comment(as_person, world, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(minutes="逐条商量了排队的办法。" * 400 + "完")

    answer = as_person(world.secretary).get(address("minutes", meeting), {"as": "pdf"})
    not_told = as_person(world.member).get(address("minutes", meeting), {"as": "pdf"})

    text = pdf.text_of(answer.content)
    assert set(pdf.sizes(answer.content)) == {(210.0, 297.0)}
    assert len(pdf.sizes(answer.content)) > 1
    assert text.count("逐条商量了排队的办法") > 380  # some are broken between lines
    assert "热情" in text
    assert "热情" not in pdf.text_of(not_told.content)


def _text(response):
    document = Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_agreed_advice_becomes_a_dated_follow_up(world, as_person):
    meeting = meeting_of(as_person, world)
    url = reverse("evaluations:follow_up_add", args=[meeting.pk])
    data = {"person": world.member2.pk, "advice": "接听电话先报姓名"}
    assert (
        "不能早于今天"
        in as_person(world.secretary)
        .post(url, data | {"due_on": today() - timedelta(days=1)})
        .content.decode()
    )
    as_person(world.secretary).post(url, data | {"due_on": today() + timedelta(days=20)})
    follow_up = FollowUp.objects.get()
    done = reverse("evaluations:follow_up_done", args=[follow_up.pk])
    assert as_person(world.member).get(done).status_code == 404

    as_person(world.member2).post(done, {"change": "已经做到"})

    follow_up.refresh_from_db()
    assert (follow_up.change, follow_up.done_on) == ("已经做到", timezone.localdate())
    assert as_person(world.member2).get(done).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(world, as_person, django_assert_max_num_queries, count):
    for number in range(count):
        record(as_person(world.secretary), world, held_on=today() - timedelta(days=number))
    with django_assert_max_num_queries(20):
        as_person(world.secretary).get(reverse("evaluations:meeting_list"))
