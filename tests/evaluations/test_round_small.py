"""P10, B12, C12: branches too small for sealed ballots join others, rate by name, or use paper."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from common import jobs
from common.models import AuditEvent, Job, Notice
from evaluations.actions.close import close_round
from evaluations.actions.rounds import RoundRefused, open_joint_round, open_round, void_round
from evaluations.models import NamedRating, PaperSheet, PeerComment, PeerTally, RollEntry, Round
from evaluations.queries.appraisals import home_in
from evaluations.queries.peer import paper_for
from supervision.queries.subjects import homes_of
from tests.evaluations.ballots import A_WEEK, opened, past_deadline, posted, vote, voters
from tests.factories import OrganisationFactory, PersonFactory, RoleFactory


def branch(world, name, people):
    """A small branch with a secretary among its people."""
    made = OrganisationFactory(parent=world.root, name=name)
    first, *_ = [PersonFactory(organisation=made, name=f"{name}{n}") for n in range(people)]
    RoleFactory(person=first, organisation=made, kind="secretary")
    return made


def secretary(organisation):
    return organisation.affiliations.get(person__roles__kind="secretary").person


def joint(world, *branches):
    at = timezone.now()
    return open_joint_round(
        world.period, branches, closes_at=at + A_WEEK, by=world.committee_member, at=at
    )


def by_name(world, organisation):
    return opened(world, organisation, form="named", by=world.committee_member)


def url(world):
    return reverse("evaluations:round_small", args=[world.period.pk])


def posting(way, *organisations):
    return {
        "way": way,
        "closes_at": f"{timezone.localtime() + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "organisations": [one.pk for one in organisations],
    }


# -- joint


def test_small_branches_vote_as_one_and_all_see_the_joint_roll(world, as_person):
    east, west = branch(world, "东", 3), branch(world, "西", 4)

    answer = as_person(world.committee_member).post(url(world), posting("joint", east, west))

    round = Round.objects.get()
    assert answer.status_code == 302
    assert (round.organisation, round.is_joint, round.roll_size) == (world.root, True, 7)
    assert set(round.roll.values_list("organisation", flat=True)) == {east.pk, west.pk}
    page = as_person(voters(round)[0]).get(reverse("evaluations:round_detail", args=[round.pk]))
    assert all(f"{name}（{name[0]}）" in page.content.decode() for name in ("东0", "东2", "西3"))


def test_joint_ballots_are_sealed_and_counted_as_ever(world):
    round = joint(world, branch(world, "东", 3), branch(world, "西", 3))
    for person in voters(round):
        vote(round, person, comment="踏实")

    close_round(round, by=None, at=timezone.now())

    assert set(PeerTally.objects.values_list("shown", flat=True)) == {"histogram"}
    assert PeerComment.objects.count() == 30


def test_a_secretary_reads_the_results_of_his_own_people_only(world, as_person):
    east, west = branch(world, "东", 3), branch(world, "西", 3)
    round = joint(world, east, west)
    for person in voters(round):
        vote(round, person, comment="踏实")
    close_round(round, by=None, at=timezone.now())
    client = as_person(secretary(east))

    def result(organisation):
        other = organisation.affiliations.order_by("-pk").first().person
        return client.get(reverse("evaluations:peer_result", args=[round.pk, other.pk])).status_code

    comments = client.get(reverse("evaluations:comment_moderate", args=[round.pk])).content.decode()
    assert (result(east), result(west)) == (200, 403)
    assert "东1" in comments
    assert "西1" not in comments
    theirs = PeerComment.objects.filter(person__name="西1").first()
    verdict = {"comment": theirs.pk, "verdict": "show"}
    refused = client.post(reverse("evaluations:comment_moderate", args=[round.pk]), verdict)
    assert refused.status_code == 403


def test_joint_rounds_are_disjoint(world):
    """B12: no branch and nobody is in two rounds whose results could be subtracted."""
    east, west, far = branch(world, "东", 3), branch(world, "西", 3), branch(world, "远", 5)
    joint(world, east, west)

    for again in ([east, far], [far, west]):
        with pytest.raises(RoundRefused, match="已经开过互评"):
            joint(world, *again)
    with pytest.raises(RoundRefused):
        by_name(world, east)
    opened(world, world.north)
    with pytest.raises(RoundRefused, match="已经开过互评"):
        joint(world, world.north, far)
    assert Round.objects.count() == 2


def test_two_joint_rounds_under_one_committee(world):
    joint(world, branch(world, "东", 3), branch(world, "西", 3))
    joint(world, branch(world, "南", 3), branch(world, "北", 3))

    assert Round.objects.filter(organisation=world.root).count() == 2


def test_joint_round_still_needs_enough_people_and_two_branches(world):
    east, west = branch(world, "东", 2), branch(world, "西", 3)

    with pytest.raises(RoundRefused, match="5 人"):
        joint(world, east, west)
    with pytest.raises(RoundRefused, match="至少要选两个"):
        joint(world, world.north)


def test_voided_joint_round_sets_its_branches_free(world):
    east, west = branch(world, "东", 3), branch(world, "西", 3)
    round = joint(world, east, west)

    void_round(round, reason="名册有误", by=world.committee_member, at=timezone.now())

    assert joint(world, east, west).roll_size == 6


def test_joint_people_still_count_for_their_own_branch(world):
    """D3: scorecards and files of people stay with the branch, not with the committee above."""
    east, west = branch(world, "东", 3), branch(world, "西", 3)
    joint(world, east, west)

    one = east.affiliations.first().person
    assert homes_of(world.period)[one.pk] == east.pk
    assert home_in(world.period, one) == east


def test_secretary_cannot_join_another_branch(world, as_person):
    east, west = branch(world, "东", 3), branch(world, "西", 3)

    page = as_person(secretary(east)).post(url(world), posting("joint", east, west))

    assert page.status_code == 200
    assert not Round.objects.exists()


def test_only_sealed_rounds_are_joint(world):
    round = by_name(world, branch(world, "东", 3))

    with pytest.raises(IntegrityError):
        Round.objects.filter(pk=round.pk).update(is_joint=True)


# -- by name


def test_named_rating_says_so_before_and_shows_names_after(world, as_person):
    east = branch(world, "东", 3)
    as_person(world.committee_member).post(url(world), posting("named", east))
    round = Round.objects.get()
    for person in voters(round):
        client = as_person(person)
        page = client.get(reverse("evaluations:peer_ballot", args=[round.pk]), follow=True)
        assert "这是记名的" in page.content.decode()
        paper = paper_for(person, round.pk)
        data = posted(paper) | {f"c{paper.positions[0]}": "多下窗口"}
        answer = client.post(reverse("evaluations:named_ballot", args=[round.pk]), data)
        assert answer.status_code == 302
    before = as_person(voters(round)[0]).get(
        reverse("evaluations:peer_result", args=[round.pk, voters(round)[0].pk])
    )

    close_round(round, by=None, at=timezone.now())

    about = east.affiliations.first().person
    page = as_person(about).get(reverse("evaluations:peer_result", args=[round.pk, about.pk]))
    assert "还没有结果" in before.content.decode()
    assert "东1" in page.content.decode()
    assert "东2" in page.content.decode()
    assert NamedRating.objects.count() == 6
    assert PeerTally.objects.filter(shown="histogram").values("person").distinct().count() == 3
    round.refresh_from_db()
    assert round.ballots_counted == 3


def test_named_colleague_reads_nobody_elses(world, as_person):
    round = by_name(world, branch(world, "东", 3))
    one, other, _ = voters(round)
    person = other if one.roles.exists() else one
    about = one if person == other else other

    answer = as_person(person).get(reverse("evaluations:peer_result", args=[round.pk, about.pk]))

    assert answer.status_code == 403


def test_named_sheet_is_taken_once_and_refused_when_incomplete(world, as_person):
    round = by_name(world, branch(world, "东", 3))
    person = voters(round)[0]
    where = reverse("evaluations:named_ballot", args=[round.pk])
    data = posted(paper_for(person, round.pk))
    client = as_person(person)

    incomplete = client.post(where, dict(list(data.items())[:1]))
    client.post(where, data)
    client.post(where, data)

    assert incomplete.status_code == 400
    assert NamedRating.objects.count() == 2
    assert "已提交" in client.get(where).content.decode()


def test_named_sheet_after_the_deadline_is_not_taken(world, as_person):
    round = past_deadline(by_name(world, branch(world, "东", 3)))
    person = voters(round)[0]

    answer = as_person(person).post(
        reverse("evaluations:named_ballot", args=[round.pk]), posted(paper_for(person, round.pk))
    )

    assert answer.status_code == 409
    assert not NamedRating.objects.exists()


def test_named_round_has_no_key_and_takes_no_sealed_ballot(world, keys_folder, as_person):
    round = by_name(world, branch(world, "东", 3))
    person = voters(round)[0]

    as_person(person).post(
        reverse("evaluations:peer_ballot", args=[round.pk]), posted(paper_for(person, round.pk))
    )

    assert list(keys_folder.iterdir()) == []
    assert not round.ballots.exists()


def test_neither_by_name_nor_on_paper_where_sealed_is_possible(world):
    for form in ("named", "paper"):
        with pytest.raises(RoundRefused, match="够开密封互评"):
            opened(world, form=form)


def test_people_of_small_branches_find_their_sheet_in_todays_list(world, as_person):
    """No duty is made for them (they may have no round at all), so the open round itself stands there."""
    round = by_name(world, branch(world, "东", 3))
    client = as_person(voters(round)[0])
    where = reverse("evaluations:peer_ballot", args=[round.pk])

    before = client.get("/").content.decode()
    client.post(
        reverse("evaluations:named_ballot", args=[round.pk]),
        posted(paper_for(voters(round)[0], round.pk)),
    )

    assert where in before
    assert where not in client.get("/").content.decode()


# -- on paper


def type_in(client, round, slips=3, **totals):
    positions = list(round.roll.filter(is_rated=True).values_list("position", flat=True))
    key = round.sheet.scale_questions[0].key
    level = round.sheet.scale_questions[0].levels[0].key
    data = {f"p{at}-{key}__{level}": 2 for at in positions} | {"slips": slips} | totals
    return client.post(reverse("evaluations:paper_round", args=[round.pk]), data, follow=True)


def test_paper_is_counted_when_two_people_typed_the_same(world, as_person):
    east = branch(world, "东", 3)
    round = opened(world, east, form="paper", by=world.committee_member)

    type_in(as_person(world.officer), round)
    round.refresh_from_db()
    assert round.is_open
    sheet = PaperSheet.objects.get()
    again = reverse("evaluations:paper_detail", args=[sheet.pk])
    entry = sheet.entries.get()
    data = {"slips": 3} | {
        f"{question}__{level}": count
        for question, levels in entry.totals.items()
        for level, count in levels.items()
    }
    as_person(world.committee_member).post(again, data)

    round.refresh_from_db()
    assert (round.state, round.ballots_counted) == ("closed", 3)
    assert set(PeerTally.objects.values_list("shown", flat=True)) == {"nothing"}  # two others each


def test_paper_is_not_typed_before_all_slips_are_in(world, as_person):
    round = opened(world, branch(world, "东", 4), form="paper", by=world.committee_member)

    early = type_in(as_person(world.officer), round, slips=2)
    many = type_in(as_person(world.officer), round, slips=9)

    assert "没有收齐" in early.content.decode()
    assert "不会比人多" in many.content.decode()
    assert not PaperSheet.objects.filter(entries__isnull=False).exists()


def test_sheet_to_print_has_names_and_no_place_for_ones_own(world, as_person):
    round = opened(world, branch(world, "东", 3), form="paper", by=world.committee_member)

    page = as_person(world.officer).get(reverse("evaluations:round_sheet", args=[round.pk]))

    assert "东2" in page.content.decode()
    assert "不写姓名" in page.content.decode()


# -- many at once


def test_forty_branches_are_opened_as_a_job_that_names_what_was_refused(world, as_person):
    """Bulk opening: progress, and those it could not open with the reason; a rerun opens nothing twice."""
    branches = [branch(world, f"支{n}", 6) for n in range(6)]
    data = posting("", *branches)
    client = as_person(world.committee_member)

    answer = client.post(reverse("evaluations:round_open", args=[world.period.pk]), data)
    job = Job.objects.get(kind="open_rounds")
    branches[0].affiliations.first().person.affiliations.update(organisation=branches[1])
    jobs.run(job.pk)

    job.refresh_from_db()
    assert answer.url == reverse("common:job_detail", args=[job.pk])
    assert job.result["opened"] == 5
    page = client.get(job.result_url).content.decode()
    assert "没有开成的 1 个" in page
    assert "支0 只有 5 人" in page
    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.result["opened"] == 5
    assert Round.objects.count() == 5


def test_opening_another_way_is_told_and_audited(world):
    east = branch(world, "东", 3)
    round = open_round(
        world.period,
        east,
        form="named",
        closes_at=timezone.now() + A_WEEK,
        by=world.officer,
        at=timezone.now(),
    )

    assert "记名" in Notice.objects.filter(event=f"round-opened:{round.pk}").first().body
    assert AuditEvent.objects.get(verb="开启互评").detail["方式"] == "记名互评"
    assert RollEntry.objects.filter(round=round).count() == 3
