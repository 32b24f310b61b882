"""Public ratings. Nothing here knows who rates; a form counts once (C1, C2)."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common import audit
from evaluations.models import Feedback, RatingCount, RatingNonce, Ticket

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12  # 59 bits: typed by hand, not to be guessed


class AlreadyRated(Exception):
    """This form was sent in before and was counted then."""


@transaction.atomic
def rate_window(*, campaign, window, channel, answers, comment, is_bad, once, today):  # noqa: PLR0913 (one citizen's form)
    """Count the answers {question: level} of one form; returns the receipt code when there is a comment.

    `once` makes it count once: `one_form(nonce)` for an open form, `one_ticket(digest)` for a ticket.
    """
    once(today)
    _count(campaign, window, channel, answers, today)
    return _keep_comment(campaign, window, comment, is_bad, today) if comment else ""


def one_form(nonce):
    """The same form never counts twice."""

    def use(today):
        digest = hashlib.sha256(nonce.encode()).hexdigest()
        try:
            with transaction.atomic():
                RatingNonce.objects.create(digest=digest, day=today)
        except IntegrityError:
            raise AlreadyRated from None

    return use


def one_ticket(digest):
    """One conditional write spends the ticket; who comes second finds it spent."""

    def use(_today):
        if not Ticket.objects.filter(digest=digest, is_used=False).update(is_used=True):
            raise AlreadyRated

    return use


@transaction.atomic
def issue_tickets(window, *, count, by, at):
    """Make one-time codes for a window; they are returned once and never again."""
    codes = [_new_code() for _ in range(count)]
    day = timezone.localdate(at)
    Ticket.objects.bulk_create(
        Ticket(digest=hash_ticket(code), window=window, issued_on=day, issued_by=by)
        for code in codes
    )
    audit.record(
        "发出办件码", window, by=by, at=at, path=window.organisation.path, detail={"张数": count}
    )
    return [_grouped(code) for code in codes]


def _count(campaign, window, channel, answers, today):
    """One statement, however many questions: insert the counters or add one to them."""
    table = connection.ops.quote_name(RatingCount._meta.db_table)
    rows = [
        (campaign.pk, window.pk, today, channel, q, level, 1)
        for q, level in sorted(answers.items())
    ]
    marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (campaign_id, window_id, day, channel, question, level, count)"  # noqa: S608 (own table name, values are parameters)
            f" VALUES {marks} ON CONFLICT (campaign_id, window_id, day, channel, question, level)"
            f" DO UPDATE SET count = {table}.count + excluded.count",
            [value for row in rows for value in row],
        )


def _keep_comment(campaign, window, comment, is_bad, today):
    code = _new_code()
    Feedback.objects.create(
        campaign=campaign,
        window=window,
        week_on=today - timedelta(days=today.weekday()),
        is_bad=is_bad,
        text=comment,
        receipt_hash=hash_receipt(code),
    )
    return _grouped(code)


def _new_code():
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _grouped(code):
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def hash_receipt(code):
    """What the database keeps of a receipt code; spaces, dashes and case do not matter."""
    return _hash("receipt", code)


def hash_ticket(code):
    return _hash("ticket", code)


def _hash(kind, code):
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return hmac.new(settings.FIELD_KEY, f"{kind}:{plain}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def answer_feedback(feedback, *, answer, by, at, today):
    """Answer the sender; the first answer stands (conditional write)."""
    answered = Feedback.objects.filter(pk=feedback.pk, state=Feedback.State.RECEIVED).update(
        state=Feedback.State.ANSWERED, answer=answer, answered_on=today, answered_by=by
    )
    if answered:
        audit.record("答复群众意见", feedback, by=by, at=at, path=feedback.window.organisation.path)
    return bool(answered)


def forget_old_nonces(*, at):
    """The sweeper's step: a form is valid for hours; two days later nobody needs to know it was used."""
    day = timezone.localdate(at) - timedelta(days=2)
    return RatingNonce.objects.filter(day__lt=day).delete()[0]
