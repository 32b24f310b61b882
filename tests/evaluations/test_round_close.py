"""Counting a round: what is left of it, when it stops, and that a kill changes nothing."""

import random
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from campaign_portal.sweep import STEPS
from common import audit
from common.models import AuditEvent, Notice
from evaluations.actions import close, counting, round_keys
from evaluations.actions.ballots import cast_ballot
from evaluations.actions.close import close_round
from evaluations.actions.rounds import RoundRefused, destroy_key, open_round, void_round
from evaluations.actions.sweep import close_due_rounds, destroy_left_keys, remind_voters
from evaluations.models import Ballot, PeerComment, PeerTally, Round
from evaluations.queries import results
from evaluations.queries.peer import paper_for
from tests.evaluations.ballots import A_WEEK, ballot_of, grown, opened, past_deadline, vote, voters
from tests.factories import DutyFactory

CANARY = "金丝雀留言5521"


def voted(world, count=8, **how):
    round = opened(world)
    for person in voters(round)[:count]:
        vote(round, person, **how)
    return past_deadline(round)


def closed(world, count=8, **how):
    round = voted(world, count, **how)
    close_round(round, by=world.secretary, at=timezone.now())
    round.refresh_from_db()
    return round


def stored(round):
    """Every byte of the result."""
    tallies = PeerTally.objects.filter(round=round).order_by("pk")
    remarks = PeerComment.objects.filter(round=round).order_by("pk")
    fields = [field.name for field in PeerTally._meta.fields if field.name != "id"]
    return list(tallies.values_list(*fields)), list(remarks.values_list())


def test_close_leaves_histograms_and_nothing_of_a_ballot(world):
    round = closed(world, levels=2)

    assert round.state == Round.State.CLOSED
    assert round.ballots_counted == 8
    assert not Ballot.objects.exists()
    tallies = PeerTally.objects.filter(round=round)
    assert tallies.count() == 8 * 2
    assert {tuple(tally.counts) for tally in tallies} == {(0, 7, 0, 0, 0, 0, 0, 0)}


def test_own_ballot_never_counts_and_each_answer_lands_where_it_belongs(world):
    round = opened(world)
    people = voters(round)
    target = round.roll.get(person=world.member)
    for person in people[:4]:
        vote(round, person, **{f"p{target.position}": 1})
    for person in people[4:]:
        vote(round, person, **{f"p{target.position}": 4})

    close_round(past_deadline(round), by=None, at=timezone.now())

    best = sum(person != world.member for person in people[:4])
    tally = PeerTally.objects.get(round=round, person=world.member, question="duty")
    assert tally.counts == [best, 0, 0, 7 - best, 0, 0, 0, 0]


def test_too_early_is_refused_unless_everybody_has_voted(world):
    round = opened(world)
    people = voters(round)
    for person in people[:7]:
        vote(round, person)

    with pytest.raises(RoundRefused, match="还没到截止时间"):
        close_round(round, by=world.secretary, at=timezone.now() + 2 * A_WEEK)
    vote(round, people[7])
    close_round(round, by=world.secretary, at=timezone.now())

    assert Round.objects.get(pk=round.pk).is_closed


def test_count_record_names_what_was_counted_and_by_whom(world):
    round = voted(world)
    boxes = [bytes(ballot.box) for ballot in round.ballots.all()]

    close_round(round, by=world.secretary, at=timezone.now())

    round.refresh_from_db()
    assert round.box_hash == counting.box_hash(random.sample(boxes, len(boxes)))
    event = AuditEvent.objects.get(verb="互评计票")
    assert event.detail["选票"] == 8
    assert event.detail["票箱摘要"] == round.box_hash
    assert event.by == world.secretary
    assert audit.verify() == []


def test_duties_of_those_who_voted_are_settled_at_one_time(world):
    round = opened(world)
    duties = [
        DutyFactory(
            period=world.period, act="peer_ballot", assignee=person, organisation=world.north
        )
        for person in voters(round)
    ]
    for person in random.sample(voters(round), 8)[:6]:
        vote(round, person)
    at = timezone.now()

    close_round(past_deadline(round), by=None, at=at)

    for duty in duties:
        duty.refresh_from_db()
    voters_now = {duty.assignee_id for duty in duties if duty.done_at}
    assert len(voters_now) == 6
    assert {duty.done_at for duty in duties} == {at, None}
    assert not any(duty.is_late for duty in duties)


def test_key_is_destroyed_after_the_commit(world, keys_folder, django_capture_on_commit_callbacks):
    round = voted(world)
    box = bytes(Ballot.objects.first().box)
    key = (keys_folder / f"{round.key_fingerprint}.key").read_bytes()

    with django_capture_on_commit_callbacks(execute=True):
        close_round(round, by=world.secretary, at=timezone.now())

    round.refresh_from_db()
    assert round.key_destroyed_at
    assert list(keys_folder.iterdir()) == []
    assert AuditEvent.objects.filter(verb="销毁互评密钥").count() == 1
    with pytest.raises(round_keys.KeyLost):
        round_keys.opener(round.public_key)
    assert key not in b"".join(
        path.read_bytes() for path in keys_folder.rglob("*") if path.is_file()
    )
    assert box  # the attacker kept it; nothing opens it


