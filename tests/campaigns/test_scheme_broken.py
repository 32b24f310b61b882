"""Every broken scheme is refused with line and reason, and nothing is stored."""

import json

import pytest
from django.core.management import call_command

from campaigns.forms.scheme_yaml import MAX_BYTES, SchemeFileError, read_scheme
from campaigns.models import Family, Item, Scheme, SchemeVersion
from common.models import AuditEvent
from tests.campaigns.broken import SMALL, SPOILT, WHOLE, spoilt

pytestmark = pytest.mark.django_db


def refused(content, tmp_path, capsys):
    """The problems that the command prints for this file; fails when it is accepted."""
    file = tmp_path / "scheme.yaml"
    file.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        call_command("load_scheme", file, "--json")
    assert stopped.value.code == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    return answer["problems"]


def nothing_stored():
    kinds = (Scheme, SchemeVersion, Family, Item, AuditEvent)
    return not any(kind.objects.exists() for kind in kinds)


def test_the_unspoilt_scheme_is_accepted():
    assert read_scheme(SMALL).slug == "small-plan"


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_scheme_is_refused_at_its_line(name, tmp_path, capsys):
    text, line = spoilt(name)

    problems = refused(text.encode(), tmp_path, capsys)

    found = [(found["line"], found["reason"]) for found in problems]
    assert any(at == line and SPOILT[name][2] in reason for at, reason in found), (line, found)
    assert nothing_stored()


@pytest.mark.parametrize("name", WHOLE)
def test_a_hopeless_file_is_refused(name, tmp_path, capsys):
    content, reason = WHOLE[name]

    problems = refused(content, tmp_path, capsys)

    assert any(reason in found["reason"] for found in problems), problems
    assert all(found["line"] >= 1 for found in problems)
    assert nothing_stored()


def test_all_problems_are_told_at_once():
    text = SMALL.replace("role: show", "role: shine").replace("min_n: 3", "min_n: 0")

    with pytest.raises(SchemeFileError) as refusal:
        read_scheme(text)

    assert [problem.path for problem in refusal.value.problems] == [
        "families[0].role",
        "rater_classes[0].min_n",
    ]
    assert "第 11 行（families[0].role）" in str(refusal.value)


def test_a_plan_for_windows_alone_has_no_peers():
    with pytest.raises(SchemeFileError, match="无人可以互评"):
        read_scheme(SMALL.replace("[members, windows, branches]", "[windows]"))


def test_a_missing_file_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit):
        call_command("load_scheme", tmp_path / "none.yaml")

    assert "读不到文件" in capsys.readouterr().err


def test_the_size_is_counted_in_bytes():
    with pytest.raises(SchemeFileError, match="超过 1 MB"):
        read_scheme("#" + "党" * (MAX_BYTES // 3 + 1))
