"""What waits for somebody who holds a role and is nobody's duty: approvals, sign-offs, appeals, classes.

One statement for each kind, whatever the numbers; whoever holds no role costs none.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from branches.models import CorrectionRequest, home_paths, scope_paths, under
from competitions.models import Selection
from evaluations.models import Feedback, FeedbackAppeal, Round
from pledges.models import Pledge
from pledges.queries.shown import count_waiting
from supervision.models import Checking, Rectification, Standing

ANSWERING = ("secretary", "committee", "office")
RULING = ("committee", "office")
LOOKING = (*ANSWERING, "inspector", "leader")
State = Rectification.State


@dataclass(frozen=True)
class Pointer:
    """A line of 今天要办 that points to where the work lies."""

    title: str
    count: int
    name: str  # URL name
    args: tuple = ()
    query: str = ""
    label: str = "去处理"
    unit: str = "件"
    due_on: date | None = None  # grouped by it; without one the line stands under 等您处理
    since: date | None = None


def pointers_for(person, campaign, *, today):
    """All that waits for this person in the campaign, in the order of the list below."""
    if not scope_paths(person, *LOOKING):
        return []
    found = (kind(person, campaign, today) for kind in KINDS)
    return [pointer for pointer in found if pointer is not None]


def _counted(rows, *, due=None, since=None):
    """{count, one, due_on, since}: how many, the number of the only one, the earliest days."""
    wanted = {"count": Count("pk"), "one": Min("pk")}
    if due:
        wanted["due_on"] = Min(due)
    if since:
        wanted["since"] = Min(since)
    found = rows.order_by().aggregate(**wanted)
    began = found.get("since")
    if hasattr(began, "hour"):
        found["since"] = timezone.localdate(began)
    return found


def _pointer(title, found, single, several, *, query="", **words):
    """One tap to the form when there is one, else to the list."""
    count, days = found["count"], {key: found.get(key) for key in ("due_on", "since")}
    if not count:
        return None
    if count == 1 and single:
        return Pointer(title, count, single, (found["one"],), **days, **words)
    return Pointer(title, count, several, query=query, **days, **words)


def _ledger(person, campaign, *roles):
    scopes = scope_paths(person, *roles)
    return Rectification.objects.filter(under(scopes, "organisation__path"), campaign=campaign)


def late_items(person, campaign, today):
    """Overdue ledgers, for those above: the owner himself has a duty."""
    rows = _ledger(person, campaign, *RULING, "inspector").overdue(today=today)
    found = _counted(rows, due="due_on")
    detail, listed = "supervision:ledger_detail", "supervision:ledger_list"
    return _pointer("整改超期没有完成", found, detail, listed, query="late=1", label="去看")


def unplanned_items(person, campaign, today):
    rows = _ledger(person, campaign, "secretary").filter(state=State.FOUND)
    found = _counted(rows, due="due_on")
    plan, listed = "supervision:ledger_plan", "supervision:ledger_list"
    return _pointer(
        "整改事项要定措施和责任人", found, plan, listed, query="state=found", label="定措施"
    )


def reported_items(person, campaign, today):
    """Those he may sign off: neither mended nor reported by himself."""
    rows = _ledger(person, campaign, *ANSWERING, "inspector").filter(state=State.REPORTED)
    rows = rows.exclude(owner=person).exclude(reported_by=person)
    found = _counted(rows, since="reported_at")
    sign, listed = "supervision:ledger_sign_off", "supervision:ledger_list"
    return _pointer(
        "整改已报告，等待销号", found, sign, listed, query="state=reported", label="去核查"
    )


def escalated_items(person, campaign, today):
    """What went up waits for an outcome (Z08)."""
    rows = Rectification.objects.none()
    if campaign.organisation.path.startswith(scope_paths(person, *RULING)):
        rows = Rectification.objects.filter(
            campaign=campaign, escalated_at__isnull=False, outcome=""
        )
    found = _counted(rows, since="escalated_at")
    outcome, listed = "supervision:ledger_outcome", "supervision:ledger_list"
    return _pointer(
        "上报的整改要写处理结果", found, outcome, listed, query="late=1", label="写结果"
    )


def undecided_standings(person, campaign, today):
    """Proposed classes that nobody decided (S06)."""
    rules = campaign.plan.classification
    roles = ("leader",) if rules and rules.decided_by == "leader" else RULING
    rows = Standing.objects.filter(
        under(scope_paths(person, *roles), "organisation__path"),
        period__campaign=campaign,
        decided="",
    )
    found = _counted(rows, since="proposed_at")
    decide, listed = "supervision:standing_decide", "supervision:standing_list"
    return _pointer("分类建议要定级", found, decide, listed, label="去定级", unit="个")


def appeals(person, campaign, today):
    """申诉复核: decided from above, never in the window's own branch, never by who asked."""
    rows = FeedbackAppeal.objects.filter(
        under(scope_paths(person, *RULING), "feedback__window__organisation__path"),
        state=FeedbackAppeal.State.WAITING,
        feedback__campaign=campaign,
    ).exclude(asked_by=person)
    if homes := home_paths(person):
        rows = rows.exclude(under(homes, "feedback__window__organisation__path"))
    found = _counted(rows, since="asked_on")
    return _pointer(
        "差评申诉等待复核",
        found,
        None,
        "evaluations:feedback_list",
        query="appeal=1",
        label="去复核",
    )


