"""Screens for halls and the members' board: no login, nothing to press (L09, L17)."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Organisation
from campaigns.models import Campaign
from common.dates import today
from common.moment import kept_for_a_moment
from pledges import actions, queries
from pledges.models import Appearance, PublishedHonour
from pledges.queries.shown import public_bulletins

NOTED_EVERY = 600  # seconds: a screen refreshes all day, the log wants first and last


@login_not_required
@require_safe
@kept_for_a_moment
def member_board(request, code):
    """党员公示栏: leaders first, each field as the member lets it (L09, R10)."""
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    day = today()
    people = queries.people_of(organisation, today=day, members_only=True)
    periods = queries.periods_over(organisation, today=day)
    fields = queries.member_fields([period.plan for period in periods])
    context = {
        "organisation": organisation,
        "members": [queries.member_facts(person, fields) for person in people],
    }
    return render(request, "pledges/member_board.html", context)


@login_not_required
@require_safe
def window_wall(request, code):
    day = today()
    window = get_object_or_404(queries.windows_with_text(today=day), code=code.upper())
    periods = queries.periods_over(window.organisation, today=day)
    names = queries.part_names([period.plan for period in periods])
    text = queries.text_of(window)
    staff, away = queries.staff_with_notes(window, at=timezone.now())
    slides, pledges = queries.window_slides(
        window,
        periods=periods,
        staff=staff,
        parts=queries.served_first(text, queries.board_parts(window, names, text)),
        away=away,
    )
    _note(f"window:{window.pk}", pledges, f"{window.name}大屏")
    return _wall(request, window.name, window.organisation.name, slides, code=window.code)


@login_not_required
@require_safe
def organisation_wall(request, code):
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    day = today()
    periods = queries.periods_over(organisation, today=day)
    slides, pledges = queries.organisation_slides(
        organisation,
        periods=periods,
        today=day,
        bulletins=public_bulletins(organisation, today=day, most=1),
        honours=PublishedHonour.objects.of(organisation)[:12],
    )
    _note(f"organisation:{organisation.pk}", pledges, f"{organisation.label}大屏")
    return _wall(request, organisation.name, _names(periods), slides)


def _names(periods):
    """The days that the screen speaks of; two campaigns often share them."""
    return " · ".join(dict.fromkeys(period.name for period in periods))


@login_not_required
@require_safe
def campaign_wall(request, slug):
    campaign = get_object_or_404(Campaign.objects.select_related("organisation"), slug=slug)
    period = campaign.periods.filter(starts_on__lte=today()).order_by("-starts_on").first()
    slides, pledges = queries.campaign_slides(campaign, period=period) if period else ([], [])
    _note(f"campaign:{campaign.pk}", pledges, f"{campaign.name}大屏")
    return _wall(request, campaign.name, period.name if period else "", slides)


def _note(key, pledges, place):
    """In the log at most every ten minutes a screen, however many refresh (L17)."""
    if pledges and cache.add(f"wall-noted:{key}", 1, NOTED_EVERY):
        actions.note_appearances(
            pledges, channel=Appearance.Channel.SCREEN, place=place, at=timezone.now()
        )


def _wall(request, title, sub, slides, code=""):
    context = {"title": title, "sub": sub, "slides": slides, "code": code}
    return render(request, "pledges/wall.html", context)
