"""我的信息 holds what every part of the portal keeps about one, as far as one may read it, and of nobody else."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from common import own_data
from competitions.models import Award, Contest, Recommendation, SelfCheck
from evaluations.models import (
    Appraisal,
    AppraisalSheet,
    FollowUp,
    Meeting,
    MeetingComment,
    PeerComment,
    PeerTally,
    Reply,
    Sheet,
    SheetLevel,
    SheetQuestion,
)
from tests.factories import (
    ContestFactory,
    EntrantFactory,
    PersonFactory,
    PledgeFactory,
    ReviewFactory,
    RollEntryFactory,
    RoundFactory,
    ScorecardFactory,
    SelfReviewFactory,
)
from tests.factories.branches import moment
from tests.factories.competitions import NominationFactory, SelectionFactory

AT = moment()
DAY = date(2026, 7, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place(world):
    return {"campaign": world.campaign, "period": world.period, "organisation": world.north}


def exported(as_person, person):
    answer = as_person(person).post(reverse("branches:me_export"), {"format": "json"})
    return json.loads(answer.content)


def meeting_with_comment(world, place, *, day, text, published):
    meeting = Meeting.objects.create(
        **place, item="monthly", kind="月度例会", held_on=day, chair=world.secretary, recorder=world.secretary,
        visibility="branch", published_at=AT if published else None, written_at=AT,
    )  # fmt: skip
    texts = {"attitude": text}
    MeetingComment.objects.create(
        meeting=meeting, person=world.member, texts=texts, by=world.secretary
    )


def test_what_was_written_by_and_about_one_comes_along(world, as_person, place):
    one = world.member
    PledgeFactory(**place, owner_person=one, text="当天办结")
    ReviewFactory(
        **place,
        author=world.secretary,
        person=one,
        kind="branch",
        texts={"achievements": "业务熟练"},
    )
    SelfReviewFactory(**place, person=one, follow_ups=[{"advice": "多走访", "note": "走了三户"}])
    FollowUp.objects.create(
        organisation=world.north,
        person=one,
        advice="多问一句",
        due_on=DAY,
        agreed_by=one,
        agreed_on=DAY,
    )
    Reply.objects.create(
        period=world.period, organisation=world.north, person=one, text="当月请假", written_at=AT
    )
    sheet = AppraisalSheet.objects.create(
        period=world.period, organisation=world.north, decided_by=world.secretary, decided_at=AT
    )
    Appraisal.objects.create(sheet=sheet, person=one, grade="qualified", decided_by=world.secretary)
    SelfCheck.objects.create(
        campaign=world.campaign, period=world.period, item="check", person=one, answers={"准时": "是"},
        written_at=AT,
    )  # fmt: skip
    selection = SelectionFactory(**place)
    nomination = NominationFactory(selection=selection, person=one, state="chosen")
    for reason, is_shown in (("热心", True), ("没有审过", False)):
        Recommendation.objects.create(
            nomination=nomination, reason=reason, made_on=DAY, is_shown=is_shown
        )
    Award.objects.create(
        **place,
        person=one,
        selection=selection,
        title="pacesetter",
        name="活动标兵",
        granted_on=DAY,
    )
    ScorecardFactory(closing__period=world.closed_period, organisation=world.north, person=one)

    data = exported(as_person, one)

    assert data["承诺"][0]["承诺事项"] == "当天办结"
    assert "业务熟练" in data["收到的点评"][0]["内容"]
    assert "承诺已完成" in data["个人自评"][0]["内容"]
    assert data["个人自评"][0]["上期建议"] == "多走访：走了三户"
    assert data["落实事项"][0]["改进意见"] == "多问一句"
    assert data["本人说明"][0]["说明或申辩"] == "当月请假"
    assert data["民主评议等次"][0]["等次"] == "合格"
    assert data["对照自查"][0]["回答"] == "准时：是"
    assert data["推荐我的评选"][0]["推荐理由"] == "热心"
    assert data["荣誉"][0]["称号"] == "活动标兵"
    assert data["得分卡"][0]["得分"] == "87.40"
    assertContains(as_person(one).get(reverse("branches:me_data")), "当月请假")
    assert not {"承诺", "本人说明", "荣誉", "得分卡"} & {*exported(as_person, world.member2)}


def test_comments_of_a_meeting_only_once_published(world, as_person, place):
    meeting_with_comment(world, place, day=date(2026, 7, 1), text="已经公开", published=True)
    meeting_with_comment(world, place, day=date(2026, 7, 2), text="还没有公开", published=False)

    said = str(exported(as_person, world.member)["会上对我的点评"])

    assert "还没有公开" not in said
    assert "已经公开" in said


def test_a_contest_only_once_its_result_is_out(world, as_person, place):
    for state, when in ((Contest.State.PREPARING, None), (Contest.State.PUBLISHED, AT)):
        contest = ContestFactory(**place, name=f"比武 {state}", state=state, published_at=when)
        EntrantFactory(contest=contest, person=world.member, score="90")

    assert [row["竞赛"] for row in exported(as_person, world.member)["竞赛"]] == ["比武 published"]


LEVELS = tuple(
    SheetLevel(*one) for one in (("a", "优", "95"), ("b", "良", "80"), ("c", "中", "65"))
)
SHEET = Sheet("表", (SheetQuestion("duty", "履职", LEVELS),))


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        ({"shown": "nothing"}, "人数不足"),
        ({"shown": "grade", "grade": 2}, "良"),
        (
            {"shown": "histogram", "question": "duty", "level_1": 4, "level_2": 1},
            "履职：优 4、良 1、中 0",
        ),
        # all gave the same: the page does not say which either
        ({"shown": "histogram", "question": "duty", "level_1": 5}, "履职：优或良或中 5"),
    ],
)
def test_of_a_peer_round_no_more_than_its_page_shows(world, as_person, place, tally, told):
    closed = RoundFactory(
        **place, questionnaire=SHEET.as_data(), state="closed", closed_at=AT, ballots_counted=5
    )
    RollEntryFactory(round=closed, person=world.member, is_rated=True)
    PeerTally.objects.create(round=closed, person=world.member, **tally)
    for text, state in (("可以看", "shown"), ("待审的", "waiting")):
        PeerComment.objects.create(round=closed, person=world.member, text=text, state=state)

    data = exported(as_person, world.member)

    assert [row["结果"] for row in data["互评结果"]] == [told]
    assert [row["留言"] for row in data["互评留言"]] == ["可以看"]


def test_three_of_a_kind_ask_no_more_questions_than_one(world, as_person, place):
    client, asked = as_person(world.member), {}
    client.get(reverse("branches:me_data"))  # what is read once and kept
    for number in (1, 2, 3):
        PledgeFactory(**place, owner_person=world.member, text=f"第 {number} 件")
        author = PersonFactory(organisation=world.north)
        ReviewFactory(**place, author=author, person=world.member)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("branches:me_data"))
        asked[number] = len(queries)

    assert asked[3] == asked[1]


def test_a_title_is_told_once():
    with pytest.raises(ValueError, match="told already"):
        own_data.tell("承诺", lambda person: [], {})