def test_file_is_overwritten_before_it_goes(keys_folder):
    public = round_keys.create()
    path = keys_folder / f"{round_keys.fingerprint(public)}.key"
    second_name = keys_folder / "kept-by-hard-link"
    second_name.hardlink_to(path)
    private = path.read_bytes()

    round_keys.destroy(round_keys.fingerprint(public))

    assert not path.exists()
    assert second_name.read_bytes() != private


def test_killed_between_commit_and_destruction_the_sweeper_repeats_it(world, keys_folder):
    """The callback after the commit never ran."""
    round = closed(world)
    assert round_keys.exists(round.key_fingerprint)

    assert destroy_left_keys(at=timezone.now()) == 1
    assert destroy_left_keys(at=timezone.now()) == 0

    round.refresh_from_db()
    assert round.key_destroyed_at
    assert not round_keys.exists(round.key_fingerprint)
    assert AuditEvent.objects.filter(verb="销毁互评密钥").count() == 1


def test_second_close_changes_nothing(world):
    round = closed(world, comment="很好")
    before = (stored(round), Round.objects.filter(pk=round.pk).values().get())

    close_round(round, by=world.committee_member, at=timezone.now())

    assert (stored(round), Round.objects.filter(pk=round.pk).values().get()) == before
    assert AuditEvent.objects.filter(verb="互评计票").count() == 1


COUNT_STEPS = ["_write_results", "fulfil_sealed", "_record"]


