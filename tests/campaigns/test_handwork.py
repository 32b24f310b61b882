"""What the portal says each role's hands are busy with, from what `make burden` measured."""

import pytest
from django.conf import settings

from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models.document import CadenceRule
from campaigns.queries import handwork
from tools.burden.hand import Tally
from tools.burden.stage import SLUGS


def shipped(slug):
    return read_scheme((settings.BASE_DIR / "campaigns" / "schemes" / f"{slug}.yaml").read_bytes())


@pytest.mark.parametrize("slug", SLUGS)
def test_no_role_of_a_shipped_plan_is_over_its_limit(slug):
    lines = handwork.busiest_months(shipped(slug))

    assert {line.who for line in lines} == {"members", "secretary", "leader"}
    assert [(line.name, round(line.minutes, 1)) for line in lines if line.is_over] == []
    assert all(line.seconds > 0 and line.rules for line in lines)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_citizen_is_within_his_limit(slug):
    """P05: fifteen seconds for one rating."""
    assert 0 < handwork.citizen_seconds(shipped(slug)) <= handwork.CITIZEN_LIMIT


def test_targets_and_weeks_multiply_what_one_takes(monkeypatch):
    monkeypatch.setattr(handwork, "measured", lambda: {"branch_review": 60.0, "study": 10.0})
    common = {"name": "点评", "who": ("secretary",)}
    each = CadenceRule(
        key="a", act="branch_review", about="each_member", frequency="quarterly", **common
    )
    weekly = CadenceRule(key="b", act="study", frequency="weekly", **common)

    assert handwork.seconds_of(each) == 19 * 60
    assert handwork.seconds_of(weekly) == 4 * 10


def test_a_tally_becomes_seconds_by_the_keystroke_level_model():
    one = Tally(pages=2, taps=3, fields=1, characters=10)

    assert one.seconds == pytest.approx(2 * 2.35 + 3 * 1.2 + 1.35 + 30 * 0.28)
    assert (one + one).seconds == pytest.approx(2 * one.seconds)
