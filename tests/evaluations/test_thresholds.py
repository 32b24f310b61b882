"""What may be known of a round (T13): every turnout from 2 to 8 people, by enumeration."""

from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from evaluations.actions import counting
from evaluations.actions.close import close_round
from evaluations.actions.paper import Rating
from evaluations.models import PeerComment, PeerTally, Sheet, SheetLevel, SheetQuestion
from evaluations.queries import results
from tests.evaluations.ballots import opened, past_deadline, vote, voters
from tests.factories import SelfReviewFactory

LEVELS = tuple(
    SheetLevel(key, name, value)
    for key, name, value in [
        ("a", "优", "95"),
        ("b", "良", "80"),
        ("c", "中", "65"),
        ("d", "差", "40"),
    ]
)
SHEET = Sheet("表", (SheetQuestion("duty", "履职", LEVELS), SheetQuestion("style", "作风", LEVELS)))


def ballots_of(people, voting, levels):
    """Everybody in `voting` rates the others; `levels(voter, rated)` is what he gives."""
    return [
        {
            rated: None if rated == voter else Rating((levels(voter, rated),) * 2, (), "留言")
            for rated in range(people)
        }
        for voter in voting
    ]


@pytest.mark.parametrize("people", range(2, 9))
def test_nothing_is_kept_below_the_thresholds_whatever_the_turnout(people):
    cells = 0
    for turnout in product([False, True], repeat=people):
        voting = [position for position, goes in enumerate(turnout) if goes]
        ballots = ballots_of(people, voting, lambda voter, rated: 1 + (voter + rated) % 4)
        lines = counting.tally(SHEET, ballots, rated=range(people))
        remarks = counting.comments(SHEET, ballots, rated=range(people))
        for position in range(people):
            others = len(set(voting) - {position})
            own = [line for line in lines if line.position == position]
            said = [remark for remark in remarks if remark.position == position]
            cells += 1
            assert_only_what_may_be_known(own, said, others)
    assert cells == people * 2**people


def assert_only_what_may_be_known(lines, remarks, others):
    if others >= 5:
        assert [line.shown for line in lines] == ["histogram", "histogram"]
        assert all(sum(line.counts) == others for line in lines)
        assert len(remarks) == others
        return
    (line,) = lines  # one for all questions: several grades would say more than one
    assert line.counts == ()
    assert remarks == []
    assert (line.shown, line.grade is None) == (
        ("grade", False) if others >= 3 else ("nothing", True)
    )


@given(st.lists(st.integers(1, 4), min_size=3, max_size=4))
def test_a_grade_is_one_level_next_to_the_mean(chosen):
    ballots = ballots_of(len(chosen) + 1, range(len(chosen)), lambda voter, _: chosen[voter])
    last = len(chosen)

    (line,) = [
        line for line in counting.tally(SHEET, ballots, rated=[last]) if line.position == last
    ]

    values = [95, 80, 65, 40]
    mean = sum(values[level - 1] for level in chosen) / len(chosen)
    nearest = min(abs(value - mean) for value in values)
    assert abs(values[line.grade - 1] - mean) == pytest.approx(nearest)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_small_unanimous_histograms_are_never_shown_as_such(counts):
    """Attack B13: "all five gave 差" would tell everybody's answer."""
    levels = tuple(SheetLevel(f"k{n}", f"第{n}档", str(100 - n)) for n in range(len(counts)))
    question = SheetQuestion("q", "问", levels)
    total = sum(counts)

    bars = results.bars(question, counts)

    assert sum(bar.count for bar in bars) == total
    full = [bar for bar in bars if bar.count == total]
    if 0 < total < results.UNANIMITY_SHOWN_FROM and full:
        assert "或" in full[0].name or len(levels) == 1


@pytest.mark.parametrize("levels", range(2, 9))
def test_a_small_unanimous_histogram_fits_two_answers_at_least(levels):
    """B13: for an odd number of levels too: 第三档 of three must not stand alone."""
    question = SheetQuestion(
        "q", "问", tuple(SheetLevel(f"k{n}", f"{n}", "1") for n in range(levels))
    )

    def shown(chosen):
        counts = [7 if at == chosen else 0 for at in range(levels)]
        return tuple((bar.name, bar.count) for bar in results.bars(question, counts))

    pages = [shown(chosen) for chosen in range(levels)]

    assert all(pages.count(page) >= 2 for page in pages)


def closed_with(world, turnout, levels=2):
    round = opened(world)
    for person in voters(round)[:turnout]:
        vote(round, person, levels=levels, comment="踏实")
    close_round(past_deadline(round), by=None, at=timezone.now())
    round.refresh_from_db()
    return round


