"""B09, C01, C04, C06, C11, R08, R09: what two shipped plans name stands on the pages in their own words."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from common.dates import today
from competitions.actions import selections
from competitions.models import Activity, Selection

SCHEMES = Path(settings.BASE_DIR) / "campaigns" / "schemes"


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


@pytest.fixture
def hospital(world):
    """The county of tests/world.py under the plan of a hospital."""
    document = read_scheme((SCHEMES / "huanggang-hospital.yaml").read_bytes())
    version = load_scheme(document, by=None, at=timezone.now())
    world.campaign.scheme_version = version
    world.campaign.save()
    world.campaign.periods.update(scheme_version=version)
    return world


def test_five_comparisons_and_five_aims_as_the_plan_names_them(hospital, as_person):
    """B09, C01."""
    page = as_person(hospital.member).get(url("compare_home")).content.decode()

    for name in (
        "比素质",
        "比干劲",
        "比奉献",
        "比创新",
        "比作风",
        "创一流部门",
        "创一流队伍",
        "创一流服务",
        "创一流业绩",
    ):
        assert name in page


def test_a_window_is_recommended_for_each_of_the_plans_window_titles(hospital, as_person):
    """C04, C06, C11: titles of windows, chosen by selection."""
    wanted = ("优化发展环境示范窗口", "服务群众便民窗口", "精神风貌形象窗口")
    form = as_person(hospital.committee_member).get(url("selection_add")).content.decode()
    for name in wanted:
        assert name in form
    as_person(hospital.committee_member).post(
        url("selection_add"),
        {
            "title": "model_window",
            "organisation": hospital.root.pk,
            "closes_on": today().isoformat(),
        },
    )
    selection = Selection.objects.get()
    selections.nominate(
        selection, kind="window", subject=hospital.window, place=hospital.north,
        reason="材料一次告知，少跑一趟", by=hospital.secretary, at=timezone.now(),
    )  # fmt: skip

    page = as_person(hospital.committee_member).get(url("selection_detail", selection.pk))

    assert selection.subject == "window"
    assert "婚姻登记窗口" in page.content.decode()


def test_volunteers_are_led_by_members_with_a_mass_organisation_beside(hospital, as_person):
    """R08, R09."""
    as_person(hospital.secretary).post(
        url("activity_add"),
        {
            "kind": "devotion/志愿服务", "organisation": hospital.north.pk, "name": "门诊导诊志愿服务",
            "held_on": hospital.period.starts_on.isoformat(), "co_organisers": ["共青团"],
            "leader": "钱一", "people": "钱一\n孙二", "summary": "引导老人取号",
        },
    )  # fmt: skip
    activity = Activity.objects.get()

    page = as_person(hospital.member3).get(url("activity_detail", activity.pk)).content.decode()

    assert (activity.kind, activity.co_organisers) == ("志愿服务", ["共青团"])
    assert "共青团" in page
    assert "孙二" in page
