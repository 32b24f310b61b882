"""Schemes go into the database and come out again; versions are made only when needed."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.actions.schemes import (
    SchemeRefusedError,
    VersionLockedError,
    dump_scheme,
    load_scheme,
    rewrite_version,
)
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Family, Item, Scheme, SchemeVersion
from campaigns.models.document import MECHANISMS, Due, RecipePart, SchemeDocument
from common.models import AuditEvent
from tests.campaigns.broken import SMALL

SHIPPED = sorted((Path(settings.BASE_DIR) / "campaigns" / "schemes").glob("*.yaml"))
SAMPLES = sorted((Path(__file__).parent / "schemes").glob("*.yaml"))
NOW = timezone.now()


def load(text, at=NOW):
    return load_scheme(read_scheme(text), by=None, at=at)


def changed(text=SMALL):
    return text.replace("亮承诺", "亮诺言")


@pytest.mark.django_db
def test_a_scheme_becomes_rows():
    version = load(SMALL)

    assert (version.number, version.scheme.name) == (1, "小方案")
    assert [(family.key, family.role) for family in Family.objects.order_by("order")] == [
        ("show", "show"),
        ("review", "review"),
    ]
    promise = Item.objects.get(key="promise")
    assert (promise.name, promise.mechanism, promise.settings) == (
        "亮承诺",
        "pledge",
        {"owners": ["person"]},
    )
    assert AuditEvent.objects.get().verb == "load_scheme"


@pytest.mark.django_db
def test_items_below_items_keep_their_parent():
    version = load(SHIPPED[0].read_bytes())

    child = Item.objects.get(family__version=version, key="service_cards")

    assert child.parent.name == "亮承诺"
    assert child.parent.mechanism == ""


@pytest.mark.django_db
def test_the_same_content_makes_no_new_version():
    first = load(SMALL)

    again = load("# 说明\n" + SMALL)

    assert again == first
    assert (SchemeVersion.objects.count(), AuditEvent.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_changed_content_makes_a_new_version_and_leaves_the_old_one():
    first = load(SMALL)

    second = load(changed().replace("name: 小方案", "name: 新方案"))

    assert second.number == 2
    assert Scheme.objects.get().name == "新方案"
    first = SchemeVersion.objects.get(pk=first.pk)
    assert first.plan.item("promise").name == "亮承诺"
    assert Item.objects.filter(key="promise").count() == 2


@pytest.mark.django_db
def test_an_unlocked_version_may_be_rewritten():
    version = load(SMALL)

    rewrite_version(version, read_scheme(changed()), by=None, at=NOW)

    assert Item.objects.get(key="promise").name == "亮诺言"
    assert SchemeVersion.objects.get().plan.item("promise").name == "亮诺言"


@pytest.mark.django_db
def test_a_locked_version_is_never_altered():
    version = load(SMALL)
    SchemeVersion.objects.update(locked_at=NOW)

    with pytest.raises(VersionLockedError, match="请存为新版本"):
        rewrite_version(version, read_scheme(changed()), by=None, at=NOW)
    load(changed())

    assert SchemeVersion.objects.get(number=1).plan.item("promise").name == "亮承诺"


@pytest.mark.django_db
def test_another_scheme_cannot_slip_into_a_version():
    version = load(SMALL)

    with pytest.raises(SchemeRefusedError, match="small-plan"):
        rewrite_version(
            version, read_scheme(SMALL.replace("small-plan", "big-plan")), by=None, at=NOW
        )


@pytest.mark.django_db
def test_a_document_that_contradicts_itself_is_not_stored():
    data = read_scheme(SMALL).model_dump()
    data["titles"][0]["criteria"] = ["six"]

    with pytest.raises(SchemeRefusedError, match="没有标准“six”"):
        load_scheme(SchemeDocument.model_validate(data), by=None, at=NOW)

    assert not Scheme.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("file", SHIPPED + SAMPLES, ids=lambda file: file.stem)
def test_a_dumped_scheme_reads_back_the_same(file):
    document = read_scheme(file.read_bytes())
    version = SchemeVersion.objects.get(pk=load_scheme(document, by=None, at=NOW).pk)

    text = dump_scheme(version)

    assert version.plan == document
    assert read_scheme(text) == document
    assert text.startswith(f"# {document.name}\n")
    assert "&" not in text
    assert "!!" not in text


@pytest.mark.django_db
def test_commands_load_and_dump(tmp_path, capsys):
    file = tmp_path / "small.yaml"
    file.write_text(changed())

    call_command("load_scheme", file, "--json")
    loaded = json.loads(capsys.readouterr().out)
    call_command("dump_scheme", "small-plan")
    dumped = capsys.readouterr().out

    assert loaded == {
        "ok": True, "slug": "small-plan", "version": 1, "name": "小方案", "not_enabled": [],
    }  # fmt: skip
    assert read_scheme(dumped).item("promise").name == "亮诺言"


@pytest.mark.django_db
def test_dump_of_an_older_version(capsys):
    load(SMALL)
    load(changed())

    call_command("dump_scheme", "small-plan", "--version-number", "1")

    assert "亮承诺" in capsys.readouterr().out


@pytest.mark.django_db
def test_dump_of_an_unknown_scheme_is_refused():
    with pytest.raises(CommandError, match="没有方案“nobody”"):
        call_command("dump_scheme", "nobody")


@pytest.mark.django_db
def test_load_says_what_is_not_enabled_yet(capsys, monkeypatch):
    """Everything the shipped plans name is built by now: something that is not has to be made up."""
    monkeypatch.setitem(MECHANISMS, "activity", replace(MECHANISMS["activity"], enabled=False))

    call_command("load_scheme", SHIPPED[0])

    assert "尚未启用的项目" in capsys.readouterr().out


def test_yaml_of_the_newer_kind_keeps_words_as_words():
    document = read_scheme(SMALL.replace("name: 小方案", "name: 'on'").replace("两亮一评", "no"))

    assert (document.name, document.short_name) == ("on", "no")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (Due(day=1), date(2026, 1, 1)),
        (Due(day=-1), date(2026, 3, 31)),
        (Due(day=1, working_days=True), date(2026, 1, 1)),
        (Due(day=2, working_days=True), date(2026, 1, 2)),
        (Due(day=3, working_days=True), date(2026, 1, 5)),
        (Due(day=-1, month=2), date(2026, 2, 28)),
        (Due(day=31, month=2), date(2026, 2, 28)),
        (Due(day=-1, month=2, working_days=True), date(2026, 2, 27)),
        (Due(day=300), date(2026, 3, 31)),
    ],
)
def test_a_due_day_lies_inside_its_period(due, expected):
    first, last = date(2026, 1, 1), date(2026, 3, 31)

    found = due.within(first, last, lambda day: day.weekday() < 5)

    assert found == expected
    assert first - timedelta(1) < found < last + timedelta(1)


def test_a_document_is_read_by_name():
    document = read_scheme(SMALL)

    assert document.level_values("four") == {
        "excellent": 100, "good": 85.5, "fair": 70, "poor": 50, "unknown": None,
    }  # fmt: skip
    assert document.questionnaire_for("peer_review").key == "peer"
    assert document.questionnaire_for("panel") is None
    assert document.rater_class("peers").min_n == 3
    assert document.scale("four").top == 100
    assert document.recipe("branch") is None
    assert [item.key for item in document.items_in("first")] == ["promise"]
    assert len(document.items_in("second")) == 4
    assert document.title("model").criteria == ("five",)
    assert document.thresholds.histogram == 6
    assert document.pledge_themes("person") == ()
    assert document.unit_type("approval").name == "行政审批"
    assert document.channel("qr").weight == 1
    assert document.criteria_list("five").entries[0].placeholder
    assert [rater.key for rater in document.rater_classes_from("public")] == ["public"]
    assert [rule.key for rule in document.rules_for("peer_ballot")] == ["vote"]
    assert document.rule("vote").frequency == "monthly"
    assert MECHANISMS["pledge"].setting_names[:2] == ("about", "owners")
    for wrong in (document.item, document.questionnaire, document.rater_class, document.stage):
        with pytest.raises(KeyError, match="方案里没有"):
            wrong("nothing")


@pytest.mark.parametrize(("rated", "most"), [(1, 1), (3, 1), (5, 1), (6, 2), (32, 10), (33, 11)])
def test_a_third_is_counted_exactly(rated, most):
    quota = read_scheme(SMALL).questionnaire("peer").ballot.quotas[0]

    assert quota.at_most.people(rated) == most


def test_what_a_recipe_says_by_its_order_is_stored_as_a_list():
    """jsonb sorts the keys of a mapping: 优秀 before 合格 would not come back in that order."""
    formula = {
        "score": {"kind": "majority", "scale": {"好": 2, "中": 1}, "source": "peers"},
        "scales": {"own": {"高": 2, "低": 1}},
        "bands": {"优秀": 90, "合格": "[60,90)", "差": 0},
    }

    kept = RecipePart(subject="person", name="得分", formula=formula).formula

    assert kept["bands"] == [
        {"label": "优秀", "from": 90}, {"label": "合格", "range": "[60,90)"}, {"label": "差", "from": 0},
    ]  # fmt: skip
    assert kept["score"]["scale"] == [{"key": "好", "value": 2}, {"key": "中", "value": 1}]
    assert kept["scales"]["own"] == [{"key": "高", "value": 2}, {"key": "低", "value": 1}]
    assert RecipePart(subject="person", name="得分", formula=kept).formula == kept
