"""The four shipped plans and the two samples: whole, loadable, and each acceptance row is in its plan."""

import re
from pathlib import Path

import pytest
from django.conf import settings

import scoring
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models.document import ACTS, MECHANISMS, problems_of

SHIPPED = Path(settings.BASE_DIR) / "campaigns" / "schemes"
SAMPLES = Path(__file__).parent / "schemes"
# The rows of mission.md by plan (letters A, B, C, D of its column "Schemes").
ROWS = {
    "guanyun-weather": """
        L01 L03 L04 L14 L15 L17 L21 L22 L23 L24 B01 B04 B07 C04 P01 P05 P10 P11 P16 P17 S01 S03 S04
        H03 H04 H06 R01 R02 R11 T03 T04 G10""",
    "hengyang-bureau": """
        L01 L02 L06 L07 L08 L10 L13 L14 L15 L17 L18 L20 B01 B02 B03 B05 B06 B08 B13 C05 C06 C10 P02
        P06 P07 P08 P09 P10 P12 P14 P15 P17 P20 P24 P26 P27 Z01 Z02 Z03 Z04 Z05 Z07 S02 S06 S08 S11
        H03 H04 H05 R01 R03 R06 R07 R08 R10 T02 T03 T04 T05 G09""",
    "huanggang-hospital": """
        L01 L04 L06 L07 L09 L11 L14 L17 L19 L23 L25 L26 B09 B12 B13 C01 C02 C04 C05 C06 C07 C11 P04
        P26 P27 Z08 S03 S05 S07 S09 S10 H04 R04 R08 R09 R11 T04 G01 G02 G03 G04 G05 G06 G08 G09 G11
        G12""",
    "county-service-centre": """
        L01 L04 L05 L11 L12 L12.1 L12.2 L12.3 L12.4 L12.5 L12.6 L12.7 L12.8 L15 L16 L19 L25 L26 B02
        B03 B09 B10 B11 B12 B13 C01 C03 C04 C05 C06 C07 C08 C09 C11 P03 P06 P10 P12 P13 P16 P18 P19
        P21 P22 P23 P25 P26 P27 Z06 S07 H01 H02 H04 R01 R02 R05 R06 R07 R08 R11 T01 T02 T04 G01 G03
        G06 G07 G09 G12 G13""",
}
NUMBERS = {
    "guanyun-weather": 32,
    "hengyang-bureau": 60,
    "huanggang-hospital": 47,
    "county-service-centre": 70,
}


def plan(slug, folder=SHIPPED):
    return read_scheme((folder / f"{slug}.yaml").read_bytes())


