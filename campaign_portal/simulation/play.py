"""One year from the first pledge to the last closing, period by period, and what held after each."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from branches.actions import leave_person, transfer_person
from campaign_portal.demo.build import SCHEMES
from campaign_portal.demo.classing import make_standings
from campaign_portal.demo.clock import Clock, midnight
from campaign_portal.demo.people import build_scene
from campaign_portal.demo.scene import Season
from campaign_portal.simulation import deeds, office, others, public
from campaign_portal.simulation.account import account_of, digest_of
from campaign_portal.simulation.cast import CastRefused, cast_of
from campaign_portal.simulation.invariants import check
from campaign_portal.simulation.tempers import MOVING, deal
from campaign_portal.simulation.year import Moment, Year, key_of
from campaigns.actions import (
    make_duties,
    open_next_period,
    start_campaign,
)
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Campaign, Duty
from campaigns.models.document import ACTS
from campaigns.queries.calendar import working_calendar
from common.dates import ONE_DAY, add_months
from supervision.actions.closing import close_period
from supervision.actions.rectifications import carry_rectifications
from supervision.queries.readiness import closing_day

BEGINS_ON = date(
    2025, 1, 1
)  # a year whose holidays are shipped: the same bytes whenever it is played
PREPARED = timedelta(days=20)
AFTERNOON = timedelta(hours=15)
AT_ONCE = {"select_title": office.select, "recheck": office.look_again}


def simulate(slug, *, periods, seed, members=None, now, tell=lambda line: None):  # noqa: PLR0913 (the command's words)
    """Play so many periods. Returns (year, digest, broken invariants)."""
    year = begin(slug, seed=seed, members=members, now=now)
    tell(f"{year.campaign.name}：{len(year.players)} 人，{len(year.scene.windows)} 个窗口")
    broken = []
    for number in range(periods):
        season = next_season(year, number)
        live(year, season)
        held = check(year, season, today=closing_day_of(season))
        broken += [one for one in held if not one.holds]
        tell(f"{season.period.name}\n" + "\n".join(f"  {one}" for one in held))
    if year.unknown:
        tell(f"模拟里没有人会办、留作逾期的职责：{'、'.join(sorted(year.unknown))}")
    return year, digest_of(account_of(year)), broken


def begin(slug, *, seed, members, now, begins_on=BEGINS_ON):
    """People, plan and campaign, as they stand before the first day."""
    cast = cast_of(slug, seed=seed, members=members)
    if Campaign.objects.filter(slug=cast.slug).exists():
        raise CastRefused(f"活动 {cast.slug} 已经在这个数据库里，请换一个 --seed。")
    begun = midnight(begins_on)
    document = read_scheme((SCHEMES / f"{slug}.yaml").read_bytes())
    version = load_scheme(document, by=None, at=begun - PREPARED)
    scene = build_scene(
        cast, version.plan, password=make_password(None), starts_on=begins_on, at=begun - PREPARED
    )
    scene.campaign = start_campaign(
        version, slug=cast.slug, name=f"模拟{cast.root_name}“{version.plan.short_name}”活动",
        organisation=scene.root, starts_on=begins_on, ends_on=add_months(begins_on, 36) - ONE_DAY,
        by=scene.committee, at=begun,
    )  # fmt: skip
    return Year(scene, now=now, tempers=deal(scene))


def next_season(year, number):
    """The first open period, or the one after the last."""
    period = year.campaign.periods.filter(state="open").order_by("starts_on").first()
    if period is None:
        last = year.campaign.periods.order_by("-ends_on").first()
        first = last.ends_on + ONE_DAY
        period = open_next_period(year.campaign, today=first, at=midnight(first))
    season = Season(
        year.scene, period, Clock(period.starts_on, period.ends_on, now=year.now), number
    )
    year.last_day = closing_day_of(season) - ONE_DAY
    return season


def closing_day_of(season):
    """The day on which the period is closed."""
    return closing_day(season.period, working_calendar())


def live(year, season):
    """One period: duties are made and done, people move, the public comes, all of it is closed."""
    period, start = season.period, season.clock.start
    make_duties(period, today=period.starts_on, at=start)
    carry_rectifications(at=start)
    office.sign_off_left(year, season)
    turning = season.clock.at(0.35)
    _work(year, season, until=turning)
    _move(year, season, turning)
    others.show_what_is_done(season)
    others.keep_registers(season)
    others.ask_around(season)
    _work(year, season, until=None)
    public.rate_windows(year, season)
    office.hold_rounds(year, season)
    office.mend(year, season)
    others.compare_work(season)
    others.go_public(season)
    evening = midnight(year.last_day) + AFTERNOON
    for troupe in season.scene.troupes:
        deeds.publish_waiting(year, season, troupe.organisation, evening)
    deeds.conclude_pledges(year, season, evening)
    office.excuse(year, season, evening)
    at = midnight(closing_day_of(season)) + AFTERNOON
    close_period(period, by=season.scene.committee, at=at)
    make_standings(season, at=at)
    others.sum_up(year, season, at)


def _work(year, season, *, until):
    """Everybody's duties in the order of the moments at which they are done."""
    when = Moment(season, year)
    rows = Duty.objects.pending().filter(period=season.period).exclude(act__in=others.BY_STEPS)
    rows = rows.exclude(rule__startswith="ledger-").select_related(
        "assignee", "organisation", "about_person", "about_window__organisation",
        "about_organisation", "period",
    )  # fmt: skip
    plan = [(when.of(duty), key_of(duty), duty) for duty in rows]
    plan = sorted((one for one in plan if one[0]), key=lambda one: one[:2])
    for at, _, duty in plan:
        if until is None or at < until:
            _do(year, season, duty, max(at, season.clock.start))


def _do(year, season, duty, at):
    """Somebody else may have settled it meanwhile, and who left does nothing any more."""
    duty.refresh_from_db(fields=["done_at", "waived_at"])
    if duty.done_at or duty.waived_at:
        return
    if duty.act in AT_ONCE:
        AT_ONCE[duty.act](year, season, duty, at)
    elif not deeds.do_duty(year, season, duty, at):
        year.unknown.add(ACTS[duty.act].label)


def _move(year, season, at):
    """In the second period some go to the next branch; where there is only one they leave."""
    if season.number != 1:
        return
    troupes = year.scene.troupes
    day = timezone.localdate(at)
    for player in year.of_temper(MOVING):
        place = next(one for one in troupes if player in one.players)
        if len(troupes) == 1:
            leave_person(player.person, on=day, reason="调离", by=year.scene.committee, at=at)
            player.person.refresh_from_db()
        else:
            other = troupes[(troupes.index(place) + 1) % len(troupes)]
            transfer_person(
                player.person, organisation=other.organisation, on=day, by=year.scene.committee,
                at=at,
            )  # fmt: skip
            other.players.append(player)
        place.players.remove(player)
    make_duties(season.period, today=day, at=at)
