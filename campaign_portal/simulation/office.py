"""What secretaries, committee and office do beside their duties: rounds, ledger, honours, classes, excuses."""

from datetime import timedelta

from django.utils import timezone

from campaign_portal.demo.clock import midnight
from campaign_portal.demo.dice import dice, shuffled
from campaign_portal.demo.mending import carry_on
from campaign_portal.demo.voting import fill_in, move_deadline
from campaign_portal.simulation.tempers import ABSENT, HOSTILE
from campaign_portal.simulation.year import name_of
from campaigns.actions import waive_duty
from campaigns.models import Duty
from common.dates import ONE_DAY
from competitions.actions import selections
from competitions.queries.honours import nominations_of
from evaluations.actions.ballots import cast_ballot
from evaluations.actions.close import close_round
from evaluations.actions.paper import BallotRefused, Rating
from evaluations.actions.rounds import RoundRefused, open_round
from evaluations.queries.peer import paper_for
from evaluations.queries.rolls import peer_item
from evaluations.queries.rounds import last_due_day
from supervision.actions.inspections import demand_rectification
from supervision.actions.rechecks import draw_rechecks, recheck_rectification
from supervision.actions.rectifications import LedgerMoved, sign_off_rectification
from supervision.models import Inspection, Rectification
from supervision.queries.ledger import recheck_questions
from supervision.queries.rechecks import recheck_pool

EVENING = timedelta(hours=18)
OPEN = timedelta(days=3)
MONTH = 30


def hold_rounds(year, season):
    """A sealed round in each branch that is large enough; a smaller one is told so."""
    if peer_item(season.plan) is None:
        return
    closes_on = last_due_day(season.period) or season.period.ends_on
    closes_at = midnight(closes_on) + EVENING
    for troupe in season.scene.troupes:
        try:
            round = open_round(
                season.period, troupe.organisation, closes_at=closes_at,
                by=season.scene.committee, at=closes_at - timedelta(days=7),
            )  # fmt: skip
        except RoundRefused:
            year.refused["支部太小，不开互评"] += 1
            continue
        move_deadline(round, year.now + OPEN)
        _vote(year, season, round)
        move_deadline(round, year.now - OPEN)
        close_round(round, by=season.scene.committee, at=closes_at + timedelta(minutes=5))
        move_deadline(round, closes_at)


def _vote(year, season, round):
    voters = round.roll.filter(is_voter=True).select_related("person").order_by("person_id")
    talents = {pk: player.talent for pk, player in year.players.items()}
    for person in [entry.person for entry in voters]:
        temper = year.temper(person)
        if temper == ABSENT:
            continue
        paper = paper_for(person, round.pk)
        rng = dice(season.scene.cast.slug, season.number, "ballot", name_of(person))
        ballot = fill_in(paper, talents, rng)
        if temper == HOSTILE:
            _cheat(year, paper, ballot, person)
        cast_ballot(paper, ballot=ballot, by=person)
        if temper == HOSTILE:
            year.tries(
                "投第二张票", lambda p=paper, b=ballot, o=person: cast_ballot(p, ballot=b, by=o)
            )


def _cheat(year, paper, ballot, person):
    own = {**ballot, paper.entry.position: Rating(next(iter(ballot.values())).levels, comment="")}
    year.tries("给自己打分", lambda: cast_ballot(paper, ballot=own, by=person), BallotRefused)


def mend(year, season):
    """What inspections demanded goes through the ledger; of four one still runs when the period closes."""
    if season.plan.rectification is None:
        return
    found = Inspection.objects.filter(period=season.period).exclude(problem="")
    found = found.select_related("organisation", "window", "inspected_by")
    for number, one in enumerate(found.order_by("inspected_at", "pk")):
        at = min(one.inspected_at + timedelta(hours=1), midnight(year.last_day))
        item = demand_rectification(one, by=one.inspected_by, at=at)
        rng = dice(season.scene.cast.slug, season.number, "ledger", number)
        carry_on(season, rng, item, at + ONE_DAY, 2 if number % 4 == 3 else 4)
        item.refresh_from_db()
        if item.state == Rectification.State.REPORTED:
            owner = item.owner
            year.tries("给自己的整改销号", lambda i=item, o=owner, a=at: sign_off_rectification(
                i, passed=True, note="", by=o, at=a + timedelta(days=20)), LedgerMoved)  # fmt: skip


def sign_off_left(year, season):
    """What was reported last period and still waits."""
    waiting = Rectification.objects.filter(
        campaign=year.campaign, state=Rectification.State.REPORTED, found_at__lt=season.clock.start
    )
    for item in waiting.order_by("found_at", "pk"):
        sign_off_rectification(
            item,
            passed=True,
            note="核过，属实。",
            by=_another(season, item),
            at=season.clock.at(0.1),
        )


def _another(season, item):
    people = [season.scene.committee, *(one.person for one in season.scene.holders("committee"))]
    return next(one for one in people if one.pk not in {item.owner_id, item.reported_by_id})


def look_again(year, season, duty, at):
    """All that was signed off a month ago, so that no lot decides what a year comes to."""
    pool = recheck_pool(year.campaign, until=timezone.localdate(at) - timedelta(days=MONTH))
    count = pool.count()
    if not count:
        return
    by = duty.assignee
    draw = draw_rechecks(season.period, days=MONTH, count=count, by=by, at=at)
    items = Rectification.objects.filter(pk__in=draw.drawn).order_by("found_at", "pk")
    questions = recheck_questions(season.plan)
    for number, item in enumerate(items):
        again = number % 5 == 4
        recheck_rectification(
            item, answers={question.key: not again for question in questions},
            note="又有反复，重新整改。" if again else "保持得好。", reopen=again,
            due_on=timezone.localdate(at) + timedelta(days=20) if again else None, by=by, at=at,
        )  # fmt: skip


def select(year, season, duty, at):
    """Every title of the duty's item that is not awarded this period yet: nominate, review, publicise, award."""
    rule = next(rule for rule in season.plan.cadence if rule.key == duty.rule)
    for key in season.plan.item(rule.item).options.titles:
        title = season.plan.title(key)
        _award(year, season, title, duty.assignee, at - timedelta(days=25))


def _award(year, season, title, by, at):
    candidates = _candidates(season, title, by)
    if not candidates:
        return
    try:
        selection = selections.open_selection(
            title=title, period=season.period, organisation=season.scene.root,
            closes_on=timezone.localdate(at), by=by, at=at,
        )  # fmt: skip
    except selections.Refused:
        return
    for subject, place, nominator in candidates:
        selections.nominate(
            selection, kind=selection.subject, subject=subject, place=place,
            reason="全年没有一件办错。", by=nominator, at=at,
        )  # fmt: skip
    chosen = list(nominations_of(selection, whole=True))
    for one in chosen:
        selections.review_nomination(one, passed=True, note="", shown=[], by=by, at=at)
    selections.publicise(selection, chosen=chosen, days=title.publicity_working_days, by=by, at=at)
    selections.award(selection, decision="经会议研究决定。", by=by, at=at + timedelta(days=24))


def _candidates(season, title, by):
    rng = dice(season.scene.cast.slug, season.number, "title", title.key)
    places = min(title.places or 1, 2)
    found = {
        "person": [
            (one.person, troupe.organisation, troupe.secretary)
            for troupe in season.scene.troupes
            for one in troupe.members[1:]
            if one.person.is_active and one.person != by
        ],
        "window": [
            (window, troupe.organisation, troupe.secretary)
            for troupe, window, _ in season.scene.windows
        ],
    }.get(title.subject, [
        (troupe.organisation, troupe.organisation, troupe.secretary)
        for troupe in season.scene.troupes
    ])  # fmt: skip
    return shuffled(rng, found)[:places]


def excuse(year, season, at):
    """Of who did nothing every second one is excused, with the reason; the rest stays overdue."""
    absent = [one.person.pk for one in year.of_temper(ABSENT)][::2]
    left = Duty.objects.pending().filter(period=season.period, assignee__in=absent)
    for duty in left.select_related("organisation", "assignee").order_by("due_on", "pk"):
        waive_duty(duty, reason="长期病假，已由支部核实", by=season.scene.committee, at=at)
