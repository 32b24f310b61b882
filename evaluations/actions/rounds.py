"""The life of a peer round: 开启 → 进行中 → 已计票, or 已作废 with a reason."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from common import audit, notices
from evaluations.actions import paper, round_keys
from evaluations.models import RollEntry, Round
from evaluations.queries import peer, rolls
from evaluations.queries.sheets import SheetImpossible, peer_sheet

LEAST_OPEN = timedelta(hours=24)  # nobody can open a round and shut it after a vote or two (B10)
TOO_FEW = (
    "{name} 只有 {count} 人参加，不到密封互评要求的 {least} 人：人太少时，从结果就能猜出谁打了几分。"
    "可以与相邻支部联合互评，也可以当面记名互评，或改用纸质测评、由两人录入汇总。"
)


class RoundRefused(Exception):
    """The round cannot be opened, closed or voided now; the text is shown."""


def open_round(period, organisation, *, closes_at, by, at):
    """Freeze roll and questionnaire, make the key pair, open the round, tell the voters."""
    lines = rolls.roll_of(period, organisation, today=timezone.localdate(at))
    _refuse_opening(period, organisation, lines, closes_at=closes_at, at=at)
    round = _new_round(period, organisation, lines)
    round.opens_at, round.opened_by, round.closes_at = at, by, closes_at
    try:
        return _store(round, lines, by=by, at=at)
    except IntegrityError as error:
        round_keys.destroy(round.key_fingerprint)
        raise RoundRefused(
            f"{organisation} 本期已经开过互评，或名册里有人已在别的支部参加本期互评。"
        ) from error


def _new_round(period, organisation, lines):
    """What is frozen: questionnaire, limits, size of a ballot, public key."""
    rated = sum(line.is_rated for line in lines)
    try:
        sheet = peer_sheet(period.plan, rated_count=rated)
    except SheetImpossible as reason:
        raise RoundRefused(str(reason)) from reason
    public = round_keys.create()
    return Round(
        campaign_id=period.campaign_id,
        period=period,
        organisation=organisation,
        questionnaire=sheet.as_data(),
        public_key=public,
        key_fingerprint=round_keys.fingerprint(public),
        ballot_bytes=paper.size_for(sheet, rated),
        marks=bytes((len(lines) + 7) // 8),
        roll_size=len(lines),
        voter_count=sum(line.is_voter for line in lines),
    )


def open_rounds(period, organisations, *, closes_at, by, at):
    """Open one round each; what is refused does not keep the others from opening."""
    opened, refused = [], []
    for organisation in organisations:
        try:
            round = open_round(period, organisation, closes_at=closes_at, by=by, at=at)
        except RoundRefused as reason:
            refused.append(str(reason))
        else:
            opened.append(round)
    return opened, refused


def _refuse_opening(period, organisation, lines, *, closes_at, at):
    voters = sum(line.is_voter for line in lines)
    least = period.plan.thresholds.peer_round
    if not period.is_open:
        raise RoundRefused(f"{period.name}已经结算，不能再开互评。")
    if closes_at < at + LEAST_OPEN:
        raise RoundRefused("截止时间至少要在开启 24 小时之后，让每个人都来得及参评。")
    if voters < least:
        raise RoundRefused(TOO_FEW.format(name=organisation, count=voters, least=least))


@transaction.atomic
def _store(round, lines, *, by, at):
    round.save(force_insert=True)
    posts = peer.posts_of([line.person.pk for line in lines], today=timezone.localdate(at))
    shuffled = secrets.SystemRandom().sample(lines, len(lines))
    RollEntry.objects.bulk_create(
        RollEntry(
            round=round,
            period_id=round.period_id,
            position=position,
            person=line.person,
            post=posts.get(line.person.pk, "")[:120],
            is_voter=line.is_voter,
            is_rated=line.is_rated,
        )
        for position, line in enumerate(shuffled)
    )
    _tell_voters(round, [line.person for line in lines if line.is_voter], at=at)
    audit.record(
        "开启互评",
        round,
        by=by,
        at=at,
        path=round.organisation.path,
        detail={
            "截止": round.closes_at.isoformat(),
            "名册": round.roll_size,
            "密钥指纹": round.key_fingerprint,
        },
    )
    return round


def _tell_voters(round, people, *, at):
    until = date_format(timezone.localtime(round.closes_at), "n月j日 H:i")
    notices.post(
        people,
        event=f"round-opened:{round.pk}",
        title=f"{round.period.name}党员互评已开启，{until} 截止",
        body="选票是密封的，提交后不能修改。",
        url=reverse("evaluations:peer_ballot", args=[round.pk]),
        at=at,
    )


@transaction.atomic
def void_round(round, *, reason, by, at):
    """Give a round up without a count (lost key, wrong roll); its people can be asked again."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    if held.state not in {Round.State.OPEN, Round.State.HALTED}:
        raise RoundRefused("只有进行中或计票中止的互评可以作废。")
    held.ballots.all().delete()
    held.roll.update(is_void=True)
    held.state = Round.State.VOID
    held.void_reason, held.voided_by, held.voided_at = reason, by, at
    held.save(update_fields=["state", "void_reason", "voided_by", "voided_at"])
    notices.post(
        list(peer.voters(held)),
        event=f"round-void:{held.pk}",
        title=f"{held.period.name}互评已作废，将重新组织",
        body=f"原因：{reason}。已投的选票没有打开，已全部销毁。",
        at=at,
    )
    transaction.on_commit(lambda: destroy_key(held.pk, at=at))
    audit.record(
        "作废互评", held, by=by, at=at, path=held.organisation.path, detail={"原因": reason}
    )
    return held


def destroy_key(round_id, *, at):
    """After the commit: the file goes first, then the record says so. The sweeper repeats it."""
    round = Round.objects.key_not_destroyed().filter(pk=round_id).first()
    if round is None:
        return False
    round_keys.destroy(round.key_fingerprint)
    with transaction.atomic():
        marked = Round.objects.key_not_destroyed().filter(pk=round_id).update(key_destroyed_at=at)
        if marked:
            audit.record(
                "销毁互评密钥",
                round,
                by=None,
                at=at,
                path=round.organisation.path,
                detail={"密钥指纹": round.key_fingerprint},
            )
    return bool(marked)
