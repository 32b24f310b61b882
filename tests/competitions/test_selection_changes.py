"""H01 to H03: a selection put right: another deadline, a list recalled, called off, an honour taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.dates import today
from common.models import AuditEvent, Notice
from competitions.actions import selection_changes as changes
from competitions.actions import selections as actions
from competitions.actions.contests import Refused
from competitions.models import Award, Selection
from competitions.queries.feeds import awards as fed
from tests.competitions.test_selections import (
    deed,
    nominate,
    past,
    publicised,
    review,
    selection,
    url,
)

__all__ = ["selection"]  # the fixture


def test_while_nominations_run_a_review_does_not_stop_others(selection, fair, as_person):
    nominate(as_person(fair.member), selection)
    review(as_person(fair.committee_member), selection.nominations.get())

    nominate(as_person(fair.member), selection, who="李三")

    selection.refresh_from_db()
    assert selection.state == "nominating"
    assert selection.nominations.count() == 2


def test_after_the_deadline_a_review_moves_it_on_and_a_new_deadline_opens_it_again(
    selection, fair, as_person
):
    nominate(as_person(fair.member), selection)
    Selection.objects.filter(pk=selection.pk).update(closes_on=today() - timedelta(days=1))
    client = as_person(fair.committee_member)
    review(client, selection.nominations.get())
    selection.refresh_from_db()
    reviewing = selection.state
    day = today() + timedelta(days=3)

    deed(client, selection, "change", closes_on=day.isoformat(), reason="推荐的人太少")

    selection.refresh_from_db()
    assert reviewing == "reviewing"
    assert (selection.state, selection.closes_on) == ("nominating", day)
    detail = AuditEvent.objects.filter(verb="修改评选").latest("number").detail
    assert detail["原因"] == "推荐的人太少"
    with pytest.raises(Refused, match="不能早于今天"):
        changes.change_selection(
            selection, closes_on=today() - timedelta(days=1), reason="早些结束",
            by=fair.committee_member, at=timezone.now(),
        )  # fmt: skip


def test_a_recalled_list_leaves_the_public_page_and_is_made_public_anew(
    selection, fair, as_person, client
):
    nomination = publicised(selection, fair, as_person)
    deed(as_person(fair.committee_member), selection, "recall", reason="名单漏了一人")

    selection.refresh_from_db()
    nomination.refresh_from_db()
    assert (selection.state, selection.objections_until) == ("reviewing", None)
    assert nomination.state == "candidate"
    page = deed(as_person(fair.committee_member), selection, "publicise", chosen=[nomination.pk])
    assert "公示中" in page.content.decode()


def test_a_cancelled_selection_says_why_to_everybody_and_may_be_begun_anew(
    selection, fair, as_person, client
):
    publicised(selection, fair, as_person)
    committee = as_person(fair.committee_member)
    silent = deed(committee, selection, "cancel", reason="").content.decode()

    deed(committee, selection, "cancel", reason="名额有变，重新组织")
    inside = as_person(fair.member).get(url("selection_detail", selection.pk)).content.decode()
    client.logout()
    public = client.get(url("selection_public", selection.pk)).content.decode()
    honours = client.get(url("honours", fair.campaign.slug)).content.decode()
    again = as_person(fair.committee_member).post(
        url("selection_add"),
        {"title": "pacesetter", "organisation": fair.root.pk, "closes_on": today().isoformat()},
    )

    assert "id_reason_error" in silent
    assert "已取消：名额有变，重新组织" in inside
    assert "评选已取消：名额有变，重新组织" in public
    assert "孙二" not in public + honours
    assert again.status_code == 302
    assert Selection.objects.count() == 2
    assert Notice.objects.filter(title="“活动标兵”评选已取消", recipient=fair.member2).exists()
    late = as_person(fair.committee_member).get(url("selection_deed", selection.pk, "award"))
    assert late.status_code == 403


def test_an_honour_given_wrongly_is_taken_back_in_the_open(selection, fair, as_person, client):
    publicised(selection, fair, as_person)
    past(selection)
    actions.award(selection, decision="会议决定", by=fair.committee_member, at=timezone.now())
    award = Award.objects.get()
    before = fed(fair.period, "person")
    refused = as_person(fair.secretary).get(url("award_revoke", award.pk)).status_code

    as_person(fair.committee_member).post(url("award_revoke", award.pk), {"reason": "材料不实"})

    page = as_person(fair.member).get(url("selection_detail", selection.pk)).content.decode()
    client.logout()
    assert refused == 403
    assert before == {fair.member2.pk: 1}
    assert fed(fair.period, "person") == {}
    assert "撤销：材料不实" in "".join(page.split())
    assert "孙二" not in client.get(url("honours", fair.campaign.slug)).content.decode()
    with pytest.raises(Refused, match="已经撤销过"):
        changes.revoke_award(award, reason="再来", by=fair.committee_member, at=timezone.now())
