"""What stands open in somebody's name, and what becomes of it when he goes."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse

from branches.models import Post, Role
from branches.permissions import can_edit_window, can_end_role, can_grant_role
from campaigns.models import Duty
from evaluations.models import Feedback
from evaluations.permissions.feedback import can_assign_feedback
from pledges.models import Pledge
from supervision.models import Rectification
from supervision.permissions import can_plan_rectification

RUNNING_PLEDGES = ("draft", "submitted", "returned", "published")


@dataclass(frozen=True)
class Thing:
    """One thing that can pass to somebody else; `key` is what the form sends back."""

    key: str
    label: str
    detail: str
    url: str
    may: bool
    row: object = field(compare=False)


def things_of(person, *, by, today):
    """Roles, posts, ledger items and comments of citizens in the person's name, in this order."""
    return [
        *_roles(person, by, today),
        *_posts(person, by, today),
        *_items(person, by),
        *_feedback(person, by),
    ]


def _roles(person, by, today):
    roles = Role.objects.current(today=today).filter(person=person)
    for role in roles.select_related("organisation").order_by("organisation__path", "kind"):
        may = can_end_role(by, role) and can_grant_role(by, role.kind, role.organisation)
        label = f"{role.get_kind_display()}（{role.organisation}）"
        detail = "这个角色的职责、点评随角色转给接手人"
        yield Thing(f"role:{role.pk}", label, detail, "", may, role)


def _posts(person, by, today):
    """As A side, and as cover of somebody else."""
    posts = Post.objects.current(today=today).filter(Q(person=person) | Q(cover=person))
    posts = posts.exclude(window=None).select_related("window__organisation", "person")
    for post in posts.order_by("window__organisation__path", "pk"):
        own = post.person_id == person.pk
        side, kind = ("A 岗", "post") if own else (f"{post.person.name}的 B 岗", "cover")
        url = reverse("branches:window_detail", args=[post.window_id])
        may = can_edit_window(by, post.window)
        detail = f"{post.title} · {side}"
        yield Thing(f"{kind}:{post.pk}", post.window.name, detail, url, may, post)


def _items(person, by):
    items = Rectification.objects.running().filter(owner=person).select_related("organisation")
    for item in items.order_by("due_on", "pk"):
        url = reverse("supervision:ledger_detail", args=[item.pk])
        may = item.state == item.State.MENDING and can_plan_rectification(by, item)
        detail = f"整改 · {item.due_on:%Y-%m-%d} 前 · {item.get_state_display()}"
        yield Thing(f"item:{item.pk}", item.problem[:60], detail, url, may, item)


def _feedback(person, by):
    waiting = Feedback.objects.filter(owner=person, state=Feedback.State.RECEIVED)
    waiting = waiting.select_related("window__organisation", "organisation")
    for feedback in waiting.order_by("due_on", "pk"):
        url = reverse("evaluations:feedback_detail", args=[feedback.pk])
        due = f" · {feedback.due_on:%Y-%m-%d} 前" if feedback.due_on else ""
        may = can_assign_feedback(by, feedback) and feedback.due_on is not None
        label = (feedback.text or "（没有留言）")[:60]
        detail = f"群众意见 · {feedback.place_name}{due}"
        yield Thing(f"feedback:{feedback.pk}", label, detail, url, may, feedback)


def pledges_of(person):
    """His own promises: nobody can keep them for him, they are concluded or withdrawn."""
    pledges = Pledge.objects.filter(owner_person=person, status__in=RUNNING_PLEDGES)
    return pledges.select_related("period").order_by("due_on", "pk")


def duties_of(person):
    """[{title, count}] of pending duties: those of a role follow it, personal ones are excused."""
    duties = Duty.objects.pending().filter(assignee=person, period__state="open")
    return duties.values("title").annotate(count=Count("pk")).order_by("title")
