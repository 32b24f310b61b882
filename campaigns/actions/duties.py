"""Fulfilling and waiving duties. The deed's own room calls `fulfil` inside its transaction."""

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from campaigns.models import Duty
from common import audit

# One deed settles it for everybody who owes it in the period.
SETTLED_FOR_ALL = frozenset({"close_period", "close_cycle"})
# One deed settles it for all who owe it for the same organisation (a secretary and his deputy).
SETTLED_FOR_ORGANISATION = frozenset(
    {"review_pledges", "publish_comments", "publish_results", "meeting", "write_branch_plan"}
)
# Done for a window or a branch it is not done for oneself.
SUBJECT_ONLY = frozenset({"write_pledge"})
# Who voted when would give the order of the ballots away (design §6).
SEALED = frozenset({"peer_ballot"})


class DutyMoved(Exception):
    """The duty was done or waived in the meantime; the text is shown."""


class SealedAct(ValueError):
    """A vote must leave no trace in the duties; `fulfil_sealed` settles them when the round closes."""


def fulfil(  # noqa: PLR0913 (what was done, by whom, about whom)
    *,
    campaign,
    period,
    act,
    by,
    at,
    assignee=None,
    about_person=None,
    about_window=None,
    about_organisation=None,
):
    """Mark the duties that this deed fulfils and return their number; 0 when nobody owed it.

    Own duties without a subject, and everybody's duty about the subjects given. Of a recurring
    duty only the earliest open one; what is not due to begin yet stays. `assignee` is whose duty
    it is when `by` acts on his behalf; `by=None` is the portal itself.
    """
    if act in SEALED:
        raise SealedAct(act)
    day = timezone.localdate(at)
    keys = subject_keys(about_person, about_window, about_organisation)
    duties = Duty.objects.pending().filter(campaign=campaign, period=period, act=act)
    owed = duties.filter(_owed(duties, act, assignee or by, keys), starts_on__lte=day)
    return owed.filter(~Exists(_earlier())).update(
        done_at=at,
        done_by=by or F("assignee"),
        is_late=Case(When(due_on__lt=day, then=Value(True)), default=Value(False)),
    )


def fulfil_sealed(*, period, act, people, at):
    """After a closed round: those who voted have done it. One statement, one time for all."""
    return (
        Duty.objects.pending()
        .filter(period=period, act=act, assignee__in=people)
        .update(done_at=at, done_by=F("assignee"))
    )


@transaction.atomic
def waive_duty(duty, *, reason, by, at):
    """Excuse somebody from a duty; the reason stays on record."""
    moved = Duty.objects.pending().filter(pk=duty.pk).update(waived_at=at, waived_reason=reason)
    if not moved:
        raise DutyMoved("这件事已经办完或已免办，不需要再免。")
    duty.refresh_from_db()
    detail = {"原因": reason, "责任人": str(duty.assignee)}
    audit.record("免办职责", duty, by=by, at=at, path=duty.organisation.path, detail=detail)


def subject_keys(person=None, window=None, organisation=None):
    """How duties name what they are about."""
    named = {"person": person, "window": window, "organisation": organisation}
    return [f"{kind}:{subject.pk}" for kind, subject in named.items() if subject is not None]


def _owed(duties, act, who, keys):
    if act in SETTLED_FOR_ALL:
        return Q(subject_key__in=["", *keys])
    about = Q(subject_key__in=keys)
    if who is None or (keys and act in SUBJECT_ONLY):
        return about
    if act in SETTLED_FOR_ORGANISATION:
        whole = Q(subject_key="") | Q(about_organisation=F("organisation"))
        own = duties.filter(whole, assignee=who).values("organisation")
        return about | Q(whole, organisation__in=own)
    return about | Q(subject_key="", assignee=who)


def _earlier():
    """An open duty of the same rule, person and subject that falls due before this one."""
    return Duty.objects.pending().filter(
        period=OuterRef("period"),
        rule=OuterRef("rule"),
        assignee=OuterRef("assignee"),
        subject_key=OuterRef("subject_key"),
        due_on__lt=OuterRef("due_on"),
    )
