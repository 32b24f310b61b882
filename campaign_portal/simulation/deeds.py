"""What people do when a duty calls them, an act each; all through the actions of the rooms."""

from django.utils import timezone

from campaign_portal.demo.dice import dice
from campaign_portal.demo.inspecting import facts_of
from campaign_portal.demo.meeting import hold_meeting
from campaign_portal.demo.reviewing import PARTS, level_of, self_answers
from campaign_portal.demo.words import pledges as words
from campaign_portal.simulation.year import key_of, name_of
from campaigns.actions.branch_plans import decide_branch_plan, write_branch_plan
from competitions.actions.activities import add_activity, write_self_check
from competitions.models import Activity
from evaluations.actions.reviews import write_review
from evaluations.actions.self_reviews import save_self_review
from evaluations.queries.reviews import occasions, review_form
from pledges.actions import (
    conclude_pledge,
    confirm_card,
    note_progress,
    publish_pledge,
    save_pledge,
    submit_pledge,
)
from pledges.actions.lines import add_lines
from pledges.models import Pledge
from pledges.queries.hints import line_texts
from supervision.actions.inspections import add_inspection
from supervision.models import Inspection

SHOWN = {"shows_party": True, "shows_motto": True, "shows_duties": True, "shows_zones": True}
DEEDS = {}


def deed(*acts):
    """Registers what fulfils these acts: `do(year, season, duty, at)`."""

    def keep(do):
        DEEDS.update(dict.fromkeys(acts, do))
        return do

    return keep


def do_duty(year, season, duty, at):
    """False when the simulation does not know the act."""
    do = DEEDS.get(duty.act)
    if do is None:
        return False
    do(year, season, duty, at)
    return True


@deed("update_card", "update_sign")
def look_card_over(year, season, duty, at):
    person = duty.assignee
    confirm_card(
        person, shown=SHOWN, motto=person.motto, periods=[season.period],
        today=timezone.localdate(at), by=person, at=at,
    )  # fmt: skip


@deed("write_pledge")
def pledge(year, season, duty, at):
    rng = dice(season.scene.cast.slug, key_of(duty))
    owner, pool = _owner(season, duty)
    theme, *texts = rng.choice(pool)[:5]
    low, high = rng.randrange(2, 5), rng.randrange(5, 10)
    numbers = {"a": high, "b": low, "p": 60 + high, "q": 62 + high}
    text, baseline, target, evidence = (part.format(**numbers) for part in texts)
    written = save_pledge(
        Pledge(
            campaign=year.campaign, period=season.period, organisation=duty.organisation,
            theme=theme, text=text, baseline=baseline, target=target, evidence_plan=evidence,
            starts_on=season.period.starts_on, due_on=season.period.ends_on, **owner,
        ),
        by=duty.assignee, at=at,
    )  # fmt: skip
    if duty.about_window:
        add_lines(written, line_texts(season.plan))
    submit_pledge(written, by=duty.assignee, at=at)


def _owner(season, duty):
    trade = season.scene.cast.trade
    if duty.about_window:
        return {"owner_window": duty.about_window}, words.WINDOW
    if duty.about_organisation:
        return {"owner_organisation": duty.about_organisation}, words.BRANCH[trade]
    return {"owner_person": duty.assignee}, words.PERSON[trade]


@deed("review_pledges")
def judge_pledges(year, season, duty, at):
    """What has been handed in of the branch; his own the committee judges."""
    publish_waiting(year, season, duty.organisation, at)


def publish_waiting(year, season, organisation, at):
    secretary = year.secretaries.get(organisation.pk)
    waiting = Pledge.objects.filter(
        period=season.period, organisation=organisation, status=Pledge.Status.SUBMITTED,
        submitted_at__lt=at,
    )  # fmt: skip
    for one in waiting.order_by("submitted_at", "pk"):
        own = secretary is None or one.written_by_id == secretary.pk
        publish_pledge(one, by=season.scene.committee if own else secretary, at=at)


@deed("report_pledge")
def report_progress(year, season, duty, at):
    rng = dice(season.scene.cast.slug, key_of(duty))
    own = Pledge.objects.filter(
        period=season.period, owner_person=duty.assignee, status=Pledge.Status.PUBLISHED
    )
    for one in own.order_by("pk")[:1]:
        note_progress(one, note=rng.choice(words.PROGRESS), by=duty.assignee, at=at)


@deed("self_review")
def review_oneself(year, season, duty, at):
    rng = dice(season.scene.cast.slug, key_of(duty))
    answers = self_answers(
        season, season.plan.questionnaire_for("self_review"), year.players[duty.assignee_id], rng
    )
    save_self_review(season.period, duty.organisation, answers=answers, by=duty.assignee, at=at)


@deed("branch_review")
def comment_on_member(year, season, duty, at):
    _review(year, season, "branch", duty.assignee, duty.about_person, duty.organisation, at)