def rows_of(part):
    if isinstance(part, dict):
        for key, value in part.items():
            yield from value if key == "rows" else rows_of(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from rows_of(value)


@pytest.mark.parametrize("slug", ROWS)
def test_every_row_of_a_plan_is_named_in_its_scheme(slug):
    document = plan(slug)

    assert document.slug == slug
    assert len(ROWS[slug].split()) == NUMBERS[slug]
    assert set(rows_of(document.model_dump())) == set(ROWS[slug].split())


@pytest.mark.parametrize("slug", ROWS)
def test_a_plan_gives_every_role_something_to_do(slug):
    document = plan(slug)

    who = {who for rule in document.cadence if document.is_enabled(rule) for who in rule.who}

    assert {"secretary", "leader", "committee", "inspector", "public"} <= who
    assert {"members", "participants"} & who


@pytest.mark.parametrize("slug", ROWS)
def test_what_is_not_built_is_there_and_says_so(slug):
    document = plan(slug)

    waiting = document.not_built()

    named = [item for item in document.items() if item.mechanism]
    assert [item for item in named if not MECHANISMS[item.mechanism].enabled] == list(waiting)


@pytest.mark.parametrize("slug", ROWS)
def test_a_plan_scores_persons_windows_and_branches(slug):
    document = plan(slug)

    assert set(document.scoring_recipes) == {"person", "window", "branch"}
    inputs = {"public": {"overall": {"very_satisfied": 8, "satisfied": 2}}}
    inputs |= {"pledges": {"kept": 4, "total": 5}, "inspections": {"done": 9, "total": 10}}
    for subject in ("window", "branch"):
        result = scoring.score(document.scoring_recipes[subject], inputs)
        assert 60 < result.value <= 100, subject
        assert result.band


def test_plans_differ_where_the_originals_do():
    a, b, c, d = (plan(slug) for slug in ROWS)

    assert [item.name for item in a.family("show").items] == ["亮身份", "亮承诺", "亮形象"]
    assert [item.name for item in b.family("show").items] == ["亮身份", "亮标准", "亮承诺"]
    assert c.family_of("democratic_review").role == "show"  # no chapter of reviews in C (P04)
    assert [item.name for item in d.family("review").items] == [
        "个人自评", "党员互评", "支部讲评", "领导点评", "群众测评",
    ]  # fmt: skip
    assert [document.includes_non_members for document in (a, b, c, d)] == [
        False,
        False,
        False,
        True,
    ]
    assert b.item_name("standard", stage="carry_out") == "亮措施"
    assert b.item_name("standard") == "亮标准"


def test_weights_differ_by_unit_type_in_the_second_plan():
    recipe = plan("hengyang-bureau").scoring_recipes["window"]
    inputs = {"pledges": {"kept": 1, "total": 1}, "duties": {"done": 0, "total": 1}}
    inputs |= {"public": {"overall": {"satisfied": 10}}}

    approval, window = (
        scoring.score(recipe, inputs, unit_type=unit_type).value
        for unit_type in ("approval", "window_service")
    )

    assert (approval, window) == (74, 44)


def test_the_five_evaluators_sample_scores_as_published():
    document = plan("puxian-first-secretary", SAMPLES)
    recipe = document.scoring_recipes["person"]
    scores = {
        "dispatching_unit": [92], "township": [88.5], "village": [95], "delegates": [90],
        "third_party": [81],
    }  # fmt: skip

    whole = scoring.score(recipe, scores)
    without = scoring.score(recipe, {**scores, "third_party": None})

    assert (str(whole.rounded), str(without.rounded)) == ("89.30", "91.38")
    assert [family.name for family in document.families] == ["三亮", "四看", "五评"]


def test_the_ballot_quota_sample_holds_its_rules():
    document = plan("ballot-quota-review", SAMPLES)
    questionnaire = document.questionnaire("peer")
    most, least = questionnaire.ballot.quotas

    assert (most.score_from, most.at_most.people(20)) == (90, 3)
    assert (least.score_below, least.at_least.people(20)) == (70, 2)
    assert questionnaire.ballot.refuse_uniform
    assert questionnaire.order == "strokes"
    assert document.not_built() == ()
    five, six = ([80, 70, 60, 90, 100], [80, 70, 60, 90, 100, 0])
    mean = scoring.score(document.scoring_recipes["person"], {"peers": five})
    trimmed = scoring.score(document.scoring_recipes["person"], {"peers": six})
    assert (mean.value, trimmed.value) == (80, 75)


def test_a_plan_of_pairs_with_races_and_units_that_rate_units():
    document = plan("paired-race", SAMPLES)
    form = {"service": {"a": 2, "b": 2}, "promise": {"b": 4}}
    votes = dict.fromkeys(("units", "leaders", "delegates", "served", "third"), form)
    recipe = document.scoring_recipes["branch"]

    kept = scoring.score(recipe, votes | {"pledges": {"kept": 3, "total": 4}})
    broken = scoring.score(recipe, votes | {"pledges": {"kept": 0, "total": 4}})

    assert problems_of(document) == []
    assert (str(kept.rounded), kept.band) == ("89.50", "达标")
    assert (str(broken.rounded), broken.band) == ("59.00", "待改进")


def test_no_campaign_word_stands_in_the_code():
    """The scheme is data: words of a plan are in YAML, in demo data and in tests only."""
    base = Path(settings.BASE_DIR)
    apps = ("campaign_portal", "supervision", "evaluations", "competitions", "pledges", "campaigns", "branches", "common", "scoring")  # fmt: skip
    words = re.compile("亮身份|三亮|五亮|三比|五创|灌云|衡阳|黄冈")

    found = [
        str(file.relative_to(base))
        for app in apps
        for file in (base / app).rglob("*.py")
        if "demo" not in file.parts and "demo" not in file.stem and words.search(file.read_text())
    ]

    assert found == []


@pytest.mark.parametrize("slug", ROWS)
def test_no_real_name_and_no_slip_of_the_originals(slug):
    text = (SHIPPED / f"{slug}.yaml").read_text()

    assert not re.search(
        "马先军|李祥生|刘诗真|邹可成|满意窗品|优秀共产党[^员]|旅游行业|白沙镇|公和村", text
    )


def test_acts_name_mechanisms_that_exist():
    assert {act.mechanism for act in ACTS.values()} <= {None, *MECHANISMS}
