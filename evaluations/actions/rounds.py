"""The life of a peer round: 开启 → 进行中 → 已计票, or 已作废 with a reason."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.actions import stays_open
from common import audit, notices
from evaluations.actions import paper, round_keys
from evaluations.models import RollEntry, Round, RoundPart
from evaluations.queries import peer, rolls, rounds
from evaluations.queries.sheets import SheetImpossible, peer_sheet

Form = Round.Form
LEAST_OPEN = timedelta(hours=24)  # nobody can open a round and shut it after a vote or two (B10)
TOO_FEW = (
    "{name} 只有 {count} 人参加，不到密封互评要求的 {least} 人：人太少时，从结果就能猜出谁打了几分。"
    "可以与相邻支部联合互评，也可以当面记名互评，或改用纸质测评、由两人录入汇总。"
)


NO_TOTALS = "本方案的互评是打分的，纸质测评按各档合计录入，用不上。请用联合互评或记名互评。"


class RoundRefused(Exception):
    """The round cannot be opened, closed or voided now; the text is shown."""


def open_round(period, organisation, *, closes_at, by, at, form=Form.SEALED, occasion=""):  # noqa: PLR0913 (what, where, until when, how)
    """Freeze roll and questionnaire, make the key pair, open the round, tell the voters.

    `form` is NAMED or PAPER for a branch that is too small for sealed ballots (P10); `occasion` is what
    the round is held together with, such as 民主生活会 (P23).
    """
    lines = rolls.roll_of(period, organisation, today=timezone.localdate(at))
    _refuse_opening(period, closes_at=closes_at, at=at)
    _refuse_size(period, organisation, lines, form)
    round = _new_round(period, organisation, lines, form)
    round.occasion = occasion
    return _opened(round, lines, closes_at=closes_at, by=by, at=at)


def open_joint_round(period, organisations, *, closes_at, by, at, occasion=""):  # noqa: PLR0913 (as open_round)
    """Several branches vote as one, because some are too small. Each is in one such round at most (B12, C12)."""
    today = timezone.localdate(at)
    _refuse_opening(period, closes_at=closes_at, at=at)
    if len(organisations) < 2:
        raise RoundRefused("联合互评至少要选两个支部。")
    lines = [line for one in organisations for line in rolls.roll_of(period, one, today=today)]
    _refuse_twice(lines)
    names = "、".join(one.label for one in organisations)
    _refuse_size(period, f"{names}合起来", lines, Form.SEALED)
    round = _new_round(period, rolls.above_all(organisations), lines, Form.SEALED)
    round.is_joint, round.occasion = True, occasion
    return _opened(round, lines, closes_at=closes_at, by=by, at=at, parts=organisations)


def _opened(round, lines, *, closes_at, by, at, parts=()):  # noqa: PLR0913 (what, who, until when)
    round.opens_at, round.opened_by, round.closes_at = at, by, closes_at
    round.stage = rounds.stage_name(round.campaign_id, today=timezone.localdate(at))
    try:
        return _store(round, lines, by=by, at=at, parts=parts)
    except IntegrityError as error:
        if round.is_sealed:
            round_keys.destroy(round.key_fingerprint)
        where = "、".join(str(one) for one in parts) or round.organisation
        raise RoundRefused(
            f"{where} 本期已经开过互评，或名册里有人已在别的支部参加本期互评。"
        ) from error


def _new_round(period, organisation, lines, form):
    """What is frozen: questionnaire, limits, size of a ballot, public key. Only sealed ones have a key."""
    rated = sum(line.is_rated for line in lines)
    try:
        sheet = peer_sheet(period.plan, rated_count=rated)
    except SheetImpossible as reason:
        raise RoundRefused(str(reason)) from reason
    if form == Form.PAPER and any(question.is_numeric for question in sheet.questions):
        raise RoundRefused(NO_TOTALS)
    public = round_keys.create() if form == Form.SEALED else b""
    return Round(
        campaign_id=period.campaign_id,
        period=period,
        organisation=organisation,
        form=form,
        questionnaire=sheet.as_data(),
        public_key=public,
        key_fingerprint=round_keys.fingerprint(public) if public else "",
        ballot_bytes=paper.size_for(sheet, rated) if public else 0,
        marks=bytes((len(lines) + 7) // 8),
        roll_size=len(lines),
        voter_count=sum(line.is_voter for line in lines),
    )


def open_rounds(period, organisations, *, closes_at, by, at, occasion="", report=None):  # noqa: PLR0913 (as open_round, for many)
    """Open one round each; what is refused does not keep the others from opening."""
    opened, refused = [], []
    for number, organisation in enumerate(organisations, 1):
        try:
            round = open_round(
                period, organisation, closes_at=closes_at, by=by, at=at, occasion=occasion
            )
        except RoundRefused as reason:
            refused.append(str(reason))
        else:
            opened.append(round)
        if report:
            report(number, len(organisations), str(organisation))
    return opened, refused


def _refuse_opening(period, *, closes_at, at):
    if not period.is_open:
        raise RoundRefused(f"{period.name}已经结算，不能再开互评。")
    if closes_at < at + LEAST_OPEN:
        raise RoundRefused("截止时间至少要在开启 24 小时之后，让每个人都来得及参评。")


def _refuse_size(period, name, lines, form):
    """Too few for sealed ballots; or enough, and then neither by name nor on paper."""
    voters = sum(line.is_voter for line in lines)
    least = period.plan.thresholds.peer_round
    if form == Form.SEALED and voters < least:
        raise RoundRefused(TOO_FEW.format(name=name, count=voters, least=least))
    if form != Form.SEALED and voters >= least:
        raise RoundRefused(f"{name} 有 {voters} 人，够开密封互评，不用{Form(form).label}。")
    if voters < 2:
        raise RoundRefused(f"{name} 只有 {voters} 人，没有人可以互评。可以与相邻支部联合互评。")


def _refuse_twice(lines):
    people = [line.person.pk for line in lines]
    if len(people) != len(set(people)):
        raise RoundRefused("有人同时在所选的两个支部里，请先理清他的组织关系。")


@transaction.atomic
def _store(round, lines, *, by, at, parts):
    if not stays_open(round.period):
        round_keys.destroy(round.key_fingerprint)
        raise RoundRefused(f"{round.period.name}已经结算，不能再开互评。")
    round.save(force_insert=True)
    posts = peer.posts_of([line.person.pk for line in lines], today=timezone.localdate(at))
    shuffled = secrets.SystemRandom().sample(lines, len(lines))
    RollEntry.objects.bulk_create(
        RollEntry(
            round=round,
            period_id=round.period_id,
            position=position,
            person=line.person,
            organisation=line.organisation if parts else None,
            post=posts.get(line.person.pk, "")[:120],
            is_voter=line.is_voter,
            is_rated=line.is_rated,
        )
        for position, line in enumerate(shuffled)
    )
    _join(round, parts)
    _tell_voters(round, [line.person for line in lines if line.is_voter], at=at)
    audit.record(
        "开启互评",
        round,
        by=by,
        at=at,
        path=round.organisation.path,
        detail=_told_to_audit(round, parts),
    )
    return round


def _told_to_audit(round, parts):
    return {
        "方式": round.way,
        "截止": round.closes_at.isoformat(),
        "名册": round.roll_size,
        **({"场合": round.occasion} if round.occasion else {}),
        **({"支部": [str(one) for one in parts]} if parts else {}),
        **({"密钥指纹": round.key_fingerprint} if round.is_sealed else {}),
    }


def _join(round, parts):
    """A branch with a round of its own is refused here, one in another joint round by the constraint."""
    own = Round.objects.filter(
        period=round.period_id, kind=round.kind, is_joint=False, organisation__in=parts
    )
    if own.exclude(state=Round.State.VOID).exists():
        raise IntegrityError("round_once_per_branch_and_period")
    RoundPart.objects.bulk_create(
        RoundPart(round=round, period_id=round.period_id, kind=round.kind, organisation=one)
        for one in parts
    )


TOLD = {
    Form.SEALED: "选票是密封的，提交后不能修改。",
    Form.NAMED: "这一次是记名互评：被评的人和支部书记会看到谁写了什么。提交后不能修改。",
    Form.PAPER: "这一次用纸质测评：领一张测评表，不写姓名，填好投进票箱。",
}


def _tell_voters(round, people, *, at):
    until = date_format(timezone.localtime(round.closes_at), "n月j日 H:i")
    notices.post(
        people,
        event=f"round-opened:{round.pk}",
        title=f"{round.period.name}党员{round.way}已开启，{until} 截止",
        body=f"{round.occasion_text}。{TOLD[round.form]}" if round.occasion else TOLD[round.form],
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
    held.named_ratings.all().delete()
    held.roll.update(is_void=True)
    held.parts.update(is_void=True)
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
    kept = Round.objects.key_not_destroyed().select_related("organisation", "period")
    round = kept.filter(pk=round_id).first()
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
