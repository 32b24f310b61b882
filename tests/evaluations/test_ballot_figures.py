"""Peer sheets answered with figures from 0 to 100: sheet, limits in the ballot, count, result, score (S07, B13)."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

import scoring
from campaigns.models.document import SchemeDocument, problems_of
from evaluations.actions.ballots import cast_ballot
from evaluations.actions.close import close_round
from evaluations.actions.paper import Rating
from evaluations.models import Ballot, PeerTally, Sheet, SheetQuestion
from evaluations.queries import results
from evaluations.queries.peer import paper_for
from evaluations.queries.sheets import peer_sheet
from tests.evaluations.ballots import grown, opened, past_deadline, voters
from tests.factories.campaigns import SchemeVersionFactory
from tests.factories.document import plan
from tests.supervision.gathered import inputs_of

HUNDRED = {"key": "hundred", "name": "百分制", "lowest": 0, "highest": 100, "step": "0.5"}
LIMITS = [
    {"name": "九十分以上最多三人", "score_from": 90, "at_most": {"count": 3}},
    {"name": "七十分以下至少一人", "score_below": 70, "at_least": {"count": 1}},
]
TRIMMED = {
    "score": {
        "kind": "trimmed_mean", "label": "互评", "source": "peers", "question": "score",
        "range": [0, 100], "trim": {"above": 5, "highest": 1, "lowest": 1},
    },
    "rounding": 2,
}  # fmt: skip
GRADES = {"levels": {"好": 3, "中": 2, "差": 1}, "bands": {"好": 85, "中": 60, "差": 0}}
MAJORITY = {
    "score": {
        "kind": "majority", "label": "多数等次", "source": "peers", "question": "score",
        "scale": [{"key": key, "value": value} for key, value in GRADES["levels"].items()],
        "grade": {"bands": [{"label": key, "from": low} for key, low in GRADES["bands"].items()]},
    }
}  # fmt: skip


def of_figures(formula=TRIMMED, quotas=(), **ballot):
    questionnaires = plan()["questionnaires"]
    for questionnaire in questionnaires:
        if questionnaire["key"] == "peer_form":
            questionnaire["questions"] = [{"key": "score", "name": "得分", "scale": "hundred"}]
            questionnaire["ballot"] = {"quotas": list(quotas), **ballot}
    recipes = plan()["recipes"]
    recipes[0]["formula"] = formula
    return plan(scales=[*plan()["scales"], HUNDRED], questionnaires=questionnaires, recipes=recipes)


def runs(world, document):
    version = SchemeVersionFactory(document=document)
    type(world.campaign).objects.update(scheme_version=version)
    type(world.period).objects.update(scheme_version=version)
    world.campaign.refresh_from_db()
    world.period = type(world.period).objects.get(pk=world.period.pk)
    return world


def counted(world, marks):
    """A closed round in which the nth voter gives everybody `marks[n]`."""
    round = opened(world)
    for person, mark in zip(voters(round), marks, strict=False):
        paper = paper_for(person, round.pk)
        place = round.sheet.scale_questions[0].number_of(str(mark))
        ballot = {position: Rating((place,)) for position in paper.positions}
        cast_ballot(paper, ballot=ballot, by=person)
    close_round(past_deadline(round), by=None, at=timezone.now())
    round.refresh_from_db()
    return round


def tally_of(round, person):
    return PeerTally.objects.get(round=round, person=person)


def test_the_plan_is_whole_and_nothing_of_it_waits():
    document = SchemeDocument.model_validate(of_figures(quotas=LIMITS))

    assert problems_of(document) == []
    assert document.not_built() == ()


@pytest.mark.parametrize(
    ("written", "place"),
    [("0", 1), ("100", 201), ("88.5", 178), (" \uff18\uff18.5 ", 178), ("88.50", 178),
     ("88.3", None), ("-1", None), ("100.5", None), ("1e2", None), ("8_8", None), ("NaN", None),
     ("", None), ("九十", None), ("9" * 400, None)],
)  # fmt: skip
def test_a_figure_is_read_exactly_or_not_at_all(written, place):
    question = SheetQuestion("score", "得分", lowest="0", highest="100", step="0.5")

    assert question.number_of(written) == place
    if place:
        assert question.number_of(str(question.figure_at(place))) == place


def test_the_sheet_is_frozen_with_its_range_and_comes_back():
    document = SchemeDocument.model_validate(of_figures(quotas=LIMITS))

    sheet = peer_sheet(document, rated_count=8)

    assert Sheet.from_data(json.loads(json.dumps(sheet.as_data()))) == sheet
    assert (sheet.questions[0].lowest, sheet.questions[0].step) == ("0", "0.5")
    assert [(one.score_from, one.score_below) for one in sheet.quotas] == [
        ("90", None),
        (None, "70"),
    ]


def typed(paper, *marks):
    fields = [f"p{position}-score" for position in paper.positions]
    return dict(zip(fields, [*marks, *["80"] * len(fields)], strict=False))


def page(world, as_person, round, data=None):
    url = reverse("evaluations:peer_ballot", args=[round.pk])
    client = as_person(world.member)
    return client.get(url) if data is None else client.post(url, data)


def test_the_page_asks_for_figures_and_keeps_what_was_typed(world, as_person):
    round = opened(runs(world, of_figures(quotas=LIMITS)))
    paper = paper_for(world.member, round.pk)

    blank = page(world, as_person, round).content.decode()
    wrong = page(world, as_person, round, typed(paper, "120", "88.3", "91.5"))

    assert 'inputmode="decimal"' in blank
    assert 'max="100" step="0.5"' in blank
    assert "90 分以上" in blank
    assert wrong.status_code == 400
    text = wrong.content.decode()
    assert "有 2 处分数不对：“得分”要在 0 到 100 之间，每 0.5 分一档。" in text
    assert 'value="120"' in text
    assert 'value="91.5"' in text
    assert text.count("这一位的“得分”要在 0 到 100 之间") == 2
    assert not Ballot.objects.exists()


def test_limits_within_the_ballot_go_by_figures(world, as_person):
    round = opened(runs(world, of_figures(quotas=LIMITS, refuse_uniform=True)))
    paper = paper_for(world.member, round.pk)

    many = page(world, as_person, round, typed(paper, "95", "90", "92", "100", "60"))
    alike = page(world, as_person, round, typed(paper))
    missing = page(world, as_person, round, typed(paper, ""))
    right = page(world, as_person, round, typed(paper, "95", "90", "92", "89.5", "69.5"))

    assert "九十分以上最多三人：最多 3 人，现在选了 4 人。" in many.content.decode()
    assert "七十分以下至少一人：至少 1 人，现在选了 0 人。" in alike.content.decode()
    assert "不能给所有人完全相同的评价" in alike.content.decode()
    assert "还有 1 人没有评完" in missing.content.decode()
    assert (right.status_code, Ballot.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    ("turnout", "shown", "scores", "grade"),
    [
        (7, "histogram", {"60": 1, "70": 1, "80": 1, "90": 1, "95.5": 1, "100": 1}, None),
        (4, "grade", None, 9),  # 70, 80, 90: their mean is 80, the ninth of eleven tenths
        (2, "nothing", None, None),
    ],
)
def test_what_is_kept_of_figures_goes_by_the_thresholds(world, turnout, shown, scores, grade):
    marks = [85, 60, 70, 80, 90, "95.5", 100] if turnout == 7 else [85, 70, 80, 90]
    round = counted(runs(world, of_figures()), marks[:turnout])

    tally = tally_of(round, voters(round)[0])

    assert (tally.shown, tally.scores, tally.grade) == (shown, scores, grade)
    assert sum(tally.counts) == 0


def test_the_database_keeps_no_figures_of_a_small_round(world):
    round = counted(runs(world, of_figures()), [85, 60])
    tally = PeerTally.objects.filter(round=round, shown="nothing").first()

    with pytest.raises(IntegrityError), transaction.atomic():
        PeerTally.objects.filter(pk=tally.pk).update(scores={"60": 1})


def result_page(as_person, round, person):
    url = reverse("evaluations:peer_result", args=[round.pk, person.pk])
    return " ".join(as_person(person).get(url).content.decode().split())


def test_below_ten_ballots_the_page_has_a_mean_and_no_distribution(world, as_person):
    round = counted(runs(world, of_figures()), [85, 60, 70, 80, 90, "95.5", 100])
    person = voters(round)[0]

    text = result_page(as_person, round, person)

    assert "均值 82.6" in text
    assert "不到 10 票只给均值" in text
    assert "95.5" not in text


def test_near_an_end_of_the_range_not_even_the_mean(world, as_person):
    """B13: all gave 100 would tell everybody's answer."""
    round = counted(runs(world, of_figures()), [100] * 7)

    text = result_page(as_person, round, voters(round)[0])

    assert "95 分以上" in text
    assert "均值 100" not in text


