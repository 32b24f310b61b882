from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Person
from campaigns.models import Duty
from common.models import AuditEvent, Notice
from evaluations.actions.ballots import RoundIsOver, cast_ballot
from evaluations.actions.paper import BallotRefused
from evaluations.actions.rounds import void_round
from evaluations.models import Ballot, Round, SelfReview
from evaluations.queries.peer import ballot_states, paper_for, without_cast_ballots
from tests.evaluations.ballots import ballot_of, grown, opened, past_deadline, posted, vote, voters
from tests.factories import DutyFactory, PledgeFactory, SelfReviewFactory

CANARY = "金丝雀留言7319"


def url(round):
    return reverse("evaluations:peer_ballot", args=[round.pk])


def post(as_person, round, voter, comment="", **data):
    paper = paper_for(voter, round.pk)
    data |= {f"c{paper.positions[0]}": comment}
    return as_person(voter).post(url(round), posted(paper) | data)


def stored(round):
    round.refresh_from_db()
    return round.turnout, round.ballots.count()


def test_page_lists_everybody_but_oneself(world, as_person):
    round = opened(world)

    page = as_person(world.member).get(url(round)).content.decode()

    others = [person for person in world.members(world.north) if person != world.member]
    assert all(f"<h2>{person.name}</h2>" in page for person in others)
    assert f"<h2>{world.member.name}</h2>" not in page
    assert page.count('type="radio"') == 7 * 2 * 4
    assert "保护不了的" in page
    assert "最多 2 人" in page


def test_page_has_their_pledges_and_posts_one_tap_away(world, as_person):
    round = opened(world)
    pledge = PledgeFactory(
        published=True, period=world.period, organisation=world.north, owner_person=world.member
    )

    page = as_person(world.member2).get(url(round)).content.decode()

    assert "承诺 1 条" in page
    assert pledge.text in page
    assert "窗口受理岗" in page


def test_ballot_is_sealed_and_counted_once(world, as_person):
    round = opened(world)

    first = post(as_person, round, world.member, comment=CANARY)
    again = post(as_person, round, world.member, comment="别的")

    assert first.status_code == again.status_code == 302
    assert (first.url, first.content) == (again.url, again.content)
    assert "已提交" in as_person(world.member).get(url(round)).content.decode()
    assert stored(round) == (1, 1)
    assert CANARY.encode() not in bytes(Ballot.objects.get().box)


def test_answer_is_never_stored_by_browsers_or_proxies(world, as_person):
    round = opened(world)

    for response in (as_person(world.member).get(url(round)), post(as_person, round, world.member)):
        assert "no-store" in response.headers["Cache-Control"]
    assert 'autocomplete="off"' in as_person(world.member2).get(url(round)).content.decode()


def test_casting_writes_the_mark_and_the_box_and_nothing_else(
    world, as_person, django_assert_num_queries
):
    round = opened(world)
    client = as_person(world.member)
    client.get(url(round))
    data = posted(paper_for(world.member, round.pk))
    before = (AuditEvent.objects.count(), Notice.objects.count())

    with django_assert_num_queries(6 + 2) as queries:  # with BEGIN and COMMIT
        client.post(url(round), data)

    writes = [q["sql"].split()[:3] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE"}]
    assert [" ".join(words) for words in writes] == [
        'UPDATE "evaluations_round" SET',
        'INSERT INTO "evaluations_ballot"',
    ]
    assert (AuditEvent.objects.count(), Notice.objects.count()) == before


@pytest.mark.parametrize("people", [8, 24])
def test_page_asks_a_constant_number_of_questions(
    world, as_person, django_assert_num_queries, people
):
    round = opened(grown(world, people))
    client = as_person(world.member)
    client.get(url(round))

    with django_assert_num_queries(8):  # three of them for the frame
        client.get(url(round))


def test_all_boxes_of_a_round_have_one_size(world):
    round = opened(world)
    people = voters(round)

    vote(round, people[0])
    vote(round, people[1], comment="长" * 200)
    vote(round, people[2], comment="\U0001f600" * 200)

    sizes = {len(bytes(ballot.box)) for ballot in round.ballots.all()}
    assert sizes == {round.ballot_bytes + 48}


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("p99-duty", "good"),  # nobody on the roll
        ("p{own}-duty", "good"),  # oneself
        ("c{own}", "我很好"),
        ("p{other}-duty", "best"),  # no such level
        ("p{other}-duty", ["good", "poor"]),  # twice about one person
        ("p{other}-duty", ""),  # missing
        ("p{other}-nothing", "good"),  # no such question
        ("p-1-duty", "good"),
    ],
)
def test_whole_ballot_is_refused(world, as_person, change, value):
    round = opened(world)
    paper = paper_for(world.member, round.pk)
    name = change.format(own=paper.entry.position, other=paper.positions[0])

    response = as_person(world.member).post(url(round), posted(paper) | {name: value})

    assert response.status_code == 400
    assert stored(round) == (0, 0)


def test_somebody_elses_id_in_the_body_changes_nothing(world, as_person):
    round = opened(world)

    post(as_person, round, world.member, rater=world.member2.pk, position="1", person="2")

    assert paper_for(world.member, round.pk).has_voted
    assert not paper_for(world.member2, round.pk).has_voted


def test_own_paper_only(world):
    round = opened(world)
    paper = paper_for(world.member, round.pk)

    with pytest.raises(BallotRefused):
        cast_ballot(paper, ballot=ballot_of(paper), by=world.member2)


