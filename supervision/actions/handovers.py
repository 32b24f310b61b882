"""One person's open work passes to a named other, in one deed."""

from django.db import transaction

from branches.actions import RoleRefused, WindowRefused, add_post, end_post, end_role, grant_role
from branches.models import Post
from common import audit, notices
from evaluations.actions.feedback import FeedbackMoved, assign_feedback
from supervision.actions.rectifications import LedgerMoved, add_step, held_item, owe_rectification
from supervision.models import Rectification, Step

REASON = "工作移交"


class HandoverRefused(Exception):
    """One of the things cannot pass; the text is Chinese and says which and why. Nothing passed."""


@transaction.atomic
def hand_over(person, *, heir, things, on, by, at):  # noqa: PLR0913 (whose, to whom, what, when)
    """Roles and posts from the day `on`, ledger items and comments at once. All of it or nothing."""
    if heir == person:
        raise HandoverRefused("接手人要是另一个人。")
    for thing in things:
        try:
            KINDS[thing.key.partition(":")[0]](thing.row, heir, on=on, by=by, at=at)
        except (RoleRefused, WindowRefused, LedgerMoved, FeedbackMoved) as refusal:
            raise HandoverRefused(f"{thing.label}：{refusal}") from refusal
    notices.post(
        [heir],
        event=f"handover:{person.pk}:{heir.pk}:{at.timestamp()}",
        title=f"{person.name}向您移交了 {len(things)} 项工作",
        body="、".join(thing.label for thing in things)[:300],
        url="/",
        at=at,
    )
    detail = {
        "to": heir.pk, "to_name": heir.name, "on": on.isoformat(),
        "things": [thing.key for thing in things],
    }  # fmt: skip
    audit.record("工作移交", person, by=by, at=at, detail=detail)


def _role(role, heir, *, on, by, at):
    term = {
        "kind": role.kind, "organisation": role.organisation, "title": role.title,
        "ends_on": role.ends_on,
    }  # fmt: skip
    end_role(role, today=on, by=by, at=at, reason=f"{REASON}给{heir.name}")
    grant_role(heir, by=by, at=at, starts_on=on, **term)


def _post(post, heir, *, on, by, at):
    cover = None if post.cover_id == heir.pk else post.cover
    terms = {"title": post.title, "duties": post.duties, "cover": cover, "ends_on": post.ends_on}
    window = post.window
    end_post(post, today=on, by=by, at=at)
    add_post(person=heir, window=window, starts_on=on, by=by, at=at, **terms)


def _cover(post, heir, *, on, by, at):
    """The B side changes at once: a post keeps no history of it."""
    if post.person_id == heir.pk:
        raise WindowRefused("B 岗要是另一个人，请另选接手人。")
    Post.objects.filter(pk=post.pk).update(cover=heir)
    path = post.window.organisation.path
    audit.record("更换 B 岗", post, by=by, at=at, path=path, detail={"to": heir.pk})


def _item(item, heir, *, on, by, at):
    held = held_item(item, Rectification.State.MENDING)
    before, held.owner = held.owner, heir
    held.save(update_fields=["owner"])
    text = f"责任人由{before}移交给{heir}"
    add_step(held, Step.Kind.PLANNED, text, by=by, at=at)
    owe_rectification(held, at=at)
    audit.record("移交整改事项", held, by=by, at=at, path=held.organisation.path)


def _feedback(feedback, heir, *, on, by, at):
    assign_feedback(feedback, owner=heir, due_on=feedback.due_on, by=by, at=at)


KINDS = {"role": _role, "post": _post, "cover": _cover, "item": _item, "feedback": _feedback}
