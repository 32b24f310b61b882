"""T16: no ballot above ⌊n/3⌋ 优秀, for every size of a round from 3 to 60."""

import os

import pytest
from django.urls import reverse

import scoring
from campaigns.models.document import SchemeDocument
from evaluations.actions.paper import (
    BallotRefused,
    Rating,
    check,
    pack,
    quota_count,
    size_for,
    unpack,
)
from evaluations.queries.peer import paper_for
from evaluations.queries.sheets import SheetImpossible, peer_sheet
from tests.evaluations.ballots import grown, opened, posted, voters
from tests.evaluations.web import all_at_once, running, session_of
from tests.factories.document import plan
from tests.world import build_world

# QUOTA_SIZES=6-60 is the long form: below six nobody can open a round.
LEAST, MOST = map(int, os.environ.get("QUOTA_SIZES", "9-10").split("-"))
PLAN = SchemeDocument.model_validate(plan())
RULE = [{"kind": "at_most", "question": "duty", "where": {"levels": ["1"]}, "share": "1/3"}]


def ballot_with(excellent, others):
    return {position: Rating((1 if position < excellent else 2, 2)) for position in range(others)}


@pytest.mark.parametrize("people", range(3, 61))
def test_at_the_limit_it_is_taken_and_above_it_refused(people):
    sheet = peer_sheet(PLAN, rated_count=people)
    limit = people // 3
    others = people - 1

    check(sheet, ballot_with(limit, others), rated=range(others))
    with pytest.raises(BallotRefused) as refusal:
        check(sheet, ballot_with(limit + 1, others), rated=range(others))

    assert refusal.value.problems == [
        f"优秀不超过三分之一：最多 {limit} 人，现在选了 {limit + 1} 人。"
    ]


@pytest.mark.parametrize("people", range(3, 61))
def test_scoring_would_judge_the_same(people):
    sheet = peer_sheet(PLAN, rated_count=people)
    for excellent in range(people):
        ballot = ballot_with(excellent, people - 1)
        marks = {
            str(position): {"duty": str(rating.levels[0])} for position, rating in ballot.items()
        }
        refused = bool(scoring.ballot_check(marks, RULE, n=people))
        count = quota_count(sheet, sheet.quotas[0], ballot)
        assert refused == (count > sheet.quotas[0].at_most)


@pytest.mark.system
@pytest.mark.on_both
def test_no_ballot_above_the_quota_is_stored_however_many_press_at_once(child_environment):
    """C4: everybody posts one too many (twice) and what is allowed at the same moment."""
    world = build_world()
    with running(child_environment) as web:
        for people in range(LEAST, MOST + 1):
            round = opened(grown(world, people))
            path = reverse("evaluations:peer_ballot", args=[round.pk])
            answers = all_at_once(list(_greedy_and_modest(web, path, round, people // 3)))

            taken = {person for person, status in answers if status == 302}
            assert {status for _, status in answers} == {302, 400}
            round.refresh_from_db()
            assert len(taken) == round.turnout == round.ballots.count() == people // 2
            round.roll.update(is_void=True)
            type(round).objects.filter(pk=round.pk).update(
                state="void", voided_at=round.opens_at, void_reason="下一次"
            )


def _greedy_and_modest(web, path, round, limit):
    """Half of the people keep to the limit; all try one more than it, from two tabs."""
    people = voters(round)
    for number, person in enumerate(people):
        paper, session = paper_for(person, round.pk), session_of(person)
        for excellent in [limit + 1, limit + 1, limit][: 3 if number < len(people) // 2 else 2]:
            chosen = {f"p{at}": "excellent" for at in paper.positions[:excellent]}
            yield _press(web, path, posted(paper, **chosen), session, person.pk)


def _press(web, path, data, session, person):
    return lambda: (person, web.post(path, data, session=session)[0])


def scheme(**ballot):
    questionnaires = plan()["questionnaires"]
    for questionnaire in questionnaires:
        if questionnaire["key"] == "peer_form":
            questionnaire["ballot"] = ballot
    return SchemeDocument.model_validate(plan(questionnaires=questionnaires))


@pytest.mark.parametrize(
    ("rules", "levels", "words"),
    [
        ({"refuse_uniform": True}, (2, 2), "完全相同"),
        ({"refuse_all_top": True}, (1, 1), "最高档"),
        (
            {"quotas": [{"name": "至少评一个差", "levels": ["poor"], "at_least": {"count": 1}}]},
            (2, 2),
            "至少 1 人",
        ),
        (
            {"quotas": [{"name": "八十分以上", "score_from": 80, "at_most": {"share": "50%"}}]},
            (2, 3),
            "最多 4 人",
        ),
    ],
)
def test_other_rules_of_a_scheme(rules, levels, words):
    sheet = peer_sheet(scheme(**rules), rated_count=8)

    with pytest.raises(BallotRefused) as refusal:
        check(sheet, {position: Rating(levels) for position in range(7)}, rated=range(7))

    assert words in refusal.value.problems[0]


def test_rule_without_a_question_holds_for_each():
    sheet = peer_sheet(
        scheme(quotas=[{"name": "优秀", "levels": ["excellent"], "at_most": {"count": 2}}]),
        rated_count=8,
    )

    assert [quota.question for quota in sheet.quotas] == ["duty", "style"]


def test_a_scale_too_fine_for_a_ballot_is_refused_with_a_reason():
    scales = [
        *plan()["scales"],
        {"key": "hundred", "name": "百分制", "lowest": 0, "highest": 100, "step": "0.001"},
    ]
    questionnaires = plan()["questionnaires"]
    for questionnaire in questionnaires:
        if questionnaire["key"] == "peer_form":
            questionnaire["questions"][1]["scale"] = "hundred"
    document = SchemeDocument.model_validate(plan(scales=scales, questionnaires=questionnaires))

    with pytest.raises(SheetImpossible, match="百分制"):
        peer_sheet(document, rated_count=8)


@pytest.mark.parametrize("people", [6, 20, 100])
def test_packed_ballots_come_back_and_have_one_size(people):
    sheet = peer_sheet(PLAN, rated_count=people)
    size = size_for(sheet, people)
    rated = list(range(people))
    short = {position: Rating((2, 3)) for position in rated[1:]}
    long = {position: Rating((4, 4), (), "\U0001f600" * 200) for position in rated[1:]}

    for ballot in (short, long):
        packed = pack(ballot, rated=rated, size=size)
        assert len(packed) == size
        assert unpack(packed, rated=rated) == {0: None, **ballot}


def test_a_very_long_roll_shares_one_limit():
    sheet = peer_sheet(PLAN, rated_count=400)
    size = size_for(sheet, 400)
    long = {position: Rating((4, 4), (), "长" * 200) for position in range(399)}

    assert size == 128 * 1024
    with pytest.raises(BallotRefused, match="refused"):
        pack(long, rated=range(400), size=size)
