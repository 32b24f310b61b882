"""B02, B06: putting a contest right: wrong words, a wrong entrant, a judge who does not come, called off."""

import pytest
from django.db import IntegrityError, transaction

from common.models import AuditEvent, Notice
from competitions.models import Contest, Entrant, Judge, Mark
from competitions.queries.feeds import contests as fed
from tests.competitions.contests import begun, both, deed, judged, url


def last_detail(verb):
    return AuditEvent.objects.filter(verb=verb).latest("number").detail


def test_name_day_and_place_change_with_before_and_after_on_record(fair, as_person):
    contest = begun(fair, as_person)
    client = as_person(fair.committee_member)

    day = fair.period.ends_on.isoformat()
    deed(client, contest, "change", name="秋季技能比武", held_on=day, place="")

    contest.refresh_from_db()
    assert (contest.name, contest.held_on, contest.place) == (
        "秋季技能比武",
        fair.period.ends_on,
        "",
    )
    assert last_detail("修改竞赛")["名称"] == "年度技能比武 → 秋季技能比武"
    assert as_person(fair.member).get(url("contest_deed", contest.pk, "change")).status_code == 403


def test_a_wrong_entrant_leaves_with_his_marks_and_the_reason_stays(fair, as_person):
    contest = begun(fair, as_person)
    deed(as_person(fair.committee_member), contest, "entrants", names="钱一\n孙二")
    judged(fair, as_person, contest, {"钱一": both(90), "孙二": both(80)})
    wrong = contest.entrants.get(label="孙二")
    client = as_person(fair.committee_member)

    silent = client.post(url("entrant_remove", wrong.pk), {"reason": ""})
    still = Entrant.objects.filter(pk=wrong.pk).exists()
    client.post(url("entrant_remove", wrong.pk), {"reason": "报名有误，是另一位孙二"})
    page = deed(client, contest, "close").content.decode()

    assert silent.status_code == 200
    assert still
    assert list(contest.entrants.values_list("label", flat=True)) == ["钱一"]
    assert Mark.objects.count() == 2
    assert last_detail("移出参赛者") == {
        "参赛者": "孙二", "原因": "报名有误，是另一位孙二", "一并删去的评分": 2,
    }  # fmt: skip
    assert "名次已定" in page


def test_a_judge_who_does_not_come_holds_nobody_up(fair, as_person):
    contest = begun(fair, as_person)
    deed(as_person(fair.committee_member), contest, "entrants", names="钱一")
    judged(fair, as_person, contest, {"钱一": both(90)})
    client = as_person(fair.committee_member)
    deed(client, contest, "judges", names="沈督查")
    waiting = deed(client, contest, "close").content.decode()

    absent = Judge.objects.get(person=fair.inspector)
    client.post(url("judge_remove", absent.pk), {"reason": "出差"})
    deed(client, contest, "close")

    contest.refresh_from_db()
    assert "还有评委没有交表：沈督查" in waiting
    assert contest.state == "ranked"


def test_without_any_judge_a_contest_waits_for_new_ones(fair, as_person):
    contest = begun(fair, as_person)
    client = as_person(fair.committee_member)
    deed(client, contest, "entrants", names="钱一")
    deed(client, contest, "judges", names="沈督查")

    client.post(url("judge_remove", contest.judges.get().pk), {"reason": "回避"})

    contest.refresh_from_db()
    assert contest.state == "preparing"


def test_ranked_too_early_it_goes_back_and_nothing_of_the_ranking_stays(fair, as_person):
    contest = begun(fair, as_person)
    deed(as_person(fair.committee_member), contest, "entrants", names="钱一")
    judged(fair, as_person, contest, {"钱一": both(90)})
    client = as_person(fair.committee_member)
    deed(client, contest, "close")

    deed(client, contest, "reopen", reason="漏了一位参赛者")

    contest.refresh_from_db()
    row = contest.entrants.get()
    assert (contest.state, contest.ranked_at) == ("judging", None)
    assert (row.score, row.place, row.prize, row.explanation) == ("", None, "", {})
    assert Mark.objects.count() == 2


def test_a_published_contest_is_called_off_in_the_open(fair, as_person):
    contest = begun(fair, as_person)
    deed(as_person(fair.committee_member), contest, "entrants", names="钱一")
    judged(fair, as_person, contest, {"钱一": both(90)})
    client = as_person(fair.committee_member)
    deed(client, contest, "close")
    deed(client, contest, "publish")
    before = fed(fair.period, "person")

    deed(client, contest, "cancel", reason="试题泄露，另行组织")
    page = as_person(fair.member).get(url("contest_detail", contest.pk)).content.decode()
    listed = as_person(fair.member).get(url("contest_list") + "?state=cancelled").content.decode()

    assert before == {fair.member.pk: [{"place": 1}]}
    assert fed(fair.period, "person") == {}
    assert "已取消：试题泄露，另行组织" in page
    assert "90.00" not in page
    assert "年度技能比武" in listed
    assert last_detail("取消竞赛") == {"取消前": "已公布", "原因": "试题泄露，另行组织"}
    assert Notice.objects.filter(title="“年度技能比武”已取消", recipient=fair.member).exists()
    again = as_person(fair.committee_member).get(url("contest_deed", contest.pk, "cancel"))
    assert again.status_code == 403


def test_the_database_keeps_nothing_cancelled_without_a_reason(fair, as_person):
    contest = begun(fair, as_person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.filter(pk=contest.pk).update(state="cancelled")


def test_the_list_is_searched_filtered_and_says_when_nothing_fits(fair, as_person):
    begun(fair, as_person)
    begun(fair, as_person, item="skill_contest/知识竞赛", name="党章知识竞赛")
    client = as_person(fair.member)

    found = client.get(url("contest_list"), {"find": "党章"}).content.decode()
    series = client.get(url("contest_list"), {"series": "技能比武"}).content.decode()
    nothing = client.get(url("contest_list"), {"find": "没有这个"}).content.decode()

    assert "党章知识竞赛" in found
    assert "年度技能比武" not in found
    assert "年度技能比武" in series
    assert "党章知识竞赛" not in series
    assert "没有符合条件的" in nothing