def test_from_ten_ballots_there_is_a_distribution_in_tenths(world, as_person):
    marks = [85, 60, 61, 70, 75.5, 80, 88, 90, 95, 99, 100, 100]
    round = counted(grown(runs(world, of_figures()), 13), marks)

    result = results.result_of(round, voters(round)[0])

    assert [(bar.name, bar.count) for bar in result.questions[0].bars] == [
        ("90 到 100", 5),
        ("80 到 90 以下", 2),
        ("70 到 80 以下", 2),
        ("60 到 70 以下", 2),
    ]


def scored(world, formula, marks):
    round = counted(runs(world, of_figures(formula)), marks)
    person = voters(round)[0]
    given = inputs_of(world.period, "person").get(person.pk, {})
    return scoring.score(world.period.plan.scoring_recipes["person"], given), given


def test_a_trimmed_mean_takes_the_figures_and_lists_none_of_them(world):
    result, given = scored(world, TRIMMED, [85, 60, 70, 80, 90, "95.5", 100])

    assert given["peers"]["score"]["quiet"]
    assert str(result.rounded) == "83.88"  # without 60 and 100, as more than five ballots count
    told = json.dumps(result.explanation, ensure_ascii=False)
    assert "95.5" not in told
    assert "不列出各张票的分数" in told


