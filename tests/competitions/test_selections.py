"""H01 to H03, L23, P24: recommended, reviewed with evidence, made public, decided, honoured."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Period
from common.dates import today
from competitions.actions import selections as actions
from competitions.actions.contests import Refused
from competitions.models import Award, Nomination, Objection, Recommendation, Selection
from tests.factories import DutyFactory, PledgeFactory, ReviewFactory, ScorecardFactory
from tests.factories.competitions import SelectionFactory

IN_A_MONTH = timedelta(days=30)


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


@pytest.fixture
def selection(fair, as_person):
    as_person(fair.committee_member).post(
        url("selection_add"),
        {
            "title": "pacesetter",
            "organisation": fair.root.pk,
            "closes_on": (today() + IN_A_MONTH).isoformat(),
        },
    )
    return Selection.objects.get()


def deed(client, selection, key, **data):
    return client.post(url("selection_deed", selection.pk, key), data, follow=True)


def nominate(client, selection, who="孙二", **data):
    given = {"kind": selection.subject, "who": who, "reason": "连续三年无投诉"} | data
    return deed(client, selection, "nominate", **given).content.decode()


def review(client, nomination, **data):
    data = {"verdict": "passed", "note": ""} | data
    return client.post(url("nomination_deed", nomination.pk, "review"), data, follow=True)


def publicised(selection, fair, as_person):
    nominate(as_person(fair.member), selection)
    nomination = selection.nominations.get()
    client = as_person(fair.committee_member)
    review(client, nomination)
    deed(client, selection, "publicise", chosen=[nomination.pk])
    selection.refresh_from_db()
    return nomination


def past(selection):
    Selection.objects.filter(pk=selection.pk).update(objections_until=today() - timedelta(days=1))
    selection.refresh_from_db()


def test_from_the_nomination_to_the_certificate(selection, fair, as_person, client):
    """Rows L22, H06."""
    DutyFactory(
        period=fair.period, act="select_title", assignee=fair.people["committee_member"],
        organisation=fair.root,
    )  # fmt: skip
    nomination = publicised(selection, fair, as_person)
    client.logout()
    public = client.get(url("selection_public", selection.pk)).content.decode()
    assert "孙二" in public
    assert "提异议" in public
    past(selection)

    page = deed(
        as_person(fair.committee_member),
        selection,
        "award",
        decision="党委会 2026 年第 8 次会议决定",
    )

    nomination.refresh_from_db()
    honour = Award.objects.get()
    assert (honour.person, honour.name, nomination.state) == (fair.member2, "活动标兵", "chosen")
    assert "党委会 2026 年第 8 次会议决定" in page.content.decode()
    assert fair.committee_member.duties.get(act="select_title").done_at is not None
    printed = as_person(fair.committee_member).get(url("selection_certificates", selection.pk))
    assert printed.content.startswith(b"%PDF")
    client.logout()
    assert "孙二" in client.get(url("honours", fair.campaign.slug)).content.decode()


def test_nobody_nominates_himself_and_nobody_twice(selection, fair, as_person):
    own = nominate(as_person(fair.member2), selection)
    nominate(as_person(fair.member), selection)
    again = nominate(as_person(fair.member), selection)
    nominate(as_person(fair.member3), selection)

    assert "不能推荐自己" in own
    assert "每人只推荐一次" in again
    assert Nomination.objects.count() == 1
    assert Recommendation.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [({"who": "远方人"}, "没有名为“远方人”的人"), ({"reason": "好"}, "id_reason_error")],
)
def test_a_stranger_or_no_reason_is_refused(selection, fair, as_person, data, reason):
    assert reason in nominate(as_person(fair.member), selection, **data)
    assert Nomination.objects.count() == 0


def test_citizens_recommend_without_a_name_and_are_read_after_moderation(
    selection, fair, as_person, client
):
    client.logout()
    sent = client.post(
        url("selection_public", selection.pk),
        {"kind": "person", "who": "孙二", "reason": "办事耐心，来回跑了三趟"},
        follow=True,
    )
    nomination = selection.nominations.get()
    said = nomination.recommendations.get()
    before = as_person(fair.member).get(url("selection_detail", selection.pk)).content.decode()
    review(as_person(fair.committee_member), nomination, shown=[said.pk])
    after = as_person(fair.member).get(url("selection_detail", selection.pk)).content.decode()

    assert "已收到，谢谢您" in sent.content.decode()
    assert said.by is None
    assert "来回跑了三趟" not in before
    assert "来回跑了三趟" in after


def test_citizens_are_slowed_down(selection, client):
    data = {"kind": "person", "who": "不认识", "reason": "办事耐心负责"}

    answers = [
        client.post(url("selection_public", selection.pk), data).status_code for _ in range(11)
    ]

    assert answers == [200] * 10 + [429]


def test_a_selection_that_is_not_the_publics_is_hidden(fair, client):
    inside = SelectionFactory(period=fair.period, organisation=fair.root, public=False)

    assert client.get(url("selection_public", inside.pk)).status_code == 404


def test_late_nominations_are_refused(selection, fair, as_person):
    Selection.objects.filter(pk=selection.pk).update(closes_on=today() - timedelta(days=1))

    assert "推荐已于" in nominate(as_person(fair.member), selection)


def test_an_objection_in_time_is_answered_and_a_late_one_refused(
    selection, fair, as_person, client
):
    publicised(selection, fair, as_person)
    deed(as_person(fair.neighbour1), selection, "object", text="他去年受过处分")
    past(selection)
    late = deed(
        as_person(fair.neighbour2), selection, "object", text="我也有话说说"
    ).content.decode()
    committee = as_person(fair.committee_member)
    waits = deed(committee, selection, "award", decision="决定").content.decode()
    committee.post(
        url("objection_answer", Objection.objects.get().pk), {"answer": "经查，没有此事"}
    )
    deed(committee, selection, "award", decision="决定")

    assert "不再受理异议" in late
    assert "还有 1 条异议没有答复" in waits
    assert Award.objects.count() == 1


def test_no_award_before_the_publicity_ends_and_none_over_the_places(selection, fair, as_person):
    nominate(as_person(fair.member), selection)
    nominate(as_person(fair.member), selection, who="李三")
    client = as_person(fair.committee_member)
    unread = deed(client, selection, "publicise", chosen=[]).status_code
    for nomination in selection.nominations.all():
        review(client, nomination)
    chosen = [one.pk for one in selection.nominations.all()]
    too_many = deed(client, selection, "publicise", chosen=chosen).content.decode()
    deed(client, selection, "publicise", chosen=chosen[:1])
    early = deed(client, selection, "award", decision="决定").content.decode()

    assert unread == 403  # nobody has been reviewed yet
    assert "只有 1 个名额，选了 2 个" in too_many
    assert "到期后再表彰" in early
    assert Award.objects.count() == 0


def test_nobody_reviews_his_own_nomination(fair, as_person):
    own = SelectionFactory(period=fair.period, organisation=fair.north)
    actions.nominate(
        own, kind="person", subject=fair.secretary, place=fair.north, reason="工作扎实",
        by=fair.member, at=timezone.now(),
    )  # fmt: skip

    page = as_person(fair.secretary).get(url("nomination_deed", own.nominations.get().pk, "review"))

    assert page.status_code == 403


def test_the_evidence_comes_from_every_app(selection, fair, as_person):
    PledgeFactory(
        period=fair.period, organisation=fair.north, owner_person=fair.member2, published=True,
        text="咨询电话三声内接听",
    )  # fmt: skip
    card = ScorecardFactory(
        period=fair.period, subject="person", subject_id=fair.member2.pk, shown="91.5"
    )
    ReviewFactory(period=fair.period, person=fair.member2, author=fair.leader)
    nominate(as_person(fair.member), selection)
    nomination = selection.nominations.get()

    page = as_person(fair.committee_member).get(url("nomination_detail", nomination.pk))

    text = page.content.decode()
    assert "咨询电话三声内接听" in text
    assert "91.5 分" in text
    assert reverse("supervision:scorecard_detail", args=[card.pk]) in text
    assert "褚局长" in text
    assert as_person(fair.neighbour1).get(page.request["PATH_INFO"]).status_code == 403


def flag(fair, window, period, organisation=None):
    selection = SelectionFactory(
        period=period, organisation=organisation or fair.root, title="flag", name="流动红旗", subject="window",
        places=1, travelling=True, closes_on=today(),
    )  # fmt: skip
    now = {"by": fair.committee_member, "at": timezone.now()}
    nomination = actions.nominate(
        selection,
        kind="window",
        subject=window,
        place=window.organisation,
        reason="满意率最高",
        **now,
    )
    actions.review_nomination(nomination, passed=True, note="", shown=[], **now)
    actions.publicise(selection, chosen=[nomination], days=1, **now)
    past(selection)
    actions.award(selection, decision="办公会决定", **now)


def test_the_flag_is_handed_on_and_its_holders_are_remembered(fair, client):
    flag(fair, fair.window, fair.closed_period)
    flag(fair, fair.window2, fair.period)

    first, second = Award.objects.order_by("pk")
    assert (first.ended_on, first.handover_note) == (today(), "移交 企业登记窗口")
    assert second.ended_on is None
    page = client.get(url("honours", fair.campaign.slug)).content.decode()
    assert page.index("企业登记窗口") < page.index("婚姻登记窗口")


def test_a_branchs_own_flag_stays_when_another_is_handed_on(fair):
    flag(fair, fair.window, fair.closed_period, fair.north)
    flag(fair, fair.window2, fair.closed_period)
    flag(fair, fair.window, fair.period)

    holding = Award.objects.filter(ended_on=None).order_by("pk")
    assert [(one.window, one.selection.organisation) for one in holding] == [
        (fair.window, fair.north), (fair.window, fair.root),
    ]  # fmt: skip


def test_a_title_is_chosen_once_a_period(selection, fair):
    plan = Period.objects.get(pk=fair.period.pk).plan
    title = next(one for one in plan.titles if one.key == "pacesetter")
    with pytest.raises(Refused, match="已经发起过"):
        actions.open_selection(
            title=title, period=fair.period, organisation=fair.root, closes_on=today(),
            by=fair.committee_member, at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize("count", [3, 300])
def test_candidates_cost_the_same_with_many(fair, as_person, django_assert_num_queries, count):
    selection = SelectionFactory(period=fair.period, organisation=fair.root, state="reviewing")
    Nomination.objects.bulk_create(
        Nomination(
            selection=selection, person=fair.people["member"], organisation=fair.north,
            subject_key=f"person:{number}", state="candidate", made_at=timezone.now(),
        )
        for number in range(count)
    )  # fmt: skip
    client = as_person(fair.member)
    client.get(url("selection_list"))

    with django_assert_num_queries(9):
        client.get(url("selection_detail", selection.pk))
