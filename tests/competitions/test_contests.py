"""B02, B06 to B08: a contest from its announcement to the certificates, in the browser of each role."""

from decimal import Decimal

import pytest
from django.utils import timezone

from common.models import Notice
from competitions.actions import contests as actions
from competitions.actions.contests import Refused
from competitions.models import Contest, Entrant, Mark
from tests.competitions.contests import begun, both, deed, judged, sheet_data, url
from tests.factories import DutyFactory


def test_a_contest_in_the_browser_from_the_start_to_the_certificates(fair, as_person):
    DutyFactory(
        period=fair.period, act="contest", assignee=fair.people["committee_member"],
        organisation=fair.root,
    )  # fmt: skip
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一\n孙二，1\n陈邻1")
    deed(committee, contest, "judges", names="褚局长\n沈督查")

    marks = {"钱一": both("90"), "孙二": both("80.5"), "陈邻1": both("70")}
    for judge in (fair.leader, fair.inspector):
        client = as_person(judge)
        assert "请给“年度技能比武”评分" in client.get(url("contest_list")).content.decode()
        sheet = url("sheet_write", contest.pk)
        client.post(sheet, sheet_data(contest, marks) | {"do": "save"})
        client.post(sheet, sheet_data(contest, marks) | {"do": "submit"})

    committee = as_person(fair.committee_member)
    deed(committee, contest, "close")
    hidden = as_person(fair.member).get(url("contest_detail", contest.pk)).content.decode()
    deed(as_person(fair.committee_member), contest, "publish")

    shown = as_person(fair.member).get(url("contest_detail", contest.pk)).content.decode()
    explained = as_person(fair.member).get(
        url("entrant_detail", contest.entrants.get(label="钱一").pk)
    )
    printed = as_person(fair.committee_member).get(url("contest_certificates", contest.pk))
    contest.refresh_from_db()
    rows = contest.entrants.order_by("place").values_list("label", "place", "score", "prize")
    assert contest.state == Contest.State.PUBLISHED
    assert list(rows) == [
        ("钱一", 1, "90.00", "一等奖"),
        ("孙二", 2, "80.50", "二等奖"),
        ("陈邻1", 3, "70.00", ""),
    ]
    assert "90.00" not in hidden
    assert "90.00" in shown
    assert "评委打分" in explained.content.decode()
    assert printed.content.startswith(b"%PDF")
    assert Notice.objects.filter(title="“年度技能比武”成绩已公布").count() == 3
    assert fair.committee_member.duties.get(act="contest").done_at is not None


def test_a_judge_sees_and_writes_his_own_sheet_only(fair, as_person):
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一")
    deed(committee, contest, "judges", names="褚局长\n沈督查")
    as_person(fair.leader).post(
        url("sheet_write", contest.pk), sheet_data(contest, {"钱一": both("91")})
    )

    own = as_person(fair.inspector).get(url("sheet_write", contest.pk)).content.decode()

    assert 'value="91' not in own
    assert as_person(fair.member).get(url("sheet_write", contest.pk)).status_code == 404


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("100.5", "不能高于满分"),
        ("-1", "不能低于 0 分"),
        ("好", "请写数字"),
        ("1.2345", "三位小数"),
    ],
)
def test_a_mark_out_of_range_is_refused_and_nothing_is_stored(fair, as_person, value, reason):
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一\n孙二")
    deed(committee, contest, "judges", names="褚局长")

    page = as_person(fair.leader).post(
        url("sheet_write", contest.pk),
        sheet_data(contest, {"钱一": both("90"), "孙二": both(value)}),
    )

    assert reason in page.content.decode()
    assert 'value="90' in page.content.decode()
    assert Mark.objects.count() == 0


def test_a_missing_mark_is_named_and_what_was_filled_is_kept(fair, as_person):
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一\n孙二")
    deed(committee, contest, "judges", names="褚局长")

    page = as_person(fair.leader).post(
        url("sheet_write", contest.pk),
        sheet_data(contest, {"钱一": both("90")}) | {"do": "submit"},
        follow=True,
    )

    assert "还没有评完：孙二（理论）、孙二（操作）" in page.content.decode()
    assert Mark.objects.count() == 2
    assert contest.judges.get().submitted_at is None


def test_a_sheet_is_handed_in_once_and_comes_back_only_with_a_reason(fair, as_person):
    contest = begun(fair, as_person)
    deed(as_person(fair.committee_member), contest, "entrants", names="钱一")
    judged(fair, as_person, contest, {"钱一": both(90)})
    judge = contest.judges.get()

    again = as_person(fair.leader).post(
        url("sheet_write", contest.pk), sheet_data(contest, {"钱一": both("99")})
    )
    with pytest.raises(Refused, match="已经交了"):
        actions.submit_sheet(judge, by=fair.leader, at=timezone.now())
    as_person(fair.committee_member).post(url("sheet_return", judge.pk), {"reason": "漏评操作"})
    judge.refresh_from_db()

    assert again.status_code == 403
    assert set(Mark.objects.values_list("value", flat=True)) == {Decimal("90.000")}
    assert judge.submitted_at is None
    page = as_person(fair.leader).get(url("sheet_write", contest.pk)).content.decode()
    assert "主办方退回：漏评操作" in page


def test_closing_waits_for_every_sheet(fair, as_person):
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一")
    deed(committee, contest, "judges", names="褚局长")

    page = deed(committee, contest, "close").content.decode()

    contest.refresh_from_db()
    assert "还有评委没有交表：褚局长" in page
    assert contest.state == Contest.State.JUDGING