@deed("leader_review")
def comment_as_leader(year, season, duty, at):
    """A few people out of all branches; the first stops the clock."""
    rng = dice(season.scene.cast.slug, key_of(duty))
    pool = [
        (troupe.organisation, player.person)
        for troupe in season.scene.troupes
        for player in season.participants(troupe)
        if player.person != duty.assignee and player.person.is_active
    ]
    for organisation, person in rng.sample(pool, min(6, len(pool))):
        _review(year, season, "leader", duty.assignee, person, organisation, at)


def _review(year, season, kind, author, person, organisation, at):  # noqa: PLR0913 (a review is all of this)
    rng = dice(season.scene.cast.slug, season.number, kind, name_of(author), name_of(person))
    parts, questions = review_form(season.plan, kind)
    talent = year.players[person.pk].talent
    write_review(
        period=season.period, kind=kind, author=author, person=person, organisation=organisation,
        occasion=rng.choice(occasions(season.plan, kind) or ("",)),
        texts={part.key: rng.choice(PARTS[part.key]) for part in parts},
        levels={one.key: level_of(season, one, talent, rng) for one in questions},
        at=at, today=timezone.localdate(at),
    )  # fmt: skip


@deed("meeting")
def meet(year, season, duty, at):
    if troupe := _troupe(year, duty):
        hold_meeting(season, troupe, duty)


def _troupe(year, duty):
    return next(
        (one for one in year.scene.troupes if one.organisation.pk == duty.organisation_id), None
    )


@deed("study", "activity")
def study(year, season, duty, at):
    rule = next(rule for rule in season.plan.cadence if rule.key == duty.rule)
    item = season.plan.item(rule.item)
    rng = dice(season.scene.cast.slug, key_of(duty))
    troupe = _troupe(year, duty)
    activity = Activity(
        campaign=year.campaign, period=season.period, item=item.key,
        kind=rng.choice(item.options.kinds or (item.name,)),
        tags=sorted({*item.options.tags, item.key}), organisation=duty.organisation,
        name=f"{duty.organisation.label}{duty.due_on:%m月}学习", held_on=timezone.localdate(at),
        place="会议室", summary="逐条学习，讨论了三个问题。",
    )  # fmt: skip
    people = [player.person for player in troupe.members if player.person.is_active]
    add_activity(activity, people=people, by=duty.assignee, at=at)


@deed("checklist")
def check_oneself(year, season, duty, at):
    rule = next(rule for rule in season.plan.cadence if rule.key == duty.rule)
    item = season.plan.item(rule.item)
    form = season.plan.questionnaire(item.options.questionnaire)
    answers = {one.key: "对照过，有一处要改。" for one in form.text_questions} | {
        one.key: season.plan.scale_of(one).levels[0].key for one in form.scale_questions
    }
    write_self_check(
        period=season.period, item=item.key, person=duty.assignee, answers=answers, at=at
    )


@deed("inspect")
def inspect(year, season, duty, at):
    rng = dice(season.scene.cast.slug, key_of(duty))
    window = duty.about_window
    place = window.organisation if window else duty.about_organisation or duty.organisation
    if place.pk not in year.secretaries:
        place = season.scene.troupes[0].organisation
    facts = facts_of(season, year.troupe_of(place), at, rng, is_drawn=False)
    inspection = Inspection(
        campaign=year.campaign, period=season.period, organisation=place, window=window, **facts
    )
    add_inspection(inspection, by=duty.assignee, at=at)


@deed("write_branch_plan")
def plan_the_branch(year, season, duty, at):
    lines = {
        item.key: {"measures": f"每月检查一次{item.name}。", "owner": "支部书记"}
        for item in list(season.plan.items())[:3]
    }
    made = write_branch_plan(
        year.campaign, duty.organisation, goal="把事办在群众开口前", lines=lines, revision=0,
        submit=True, by=duty.assignee, at=at,
    )  # fmt: skip
    decide_branch_plan(made, approve=True, remark="", by=season.scene.committee, at=at)


def conclude_pledges(year, season, at):
    """The verdict on what hangs: of the diligent nearly all is kept."""
    hanging = Pledge.objects.filter(period=season.period, status=Pledge.Status.PUBLISHED)
    for one in hanging.select_related("owner_person").order_by("pk"):
        rng = dice(
            season.scene.cast.slug, season.number, "verdict", one.text, one.organisation.code
        )
        player = year.players.get(one.owner_person_id)
        kept = rng.random() < (0.7 + 0.28 * player.talent if player else 0.9)
        by = one.reviewed_by
        if by.pk == one.owner_person_id:
            by = season.scene.committee
        explanation = "" if kept else rng.choice(words.UNKEPT)
        conclude_pledge(one, kept=kept, explanation=explanation, by=by, at=at)
