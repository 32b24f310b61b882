"""S10: 效能公示: figures of windows and branches, proposed by one, checked by another, read by anybody: now and before."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Period
from competitions.actions import efficacy as actions
from competitions.actions import indicators
from competitions.actions.contests import Refused
from competitions.models import EfficacyNotice
from pledges.models import PublishedFigure
from tests.factories import WindowFactory


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def note(fair, value, *, period=None, kind="window", subject=None, **more):
    indicators.note_reading(
        period=period or fair.period, item="style", measure="efficiency", kind=kind,
        subject=subject or fair.window, place=fair.north, value=value, note=more.pop("note", ""),
        by=fair.secretary, at=timezone.now(), **more,
    )  # fmt: skip


@pytest.fixture
def period(fair):
    """With the plan of `fair`, read anew."""
    return Period.objects.get(pk=fair.period.pk)


def judged(fair, as_person, notice, verdict="yes", note=""):
    data = {"verdict": verdict, "note": note}
    return as_person(fair.officer).post(url("efficacy_deed", notice.pk, "judge"), data, follow=True)


def test_proposed_checked_and_read_by_anybody_now_and_before(fair, as_person, client):
    now = timezone.now()
    PublishedFigure.objects.create(
        period=fair.closed_period, window=fair.window, key="style.efficiency", label="工作效率",
        value="38件/日", n=410, definition="比作风，工作效率；越多越好", as_of=now,
    )  # fmt: skip
    note(fair, 43, cases=520)
    note(fair, 12, kind="person", subject=fair.member)
    before = as_person(fair.secretary).get(url("efficacy_add")).content.decode()
    as_person(fair.secretary).post(url("efficacy_add"))
    notice = EfficacyNotice.objects.get()
    own = as_person(fair.secretary).get(url("efficacy_deed", notice.pk, "judge")).status_code
    client.logout()
    hidden = client.get(url("efficacy_public", "NORTH")).content.decode()
    note(fair, 99)  # changed after it was proposed: what was checked is what is shown
    judged(fair, as_person, notice)
    client.logout()
    page = client.get(url("efficacy_public", "ROOT")).content.decode()
    board = client.get(reverse("pledges:window_board", args=[fair.window.code])).content.decode()

    assert "43件/日" in before
    assert "12件/日" not in before  # never a person's
    assert own == 403
    assert "43件/日" not in hidden
    flat = "".join(page.split())
    assert "43件/日" in flat
    assert "n=520" in flat
    assert "38件/日" in flat
    assert "n=410" in flat
    assert "比作风，工作效率；越多越好" in flat
    assert "99件/日" not in flat
    assert "43件/日" in board
    assert len(page.encode()) < 50_000


def test_sent_back_with_a_reason_put_aside_and_proposed_anew(fair, as_person):
    note(fair, 43)
    as_person(fair.secretary).post(url("efficacy_add"))
    notice = EfficacyNotice.objects.get()
    twice = as_person(fair.secretary).post(url("efficacy_add")).content.decode()
    silent = judged(fair, as_person, notice, "no").content.decode()
    judged(fair, as_person, notice, "no", "数字和台账不符")
    note(fair, 40)
    as_person(fair.secretary).post(url("efficacy_deed", notice.pk, "drop"))
    as_person(fair.secretary).post(url("efficacy_add"))

    notice.refresh_from_db()
    newest = EfficacyNotice.objects.latest("pk")
    assert "已有一份在等审核" in twice
    assert "请写明原因" in silent
    assert notice.state == "replaced"
    assert newest.figures[0]["value"] == "40件/日"
    assert PublishedFigure.objects.count() == 0


def test_withdrawn_it_leaves_the_boards(fair, period, as_person, client):
    note(fair, 43)
    notice = actions.propose_efficacy(period, fair.north, by=fair.secretary, at=timezone.now())
    actions.judge_efficacy(notice, passed=True, note="", by=fair.officer, at=timezone.now())
    shown = PublishedFigure.objects.count()

    as_person(fair.secretary).post(
        url("efficacy_deed", notice.pk, "withdraw"), {"reason": "口径有误"}
    )

    client.logout()
    assert shown == 1
    assert PublishedFigure.objects.count() == 0
    assert "43件/日" not in client.get(url("efficacy_public", "NORTH")).content.decode()


def test_a_newer_notice_replaces_the_older(fair, period):
    for value in (43, 45):
        note(fair, value)
        notice = actions.propose_efficacy(period, fair.north, by=fair.secretary, at=timezone.now())
        actions.judge_efficacy(notice, passed=True, note="", by=fair.officer, at=timezone.now())

    assert PublishedFigure.objects.get().value == "45件/日"
    assert list(EfficacyNotice.objects.order_by("pk").values_list("state", flat=True)) == [
        "replaced",
        "live",
    ]


def test_nothing_to_show_and_private_numbers_are_refused(fair, period):
    with pytest.raises(Refused, match="至少一个数据"):
        actions.propose_efficacy(period, fair.north, by=fair.secretary, at=timezone.now())
    note(fair, 43, note="问13800138000")
    with pytest.raises(Refused, match="手机号138…00，请删去"):
        actions.propose_efficacy(period, fair.north, by=fair.secretary, at=timezone.now())
    assert EfficacyNotice.objects.count() == 0


@pytest.mark.parametrize("count", [3, 300])
def test_the_public_page_costs_the_same_and_stays_light(
    fair, client, django_assert_num_queries, count
):
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            period=fair.period, window=WindowFactory(organisation=fair.north), key="style.efficiency",
            label="工作效率", value="43件/日", n=520, definition="比作风，工作效率；越多越好", as_of=timezone.now(),
        )
        for _ in range(count)
    )  # fmt: skip

    with django_assert_num_queries(2):
        page = client.get(url("efficacy_public", "NORTH"))

    assert len(page.content) < 30_000
