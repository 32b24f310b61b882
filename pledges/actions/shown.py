"""Writing what a unit shows: service items, plaques, stories, texts. The gate itself is common.publishing."""

from django.db import transaction
from django.utils import timezone

from branches.models import Window
from campaigns.actions import fulfil
from common import audit, notices, publishing
from common.publishing import NotReady, StepTaken
from pledges.models import MORE_DISCLOSURES, Bulletin, ServiceItem, WindowText
from pledges.queries.shown import kind_of, needs_approval, next_signers, options_of, periods_over


class NotFirst(Exception):
    """Somebody else began at the same time; the text says where to go on."""


@transaction.atomic
def save_shown(shown, *, by, at):
    """Store a draft, new or changed. The caller has cleaned the fields."""
    is_new = shown.pk is None
    if is_new and isinstance(shown, WindowText):
        _claim_window(shown)
    if is_new:
        shown.written_by, shown.written_at = by, at
    else:
        current = type(shown).objects.select_for_update(of=("self",)).get(pk=shown.pk)
        if not current.is_editable:
            raise StepTaken(f"现在是“{current.get_state_display()}”，不能再改，请刷新页面再看。")
    shown.save()
    if isinstance(shown, Bulletin):
        shown.named.set({row["person"] for row in shown.rows if row.get("person")})
    verb = "填写" if is_new else "修改"
    name = shown._meta.verbose_name
    audit.record(f"{verb}{name}", shown, by=by, at=at, path=shown.organisation.path)
    return shown


def _claim_window(text):
    """A window has one line of versions: of two who begin at once the second is told."""
    Window.objects.select_for_update(of=("self",)).get(pk=text.window_id)
    if WindowText.objects.filter(window=text.window_id).exists():
        raise NotFirst("这个窗口的公示文字已经有人在写，请在那一版上接着改。")


@transaction.atomic
def revise_shown(shown, *, by, at):
    """Begin the next version of something that hangs (or hung); the present one stays until then."""
    model = type(shown)
    rows = list(model.objects.select_for_update(of=("self",)).filter(code=shown.code))
    newest = max(rows, key=lambda row: row.version)
    if newest.state not in {"live", "down"}:
        raise StepTaken(f"已有第 {newest.version} 版在办，请直接修改那一版。")
    draft = newest.next_version(by=by, at=at)
    draft.save()
    audit.record(
        f"新版{model._meta.verbose_name}", draft, by=by, at=at, path=draft.organisation.path
    )
    return draft


@transaction.atomic
def propose_shown(shown, *, by, at, calls=True):
    """提出; handing in a card also does the duty to keep the cards up to date. `calls`: tell who signs next."""
    day = timezone.localdate(at)
    _demand_plans_own(shown, today=day)
    publishing.propose(shown, by=by, at=at)
    if calls:
        _call_next(shown, at=at)
    if not isinstance(shown, ServiceItem):
        return
    about = {"about_window": shown.window} if shown.window_id else {}
    for period in periods_over(shown.organisation, today=day):
        fulfil(
            campaign=period.campaign,
            period=period,
            act="update_service_items",
            by=by,
            at=at,
            about_organisation=shown.organisation,
            **about,
        )


def _demand_plans_own(shown, *, today):
    """What the plan wants disclosed beyond the eight, such as the standard of service."""
    options = options_of(kind_of(shown), shown.organisation, today=today)
    asked = {one.key for one in getattr(options, "disclosures", ())} & set(MORE_DISCLOSURES)
    missing = [MORE_DISCLOSURES[key] for key in MORE_DISCLOSURES if key in asked]
    if lacking := [label for label in missing if not shown.public_texts()[label]]:
        raise NotReady([f"本方案还要求公开：{'、'.join(lacking)}"])


@transaction.atomic
def judge_shown(shown, *, verdict, note, by, at):
    """One signature: on, or back to the writer, who is told."""
    if verdict == "return":
        publishing.send_back(shown, by=by, at=at, note=note)
        _tell_writer(shown, note, at=at)
    elif shown.state == shown.State.PROPOSED:
        needs = needs_approval(shown, today=timezone.localdate(at))
        publishing.check(shown, by=by, at=at, note=note, needs_approval=needs)
        if not shown.is_live:
            _call_next(shown, at=at)
    else:
        publishing.approve(shown, by=by, at=at, note=note)
    if shown.is_live and isinstance(shown, Bulletin):
        _bulletin_hangs(shown, at=at)


def _bulletin_hangs(bulletin, *, at):
    """Whose duty it was has done it; those whom comments name hear of it (L25, L26)."""
    is_of_results = bulletin.kind == Bulletin.Kind.RESULTS
    fulfil(
        campaign=bulletin.period.campaign,
        period=bulletin.period,
        act="publish_results" if is_of_results else "publish_comments",
        by=bulletin.proposed_by,
        at=at,
        about_organisation=bulletin.organisation,
    )
    if not is_of_results:
        notices.post(
            list(bulletin.named.order_by("pk")),
            event=f"bulletin:{bulletin.pk}",
            title=f"对您的点评已公开（{bulletin.get_visibility_display()}）",
            body=f"《{bulletin}》",
            url=f"/shows/bulletin/{bulletin.pk}",
            at=at,
        )


def _call_next(shown, *, at):
    """Those who may sign next find it in their inbox."""
    noun, kind = shown._meta.verbose_name, kind_of(shown)
    notices.post(
        next_signers(shown, today=timezone.localdate(at)),
        event=f"shown-{shown.state}:{kind}:{shown.pk}:{at:%Y%m%d%H%M%S}",
        title=f"有{noun}等您{'审核' if shown.state == 'proposed' else '审批'}",
        body=f"{shown.organisation}：《{shown}》",
        url=f"/shows/{kind}/{shown.pk}/judge",
        at=at,
    )


def _tell_writer(shown, note, *, at):
    notices.post(
        [shown.proposed_by],
        event=f"shown-returned:{shown._meta.model_name}:{shown.pk}:{at:%Y%m%d%H%M%S}",
        title=f"您提出的{shown._meta.verbose_name}被退回修改",
        body=f"《{shown}》\n意见：{note}",
        url=f"/shows/{kind_of(shown)}/{shown.pk}",
        at=at,
    )