def own_feedback(person, campaign, today):
    """Opinions he answers for himself, and in his branch those that nobody was given."""
    mine = Q(owner=person)
    if paths := scope_paths(person, "secretary"):
        inside = under(paths, "window__organisation__path") | under(paths, "organisation__path")
        mine |= Q(owner=None) & inside
    rows = Feedback.objects.waiting().filter(mine, campaign=campaign)
    found = rows.aggregate(count=Count("pk"), due_on=Min("due_on"))
    return _pointer(
        "群众意见等您答复",
        found,
        None,
        "evaluations:feedback_list",
        query="state=received",
        label="去答复",
    )


def late_feedback(person, campaign, today):
    paths = scope_paths(person, *RULING)
    rows = Feedback.objects.overdue(today=today).filter(
        under(paths, "window__organisation__path") | under(paths, "organisation__path"),
        campaign=campaign,
    )
    found = rows.aggregate(count=Count("pk"), due_on=Min("due_on"))
    return _pointer(
        "群众意见超期没有答复",
        found,
        None,
        "evaluations:feedback_list",
        query="late=1",
        label="去看",
    )


def secretaries_pledges(person, campaign, today):
    """A secretary's own pledge is reviewed from above."""
    rows = (
        Pledge.objects.filter(
            under(scope_paths(person, *RULING), "organisation__path"),
            campaign=campaign,
            status=Pledge.Status.SUBMITTED,
            owner_person__roles__kind="secretary",
            owner_person__roles__ends_on=None,
            owner_person__roles__organisation=F("organisation"),
        )
        .exclude(owner_person=person)
        .exclude(written_by=person)
    )
    found = _counted(rows, since="submitted_at")
    return _pointer(
        "支部书记的承诺等待审核",
        found,
        None,
        "pledges:pledge_review_list",
        label="去审核",
        unit="项",
    )


def shown_to_sign(person, campaign, today):
    """公开前把关: to be checked or approved."""
    count, oldest = count_waiting(person)
    found = {"count": count, "since": oldest and timezone.localdate(oldest)}
    return _pointer(
        "公示内容等待审核审批", found, None, "pledges:shown_desk", label="去把关", unit="项"
    )


def corrections(person, campaign, today):
    rows = CorrectionRequest.objects.visible_to(person).waiting().exclude(person=person)
    found = _counted(rows, since="asked_at")
    return _pointer(
        "个人信息更正申请",
        found,
        "branches:correction_answer",
        "branches:correction_list",
        label="去答复",
    )


def ended_publicity(person, campaign, today):
    """The publicity period of a title is over: decide."""
    rows = Selection.objects.filter(
        under(scope_paths(person, *RULING), "organisation__path"),
        campaign=campaign,
        state=Selection.State.PUBLICISED,
        objections_until__lt=today,
    )
    found = _counted(rows, since="objections_until")
    detail, listed = "competitions:selection_detail", "competitions:selection_list"
    return _pointer("评选公示期满，可以决定", found, detail, listed, label="去决定", unit="项")


def halted_rounds(person, campaign, today):
    """A count that stopped keeps the period open until somebody looks."""
    rows = Round.objects.filter(
        under(scope_paths(person, *ANSWERING), "organisation__path"),
        campaign=campaign,
        state=Round.State.HALTED,
    )
    found = _counted(rows, since="closes_at")
    return _pointer(
        "互评计票中止，要处理", found, None, "evaluations:round_list", label="去看", unit="个"
    )


def reopened_periods(person, campaign, today):
    """Opened again for a correction: it never closes by itself."""
    if not campaign.organisation.path.startswith(scope_paths(person, *RULING)):
        return None
    rows = campaign.periods.filter(state="open").exclude(reopen_reason="")
    found = _counted(rows, since="ends_on")
    return _pointer(
        "重新打开的周期要再结算", found, None, "supervision:period_close", label="去结算", unit="个"
    )


def begun_checkings(person, campaign, today):
    rows = Checking.objects.filter(begun_by=person, campaign=campaign)
    found = _counted(rows, since="begun_at")
    edit, listed = "supervision:checking_edit", "supervision:inspection_plan"
    return _pointer("现场检查还没有记完", found, edit, listed, label="接着记", unit="次")


KINDS = (
    late_items,
    own_feedback,
    late_feedback,
    unplanned_items,
    reported_items,
    escalated_items,
    appeals,
    shown_to_sign,
    secretaries_pledges,
    undecided_standings,
    ended_publicity,
    halted_rounds,
    reopened_periods,
    begun_checkings,
    corrections,
)
