"""`manage.py demo --members N`: people in bulk for load tests."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from branches.models import Organisation, Person
from campaigns.models import Campaign, Duty


def test_makes_so_many_people_in_branches_of_twenty(db):
    before = Person.objects.count()

    call_command("demo", members=45, stdout=StringIO())

    campaign = Campaign.objects.get(slug="load")
    branches = Organisation.objects.below(campaign.organisation).branches()
    assert Person.objects.count() == before + 45
    assert [branch.affiliations.count() for branch in branches] == [20, 20, 5]
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
    assert {"write_pledge", "branch_review", "leader_review", "inspect", "close_period"} <= set(
        Duty.objects.values_list("act", flat=True)
    )


def test_a_second_run_leaves_it_alone(db):
    before, output = Person.objects.count(), StringIO()
    call_command("demo", members=20, stdout=output)

    call_command("demo", members=40, stdout=output)

    assert Person.objects.count() == before + 20
    assert "load：已有，跳过" in output.getvalue()


def test_less_than_one_is_refused(db):
    with pytest.raises(CommandError, match="1 以上"):
        call_command("demo", members=0)
