"""Closing a round: one transaction under the lock that ballots take, then the key is destroyed.

Killed anywhere it is either open or closed; run again it gives the same bytes.
"""

from dataclasses import replace

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from campaigns.actions import fulfil_sealed
from common import audit, notices
from evaluations.actions import counting, named, paper, round_keys
from evaluations.actions.rounds import RoundRefused, destroy_key
from evaluations.models import PeerComment, PeerTally, RollEntry, Round
from evaluations.queries import peer

NOT_YET = "还没到截止时间，也没有全部参评，不能提前计票。"
HALTED = (
    "计票中止：{reason}。票箱原样保留，已通知党委；可以排除原因后再计票，或写明原因作废后重新组织。"
)


def close_round(round, *, by, at):
    """Count the round once. Without `by` it is the portal itself, after the deadline."""
    try:
        return _count(round.pk, by=by, at=at)
    except round_keys.KeyLost:
        reason = "找不到本轮的密钥，选票打不开"
    except round_keys.BoxBroken:
        reason = "有选票打不开，可能被改动过"
    except counting.BoxMismatch as mismatch:
        reason = str(mismatch)
    _halt(round.pk, reason=reason, by=by, at=at)
    raise RoundRefused(HALTED.format(reason=reason))


@transaction.atomic
@sensitive_variables()
def _count(round_id, *, by, at):
    held = Round.objects.select_for_update(of=("self",)).select_related("organisation", "period")
    round = held.annotate(clock=Now()).get(pk=round_id)
    if round.is_closed:
        return round
    _refuse_counting(round)
    roll = list(RollEntry.objects.filter(round=round).order_by("position"))
    lines, remarks = _counted(round, roll)
    _write_results(round, roll, lines, remarks)
    round.ballots.all().delete()
    round.state = Round.State.CLOSED
    round.result_hash = counting.result_hash(lines, remarks)
    round.closed_at, round.closed_by, round.halt_reason = at, by, ""
    round.save()
    voted = [entry.person_id for entry in roll if _took_part(round, entry)]
    fulfil_sealed(period=round.period, act="peer_ballot", people=voted, at=at)
    if round.is_sealed:
        transaction.on_commit(lambda: destroy_key(round_id, at=at))
    _record(round, by=by, at=at)
    return round


@sensitive_variables()
def _counted(round, roll):
    """Lines and comments by the round's form; how many ballots were counted is noted on the round."""
    if round.form == Round.Form.NAMED:
        sheets = named.sheets_of(round, roll)
        round.ballots_counted = len(sheets)
        rated = [entry.position for entry in roll if entry.is_rated]
        # signed ballots hide nothing from those who may read them: no threshold
        open_sheet = replace(round.sheet, histogram_from=1, grade_from=1)
        return counting.tally(open_sheet, sheets, rated=rated), []
    if round.form == Round.Form.PAPER:
        round.ballots_counted, counts = _typed(round, roll)
        return counting.tally_counts(round.sheet, counts), []
    boxes = [bytes(box) for box in round.ballots.values_list("box", flat=True)]
    round.ballots_counted, round.box_hash = len(boxes), counting.box_hash(boxes)
    return _open_box(round, roll, boxes)


def _typed(round, roll):
    """(slips, {position: counts}) of the paper that two people typed alike."""
    sheet = round.paper_sheets.filter(counted_at__isnull=False).first()
    if sheet is None:
        raise RoundRefused("纸质测评还没有两个人录入一致，不能计票。")
    entry = sheet.entries.order_by("-entered_at", "-pk").first()
    counts = {
        one.position: {
            question.key: entry.totals.get(f"p{one.position}-{question.key}", {})
            for question in round.sheet.scale_questions
        }
        for one in roll
        if one.is_rated
    }
    return entry.slips, counts


def _took_part(round, entry):
    """Paper leaves no marks: once it is counted, the branch has held its rating."""
    return entry.is_voter and (round.form == Round.Form.PAPER or round.has_mark(entry.position))


def _refuse_counting(round):
    if round.state == Round.State.VOID:
        raise RoundRefused("这一轮互评已经作废，不能计票。")
    if round.form == Round.Form.PAPER:  # whether all slips are in is asked where they are typed
        return
    if round.clock < round.closes_at and round.turnout < round.voter_count:
        raise RoundRefused(NOT_YET)


@sensitive_variables()
def _open_box(round, roll, boxes):
    """Ballots are open inside this function only."""
    rated = [entry.position for entry in roll if entry.is_rated]
    marked = [entry.position for entry in roll if round.has_mark(entry.position)]
    open_box = round_keys.opener(round.public_key)
    try:
        ballots = [paper.unpack(open_box(box), rated=rated) for box in boxes]
        for ballot in ballots:
            others = {position: one for position, one in ballot.items() if one is not None}
            paper.check(round.sheet, others, rated=others)
    except (ValueError, TypeError, IndexError, paper.BallotRefused) as error:
        raise round_keys.BoxBroken from error
    counting.verify(ballots, marked=marked, rated=rated)
    return (
        counting.tally(round.sheet, ballots, rated=rated),
        counting.comments(round.sheet, ballots, rated=rated),
    )


def _write_results(round, roll, lines, remarks):
    people = {entry.position: entry.person_id for entry in roll}
    PeerTally.objects.bulk_create(
        PeerTally(
            round=round,
            person_id=people[line.position],
            question=line.question,
            shown=line.shown,
            grade=line.grade,
            scores=line.scores,
            **{f"level_{number}": count for number, count in enumerate(line.counts, 1)},
        )
        for line in lines
    )
    rows = [
        PeerComment(
            id=remark.id_in(round.pk),
            round=round,
            person_id=people[remark.position],
            question=remark.question,
            text=remark.text,
        )
        for remark in remarks
    ]
    PeerComment.objects.bulk_create(sorted(rows, key=lambda row: row.id))


def _record(round, *, by, at):
    audit.record(
        "互评计票",
        round,
        by=by,
        at=at,
        path=round.organisation.path,
        detail={
            "选票": round.ballots_counted,
            "结果摘要": round.result_hash,
            **(
                {"票箱摘要": round.box_hash, "密钥指纹": round.key_fingerprint}
                if round.is_sealed
                else {"方式": round.way}
            ),
        },
    )


@transaction.atomic
def _halt(round_id, *, reason, by, at):
    """Stop and alarm; said once, however often the sweeper tries."""
    round = Round.objects.select_for_update().get(pk=round_id)
    if round.state not in {Round.State.OPEN, Round.State.HALTED} or round.halt_reason == reason:
        return
    round.state, round.halt_reason = Round.State.HALTED, reason
    round.save(update_fields=["state", "halt_reason"])
    notices.post(
        list(peer.alarm_recipients(round, today=timezone.localdate(at))),
        event=f"round-halted:{round.pk}",
        title=f"{round} 计票中止",
        body=HALTED.format(reason=reason),
        url=reverse("evaluations:round_detail", args=[round.pk]),
        at=at,
    )
    audit.record(
        "互评计票中止", round, by=by, at=at, path=round.organisation.path, detail={"原因": reason}
    )
