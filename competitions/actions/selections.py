"""Choosing who is honoured: 推荐 → 审核 → 公示 → 表彰, each step on record (H01 to H03)."""

from django.db import transaction
from django.utils import timezone

from campaigns.actions import fulfil
from campaigns.queries.calendar import working_calendar
from common import audit, notices
from common.dates import add_working_days
from competitions.actions.contests import Refused
from competitions.models import (
    Award,
    Nomination,
    Objection,
    Recommendation,
    Selection,
    fields_of,
    key_of,
)

State = Selection.State
UNITS = {"unit": "branch"}  # an honour of a unit is held by the organisation


@transaction.atomic
def open_selection(*, title, period, organisation, closes_on, by, at):  # noqa: PLR0913 (a row)
    """One selection of a title, a period and an organisation; who may get it is the scheme's."""
    there = Selection.objects.filter(period=period, organisation=organisation, title=title.key)
    if there.exclude(state=State.CANCELLED).exists():
        raise Refused(f"{period.name}的“{title.name}”已经发起过评选。")
    selection = Selection.objects.create(
        campaign=period.campaign, period=period, organisation=organisation, title=title.key,
        name=title.name, subject=UNITS.get(title.subject, title.subject), places=title.places, travelling=title.travelling,
        public=title.public_nomination, closes_on=closes_on, made_by=by, made_at=at,
    )  # fmt: skip
    audit.record("发起评选", selection, by=by, at=at, path=organisation.path)
    return selection


@transaction.atomic
def nominate(selection, *, kind, subject, place, reason, by, at):  # noqa: PLR0913 (whom, why, who)
    """`by=None` is a citizen: nothing of him is kept, and his words wait for moderation."""
    held = hold(selection, State.NOMINATING)
    day = timezone.localdate(at)
    if day > held.closes_on:
        raise Refused(f"推荐已于 {held.closes_on} 截止。")
    if by is not None and kind == "person" and by.pk == subject.pk:
        raise Refused("不能推荐自己。")
    nomination, _ = Nomination.objects.get_or_create(
        selection=held,
        subject_key=key_of(kind, subject),
        defaults={"made_at": at, **fields_of(kind, subject, place)},
    )
    if by is not None and nomination.recommendations.filter(by=by).exists():
        raise Refused(f"您已经推荐过 {subject}，每人只推荐一次。")
    Recommendation.objects.create(
        nomination=nomination, reason=reason, by=by, made_on=day, is_shown=by is not None
    )
    if by is not None:
        audit.record("推荐", nomination, by=by, at=at, path=place.path)
    return nomination


@transaction.atomic
def review_nomination(nomination, *, passed, note, shown, by, at):  # noqa: PLR0913 (one form)
    """Accept or decline a candidate; `shown` are the citizens' reasons that may be read by all."""
    held = hold(nomination.selection, State.NOMINATING, State.REVIEWING)
    if nomination.person_id == by.pk:
        raise Refused("不能审核对自己的推荐。")
    if timezone.localdate(at) > held.closes_on:  # until then others may still be nominated
        held.state = State.REVIEWING
        held.save(update_fields=["state"])
    Nomination.objects.filter(pk=nomination.pk).update(
        state=Nomination.State.CANDIDATE if passed else Nomination.State.DECLINED,
        note=note,
        reviewed_by=by,
    )
    nomination.recommendations.filter(by=None).update(is_shown=False)
    nomination.recommendations.filter(pk__in=[one.pk for one in shown]).update(is_shown=True)
    path = nomination.organisation.path
    audit.record("审核推荐", nomination, by=by, at=at, path=path, detail={"通过": passed})


@transaction.atomic
def publicise(selection, *, chosen, days, by, at):
    """Those chosen are made public for so many working days; the portal holds the number of places."""
    held = hold(selection, State.NOMINATING, State.REVIEWING)
    if held.places and len(chosen) > held.places:
        raise Refused(f"“{held}”只有 {held.places} 个名额，选了 {len(chosen)} 个。")
    _refuse_oneself(chosen, by, "公示")
    left = held.nominations.filter(state=Nomination.State.WAITING).count()
    if left:
        raise Refused(f"还有 {left} 个推荐没有审核，请先审核。")
    day = timezone.localdate(at)
    held.nominations.filter(pk__in=[one.pk for one in chosen]).update(state=Nomination.State.CHOSEN)
    held.state, held.publicised_on = State.PUBLICISED, day
    held.objections_until = add_working_days(day, days, working_calendar())
    held.save(update_fields=["state", "publicised_on", "objections_until"])
    audit.record("公示拟表彰名单", held, by=by, at=at, path=held.organisation.path)


def _refuse_oneself(chosen, by, deed):
    """Whoever stands on the list leaves what becomes of it to somebody else (D4)."""
    if any(one.person_id == by.pk for one in chosen):
        raise Refused(f"名单里有您自己，请由别人来{deed}。")


@transaction.atomic
def raise_objection(selection, *, text, by, at):
    """Until the last day of the publicity period; later ones are refused."""
    held = hold(selection, State.PUBLICISED)
    if timezone.localdate(at) > held.objections_until:
        raise Refused(f"公示已于 {held.objections_until} 结束，不再受理异议。")
    return Objection.objects.create(selection=held, text=text, by=by, made_at=at)


@transaction.atomic
def answer_objection(objection, *, answer, by, at):
    if objection.by_id == by.pk:
        raise Refused("自己提的异议请由别人核查。")
    listed = objection.selection.nominations.filter(state=Nomination.State.CHOSEN)
    _refuse_oneself(listed, by, "核查异议")
    done = Objection.objects.filter(pk=objection.pk, answer="").update(
        answer=answer, answered_by=by
    )
    if not done:
        raise Refused("这条异议已经答复过了。")
    path = objection.selection.organisation.path
    audit.record("答复异议", objection.selection, by=by, at=at, path=path)


@transaction.atomic
def withdraw_choice(nomination, *, reason, by, at):
    """An objection was right: the candidate leaves the list that is public."""
    hold(nomination.selection, State.PUBLICISED)
    Nomination.objects.filter(pk=nomination.pk, state=Nomination.State.CHOSEN).update(
        state=Nomination.State.DECLINED, note=reason, reviewed_by=by
    )
    path = nomination.organisation.path
    audit.record("取消拟表彰", nomination, by=by, at=at, path=path, detail={"原因": reason})


@transaction.atomic
def award(selection, *, decision, by, at):
    """The decision, the honours, and the flag handed on by whoever held it."""
    held = hold(selection, State.PUBLICISED)
    day = timezone.localdate(at)
    if day <= held.objections_until:
        raise Refused(f"公示到 {held.objections_until} 才结束，到期后再表彰。")
    open_ones = held.objections.filter(answer="").count()
    if open_ones:
        raise Refused(f"还有 {open_ones} 条异议没有答复。")
    chosen = list(
        held.nominations.filter(state=Nomination.State.CHOSEN).select_related(
            "person", "window", "branch", "organisation"
        )
    )
    if not chosen:
        raise Refused("没有拟表彰的人选。")
    _refuse_oneself(chosen, by, "作出表彰决定")
    if held.travelling:
        _hand_over(held, chosen, day)
    honours = Award.objects.bulk_create(_award(held, one, day) for one in chosen)
    held.state, held.decision, held.decided_by, held.decided_at = State.AWARDED, decision, by, at
    held.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    fulfil(campaign=held.campaign, period=held.period, act="select_title", by=by, at=at)
    _tell(held, chosen, at=at)
    audit.record("表彰", held, by=by, at=at, path=held.organisation.path)
    return honours


def _award(selection, one, day):
    return Award(
        campaign=selection.campaign, period=selection.period, selection=selection,
        title=selection.title, name=selection.name, granted_on=day,
        person=one.person, window=one.window, branch=one.branch, organisation=one.organisation,
    )  # fmt: skip


def _hand_over(selection, chosen, day):
    """Whoever held the flag ends holding it today, also when it is his again."""
    names = "、".join(str(one.subject) for one in chosen)
    held = Award.objects.filter(
        campaign=selection.campaign, title=selection.title, ended_on=None,
        selection__organisation=selection.organisation,  # a branch's own flag stays where it is
    )  # fmt: skip
    held.update(ended_on=day, handover_note=f"移交 {names}")


def _tell(selection, chosen, *, at):
    notices.post(
        [one.person for one in chosen if one.person_id],
        event=f"award:{selection.pk}",
        title=f"祝贺您获得“{selection.name}”",
        url=f"/selections/{selection.pk}",
        at=at,
    )


def hold(selection, *states):
    """The selection locked, in one of the states; otherwise refused in words."""
    held = (
        Selection.objects.select_for_update(of=("self",))
        .select_related("organisation", "campaign", "period")
        .get(pk=selection.pk)
    )
    if held.state not in states:
        raise Refused(f"“{held}”{held.get_state_display()}，现在不能这样做。")
    return held
