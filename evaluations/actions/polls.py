"""Panels, surveys and votes: opened, answered by one-time code or open form, closed (P08, P19 to P22)."""

import secrets

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns.actions import fulfil
from common import audit
from evaluations.actions.codes import ALPHABET, grouped, hash_code, new_code
from evaluations.actions.ratings import AlreadyRated
from evaluations.models import (
    PassTaken,
    Poll,
    PollCount,
    PollPass,
    PollRemark,
    PollSubject,
    Supervisor,
)
from evaluations.queries.polls import subjects_of

ACTS = {Poll.Kind.PANEL: "panel_review", Poll.Kind.SURVEY: "survey"}
SLUG_LENGTH = 8


class PollRefused(Exception):
    """Not now; the text is shown."""


@transaction.atomic
def open_poll(poll, *, offer, organisations, by, at):
    """Freeze what is judged. The caller has set period, organisation, name, dates, sample."""
    subjects = subjects_of(
        poll.period, offer.questionnaire, organisations, today=timezone.localdate(at)
    )
    if not subjects:
        raise PollRefused("所选范围里没有可评的对象，请换一个范围。")
    poll.kind, poll.item, poll.access = offer.kind, offer.item.key, offer.access
    poll.questionnaire = offer.questionnaire.key
    poll.slug = "".join(secrets.choice(ALPHABET) for _ in range(SLUG_LENGTH))
    poll.opened_by = by
    poll.save()
    PollSubject.objects.bulk_create(
        PollSubject(poll=poll, position=number, **one) for number, one in enumerate(subjects, 1)
    )
    audit.record("开启评议", poll, by=by, at=at, path=poll.organisation.path)
    return poll


@transaction.atomic
def issue_passes(poll, *, rater_class, count, by, at):
    """One-time codes of one class, to be printed; returned once and never again."""
    codes = _new_passes(poll, rater_class, count)
    detail = {"评议主体": rater_class, "张数": count}
    audit.record("发出评议码", poll, by=by, at=at, path=poll.organisation.path, detail=detail)
    return codes


def _new_passes(poll, rater_class, count):
    if poll.state != Poll.State.OPEN or poll.access != Poll.Access.CODE:
        raise PollRefused("这次评议不发评议码，或者已经结束。")
    codes = [new_code() for _ in range(count)]
    PollPass.objects.bulk_create(
        PollPass(digest=hash_pass(code), poll=poll, rater_class=rater_class) for code in codes
    )
    return [grouped(code) for code in codes]


def hash_pass(code):
    return hash_code("pass", code)


@transaction.atomic
def answer_poll(poll, *, rater_class, answers, remark, once, today):  # noqa: PLR0913 (one form)
    """Count {position: {question: level}} of one form; `once` makes it count once."""
    held = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    if not held.is_running(today):
        raise PollRefused("这次评议已经截止，这张没有计入。")
    once(today)
    rows = [(0, rater_class, PollCount.FORMS, "", 1)]
    for position, levels in sorted(answers.items()):
        rows += [(position, rater_class, q, level, 1) for q, level in sorted(levels.items())]
    add_counts(poll, rows)
    if remark:
        PollRemark.objects.create(poll=poll, rater_class=rater_class, text=remark)


def one_pass(digest):
    """One conditional write spends the code; who comes second finds it spent."""

    def use(_today):
        if not PollPass.objects.filter(digest=digest, is_used=False).update(is_used=True):
            raise AlreadyRated

    return use


def add_counts(poll, rows):
    """Insert the counters or add to them; in a fixed order, so that two forms never wait for each other."""
    table = connection.ops.quote_name(PollCount._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 100):
            part = rows[start : start + 100]
            marks = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(part))
            cursor.execute(
                f"INSERT INTO {table} (poll_id, position, rater_class, question, level, count)"  # noqa: S608 (own table name, values are parameters)
                f" VALUES {marks} ON CONFLICT (poll_id, position, rater_class, question, level)"
                f" DO UPDATE SET count = {table}.count + excluded.count",
                [value for row in part for value in (poll.pk, *row)],
            )


@transaction.atomic
def close_poll(poll, *, by, at):
    """End it: results become visible by the thresholds, unused codes are void; fulfils the duty."""
    closed = Poll.objects.filter(pk=poll.pk, state=Poll.State.OPEN).update(
        state=Poll.State.CLOSED, closed_at=at, closed_by=by
    )
    if not closed:
        raise PollRefused("这次评议已经结束。")
    if act := ACTS.get(poll.kind):
        fulfil(campaign=poll.campaign, period=poll.period, act=act, by=by, at=at)
    audit.record("结束评议", poll, by=by, at=at, path=poll.organisation.path)


# -- supervisors


@transaction.atomic
def appoint_supervisor(supervisor, *, by, at):
    """Give an invited supervisor his personal link; the code is returned once."""
    code = new_code()
    supervisor.digest, supervisor.appointed_by = hash_code("supervisor", code), by
    supervisor.save()
    audit.record("聘请监督员", supervisor, by=by, at=at, path=supervisor.organisation.path)
    return grouped(code)


@transaction.atomic
def end_supervisor(supervisor, *, by, at):
    """His term ends today."""
    Supervisor.objects.filter(pk=supervisor.pk).update(ends_on=timezone.localdate(at))
    audit.record("解聘监督员", supervisor, by=by, at=at, path=supervisor.organisation.path)


@transaction.atomic
def draw_pass(poll, supervisor):
    """The supervisor's own code for a poll, once; which one it is, is not kept."""
    try:
        with transaction.atomic():
            PassTaken.objects.create(poll=poll, supervisor=supervisor)
    except IntegrityError:
        raise PollRefused("您已经领过这次的评议码。如果丢了，请联系活动办公室。") from None
    return _new_passes(poll, supervisor.rater_class, 1)[0]