def test_each_ballot_is_graded_first_and_then_the_majority_taken(world):
    result, _ = scored(world, MAJORITY, [50, 86, 90, 85, 70, 60, 59])

    assert (result.value, result.band) == (3, "好")


@pytest.mark.parametrize(("formula", "value"), [(TRIMMED, 80), (MAJORITY, 2)])
def test_a_suppressed_figure_is_scored_by_its_tenth(world, formula, value):
    result, given = scored(world, formula, [85, 70, 80, 90])

    assert given == {"peers": {"score": {"grade": "80"}}}
    assert result.value == value


def test_too_few_ballots_leave_no_score(world):
    result, given = scored(world, TRIMMED, [85, 70])

    assert (given, result.value) == ({}, None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"questions": [{"key": "score", "scale": GRADES["levels"]}]}, "密封的互评按题计数"),
        ({"question": "speed"}, "互评问卷里没有打分题“speed”"),
        ({"range": [0, 10]}, "量表“百分制”是 0 到 100 分，超出这里写的范围"),
    ],
)
def test_what_sealed_ballots_cannot_give_is_refused_at_its_place(changes, said):
    formula = {"score": TRIMMED["score"] | changes}
    found = problems_of(SchemeDocument.model_validate(of_figures(formula)))

    assert any(said in problem.reason for problem in found), found
    assert all(problem.path[:3] == ("recipes", 0, "formula") for problem in found)


def test_levels_and_figures_are_not_mixed_on_one_sheet():
    document = of_figures()
    for questionnaire in document["questionnaires"]:
        if questionnaire["key"] == "peer_form":
            questionnaire["questions"].append({"key": "duty", "name": "履职", "scale": "four"})
    found = [problem.reason for problem in problems_of(SchemeDocument.model_validate(document))]

    assert any("要两样就分成两份问卷" in reason for reason in found)
