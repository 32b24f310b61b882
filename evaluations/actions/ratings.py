"""Public ratings. Nothing here knows who rates; a form counts once (C1, C2)."""

import hashlib
from datetime import timedelta

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from common import audit
from evaluations.actions.codes import grouped, hash_ticket, new_code
from evaluations.actions.feedback import keep_rating
from evaluations.models import RatingCount, RatingHour, RatingNonce, Ticket

HOURS_KEPT = timedelta(days=190)  # flags of a half-year period can still be looked into


class AlreadyRated(Exception):
    """This form was sent in before and was counted then."""


class NotOpenNow(Http404):
    """The period or the window was closed while the form was on its way."""


@transaction.atomic
def rate_window(*, period, window, channel, answers, comment, is_bad, once, today, hour=None):  # noqa: PLR0913 (one citizen's form)
    """Count the answers {question: level} of one form; a bad or written one gets a receipt code.

    `hour` is only counted, for flags. `once` makes it count once: `one_form(nonce)` for an open form, `one_ticket(digest)` for a ticket.
    """
    once(today)
    counts = [(question, level, 1) for question, level in answers.items()]
    add_ratings(period.campaign, window, channel, counts, today, hour=hour)
    if not (comment or is_bad):
        return ""
    return keep_rating(
        period=period,
        window=window,
        text=comment,
        is_bad=is_bad,
        channel=channel,
        levels=answers,
        today=today,
    )


def one_form(nonce, *, period=None, window=None):
    """The same form never counts twice; with `period` and `window` only while both are open.

    What the page knew of them may be two seconds old (`common.moment`): here the database is asked, as it writes.
    """
    table = connection.ops.quote_name(RatingNonce._meta.db_table)
    taken, values = ("WHERE true", []) if period is None else (STILL_OPEN, [period.pk, window.pk])

    def use(today):
        digest = hashlib.sha256(nonce.encode()).hexdigest()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (digest, day) SELECT %s, %s {taken} ON CONFLICT DO NOTHING",
                [digest, today, *values],
            )
            # No savepoint: who comes second waits for the first, then adds no row.
            if cursor.rowcount:
                return
        if period is None or RatingNonce.objects.filter(digest=digest).exists():
            raise AlreadyRated
        raise NotOpenNow

    return use


STILL_OPEN = """
    WHERE EXISTS (SELECT 1 FROM campaigns_period WHERE id = %s AND state = 'open')
      AND EXISTS (SELECT 1 FROM branches_window WHERE id = %s AND closed_on IS NULL)
"""


def one_ticket(digest):
    """One conditional write spends the ticket; who comes second finds it spent."""

    def use(_today):
        if not Ticket.objects.filter(digest=digest, is_used=False).update(is_used=True):
            raise AlreadyRated

    return use


@transaction.atomic
def issue_tickets(window, *, count, by, at):
    """Make one-time codes for a window; they are returned once and never again."""
    codes = [new_code() for _ in range(count)]
    day = timezone.localdate(at)
    Ticket.objects.bulk_create(
        Ticket(digest=hash_ticket(code), window=window, issued_on=day, issued_by=by)
        for code in codes
    )
    audit.record(
        "发出办件码", window, by=by, at=at, path=window.organisation.path, detail={"张数": count}
    )
    return [grouped(code) for code in codes]


def add_ratings(campaign, window, channel, answers, today, *, hour=None):  # noqa: PLR0913 (whose, where, how, what, when)
    """One statement for [(question, level, count)] and the form's hour: insert the counters or add to them."""
    rows = [
        (campaign.pk, window.pk, today, channel, question, level, count)
        for question, level, count in sorted(answers)
        if count
    ]
    key = ("campaign_id", "window_id", "day", "channel", "question", "level")
    statements = [_counting_up(RatingCount, key, rows)] if rows else []
    if hour is not None:
        row = (campaign.pk, window.pk, today, hour, channel, 1)
        key = ("campaign_id", "window_id", "day", "hour", "channel")
        statements.append(_counting_up(RatingHour, key, [row]))
    _execute(statements)


def _counting_up(model, key, rows):
    """(SQL, values) that inserts the counters or adds to them; a row is its key and the count."""
    table, names = connection.ops.quote_name(model._meta.db_table), ", ".join(key)
    row = f"({', '.join(['%s'] * (len(key) + 1))})"
    sql = (
        f"INSERT INTO {table} ({names}, count) VALUES {', '.join([row] * len(rows))}"  # noqa: S608 (own names, values are parameters)
        f" ON CONFLICT ({names}) DO UPDATE SET count = {table}.count + excluded.count"
    )
    return sql, [value for one in rows for value in one]


def _execute(statements):
    """All of them in one journey where the database can write in a WITH, else one after the other."""
    if connection.vendor == "postgresql" and len(statements) > 1:
        *others, last = (sql for sql, _ in statements)
        parts = ", ".join(f"part{number} AS ({sql})" for number, sql in enumerate(others))
        statements = [
            (f"WITH {parts} {last}", [value for _, values in statements for value in values])
        ]
    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)


def forget_old_nonces(*, at):
    """The sweeper's step: a form is valid for hours; two days later nobody needs to know it was used."""
    today = timezone.localdate(at)
    RatingHour.objects.filter(day__lt=today - HOURS_KEPT).delete()
    day = today - timedelta(days=2)
    return RatingNonce.objects.filter(day__lt=day).delete()[0]
