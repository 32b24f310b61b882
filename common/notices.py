"""Messages to people: a row each, then mail. A row is unique per (event, recipient, step), so once is once."""

import logging
from datetime import time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone

from common.models import Notice

log = logging.getLogger(__name__)
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
MAX_ATTEMPTS = 5


def post(recipients, *, event, title, at, step=0, body="", url=""):  # noqa: PLR0913 (a message has that many parts)
    """Put one message into each inbox; people who have it already get nothing new."""
    notices = [
        Notice(
            recipient=person,
            event=event,
            step=step,
            title=title[:120],
            body=body,
            url=url,
            created_at=at,
            mail_after=at if person.email else None,
        )
        for person in recipients
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def post_to_all(people, *, event, title, at, step=0, body="", url=""):  # noqa: PLR0913 (as `post`)
    """The same message to everybody a query of keys names, as one statement: for messages to thousands.

    Who has it is left out by asking first: ON CONFLICT would cost a third of the statement. Whoever calls holds a lock
    on what the event is about; without it two at once would meet the constraint, and one of them fail as a whole.
    """
    wanted, arguments = people.query.sql_with_params()
    table = Notice._meta.db_table
    persons = get_user_model()._meta.db_table
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table} (recipient_id, event, step, title, body, url, created_at, mail_after,
                                 mail_attempts)
            SELECT id, %s, %s, %s, %s, %s, %s, CASE WHEN email <> '' THEN {_moment()} END, 0
            FROM {persons} WHERE id IN ({wanted})
              AND id NOT IN (SELECT recipient_id FROM {table} WHERE event = %s AND step = %s)
            ORDER BY id
            """,  # noqa: S608 (names from code)
            [event, step, title[:120], body, url, moment, moment, *arguments, event, step],
        )


def _moment():
    return "CAST(%s AS timestamptz)" if connection.vendor == "postgresql" else "%s"


def send_waiting_mail(*, at):
    """Mail what waits, outside quiet hours. Claims each row first: a kill can lose a mail, never double it."""
    if is_quiet(at):
        return 0
    waiting = Notice.objects.filter(
        mail_after__lte=at, mailed_at=None, read_at=None, mail_attempts__lt=MAX_ATTEMPTS
    ).select_related("recipient")
    return sum(_mail(notice, at=at) for notice in waiting[:200])


def waiting_mail(prefix):
    """Messages of an event whose mail has not gone out."""
    return Notice.objects.filter(
        event__startswith=prefix, mailed_at=None, mail_after__isnull=False
    ).order_by("pk")


def withdraw_mail(keys):
    """What is no longer true is not mailed; it stays in the inbox."""
    return Notice.objects.filter(pk__in=keys, mailed_at=None).update(mail_after=None)


def _mail(notice, *, at):
    claimed = Notice.objects.filter(pk=notice.pk, mailed_at=None).update(
        mailed_at=at, mail_attempts=notice.mail_attempts + 1
    )
    if not claimed or not notice.recipient.is_active:
        return 0
    try:
        send_mail(
            f"【{settings.PORTAL_NAME}】{notice.title}",
            f"{notice.body}\n{settings.PORTAL_URL}{notice.url}",
            settings.DEFAULT_FROM_EMAIL,
            [notice.recipient.email],
        )
    except OSError as error:
        log.warning("mail not sent, tried again later: %s", type(error).__name__)
        later = at + timedelta(minutes=2 ** (notice.mail_attempts + 1))
        Notice.objects.filter(pk=notice.pk).update(mailed_at=None, mail_after=later)
        return 0
    return 1


def is_quiet(at):
    local = timezone.localtime(at).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL
