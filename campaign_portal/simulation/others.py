"""What is done once a period beside the duties: comparing, registers, surveys, cards, results made public, lessons."""

from django.utils import timezone

from campaign_portal.demo.comparing import compare
from campaign_portal.demo.meeting import answer_poll_by_rule, hear_panels
from campaign_portal.demo.publishing import publish_results
from campaign_portal.demo.showing import show_cards
from campaigns.actions.cycles import write_lessons
from evaluations.actions import polls
from evaluations.models import Poll
from evaluations.queries.polls import offers
from pledges.actions.register import line_of, write_line

# Acts that no duty's own deed does: a step of the period does them, for everybody or at its end.
BY_STEPS = {
    "rate_window": "public.rate_windows",
    "peer_ballot": "office.hold_rounds",
    "rectify": "office.mend",
    "panel_review": "others.ask_around",
    "survey": "others.ask_around",
    "publish_results": "others.go_public",
    "publish_comments": "demo.meeting.hold_meeting",
    "contest": "others.compare_work",
    "record_indicator": "others.compare_work",
    "record_streak": "others.compare_work",
    "verify_target": "others.compare_work",
    "fill_register": "others.keep_registers",
    "update_service_items": "others.show_what_is_done",
    "close_period": "live",
    "classify": "live",
    "close_cycle": "others.sum_up",
}


def show_what_is_done(season):
    """The cards of the windows, as far as the plan has them: once, in the first period."""
    if season.number == 0 and season.plan.item_with("service_item"):
        show_cards(season)


def compare_work(season):
    """Contests, figures, streaks, targets, cases, growth: what the plan has of them."""
    compare(season)


def keep_registers(season):
    """One line in each book of the plan, by every branch's secretary."""
    at = season.clock.at(0.5)
    for register in season.plan.registers:
        values = dict.fromkeys(register.columns, "按规定登记")
        for troupe in season.scene.troupes:
            line = line_of(season.scene.campaign, troupe.organisation, register.key, values)
            write_line(line, by=troupe.secretary, at=at, period=season.period)


def ask_around(season):
    """The invited classes, then every survey and vote of the plan: answered, closed."""
    hear_panels(season)
    at, by = season.clock.at(0.6), season.scene.committee
    day = timezone.localdate(at)
    heard = Poll.objects.filter(period=season.period).values_list("item", flat=True)
    for offer in [one for one in offers(season.plan) if one.item.key not in set(heard)]:
        poll = Poll(
            campaign=season.scene.campaign, period=season.period, organisation=season.scene.root,
            name=f"{season.period.name}{offer.item.name}", opens_on=day, closes_on=day,
        )  # fmt: skip
        places = [season.scene.troupes[0].organisation]
        try:
            polls.open_poll(poll, offer=offer, organisations=places, by=by, at=at)
        except polls.PollRefused:  # nothing there that this one judges
            continue
        answer_poll_by_rule(season, poll, offer)
        polls.close_poll(poll, by=by, at=season.clock.at(0.7))


def go_public(season):
    """Who owes it proposes the results, another signs (L26)."""
    publish_results(season)


def sum_up(year, season, at):
    """After each fourth period, what was learnt (G09)."""
    if season.number % 4 == 3:
        write_lessons(
            year.campaign,
            lessons="先看台账，再看分数。",
            archive_note="",
            by=year.scene.committee,
            at=at,
        )