def test_ties_at_the_last_prize_are_the_committees_with_a_reason(fair, as_person):
    contest = begun(fair, as_person)
    committee = as_person(fair.committee_member)
    deed(committee, contest, "entrants", names="钱一\n孙二\n李三")
    judged(fair, as_person, contest, {"钱一": both(90), "孙二": both(80), "李三": both(80)})
    committee = as_person(fair.committee_member)
    deed(committee, contest, "close")

    refused = deed(committee, contest, "publish").content.decode()
    tied = {entrant.label: entrant for entrant in contest.entrants.filter(is_tied=True)}
    same = {f"o_{one.pk}": 1 for one in tied.values()}
    no_order = deed(committee, contest, "decide", **same, reason="加试").content.decode()
    order = {f"o_{tied['李三'].pk}": 1, f"o_{tied['孙二'].pk}": 2}
    no_reason = deed(committee, contest, "decide", **order, reason="").content.decode()
    deed(committee, contest, "decide", **order, reason="加试一题，李三答对")
    page = deed(committee, contest, "publish").content.decode()

    assert "2 位参赛者在奖项末位并列" in refused
    assert set(tied) == {"孙二", "李三"}
    assert "先后次序不能相同" in no_order
    assert "id_reason_error" in no_reason
    assert "加试一题，李三答对" in page
    rows = contest.entrants.order_by("place").values_list("label", "place", "prize")
    assert list(rows) == [("钱一", 1, "一等奖"), ("李三", 2, "二等奖"), ("孙二", 3, "")]


@pytest.mark.parametrize(
    ("rule", "prizes"),
    [("share", ["一等奖", "一等奖", ""]), ("lower", ["", "", ""])],
)
def test_ties_at_the_last_prize_by_the_schemes_rule(fair, as_person, rule, prizes):
    contest = begun(fair, as_person)
    rules = contest.rules | {"tied_prize": rule, "prizes": [{"name": "一等奖", "places": 1}]}
    Contest.objects.filter(pk=contest.pk).update(rules=rules)
    deed(as_person(fair.committee_member), contest, "entrants", names="钱一\n孙二\n李三")
    judged(fair, as_person, contest, {"钱一": both(90), "孙二": both(90), "李三": both(70)})

    deed(as_person(fair.committee_member), contest, "close")
    deed(as_person(fair.committee_member), contest, "publish")

    rows = contest.entrants.order_by("number").values_list("place", "prize")
    assert [prize for _, prize in rows] == prizes
    assert [place for place, _ in rows] == [1, 1, 3]
    contest.refresh_from_db()
    assert contest.state == Contest.State.PUBLISHED


def test_equal_totals_are_told_apart_by_the_schemes_question_then_the_third_decimal(
    fair, as_person
):
    contest = begun(fair, as_person)
    deed(as_person(fair.committee_member), contest, "entrants", names="钱一\n孙二\n李三")
    marks = {
        "钱一": {"theory": 75, "practice": 80},  # 78.00
        "孙二": {"theory": 78, "practice": 78},  # 78.00, worse at practice
        "李三": {"theory": "78.01", "practice": 78},  # 78.004
    }
    judged(fair, as_person, contest, marks)

    deed(as_person(fair.committee_member), contest, "close")

    rows = contest.entrants.order_by("place").values_list("label", "place", "score")
    assert list(rows) == [("李三", 1, "78.004"), ("钱一", 2, "78.000"), ("孙二", 3, "78.000")]


def test_names_that_are_not_there_or_twice_are_refused_whole(fair, as_person):
    contest = begun(fair, as_person)
    client = as_person(fair.committee_member)

    page = deed(client, contest, "entrants", names="钱一\n赵不在\n钱一").content.decode()

    assert "没有名为“赵不在”的人" in page
    assert "“钱一”写了两遍" in page
    assert contest.entrants.count() == 0


def test_a_judge_does_not_compete_and_an_entrant_does_not_judge(fair, as_person):
    contest = begun(fair, as_person)
    client = as_person(fair.committee_member)
    deed(client, contest, "entrants", names="钱一")
    competing = deed(client, contest, "judges", names="钱一").content.decode()
    deed(client, contest, "judges", names="孙二")
    judging = deed(client, contest, "entrants", names="孙二").content.decode()

    assert "钱一 参加本次竞赛，不能当评委" in competing
    assert "孙二 是本次竞赛的评委，不能参赛" in judging


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_and_a_contest_cost_the_same_with_many(
    fair, as_person, django_assert_num_queries, count
):
    contest = begun(fair, as_person)
    Entrant.objects.bulk_create(
        Entrant(contest=contest, number=number, label=f"{number}队") for number in range(count)
    )
    rows = [Contest(**{**values(contest), "name": f"竞赛{number}"}) for number in range(count)]
    Contest.objects.bulk_create(rows)
    client = as_person(fair.member)
    client.get(url("contest_list"))

    with django_assert_num_queries(LIST):
        client.get(url("contest_list"))
    with django_assert_num_queries(DETAIL):
        client.get(url("contest_detail", contest.pk))


LIST, DETAIL = 8, 10


def values(contest):
    return {
        field.attname: getattr(contest, field.attname)
        for field in contest._meta.concrete_fields
        if field.attname != "id"
    }
