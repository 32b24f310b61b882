"""Group robots: an outbox that is emptied in digests, so many a minute, never from inside a deed."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from common import audit, notices, robots, vault
from supervision.models import Robot, RobotMessage
from supervision.models.robot import BURST
from supervision.queries.digests import digest_of

MAX_ATTEMPTS = 5
STALE = timedelta(hours=24)
DIGEST_FROM = 9  # o'clock; each robot some minutes later, not all on the hour
MOST_AT_ONCE = 50
GONE = "地址或密钥读不出来，请重新填写"


class RobotExists(Exception):
    """The text is shown beside the name."""


@transaction.atomic
def add_robot(campaign, *, name, kind, address, secret, by, at):  # noqa: PLR0913 (one form)
    """RobotRefused when the address is not the kind's own host."""
    robots.check_address(kind, address)
    try:
        with transaction.atomic():
            robot = Robot.objects.create(
                campaign=campaign,
                name=name,
                kind=kind,
                address_sealed=vault.seal(address.encode()),
                secret_sealed=vault.seal(secret.encode()),
                added_by=by,
                added_at=at,
            )
    except IntegrityError as error:
        raise RobotExists("已经有一个同名的群，请换个名称。") from error
    audit.record("添加群机器人", robot, by=by, at=at, path=campaign.organisation.path)
    return robot


@transaction.atomic
def switch_robot(robot, *, is_active, by, at):
    """On or off; switched on again it starts without old failures."""
    Robot.objects.filter(pk=robot.pk).update(is_active=is_active, failures=0, last_error="")
    word = "启用群机器人" if is_active else "停用群机器人"
    audit.record(word, robot, by=by, at=at, path=robot.campaign.organisation.path)


def tell_robot(robot, *, event, text, at):
    """Put one message into the outbox; an event that is there already stays as it is."""
    RobotMessage.objects.bulk_create(
        [RobotMessage(robot=robot, event=event, text=text[:600], created_at=at, send_after=at)],
        ignore_conflicts=True,
    )


def queue_digests(*, at):
    """Once a working day each active robot gets the state of its campaign. Returns how many are new."""
    local = timezone.localtime(at)
    day, queued = local.date(), 0
    if local.hour < DIGEST_FROM or notices.is_quiet(at):
        return 0
    told = RobotMessage.objects.filter(event=f"digest:{day}").values("robot")
    for robot in _active().exclude(pk__in=told).order_by("pk"):
        if local.hour == DIGEST_FROM and local.minute < robot.pk * 7 % 30:
            continue
        text = digest_of(robot.campaign, today=day)
        if text:
            tell_robot(robot, event=f"digest:{day}", text=text, at=at)
            queued += 1
    return queued


def waiting_robots(*, at):
    """Active robots with something to say, outside quiet hours."""
    if notices.is_quiet(at):
        return []
    due = RobotMessage.objects.filter(send_after__lte=at, sent_at=None, dropped_at=None)
    return list(_active().filter(pk__in=due.values("robot")).order_by("pk"))


def empty_outbox(robot, *, at):
    """Send what waits as one digest. Claimed first: a kill can lose a message, never double it."""
    if notices.is_quiet(at):
        return 0
    messages = _claim(robot, at=at)
    if not messages:
        return 0
    keys = [message.pk for message in messages]
    said = [text for message in messages if (text := _still_true(robot, message, at=at))]
    if not said:  # what there was to tell is over
        return 0
    try:
        _send(robot, "\n".join(said), at=at)
    except (robots.RobotFailed, robots.RobotRefused) as failed:
        _put_back(robot, keys, str(failed), at=at)
        return 0
    Robot.objects.filter(pk=robot.pk).update(failures=0, last_error="", last_sent_at=at)
    return len(keys)


def _still_true(robot, message, *, at):
    """Looked up again when sent: a digest that waited tells the figures of now, or nothing."""
    if not message.event.startswith("digest:"):
        return message.text
    return digest_of(robot.campaign, today=timezone.localdate(at))


@transaction.atomic
def _claim(robot, *, at):
    """What goes out now: as much as the bucket and the size of one message allow."""
    held = Robot.objects.select_for_update().get(pk=robot.pk)
    _refill(held, at=at)
    waiting = held.messages.filter(send_after__lte=at, sent_at=None, dropped_at=None)
    waiting.filter(created_at__lt=at - STALE).update(dropped_at=at)
    fitting, left = [], robots.KINDS[held.kind].most_bytes
    for message in waiting.filter(dropped_at=None).order_by("created_at", "pk")[:MOST_AT_ONCE]:
        left -= len(message.text.encode()) + 1
        if fitting and left < 0:
            break
        fitting.append(message)
    if not (held.is_active and fitting and held.tokens >= 1):
        held.save(update_fields=["tokens", "refilled_at"])
        return []
    held.tokens -= 1
    held.save(update_fields=["tokens", "refilled_at"])
    held.messages.filter(pk__in=[message.pk for message in fitting]).update(
        sent_at=at, attempts=F("attempts") + 1
    )
    return fitting


def _refill(robot, *, at):
    """The token bucket: so many a minute as the service allows, a few at once."""
    if robot.refilled_at is not None:
        seconds = max((at - robot.refilled_at).total_seconds(), 0)
        gained = seconds * robots.KINDS[robot.kind].a_minute / 60
        robot.tokens = min(robot.tokens + gained, BURST)
    robot.refilled_at = at


def _send(robot, text, *, at):
    try:
        address = vault.unseal(robot.address_sealed).decode()
        secret = vault.unseal(robot.secret_sealed).decode()
    except vault.Gone as gone:
        raise robots.RobotFailed(GONE) from gone
    robots.send(robot.kind, address, secret, f"【{settings.PORTAL_NAME}】{text}", at=at)


@transaction.atomic
def _put_back(robot, keys, reason, *, at):
    """Later again, each time later; after some times it is given up and the page says so."""
    messages = RobotMessage.objects.filter(pk__in=keys)
    for message in messages:
        later = at + timedelta(minutes=2**message.attempts)
        gone = at if message.attempts >= MAX_ATTEMPTS else None
        messages.filter(pk=message.pk).update(sent_at=None, send_after=later, dropped_at=gone)
    Robot.objects.filter(pk=robot.pk).update(failures=F("failures") + 1, last_error=reason[:120])


def _active():
    return Robot.objects.filter(is_active=True).select_related("campaign__organisation")