def page_of(as_person, viewer, round, person):
    url = reverse("evaluations:peer_result", args=[round.pk, person.pk])
    return as_person(viewer).get(url)


@pytest.mark.parametrize(
    ("turnout", "words"), [(0, "票数不足"), (3, "票数不足"), (5, "总评等次"), (7, "履职尽责")]
)
def test_result_page_says_no_more_than_it_may(world, as_person, turnout, words):
    round = closed_with(world, turnout)
    person = voters(round)[0] if turnout else world.member  # he voted: one ballot fewer about him

    page = page_of(as_person, person, round, person).content.decode()

    assert words in page
    assert ("优秀" in page) == (turnout == 7)


def test_nobody_but_those_above_sees_somebody_elses_result(world, as_person):
    round = closed_with(world, 8)

    assert page_of(as_person, world.member2, round, world.member).status_code == 403
    assert page_of(as_person, world.secretary2, round, world.member).status_code == 404
    for viewer in (world.secretary, world.leader, world.committee_member, world.inspector):
        assert page_of(as_person, viewer, round, world.member).status_code == 200


def test_before_the_close_there_is_no_result_for_anybody(world, as_person):
    round = opened(world)
    vote(round, world.member)

    for viewer in (world.member2, world.secretary, world.committee_member):
        page = page_of(
            as_person, world.member2 if viewer == world.member2 else viewer, round, world.member2
        )
        assert "还没有结果" in page.content.decode()


def test_own_page_compares_with_the_self_review(world, as_person):
    SelfReviewFactory(
        period=world.period, person=world.member, organisation=world.north,
        levels={"duty": "excellent"},
    )  # fmt: skip
    round = closed_with(world, 8, levels=2)

    page = page_of(as_person, world.member, round, world.member).content.decode()

    assert "自评：优秀" in page
    assert "优秀或称职" in page  # all seven gave 称职, which is not said


def test_gap_is_own_minus_others(world, as_person):
    SelfReviewFactory(
        period=world.period, person=world.member, organisation=world.north,
        levels={"duty": "excellent"},
    )  # fmt: skip
    round = opened(world)
    people = [person for person in voters(round) if person != world.member]
    for number, person in enumerate(people):
        vote(round, person, levels=2 if number else 3)
    close_round(past_deadline(round), by=None, at=timezone.now())

    page = page_of(as_person, world.member, round, world.member).content.decode()

    told = " ".join(strip_tags(page).split())
    assert "均值 77.9" in told  # (6 × 80 + 65) ÷ 7
    assert "比同志们的评价 +17.1" in told


def test_comments_wait_for_moderation_and_not_by_the_person_they_are_about(world, as_person):
    round = closed_with(world, 8)
    url = reverse("evaluations:comment_moderate", args=[round.pk])
    about_secretary = PeerComment.objects.filter(person=world.secretary).first()
    about_member = PeerComment.objects.filter(person=world.member).first()

    listed = as_person(world.secretary).get(url).content.decode()
    own = as_person(world.secretary).post(url, {"comment": about_secretary.pk, "verdict": "show"})
    as_person(world.secretary).post(url, {"comment": about_member.pk, "verdict": "show"})

    assert f"给 {world.member.name}" in listed
    assert f"给 {world.secretary.name}" not in listed
    assert own.status_code == 403
    assert PeerComment.objects.get(pk=about_member.pk).state == "shown"
    assert PeerComment.objects.get(pk=about_secretary.pk).state == "waiting"
    assert (
        page_of(as_person, world.member, round, world.member).content.decode().count("<blockquote")
        == 1
    )


def test_no_page_changes_before_the_close_but_for_the_turnout(world, as_person):
    """B9, T14: for every role the pages are the same bytes after each vote."""
    round = opened(world)
    watchers = [
        world.member6,
        world.secretary,
        world.leader,
        world.committee_member,
        world.inspector,
    ]
    urls = [
        reverse("evaluations:round_detail", args=[round.pk]),
        reverse("evaluations:round_list"),
        reverse("evaluations:peer_result", args=[round.pk, world.member.pk]),
    ]

    def seen():
        return [
            _without_turnout(as_person(person).get(url).content.decode())
            for person in watchers
            for url in urls
        ]

    before = seen()
    for turnout, person in enumerate([world.member, world.member2, world.member3], 1):
        vote(round, person, levels=turnout + 1)
        assert seen() == before
    assert not PeerTally.objects.exists()


def _without_turnout(page):
    import re  # noqa: PLC0415

    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", page)
    return re.sub(r'(<span class="stat-figure">|class="end num">)\s*\d+', r"\1", page)
