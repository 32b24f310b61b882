"""T02: a shipped plan's quarterly work stands in 今天要办 of whoever owes it, before the quarter is over."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from campaigns.actions import make_duties
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Duty, Period
from common.dates import today

SCHEMES = Path(settings.BASE_DIR) / "campaigns" / "schemes"


@pytest.mark.parametrize(
    ("slug", "act", "who"),
    [
        ("hengyang-bureau", "leader_review", "leader"),
        ("county-service-centre", "select_title", "committee_member"),
    ],
)
def test_quarterly_reviews_and_the_flag_are_asked_for_in_time(world, as_person, slug, act, who):
    """Row T02."""
    version = load_scheme(
        read_scheme((SCHEMES / f"{slug}.yaml").read_bytes()), by=None, at=timezone.now()
    )
    world.campaign.scheme_version = version
    world.campaign.save()
    Period.objects.filter(pk=world.period.pk).update(scheme_version=version)
    period = Period.objects.get(pk=world.period.pk)

    make_duties(period, today=today(), at=timezone.now())

    asked = Duty.objects.filter(period=period, act=act, assignee=getattr(world, who)).first()
    assert asked is not None
    assert period.starts_on < asked.due_on <= period.ends_on
    Duty.objects.filter(pk=asked.pk).update(starts_on=today(), due_on=today())
    page = as_person(getattr(world, who)).get(reverse("supervision:today")).content.decode()
    assert asked.title in page
