"""Cadence rules become duties; people who come get theirs, of those who go they are taken."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from branches.models import Affiliation, Role
from campaigns.actions.owed import EACH_WINDOW, OWN_WINDOW, PEOPLE_BELOW, insert_owed
from campaigns.actions.places import ROLES, Tree, holds_role
from campaigns.actions.slots import slots_of
from campaigns.models import Duty
from campaigns.models.document import ACTS
from campaigns.queries.calendar import working_calendar
from common import locks

PERSON_LEFT = "责任人已不在本活动范围内"
ROLE_PASSED_ON = "职务已交接，由继任者办理"
SUBJECT_LEFT = "对方已调离，由新单位办理"
WINDOW_CLOSED = "窗口已撤销"


@transaction.atomic
def make_duties(period, *, today, at):
    """What the plan asks of whom in this period. Safe to rerun: a second run changes nothing.

    A constant number of statements whatever the number of people. Returns how many duties are new.
    """
    locks.hold(f"duties:{period.pk}")
    plan = period.plan
    tree = Tree(period.campaign, plan, today=today)
    stages = {stage.key: stage for stage in period.campaign.stages.all()}
    is_working_day = working_calendar()
    made = 0
    for rule in plan.cadence:
        if not (plan.is_enabled(rule) and ACTS[rule.act].makes_duties):
            continue
        slots = slots_of(rule, period, stages=stages, is_working_day=is_working_day, today=today)
        made += sum(
            insert_owed(rule, who, period, tree, slots) for who in rule.who if who != "public"
        )
        _settle(rule, period, tree, at=at)
    return made


def _settle(rule, period, tree, *, at):
    """Take duties from those who went, give them back to those who returned."""
    duties = Duty.objects.filter(period=period, rule=rule.key, done_at=None)
    people = [who for who in rule.who if who not in ROLES and who != "public"]
    reason = PERSON_LEFT if people else ROLE_PASSED_ON
    _take_or_return(duties, _still_owes(rule, people, tree), reason=reason, at=at)
    if rule.about in PEOPLE_BELOW:
        belongs = _affiliated(tree).filter(
            person=OuterRef("about_person"),
            organisation__path__startswith=OuterRef("organisation__path"),
        )
        _take_or_return(duties, Exists(belongs), reason=SUBJECT_LEFT, at=at)
    if rule.about in {EACH_WINDOW, OWN_WINDOW}:
        _take_or_return(duties, Q(about_window__closed_on=None), reason=WINDOW_CLOSED, at=at)
    if people:
        _follow_transfers(duties, tree)


def _still_owes(rule, people, tree):
    owes = Q()
    for who in rule.who:
        if who in ROLES:
            held = Role.objects.filter(
                holds_role(who, tree.today),
                person=OuterRef("assignee"),
                organisation=OuterRef("organisation"),
            )
            owes |= Q(Exists(held))
    if people:
        statuses = {status for who in people for status in tree.statuses(who)}
        here = _affiliated(tree).filter(
            person=OuterRef("assignee"),
            status__in=statuses,
            organisation__path__startswith=tree.path,
        )
        owes |= Q(Exists(here))
    return owes


def _affiliated(tree):
    return Affiliation.objects.current(today=tree.today)


def _take_or_return(duties, owes, *, reason, at):
    duties.filter(waived_at=None).exclude(owes).update(waived_at=at, waived_reason=reason)
    duties.filter(waived_reason=reason).filter(owes).update(waived_at=None, waived_reason="")


def _follow_transfers(duties, tree):
    """A member's own duties count for the branch he belongs to now."""
    present = _affiliated(tree).filter(
        person=OuterRef("assignee"), organisation__path__startswith=tree.path
    )
    now = Subquery(present.order_by("pk").values("organisation")[:1])
    moved = duties.filter(waived_at=None).filter(Exists(present)).exclude(organisation=now)
    moved.update(organisation=now)
