"""System checks of our own: what the settings file alone cannot see."""

import stat

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError

DEMO_PASSWORD = "Demo-2026"  # noqa: S105  (published in the README, refused in production)
DEMO_ROLES = ("member", "member2", "secretary", "leader", "committee", "inspector")


@register(Tags.security)
def round_keys_are_private(**_kwargs):
    """Whoever can read the folder can open the ballots of every open round."""
    folder = settings.ROUND_KEYS_DIR
    problems = []
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        problems.append(Error(f"{folder} 必须只有本账号可进入（chmod 700）。", id="portal.E001"))
    if settings.PRODUCTION and folder.is_relative_to(settings.MEDIA_ROOT):
        problems.append(Error("ROUND_KEYS_DIR 不能在 MEDIA_ROOT 之下。", id="portal.E002"))
    return problems


@register(Tags.security, deploy=True)
def uploads_are_not_static(**_kwargs):
    if settings.MEDIA_ROOT.is_relative_to(settings.STATIC_ROOT):
        return [Warning("MEDIA_ROOT 不能在 STATIC_ROOT 之下。", id="portal.W001")]
    return []


@register(Tags.database)
def no_demo_accounts_in_production(databases, **_kwargs):
    """Their password is public. Runs with `check --database default`, as the units do."""
    if not (settings.PRODUCTION and databases):
        return []
    people = get_user_model().objects.filter(is_active=True)
    names = people.filter(username__regex=rf"^({'|'.join(DEMO_ROLES)})\.")
    try:
        found = [person.username for person in names[:50] if person.check_password(DEMO_PASSWORD)]
    except DatabaseError:
        return []  # before the first migration there is nobody
    if found:
        listed = "、".join(found[:3])
        return [Error(f"正式库里有演示账号（{listed} 等），不能启动。", id="portal.E003")]
    return []
