"""The four campaigns of the demonstration, one transaction each."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from campaign_portal.checks import DEMO_PASSWORD
from campaign_portal.demo.casts import CASTS
from campaign_portal.demo.classing import make_standings
from campaign_portal.demo.clock import Clock, campaign_dates, midnight
from campaign_portal.demo.comparing import compare_and_honour
from campaign_portal.demo.identity import show_identity
from campaign_portal.demo.inspecting import make_inspections
from campaign_portal.demo.joining import hold_small_rounds
from campaign_portal.demo.leading import appoint_group
from campaign_portal.demo.meeting import drop_slips, hear_panels, hold_meetings, type_papers
from campaign_portal.demo.mending import mend_problems
from campaign_portal.demo.people import build_scene
from campaign_portal.demo.pledging import make_pledges
from campaign_portal.demo.portraits import draw_portraits
from campaign_portal.demo.publishing import publish_results
from campaign_portal.demo.rating import count_ratings, write_comments
from campaign_portal.demo.reviewing import (
    call_one_leader,
    make_branch_reviews,
    make_leader_reviews,
    make_self_reviews,
)
from campaign_portal.demo.scene import Season
from campaign_portal.demo.showing import show_things
from campaign_portal.demo.urging import call_on_the_late
from campaign_portal.demo.voting import hold_rounds
from campaigns.actions import make_duties, open_next_period, start_campaign
from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import Campaign
from common import jobs
from common.dates import ONE_DAY
from common.models import Notice
from competitions.actions.showing import show_honours
from supervision.actions.rollups import refresh_rollups

SCHEMES = settings.BASE_DIR / "campaigns" / "schemes"
PREPARED = timedelta(days=20)  # before the campaign began
CLOSING_DAYS = timedelta(days=3, hours=10)
STEPS = (
    show_identity,
    make_pledges,
    count_ratings,
    make_inspections,
    make_self_reviews,
    hold_rounds,
    hold_small_rounds,
    make_branch_reviews,
    make_leader_reviews,
    write_comments,
    drop_slips,
    hold_meetings,
    hear_panels,
    type_papers,
    mend_problems,
    call_on_the_late,
    show_things,
    compare_and_honour,
    publish_results,
)


def build_demo(*, now, tell=lambda text: None, casts=CASTS, steps=STEPS):
    """Make the campaigns that are not there yet; an interrupted run is completed by the next."""
    there = set(Campaign.objects.values_list("slug", flat=True))
    password = None
    for cast in casts:
        if cast.slug in there:
            tell(f"{cast.root_name}：已有，跳过")
            continue
        password = password or make_password(DEMO_PASSWORD)
        with transaction.atomic():
            scene = build_campaign(cast, password=password, now=now, steps=steps)
        people = len(scene.players)
        tell(f"{scene.campaign.name}：{people} 人，{len(scene.windows)} 个窗口")


def build_campaign(cast, *, password, now, steps=STEPS):
    first, last = campaign_dates(timezone.localdate(now))
    begun = midnight(first)
    version = load_scheme(
        read_scheme((SCHEMES / f"{cast.slug}.yaml").read_bytes()), by=None, at=begun - PREPARED
    )
    scene = build_scene(cast, version.plan, password=password, starts_on=first, at=begun - PREPARED)
    scene.campaign = start_campaign(
        version,
        slug=cast.slug,
        name=f"{cast.root_name.removesuffix('机关党委').removesuffix('党委')}“{version.plan.short_name}”活动",
        organisation=scene.root,
        starts_on=first,
        ends_on=last,
        by=scene.committee,
        at=begun,
    )
    draw_portraits(scene, at=begun)
    appoint_group(scene, at=begun)
    while open_next_period(scene.campaign, today=timezone.localdate(now), at=now):
        pass
    for number, period in enumerate(scene.campaign.periods.order_by("starts_on")):
        clock = Clock(period.starts_on, period.ends_on, now=now)
        _live_through(Season(scene, period, clock, number), steps)
    return scene


def _live_through(season, steps):
    begun = season.clock.start
    today = season.clock.now if season.is_running else begun
    make_duties(season.period, today=timezone.localdate(today), at=begun)
    for step in steps:
        step(season)
    if season.is_running:
        call_one_leader(season)
        refresh_rollups(season.period, at=season.clock.now)
        show_honours(at=season.clock.now)
        _read_old_notices(season)
    else:
        _close(season)


def _close(season):
    """By the real job, as if the committee had pressed the button some days after the end."""
    at = min(midnight(season.period.ends_on + ONE_DAY) + CLOSING_DAYS, season.clock.now)
    job = jobs.request(
        "close_period",
        key=str(season.period.pk),
        label=f"结算{season.period.name}",
        arguments={"period": season.period.pk, "by": season.scene.committee.pk},
        by=season.scene.committee,
        at=at,
    )
    jobs.run(job.pk)
    job.refresh_from_db()
    if job.state != job.State.DONE:
        raise RuntimeError(f"{season.period}：{job.message}")
    make_standings(season, at=at)


def _read_old_notices(season):
    """Nobody leaves messages lying for months."""
    people = [player.person for player in season.scene.players]
    Notice.objects.filter(
        recipient__in=people, created_at__lt=season.clock.now - timedelta(days=10)
    ).update(read_at=season.clock.now - timedelta(days=9))
