"""The chain (T24): whatever single field is changed, whatever row is taken out, the number is named."""

import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from common import anchor, audit
from common.models import AuditEvent
from tests.factories import AuditEventFactory, PersonFactory
from tests.factories.branches import moment

FIELDS = {
    "verb": "别的动作",
    "object_type": "branches.x",
    "object_id": "999",
    "object_label": "别的",
    "organisation_path": "9999",
    "detail": '{"a": 2}',
    "hash": "0" * 64,
    "previous_hash": "1" * 64,
    "at": "2001-01-01 00:00:00",
}


@pytest.fixture
def chain(db):
    by = PersonFactory()
    return [AuditEventFactory(by=by, detail={"n": n}) for n in range(20)]


@pytest.fixture(autouse=True)
def no_anchor():
    anchor.anchor_file().unlink(missing_ok=True)


def test_an_untouched_chain_is_whole(chain, capsys):
    call_command("audit_verify")

    assert "审计链完好，共 20 条" in capsys.readouterr().out


def test_numbers_follow_one_another(chain):
    assert list(AuditEvent.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, 21)
    )


def test_each_of_100_single_changes_is_named(chain):
    table, dice = AuditEvent._meta.db_table, random.Random(7)
    unseen = []
    for _ in range(100):
        event, field = dice.choice(chain), dice.choice(sorted(FIELDS))
        (before,) = AuditEvent.objects.filter(pk=event.pk).values_list(field)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {field} = %s WHERE id = %s",
                [FIELDS[field], event.pk],
            )
        if event.number not in audit.verify():
            unseen.append((event.number, field))
        AuditEvent.objects.filter(pk=event.pk).update(**{field: before[0]})
    assert unseen == []
    assert audit.verify() == []


def test_a_row_taken_out_is_noticed_where_it_is_missing(chain):
    chain[4].delete()

    assert audit.verify() == [6]


def test_a_tail_that_was_cut_off_is_noticed_by_the_anchor(chain):
    anchor.drop_anchor(at=moment())
    AuditEvent.objects.filter(number__gt=17).delete()

    assert audit.verify() == []
    assert anchor.missing_tail() == [18, 19, 20]
    assert anchor.drop_anchor(at=moment()) == 0, "a shorter chain is not the new truth"


def test_an_emptied_log_is_noticed(chain):
    anchor.drop_anchor(at=moment())
    AuditEvent.objects.all().delete()

    assert anchor.missing_tail() == [1]


def test_the_command_names_the_number_and_fails(chain, capsys):
    AuditEvent.objects.filter(number=9).update(verb="别的")

    with pytest.raises(CommandError, match="第 9 条"):
        call_command("audit_verify")
