"""The walker of `make burden` does real work (issue 减负体检): what it counts is what people do."""

from campaigns.models import Duty
from evaluations.models import RatingCount
from pledges.models import Pledge
from tests.factories import DutyFactory
from tools.burden.hand import Hand
from tools.burden.work import rate, work_off


def test_a_member_works_off_his_page_and_every_tap_is_counted(centre, visit):
    Duty.objects.filter(act="peer_ballot").delete()  # no round is open here
    person = centre.member

    done, stuck = work_off(Hand(visit(person, phone=True).page))

    assert stuck == {}
    targets, tally = done["提出服务承诺"]
    assert targets == 1
    assert tally.pages >= 2
    assert tally.taps >= tally.fields + 2
    assert tally.characters >= 20
    assert Pledge.objects.get(owner_person=person, status="submitted").text
    assert not Duty.objects.pending().filter(assignee=person).exists()

    DutyFactory(
        period=centre.period, organisation=centre.north, assignee=centre.secretary,
        act="review_pledges", title="审核承诺",
    )  # fmt: skip
    done, stuck = work_off(Hand(visit(centre.secretary).page), lambda rule: rule == "审核承诺")

    assert stuck == {}
    assert done["审核承诺"][0] == 1
    assert Pledge.objects.get(owner_person=person).status == "published"


def test_a_citizen_needs_three_taps_at_most(centre, visit):
    """P05, P07: scan, a face, send."""
    tally = rate(Hand(visit(phone=True).page), centre.window.code)

    assert tally.taps <= 3
    assert tally.seconds <= 15
    assert RatingCount.objects.get(question="overall").count == 1
