"""Accounts: a slip with a one-time code opens one; who handed out the slip never knows the password."""

import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from branches.models import ActivationCode, Person
from common import audit

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12  # 59 bits
CODE_LIFE = timedelta(days=7)


class CodeRefused(Exception):
    """Wrong, used or expired: one answer for all, so that nobody learns which accounts exist."""


@transaction.atomic
def issue_code(person, *, by, at):
    """A new one-time code in groups of four, shown once. The old password and open sessions end."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    code = _new_code()
    ActivationCode.objects.update_or_create(
        person=person,
        defaults={
            "code_hash": _digest(code),
            "expires_at": at + CODE_LIFE,
            "issued_at": at,
            "issued_by": by,
        },
    )
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit.record("签发激活码", person, by=by, at=at)
    return _spelt(code)


@transaction.atomic
def issue_codes(people, *, by, at):
    """(person, code) of many at once, for people who never set a password: nobody loses a session.

    The same number of statements for 10 and 500; one line in the audit says for whom.
    """
    people = list(
        Person.objects.select_for_update().filter(
            pk__in=[person.pk for person in people],
            is_active=True,
            password__startswith=UNUSABLE_PASSWORD_PREFIX,
        )
    )
    slips = [(person, _new_code()) for person in people]
    ActivationCode.objects.bulk_create(
        [
            ActivationCode(
                person=person,
                code_hash=_digest(code),
                expires_at=at + CODE_LIFE,
                issued_at=at,
                issued_by=by,
            )
            for person, code in slips
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["code_hash", "expires_at", "issued_at", "issued_by"],
    )
    if slips:
        detail = {"people": [person.pk for person in people]}
        audit.record("批量签发激活码", by=by, at=at, detail=detail)
    return [(person, _spelt(code)) for person, code in slips]


def _new_code():
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def _spelt(code):
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


@transaction.atomic
def activate_account(*, username, code, password, at):
    """Trade the code for a password of one's own choice; the code is gone with it."""
    found = ActivationCode.objects.select_for_update().filter(
        code_hash=_digest(code),
        person__username=username,
        person__is_active=True,
        expires_at__gt=at,
    )
    activation = found.select_related("person").first()
    if activation is None:
        raise CodeRefused(
            "账号或激活码不对，或激活码已用过、已过期。请核对激活单，或请书记重新签发。"
        )
    person = activation.person
    activation.delete()
    _set_password(person, password, at=at)
    audit.record("激活账号", person, by=person, at=at)
    return person


@transaction.atomic
def change_password(person, *, password, by, at):
    person = Person.objects.select_for_update().get(pk=person.pk)
    _set_password(person, password, at=at)
    audit.record("修改密码", person, by=by, at=at)
    return person


@transaction.atomic
def disable_account(person, *, by, at):
    """The next request of any open session is refused: the backend knows no inactive people."""
    Person.objects.filter(pk=person.pk).update(is_active=False)
    ActivationCode.objects.filter(person=person).delete()
    audit.record("停用账号", person, by=by, at=at)


@transaction.atomic
def enable_account(person, *, by, at):
    Person.objects.filter(pk=person.pk).update(is_active=True)
    audit.record("启用账号", person, by=by, at=at)


def note_sign_in(person, *, at):
    audit.record("登录", person, by=person, at=at)


def note_export(what, *, count, by, at):
    """Personal data leaves the portal: who took how much of it."""
    audit.record(f"导出{what}", by=by, at=at, detail={"rows": count})


def _set_password(person, password, *, at):
    person.set_password(password)
    person.must_change_password = False
    person.password_changed_at = at
    person.save(update_fields=["password", "must_change_password", "password_changed_at"])


def _digest(code):
    """Keyed, so that a copy of the database holds no usable code; spaces, dashes, case do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), "sha256").hexdigest()
