import json

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Period
from supervision.models import Closing
from tests.factories import RoundFactory


def test_command_closes_and_says_what_it_made(world, capsys):
    call_command("close_period", "world", world.period.key, "--json")
    call_command("close_period", "world", world.period.key)

    first, second = capsys.readouterr().out.splitlines()
    closing = Closing.objects.get()
    told = json.loads(first)
    assert (told["ok"], told["digest"], told["branch"]) == (True, closing.digest, 2)
    assert "第 1 版" in second
    assert Period.objects.get(pk=world.period.pk).state == Period.State.CLOSED


def test_command_names_the_periods_there_are(world):
    with pytest.raises(CommandError, match=world.period.key):
        call_command("close_period", "world", "1999-Q1")


def test_command_refuses_while_a_round_is_not_counted(world):
    RoundFactory(period=world.period, organisation=world.north)

    with pytest.raises(CommandError, match="互评没有计票"):
        call_command("close_period", "world", world.period.key)