@pytest.mark.parametrize("step", COUNT_STEPS)
def test_stopped_anywhere_it_is_not_counted_and_a_rerun_gives_the_same_bytes(
    world, monkeypatch, step
):
    round = voted(world, comment="多到窗口走走")
    with transaction.atomic():
        close_round(round, by=None, at=timezone.now())
        expected = (stored(round), Round.objects.get(pk=round.pk).result_hash)
        transaction.set_rollback(True)
    real = getattr(close, step)

    def killed(*args, **kwargs):
        real(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(close, step, killed)
        with pytest.raises(KeyboardInterrupt):
            close_round(round, by=None, at=timezone.now())
    assert Round.objects.get(pk=round.pk).is_open
    assert Ballot.objects.count() == 8
    assert stored(round) == ([], [])

    close_round(round, by=None, at=timezone.now())

    assert (stored(round), Round.objects.get(pk=round.pk).result_hash) == expected


def test_ballot_too_many_stops_the_count_and_raises_the_alarm_once(world):
    round = voted(world, 6)
    Ballot.objects.create(round=round, box=bytes(Ballot.objects.first().box))

    for _ in range(3):
        with pytest.raises(RoundRefused, match="7 张选票，参评标记有 6 个"):
            close_round(round, by=None, at=timezone.now())

    round.refresh_from_db()
    assert round.state == Round.State.HALTED
    assert Ballot.objects.count() == 7
    assert not PeerTally.objects.exists()
    alarmed = Notice.objects.filter(event=f"round-halted:{round.pk}")
    assert {notice.recipient for notice in alarmed} == {world.committee_member, world.officer}
    assert AuditEvent.objects.filter(verb="互评计票中止").count() == 1


def test_copy_of_a_ballot_in_the_place_of_another_is_noticed(world):
    round = voted(world, 6)
    first, second = Ballot.objects.all()[:2]
    Ballot.objects.filter(pk=second.pk).update(box=bytes(first.box))

    with pytest.raises(RoundRefused, match="对不上"):
        close_round(round, by=None, at=timezone.now())


def test_changed_ballot_stops_the_count(world):
    round = voted(world, 6)
    ballot = Ballot.objects.first()
    Ballot.objects.filter(pk=ballot.pk).update(box=bytes(ballot.box)[:-1] + b"\x00\x01"[:1])

    with pytest.raises(RoundRefused, match="打不开"):
        close_round(round, by=None, at=timezone.now())


def test_lost_key_is_declared_and_people_are_asked_again(world, keys_folder):
    """E12"""
    round = voted(world, 6)
    for path in keys_folder.iterdir():
        path.unlink()

    with pytest.raises(RoundRefused, match="找不到本轮的密钥"):
        close_round(round, by=None, at=timezone.now())
    void_round(round, reason="密钥所在磁盘损坏", by=world.committee_member, at=timezone.now())
    again = opened(world)

    assert not Ballot.objects.exists()
    assert Notice.objects.filter(event=f"round-void:{round.pk}").count() == 8
    assert again.voter_count == 8
    assert vote(again, world.member)


def test_halted_round_counts_when_the_key_is_back(world, keys_folder):
    round = voted(world)
    (path,) = keys_folder.iterdir()
    away = path.rename(keys_folder.parent / "safe")
    with pytest.raises(RoundRefused):
        close_round(round, by=None, at=timezone.now())

    away.rename(path)
    close_round(round, by=world.officer, at=timezone.now())

    round.refresh_from_db()
    assert round.is_closed
    assert round.halt_reason == ""


def test_closed_round_is_never_voided(world):
    round = closed(world)

    with pytest.raises(RoundRefused, match="可以作废"):
        void_round(round, reason="结果不好看", by=world.committee_member, at=timezone.now())


def test_sweeper_closes_what_is_due_and_goes_on_past_a_broken_round(world, keys_folder):
    broken = voted(world, 6)
    (keys_folder / f"{broken.key_fingerprint}.key").unlink()
    fine = open_round(
        world.period,
        world.south,
        closes_at=timezone.now() + A_WEEK,
        by=world.officer,
        at=timezone.now(),
    )
    past_deadline(fine)

    assert close_due_rounds(at=timezone.now()) == 1
    assert close_due_rounds(at=timezone.now()) == 0

    assert {round.state for round in Round.objects.all()} == {"halted", "closed"}


def test_every_minute_rounds_are_closed_before_periods():
    names = [step.__name__ for step in STEPS]

    assert {"remind_voters", "close_due_rounds", "destroy_left_keys"} <= set(names)
    assert names.index("close_due_rounds") < names.index("request_due_closings")


def test_halted_round_keeps_the_period_open(world, keys_folder):
    round = voted(world, 6)
    (keys_folder / f"{round.key_fingerprint}.key").unlink()
    close_due_rounds(at=timezone.now())

    assert list(Round.objects.not_counted()) == [round]


def test_only_those_without_a_mark_are_reminded_once(world):
    round = opened(world)
    vote(round, world.member)
    nearly = timezone.localtime(round.closes_at - A_WEEK / 7).replace(hour=12)
    assert remind_voters(at=nearly.replace(hour=23)) == 0  # D11: quiet hours

    for _ in range(3):
        remind_voters(at=nearly)

    reminded = Notice.objects.filter(event=f"round-closing:{round.pk}")
    assert reminded.count() == 7
    assert world.member not in {notice.recipient for notice in reminded}


def test_comments_are_torn_from_their_ballots(world):
    """B14: their order is that of their content's hash, whoever wrote them, whenever."""
    round = opened(grown(world, 9))
    target = round.roll.get(person=world.member).position
    people = [person for person in voters(round) if person != world.member]
    for number, person in enumerate(people):
        paper = paper_for(person, round.pk)
        ballot = ballot_of(paper)
        ballot[target] = replace(ballot[target], comment=f"{CANARY}{number}")
        cast_ballot(paper, ballot=ballot, by=person)

    close_round(past_deadline(round), by=None, at=timezone.now())

    rows = list(PeerComment.objects.filter(round=round).order_by("pk"))
    assert sorted(row.text for row in rows) == [f"{CANARY}{number}" for number in range(8)]
    assert {row.state for row in rows} == {PeerComment.State.WAITING}
    assert places_on_disk() == [row.pk.hex for row in rows]


def places_on_disk():
    """Ids of the comments in the order in which they lie in their table."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM evaluations_peercomment ORDER BY {place}")
        return [getattr(pk, "hex", pk) for (pk,) in cursor.fetchall()]


def test_nothing_of_a_comment_reaches_the_audit_trail_or_the_inbox(world):
    closed(world, comment=CANARY)

    assert CANARY not in repr(list(AuditEvent.objects.values()))
    assert CANARY not in repr(list(Notice.objects.values()))
    assert PeerComment.objects.filter(text=CANARY).exists()


def test_voided_round_lets_nobody_read_its_ballots(world, django_capture_on_commit_callbacks):
    round = voted(world, 6)

    with django_capture_on_commit_callbacks(execute=True):
        void_round(round, reason="名册有误", by=world.officer, at=timezone.now())

    round.refresh_from_db()
    assert round.key_destroyed_at
    assert not Ballot.objects.exists()
    assert destroy_key(round.pk, at=timezone.now()) is False


def test_page_closes_with_one_button(world, as_person):
    round = voted(world)
    url = reverse("evaluations:round_close", args=[round.pk])

    assert "计票并销毁密钥" in as_person(world.secretary).get(url).content.decode()
    as_person(world.secretary).post(url)

    assert Round.objects.get(pk=round.pk).is_closed
    assert as_person(world.member).post(url).status_code == 403
    assert as_person(world.stranger).post(url).status_code == 404


def test_results_do_not_exist_before_the_close(world):
    round = voted(world)

    assert results.result_of(round, world.member) == results.PersonResult()
    assert not PeerTally.objects.exists()