@pytest.mark.parametrize("who", ["neighbour1", "leader", "committee_member", "stranger"])
def test_who_is_not_on_the_roll_finds_nothing(world, as_person, who):
    round = opened(world)

    client = as_person(getattr(world, who))

    assert client.get(url(round)).status_code == 404
    assert client.post(url(round), {}).status_code == 404


def test_what_was_filled_in_is_kept_when_something_is_missing(world, as_person):
    round = opened(world)
    paper = paper_for(world.member, round.pk)
    first, second = paper.positions[:2]
    data = posted(paper) | {f"p{first}-duty": "", f"p{second}-style": "fair", f"c{first}": CANARY}

    response = as_person(world.member).post(url(round), data)

    page = response.content.decode()
    assert response.status_code == 400
    assert "还有 1 人没有评完" in page
    assert CANARY in page
    assert f'name="p{second}-style" value="fair" checked' in page
    assert page.count(" checked") == 7 * 2 - 1


def test_markup_in_comments_is_shown_as_text(world, as_person):
    round = opened(world)
    paper = paper_for(world.member, round.pk)
    data = {f"c{paper.positions[0]}": "</textarea><script>alert(1)</script>"}

    page = as_person(world.member).post(url(round), data).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("length", [201, 1_000_000])
def test_long_comment_is_refused_and_kept(world, as_person, length):
    round = opened(world)
    paper = paper_for(world.member, round.pk)
    text = "a" * length

    response = as_person(world.member).post(
        url(round), posted(paper) | {f"c{paper.positions[0]}": text}
    )

    assert response.status_code == 400
    assert "超过 200 字" in response.content.decode()
    assert text in response.content.decode()
    assert stored(round) == (0, 0)


@pytest.mark.parametrize("state", ["deadline", "closed", "void"])
def test_late_ballot_is_told_so_and_its_text_is_kept(world, as_person, state):
    round = opened(world)
    if state == "void":
        void_round(round, reason="名册有误", by=world.committee_member, at=timezone.now())
    else:
        past_deadline(round)
    if state == "closed":
        Round.objects.filter(pk=round.pk).update(
            state="closed", closed_at=timezone.now(), ballots_counted=0
        )

    response = post(as_person, round, world.member, comment=CANARY)

    page = response.content.decode()
    assert response.status_code == 409
    assert "已截止" in page
    assert CANARY in page
    assert page.count(" checked") == 7 * 2
    assert "密封并提交</button>" not in page
    assert stored(round) == (0, 0)


def test_clock_of_the_database_decides(world, time_machine):
    """D1: a web process whose clock is a month behind takes no late ballot."""
    round = past_deadline(opened(world))
    time_machine.move_to(timezone.now() - timedelta(days=30))
    paper = paper_for(world.member, round.pk)

    with pytest.raises(RoundIsOver):
        cast_ballot(paper, ballot=ballot_of(paper), by=world.member)

    assert stored(round) == (0, 0)


def test_clock_of_the_web_process_does_not_refuse_an_early_one(world, time_machine):
    round = opened(world)
    paper = paper_for(world.member, round.pk)
    time_machine.move_to(timezone.now() + timedelta(days=30))

    assert cast_ballot(paper, ballot=ballot_of(paper), by=world.member)


def test_session_is_not_written_by_a_vote(world, as_person, django_assert_num_queries):
    """A session row saved now would carry the time of the vote, and its place in the table."""
    round = opened(world)
    client = as_person(world.member)
    session = client.session
    session["seen"] = 0  # long ago: any other page would save it now
    session["since"] = int(timezone.now().timestamp())
    session.save()

    client.post(url(round), posted(paper_for(world.member, round.pk)))

    assert client.session["seen"] == 0


def test_self_review_and_ballot_do_not_touch_each_other(world, as_person):
    """B18: a request and a transaction each; what is posted with the other is not heard."""
    review = SelfReviewFactory(period=world.period, person=world.member, organisation=world.north)
    before = SelfReview.objects.values().get()
    round = opened(world)

    post(as_person, round, world.member, overall="excellent", done="随选票写的自评")
    own = reverse("evaluations:self_review_write", args=[world.period.pk])
    ballot = posted(paper_for(world.member2, round.pk))
    as_person(world.member2).post(own, {"overall": "good", "done": "", **ballot})

    assert SelfReview.objects.values().get(pk=review.pk) == before
    assert SelfReview.objects.count() == 2
    assert stored(round) == (1, 1)
    assert not paper_for(world.member2, round.pk).has_voted


def test_duty_is_settled_at_the_close_and_read_from_the_marks_until_then(world):
    round = opened(world)
    duty = DutyFactory(
        period=world.period, act="peer_ballot", assignee=world.member, organisation=world.north
    )
    mine = Duty.objects.filter(assignee=world.member)

    vote(round, world.member)

    duty.refresh_from_db()
    assert duty.done_at is None
    assert list(without_cast_ballots(mine, world.member)) == []
    assert list(without_cast_ballots(Duty.objects.all(), world.member2)) == [duty]
    assert ballot_states(world.member, [world.period.pk]) == {world.period.pk: (round, True)}


def test_person_who_left_cannot_sign_in_but_the_roll_stays(world, as_person):
    round = opened(world)
    Person.objects.filter(pk=world.member.pk).update(is_active=False)

    assert round.roll.count() == 8
