from datetime import timedelta

from django.db import IntegrityError, transaction

from branches.models import Post, Window
from common import audit


class WindowRefused(Exception):
    """The text is Chinese and says what stands in the way."""


@transaction.atomic
def add_window(*, organisation, by, at, **fields):
    try:
        with transaction.atomic():
            window = Window.objects.create(organisation=organisation, **fields)
    except IntegrityError as error:
        raise WindowRefused("本组织已有同名窗口。") from error
    audit.record("新设窗口", window, by=by, at=at, path=organisation.path)
    return window


@transaction.atomic
def update_window(window, *, by, at, **fields):
    window = Window.objects.select_for_update().select_related("organisation").get(pk=window.pk)
    changed = [name for name, value in fields.items() if getattr(window, name) != value]
    if not changed:
        return window
    for name in changed:
        setattr(window, name, fields[name])
    try:
        with transaction.atomic():
            window.save(update_fields=changed)
    except IntegrityError as error:
        raise WindowRefused("本组织已有同名窗口。") from error
    path = window.organisation.path
    audit.record("修改窗口", window, by=by, at=at, path=path, detail={"fields": changed})
    return window


@transaction.atomic
def close_window(window, *, on, by, at):
    """Its board and its figures stay for the past; its posts end."""
    window = Window.objects.select_for_update().select_related("organisation").get(pk=window.pk)
    if window.closed_on:
        raise WindowRefused(f"{window.name}已于{window.closed_on}撤销。")
    window.closed_on = on
    window.save(update_fields=["closed_on"])
    Post.objects.filter(window=window, ends_on=None, starts_on__gt=on).delete()
    Post.objects.filter(window=window, ends_on=None).update(ends_on=on)
    audit.record("撤销窗口", window, by=by, at=at, path=window.organisation.path)
    return window


@transaction.atomic
def add_post(*, person, window, by, at, **fields):
    """fields: title, starts_on, and maybe duties and cover (B 岗)."""
    if window.closed_on:
        raise WindowRefused(f"{window.name}已撤销，不能安排人。")
    if fields.get("cover") == person:
        raise WindowRefused("B 岗要是另一个人。")
    try:
        with transaction.atomic():
            post = Post.objects.create(
                person=person, window=window, organisation=window.organisation, **fields
            )
    except IntegrityError as error:
        raise WindowRefused(f"{person.name}已经在这个窗口。") from error
    audit.record("安排岗位", post, by=by, at=at, path=window.organisation.path)
    return post


@transaction.atomic
def end_post(post, *, today, by, at):
    """The last day was yesterday; a post that never had a whole day goes."""
    post = Post.objects.select_for_update().select_related("organisation").get(pk=post.pk)
    audit.record("结束岗位", post, by=by, at=at, path=post.organisation.path)
    last_on = today - timedelta(days=1)
    if post.starts_on > last_on:
        post.delete()
        return None
    post.ends_on = last_on
    post.save(update_fields=["ends_on"])
    return post
