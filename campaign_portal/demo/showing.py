"""What hangs in public beside the pledges, as far as the plan asks for it: made once, in the running period."""

from datetime import timedelta

from campaign_portal.demo.words import showing as words
from common import publishing
from common.dates import ONE_DAY
from pledges.actions.lines import rate_lines
from pledges.actions.register import finish_first_asked, leave_note, register_first_asked
from pledges.actions.shown import judge_shown, propose_shown, save_shown
from pledges.models import (
    Brand,
    FirstAsked,
    Plaque,
    PledgeLine,
    ServiceItem,
    StandingText,
    Story,
    Whereabouts,
)
from pledges.queries.shown import first_text, options_of


def show_things(season):
    if not season.is_running:
        return
    plan = season.plan
    hang_window_texts(season)
    if plan.item_with("service_item"):
        show_cards(season)
    if plan.item_with("plaque"):
        _plaques(season)
    if plan.item_with("service_brand"):
        _hang(season, Brand(organisation=_first(season).organisation, **words.BRAND))
    if plan.rules:
        _texts(season)
        _first_questions(season)
    _rate_window_lines(season)


def _first(season):
    return season.scene.troupes[0]


def hang_window_texts(season):
    """What the list of windows brought in, signed for the public."""
    for _, window, _ in season.scene.windows:
        _hang(season, first_text(window))


def show_cards(season):
    """Each window's cards, as far as there are words for its trade."""
    for troupe, window, _ in season.scene.windows:
        for word, cards in words.CARDS.items():
            if word in window.name:
                for card in cards:
                    _card(season, troupe, window, card)


def _card(season, troupe, window, card):
    handler = next(
        (player.person for player in troupe.players if player.seat.window), troupe.secretary
    )
    item = ServiceItem(
        organisation=troupe.organisation,
        window=window,
        handler_unit=troupe.organisation.name.removesuffix("党支部"),
        handler_name=handler.name,
        contact="0518-81230000",
        **card,
    )
    options = options_of("item", troupe.organisation, today=season.clock.day(1))
    if item.is_fast_track and not getattr(options, "fast_track", None):
        item.is_fast_track, item.fast_days = False, None
    _hang(season, item)


def _hang(season, shown):
    """Written and proposed by the branch's secretary, signed by the committee; what lacks something stays a draft."""
    troupe = next(
        troupe for troupe in season.scene.troupes if troupe.organisation == shown.organisation
    )
    save_shown(shown, by=troupe.secretary, at=season.clock.at(0.1))
    try:
        propose_shown(shown, by=troupe.secretary, at=season.clock.at(0.12))
    except publishing.NotReady:
        return
    judge_shown(
        shown, verdict="agree", note="", by=season.scene.committee, at=season.clock.at(0.14)
    )


def _plaques(season):
    troupe = _first(season)
    begun, ends_on = season.period.starts_on, season.scene.campaign.ends_on
    window = troupe.windows[0][0] if troupe.windows else None
    for name, criteria, of in words.PLAQUES:
        holders = {
            "person": {"holder_person": troupe.members[1].person},
            "window": {"holder_window": window},
        }
        plaque = Plaque(
            organisation=troupe.organisation,
            name=name,
            criteria=criteria,
            awarded_by=season.scene.root.name,
            starts_on=begun,
            ends_on=ends_on,
            shown_until=ends_on,
            **holders.get(of, {}),
        )
        _hang(season, plaque)
    member = troupe.members[1].person
    _hang(season, Story(organisation=troupe.organisation, person=member, **words.STORY))


def _texts(season):
    for kind, title, body in words.TEXTS:
        text = StandingText(
            organisation=_first(season).organisation, kind=kind, title=title, body=body
        )
        _hang(season, text)


def _first_questions(season):
    troupe = _first(season)
    today = season.clock.day(1)
    for visitor, matter, handed_to, ago, days, result in words.FIRST_ASKED:
        asked_on = max(today - timedelta(days=ago), season.period.starts_on)
        entry = FirstAsked(
            organisation=troupe.organisation,
            window=troupe.windows[0][0] if troupe.windows else None,
            asked_on=asked_on,
            visitor=visitor,
            matter=matter,
            first_by=troupe.players[-1].person,
            handed_to=handed_to,
            due_on=asked_on + ONE_DAY * days,
        )
        register_first_asked(entry, by=troupe.players[-1].person, at=season.clock.at(0.9))
        if result:
            finish_first_asked(
                entry,
                done_on=asked_on,
                result=result,
                by=troupe.players[-1].person,
                at=season.clock.at(0.95),
            )
    _somebody_is_out(season, troupe)


def _somebody_is_out(season, troupe):
    """The last one with a post at a window; the visitor's own accounts stay at their desks."""
    person = troupe.players[-1].person
    note = Whereabouts(
        person=person,
        organisation=troupe.organisation,
        text="到社区帮办代办",
        away_at=season.clock.now - timedelta(hours=1),
        back_at=season.clock.now + timedelta(hours=6),
        ask=troupe.players[-2].person,
    )
    leave_note(note, at=season.clock.now)


def _rate_window_lines(season):
    """What citizens said of the lines of the windows' pledges."""
    rng = season.rng("lines")
    lines = (
        PledgeLine.objects.filter(pledge__period=season.period)
        .select_related("pledge")
        .order_by("pk")
    )
    for line in lines:
        for _ in range(rng.randrange(6, 15)):
            rate_lines(line.pledge, {line.pk: rng.random() < 0.93})
