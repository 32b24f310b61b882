"""效能公示 through the gate: proposed by one, checked by another, then on the boards as published figures (S10)."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone

from common import audit, notices, publishing
from common.publishing import NotReady, StepTaken
from competitions.actions.contests import Refused
from competitions.models import EfficacyNotice
from competitions.queries.efficacy import figures_for
from pledges.actions.figures import publish_figures, withdraw_figures
from pledges.queries.shown import next_signers


@contextmanager
def _in_words():
    """The gate's refusals as ours."""
    try:
        yield
    except NotReady as refusal:
        raise Refused("；".join(refusal.reasons)) from refusal
    except StepTaken as refusal:
        raise Refused(str(refusal)) from refusal


def propose_efficacy(period, organisation, *, by, at):
    """The figures as they stand now, frozen; whoever checks sees exactly these."""
    with _in_words(), transaction.atomic():
        notice = EfficacyNotice(
            campaign=period.campaign, period=period, organisation=organisation, written_by=by,
            written_at=at, figures=figures_for(period, organisation),
        )  # fmt: skip
        try:
            with transaction.atomic():
                notice.save()
        except IntegrityError as error:
            raise Refused(f"{notice} 已有一份在等审核，请先审核或退回那一份。") from error
        publishing.propose(notice, by=by, at=at)
        notices.post(
            next_signers(notice, today=timezone.localdate(at)),
            event=f"efficacy:{notice.pk}",
            title="有效能公示等您审核",
            body=str(notice),
            url=f"/efficacy/{notice.pk}",
            at=at,
        )
    return notice


def judge_efficacy(notice, *, passed, note, by, at):
    """On to the boards, or back; a returned one is made anew from the figures as they are then."""
    with _in_words(), transaction.atomic():
        if passed:
            publishing.check(notice, by=by, at=at, note=note, needs_approval=False)
            _show(notice, at=at)
        else:
            publishing.send_back(notice, by=by, at=at, note=note)
        notices.post(
            [notice.proposed_by],
            event=f"efficacy-judged:{notice.pk}",
            title=f"效能公示“{notice}”{'已公示' if passed else '被退回'}",
            body=f"意见：{note}" if note else "",
            url=f"/efficacy/{notice.pk}",
            at=at,
        )


def _show(notice, *, at):
    """Put the frozen figures on the boards, a measure at a time."""
    labels = {one["key"]: one["label"] for one in notice.figures}
    for key, label in labels.items():
        rows = [one for one in notice.figures if one["key"] == key]
        publish_figures(
            notice.period, key=key, label=label, at=at,
            windows=[_cells(one) for one in rows if one["kind"] == "window"],
            organisations=[_cells(one) for one in rows if one["kind"] == "branch"],
        )  # fmt: skip


def _cells(one):
    """A place and the cells of `publish_figures`; an indicator is no share of anything."""
    return (one["pk"], one["value"], one["n"], None, "", one["definition"], one["note"])


@transaction.atomic
def drop_efficacy(notice, *, by, at):
    """A returned one is put aside, so that the next can be proposed."""
    done = EfficacyNotice.objects.filter(pk=notice.pk, state="returned").update(state="replaced")
    if not done:
        raise Refused("只有退回的才能作废，请刷新再看。")
    audit.record("作废效能公示", notice, by=by, at=at, path=notice.organisation.path)


def withdraw_efficacy(notice, *, reason, by, at):
    """Off the boards at once."""
    with _in_words(), transaction.atomic():
        publishing.take_down(notice, by=by, at=at, reason=reason)
        withdraw_figures(
            notice.period,
            keys={one["key"] for one in notice.figures},
            windows=[one["pk"] for one in notice.figures if one["kind"] == "window"],
            organisations=[one["pk"] for one in notice.figures if one["kind"] == "branch"],
        )
