"""提出 → 审核 → 审批 → 实施, the same for everything that is shown (Q17). Who may is the caller's question."""

from django.db import transaction

from common import audit
from common.publishing.detector import findings


class NotReady(Exception):
    """It may not be shown yet; `reasons` says what to do."""

    def __init__(self, reasons):
        super().__init__("；".join(reasons))
        self.reasons = list(reasons)


class StepTaken(Exception):
    """Somebody was quicker, or the button was pressed twice; the text says how it stands."""


@transaction.atomic
def propose(obj, *, by, at):
    """提出: complete, without private numbers, and handed to somebody else to check."""
    _claim(obj, "draft", "returned")
    _demand_ready(obj)
    obj.state, obj.proposed_by, obj.proposed_at = obj.State.PROPOSED, by, at
    obj.checked_by = obj.checked_at = obj.approved_by = obj.approved_at = None
    obj.save()
    _record("提出公示", obj, by=by, at=at)


@transaction.atomic
def check(obj, *, by, at, needs_approval, note=""):
    """审核: on to the approval, or straight to the public page where the scheme asks for none."""
    _claim(obj, "proposed")
    _demand_ready(obj)
    _demand_other(by, obj.proposed_by_id)
    obj.checked_by, obj.checked_at, obj.note = by, at, note
    if needs_approval:
        obj.state = obj.State.CHECKED
        obj.save()
    else:
        _publish(obj, at=at)
    _record("审核公示", obj, by=by, at=at)


@transaction.atomic
def approve(obj, *, by, at, note=""):
    """审批 and 实施: by a third person."""
    _claim(obj, "checked")
    _demand_ready(obj)
    _demand_other(by, obj.proposed_by_id, obj.checked_by_id)
    obj.approved_by, obj.approved_at, obj.note = by, at, note or obj.note
    _publish(obj, at=at)
    _record("审批公示", obj, by=by, at=at)


@transaction.atomic
def send_back(obj, *, by, at, note):
    _claim(obj, "proposed", "checked")
    obj.state, obj.note = obj.State.RETURNED, note
    obj.checked_by = obj.checked_at = None
    obj.save()
    _record("退回公示", obj, by=by, at=at)


@transaction.atomic
def take_down(obj, *, by, at, reason):
    """Off the public pages at once; the address goes on to say that it was taken down, and why."""
    _claim(obj, "live")
    obj.state, obj.down_by, obj.down_at, obj.down_reason = obj.State.DOWN, by, at, reason
    obj.save()
    _record("撤下公示", obj, by=by, at=at, detail={"原因": reason})


def _publish(obj, *, at):
    obj.replace_earlier(at=at)
    obj.state, obj.published_at = obj.State.LIVE, at
    obj.save()


def _claim(obj, *states):
    """Lock the row and refuse when it is no longer in one of the states."""
    current = type(obj).objects.select_for_update(of=("self",)).get(pk=obj.pk)
    if current.state not in states:
        raise StepTaken(f"现在是“{current.get_state_display()}”，请刷新页面再看。")


def _demand_ready(obj):
    reasons = []
    if missing := obj.gaps():
        reasons.append(f"还缺：{'、'.join(missing)}")
    for label, text in obj.public_texts().items():
        reasons += [f"“{label}”里有{one.label}{one.sample}，请删去" for one in findings(text)]
    if reasons:
        raise NotReady(reasons)


def _demand_other(by, *earlier):
    if by.pk in earlier:
        raise NotReady(["提出、审核、审批须由不同的人办理"])


def _record(verb, obj, *, by, at, detail=None):
    audit.record(verb, obj, by=by, at=at, path=obj.organisation.path, detail=detail)
