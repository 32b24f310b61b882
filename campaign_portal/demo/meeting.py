"""Meetings held when they are due, panels heard, a pile of paper typed in by two people, a slip in the box."""

from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.clock import midnight
from campaign_portal.demo.words import meetings as words
from campaigns.models import Duty
from common.dates import ONE_DAY
from evaluations.actions import feedback as boxes
from evaluations.actions import meetings as actions
from evaluations.actions import polls
from evaluations.actions.papers import type_paper
from evaluations.models import Feedback, FollowUp, Meeting, PaperSheet, Poll, PollCount
from evaluations.queries import meetings as queries
from evaluations.queries import papers
from evaluations.queries import polls as poll_queries

AFTERNOON = timedelta(hours=15)
TIMES = 4  # so many working days to work on an agreed matter, in weeks


def hold_meetings(season):
    """Each on the day it is due; the visitor's secretary still owes what falls due from today on."""
    duties = Duty.objects.filter(period=season.period, act="meeting", done_at=None)
    today = timezone.localdate(season.clock.now)
    troupes = {troupe.organisation.pk: troupe for troupe in season.scene.troupes}
    for duty in duties.filter(due_on__lt=today).order_by("due_on", "organisation", "pk"):
        if troupe := troupes.get(duty.organisation_id):
            hold_meeting(season, troupe, duty)


def hold_meeting(season, troupe, duty):
    """One meeting on the day its duty falls due, with comments, publication and an agreed matter."""
    rng = season.rng(f"meeting {troupe.branch.name} {duty.due_on}")
    wanted = next(rule.item for rule in season.plan.cadence if rule.key == duty.rule)
    kinds = queries.kinds(season.plan)
    item, kind = next((pair for pair in kinds if pair[0] == wanted), kinds[0])
    at = min(midnight(duty.due_on) + AFTERNOON, season.clock.now)
    if Meeting.objects.filter(
        organisation=troupe.organisation, campaign=season.scene.campaign, kind=kind,
        held_on=duty.due_on,
    ).exists():  # fmt: skip
        return
    people = [player.person for player in troupe.players]
    meeting = Meeting(
        campaign=season.scene.campaign, period=season.period, organisation=troupe.organisation,
        item=item, kind=kind, held_on=duty.due_on, place="二楼会议室", chair=troupe.secretary,
        recorder=people[1], visibility=queries.visibility_of(season.plan, item),
        summary=queries.month_summary(troupe.organisation, duty.due_on),
        minutes=rng.choice(words.MINUTES),
    )  # fmt: skip
    came = [person for person in people if person == troupe.secretary or rng.random() < 0.93]
    actions.record_meeting(meeting, came=came, called=people, by=troupe.secretary, at=at)
    if queries.questions_of(meeting):
        _comment(season, troupe, meeting, rng, at=at)
    _agree(season, troupe, meeting, rng, at=at)


def _comment(season, troupe, meeting, rng, *, at):
    comments = []
    for player in troupe.players[1:]:
        levels, texts = {}, {}
        for question in queries.questions_of(meeting):
            scale = season.plan.scale_of(question)
            worse = rng.random() > 0.3 + 0.6 * player.talent
            levels[question.key] = scale.levels[int(worse)].key
            if rng.random() < 0.2:
                texts[question.key] = rng.choice(words.SAID)
        comments.append((player.person, levels, texts))
    actions.comment_people(meeting, comments=comments, by=troupe.secretary, at=at)
    actions.publish_meeting(
        meeting, visibility=meeting.visibility, by=troupe.secretary, at=at + timedelta(hours=1)
    )


def _agree(season, troupe, meeting, rng, *, at):
    advice, change = rng.choice(words.AGREED)
    person = troupe.players[1 + rng.randrange(len(troupe.players) - 1)].person
    due_on = meeting.held_on + timedelta(weeks=TIMES)
    follow_up = FollowUp(
        organisation=troupe.organisation, meeting=meeting, person=person, advice=advice,
        due_on=due_on,
    )  # fmt: skip
    actions.agree_follow_up(follow_up, by=troupe.secretary, at=at)
    done_on = midnight(due_on - 3 * ONE_DAY) + AFTERNOON
    if done_on < season.clock.now:
        actions.do_follow_up(follow_up, change=change, by=person, at=done_on)


def hear_panels(season):
    """The invited classes, in each period for which the plan asks; what falls due later stays open."""
    duty = Duty.objects.filter(period=season.period, act="panel_review").order_by("due_on").first()
    if duty is None:
        return
    offer = next(
        (one for one in poll_queries.offers(season.plan) if one.kind == Poll.Kind.PANEL), None
    )
    if offer is None:
        return
    at = season.clock.at(0.6)
    poll = Poll(
        campaign=season.scene.campaign, period=season.period, organisation=season.scene.root,
        name=f"{season.period.name}{offer.item.name}", opens_on=timezone.localdate(at),
        closes_on=max(duty.due_on, timezone.localdate(at)),
    )  # fmt: skip
    organisations = [season.scene.troupes[0].organisation]
    by = duty.assignee
    polls.open_poll(poll, offer=offer, organisations=organisations, by=by, at=at)
    answer_poll_by_rule(season, poll, offer)
    if duty.due_on < timezone.localdate(season.clock.now):
        closed = min(midnight(duty.due_on) + AFTERNOON, season.clock.now)
        polls.close_poll(poll, by=by, at=closed)


def answer_poll_by_rule(season, poll, offer):
    """Six to nine forms of each class, most of them content."""
    rng = season.rng(f"panel {poll.item}")
    positions = list(poll.subjects.values_list("position", flat=True).order_by("position"))
    for key, _ in offer.classes:
        forms = 6 + rng.randrange(4)
        rows = [(0, key, PollCount.FORMS, "", forms)]
        for position in positions:
            for question in offer.questionnaire.scale_questions:
                levels = season.plan.scale_of(question).levels
                best = forms - rng.randrange(3)
                rows.append((position, key, question.key, levels[0].key, best))
                if forms > best:
                    rows.append((position, key, question.key, levels[1].key, forms - best))
        polls.add_counts(poll, rows)


def type_papers(season):
    """One pile that was counted, and, while the period runs, one that waits for a second person."""
    form = papers.window_form(season.plan)
    if form is None:
        return
    key, _, levels = form.questions[0]
    totals = {key: {levels[0][0]: 17, levels[1][0]: 6}}
    troupe, window, _ = season.scene.windows[0]
    at = season.clock.at(0.5)
    piles = [("第一叠", [troupe.secretary, season.scene.committee])]
    if season.is_running:
        piles.append(("第二叠", [season.scene.committee]))
    for pile, people in piles:
        for person in people:
            sheet = PaperSheet(period=season.period, form=form.names[0], pile=pile, window=window)
            type_paper(sheet, slips=24, totals=totals, by=person, at=at)


def drop_slips(season):
    """A slip in the suggestion box that was answered and published, one that waits."""
    if season.plan.item_with("suggestion_box") is None or not season.is_running:
        return
    troupe, window, _ = season.scene.windows[0]
    day = timezone.localdate(season.clock.at(0.5))
    for text, answer in words.SLIPS:
        boxes.drop_suggestion(
            period=season.period, place={"window": window}, text=text,
            contact={"name": "", "phone": ""}, once=lambda _day: None,
            today=day if answer else timezone.localdate(season.clock.now),
        )  # fmt: skip
        slip = Feedback.objects.select_related("window__organisation").get(
            campaign=season.scene.campaign, kind="box", text=text
        )
        if answer:
            at = season.clock.at(0.8)
            boxes.answer_feedback(
                slip, answer=answer, by=troupe.secretary, at=at, today=timezone.localdate(at)
            )
            boxes.publish_feedback(slip, question=text, answer=answer, by=troupe.secretary, at=at)
