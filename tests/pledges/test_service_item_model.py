"""The card's own rules: eight of eight, four eyes, versions."""

import pytest
from django.db import IntegrityError, transaction

from common import publishing
from common.dates import today
from pledges.actions.shown import revise_shown
from pledges.models import DISCLOSURES, ServiceItem
from tests.factories import PersonFactory, ServiceItemFactory
from tests.factories.branches import moment

pytestmark = pytest.mark.django_db
AT = moment()
EMPTY = {
    "basis": "政策依据",
    "preconditions": "前置条件",
    "procedure": "办理程序",
    "handler_unit": "承办单位、承办人及联系方式",
    "handler_name": "承办单位、承办人及联系方式",
    "contact": "承办单位、承办人及联系方式",
}


@pytest.mark.parametrize(("field", "label"), EMPTY.items())
def test_seven_of_eight_is_refused_and_named(field, label):
    """Rows L12, L12.2, L12.3, L12.4, L12.8."""
    item = ServiceItemFactory(**{field: ""})

    with pytest.raises(publishing.NotReady) as refused:
        publishing.propose(item, by=item.written_by, at=AT)

    assert refused.value.reasons == [f"还缺：{label}"]
    assert item.filled_count == len(DISCLOSURES) - 1
    item.refresh_from_db()
    assert item.state == "draft"


@pytest.mark.parametrize("field", ["basis", "preconditions", "procedure", "contact", "charges"])
def test_the_database_refuses_it_too(field):
    item = ServiceItemFactory(live=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceItem.objects.filter(pk=item.pk).update(**{field: ""})


def test_no_charge_is_an_answer_and_a_blank_is_none():
    """Rows L12.5, L12.6."""
    assert ServiceItemFactory(charges="free").missing() == []
    assert ServiceItemFactory(charges="").missing() == ["fee_basis", "fee"]
    assert ServiceItemFactory(charges="paid", fee_basis="某文件").missing() == ["fee"]


def test_nobody_checks_his_own_and_a_third_approves():
    item = ServiceItemFactory()
    second, third = PersonFactory(), PersonFactory()
    publishing.propose(item, by=item.written_by, at=AT)

    with pytest.raises(publishing.NotReady):
        publishing.check(item, by=item.written_by, at=AT, needs_approval=True)
    publishing.check(item, by=second, at=AT, needs_approval=True)
    with pytest.raises(publishing.NotReady):
        publishing.approve(item, by=second, at=AT)
    assert not ServiceItem.objects.public(today=today()).exists()
    publishing.approve(item, by=third, at=AT)

    assert ServiceItem.objects.public(today=today()).get() == item


def test_a_step_counts_once():
    item = ServiceItemFactory()
    publishing.propose(item, by=item.written_by, at=AT)

    with pytest.raises(publishing.StepTaken, match="待审核"):
        publishing.propose(item, by=item.written_by, at=AT)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("联系13812345678", "手机号"), ("好\u200b的", "看不见的字符"), ("a\u202eb", "控制符")],
)
def test_private_numbers_and_hidden_signs_stop_at_the_gate(text, kind):
    item = ServiceItemFactory(procedure=text)

    with pytest.raises(publishing.NotReady, match=kind):
        publishing.propose(item, by=item.written_by, at=AT)


def test_the_old_version_hangs_until_the_new_one_is_published():
    """Row L10."""
    old = ServiceItemFactory(live=True, limit_days=5)
    new = revise_shown(old, by=old.written_by, at=AT)
    new.limit_days = 2
    new.save()
    with pytest.raises(publishing.StepTaken):
        revise_shown(old, by=old.written_by, at=AT)

    assert ServiceItem.objects.public(today=today()).get() == old
    publishing.propose(new, by=old.written_by, at=AT)
    publishing.check(new, by=PersonFactory(), at=AT, needs_approval=False)

    assert ServiceItem.objects.public(today=today()).get() == new
    assert (new.version, new.days_cut) == (2, 8)
    old.refresh_from_db()
    assert old.state == "replaced"


def test_past_its_last_day_it_leaves_by_itself():
    item = ServiceItemFactory(live=True, shown_until=today())

    assert item in ServiceItem.objects.public(today=item.shown_until)
    tomorrow = item.shown_until.replace(year=item.shown_until.year + 1)
    assert item not in ServiceItem.objects.public(today=tomorrow)


def test_a_private_number_is_masked_and_an_office_line_is_not():
    """Row L12.8."""
    assert ServiceItemFactory(contact="0518-81234567").shown_contact == "0518-81234567"
    own = ServiceItemFactory(contact="138 1234 5678", contact_is_office=False)
    assert own.shown_contact == "138******78"


def test_the_special_track_is_never_slower():
    """Row G13."""
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceItemFactory(limit_days=3, is_fast_track=True, fast_days=5)
