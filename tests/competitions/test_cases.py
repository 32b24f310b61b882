"""H04, H05, B13: models are spread, warnings stay inside without names, the stronger help the weaker."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.dates import today
from competitions.models import Case, Pair
from tests.factories import ScorecardFactory
from tests.factories.competitions import CaseFactory


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def add(client, fair, **data):
    given = {
        "kind": "model", "organisation": fair.north.pk, "name": "一次办结", "text": "从三次跑到一次办结",
        "lesson": "先把材料清单写明白",
    }  # fmt: skip
    return client.post(url("case_add"), given | data, follow=True)


def test_a_model_is_written_spread_and_made_public(fair, as_person, client):
    add(as_person(fair.secretary), fair)
    case = Case.objects.get()
    deed = {
        "way": "宣讲报告",
        "spread_on": today().isoformat(),
        "where": "全市推进会",
        "reached": 120,
    }
    as_person(fair.secretary).post(url("case_deed", case.pk, "spread"), deed)
    page = as_person(fair.member).get(url("case_detail", case.pk)).content.decode()
    client.logout()
    before = client.get(url("honours", fair.campaign.slug)).content.decode()
    as_person(fair.secretary).post(url("case_deed", case.pk, "publish"))
    client.logout()
    after = client.get(url("honours", fair.campaign.slug)).content.decode()

    assert "宣讲报告1次" in "".join(page.split())
    assert "全市推进会" in page
    assert "从三次跑到一次办结" not in before
    assert "从三次跑到一次办结" in after


def test_a_warning_names_nobody_and_never_leaves_the_house(fair, as_person, client):
    named = add(as_person(fair.secretary), fair, kind="warning", text="钱一 上班时间玩手机")
    assert "警示案例不能写真实姓名，请改掉：钱一" in named.content.decode()
    add(as_person(fair.secretary), fair, kind="warning", text="某窗口人员上班时间玩手机")

    case = Case.objects.get()
    refused = as_person(fair.secretary).get(url("case_deed", case.pk, "publish")).status_code
    client.logout()
    assert refused == 403
    assert "玩手机" not in client.get(url("honours", fair.campaign.slug)).content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(published_on=today())


def test_a_pair_has_a_plan_and_visits(fair, as_person):
    data = {
        "stronger": fair.north.pk, "weaker": fair.south.pk, "plan": "每月走访一次",
        "starts_on": fair.period.starts_on.isoformat(), "ends_on": fair.period.ends_on.isoformat(),
    }  # fmt: skip
    client = as_person(fair.committee_member)
    same = client.post(url("pair_add"), data | {"weaker": fair.north.pk}).content.decode()
    client.post(url("pair_add"), data)
    pair = Pair.objects.get()
    visit = {"visited_on": today().isoformat(), "text": "一起理了一遍台账"}
    as_person(fair.secretary2).post(url("pair_deed", pair.pk, "visit"), visit)

    page = as_person(fair.member).get(url("pair_detail", pair.pk)).content.decode()
    assert "自己不能帮自己" in same
    assert "一起理了一遍台账" in page
    assert as_person(fair.secretary).get(url("pair_add")).status_code == 403


def test_who_rose_most_between_two_closed_periods_is_shown(fair, as_person):
    from campaigns.models import Period  # noqa: PLC0415

    Period.objects.filter(pk=fair.period.pk).update(
        state="closed", closed_at=fair.closed_period.closed_at
    )
    for period, north, south in (
        (fair.closed_period, "80.00", "85.00"),
        (fair.period, "88.50", "86.00"),
    ):
        for branch, score in ((fair.north, north), (fair.south, south)):
            ScorecardFactory(
                period=period, subject="branch", subject_id=branch.pk, subject_name=branch.name,
                organisation=branch, shown=score,
            )  # fmt: skip

    page = as_person(fair.member).get(url("pair_list")).content.decode()

    assert page.index("进步最快的支部：第一支部，比上一期 +8.50") < page.index(
        "进步最快的支部：第二支部，比上一期 +1.00"
    )


def test_a_case_costs_the_same_with_many_spreads(fair, as_person, django_assert_num_queries):
    case = CaseFactory(campaign=fair.campaign, organisation=fair.north)
    client = as_person(fair.member)
    client.get(url("case_list"))

    with django_assert_num_queries(7):
        client.get(url("case_detail", case.pk))
