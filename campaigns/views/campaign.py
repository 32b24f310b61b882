from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from campaigns.actions.choice import keep_campaign
from campaigns.excel import campaign_columns
from campaigns.models import Campaign
from campaigns.permissions import can_load_scheme, can_run_campaign, can_see_progress
from campaigns.queries.duties import leader_clock, rule_progress
from campaigns.queries.overview import WHO, asked, chapters
from common import downloads
from common.dates import today

# Mechanism -> the page that shows it; names only, the rooms above are never imported.
PAGES = {
    "identity_card": "branches:person_list",
    "pledge": "pledges:pledge_list",
    "published_results": "supervision:scorecard_list",
    "self_review": "evaluations:review_list",
    "peer_review": "evaluations:round_list",
    "branch_review": "evaluations:review_list",
    "leader_review": "evaluations:review_list",
    "public_rating": "evaluations:feedback_list",
    "inspection": "supervision:inspection_list",
}


def campaign_list(request):
    campaigns = (
        Campaign.objects.visible_to(request.user)
        .select_related("organisation", "scheme_version__scheme")
        .defer("scheme_version__document")
        .order_by("-starts_on", "name")
    )
    if downloads.is_asked(request):
        return downloads.listing(request, "活动", campaign_columns(today()), campaigns)
    context = {"campaigns": campaigns, "today": today(), "can_load": can_load_scheme(request.user)}
    return render(request, "campaigns/campaign_list.html", context)


def campaign_detail(request, slug):
    """The plan as the people know it: goals, stages, chapters, what is asked of whom."""
    campaign = _shown(request, slug)
    period = request.period if request.campaign == campaign else _latest(campaign)
    plan = period.plan if period else campaign.plan
    sees = can_see_progress(request.user, campaign) and period is not None
    progress = rule_progress(period, today=today()) if sees else None
    context = {
        "campaign": campaign,
        "shown_period": period,
        "plan": plan,
        "stages": campaign.stages.order_by("order"),
        "stage_goals": {stage.key: stage.goal for stage in plan.stages},
        "today": today(),
        "chapters": chapters(plan),
        "pages": {key: url for key, name in PAGES.items() if (url := _find_url(name))},
        "participants": "、".join(WHO[part] for part in plan.participants),
        "asked": asked(plan, progress),
        "progress": progress,
        "clock": leader_clock(period, today=today()) if sees else [],
        "can_run": can_run_campaign(request.user, campaign),
        "shown_version": period.scheme_version_id if period else campaign.scheme_version_id,
        "newer": campaign.newest if campaign.newest > campaign.scheme_version.number else None,
        "has_branch_plans": plan.item_with("branch_plan") is not None,
        "lit_url": _lit_url(campaign, plan),
        "leading_url": _find_url("supervision:leading_list", campaign.slug),
    }
    return render(request, "campaigns/campaign_detail.html", context)


def _shown(request, slug):
    """The campaign with what its page tells about wordings and cycles."""
    return get_object_or_404(
        Campaign.objects.visible_to(request.user)
        .select_related("organisation", "scheme_version", "next_version", "previous")
        .annotate(newest=Max("scheme_version__scheme__versions__number"))
        .defer("scheme_version__document", "next_version__document"),
        slug=slug,
    )


@require_POST
def campaign_switch(request, slug):
    """Work in another campaign from now on."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), slug=slug)
    keep_campaign(request.user, campaign)
    request.session["campaign"] = campaign.slug
    request.session.pop("period", None)
    messages.info(request, f"现在看的是“{campaign.name}”。")
    return redirect("/")


def _latest(campaign):
    periods = campaign.periods.select_related("scheme_version").defer("scheme_version__document")
    return periods.order_by("-starts_on").first()


def _lit_url(campaign, plan):
    """Windows are counted where the plan asks for it (G10)."""
    asked = plan.item_with("coverage")
    return _find_url("supervision:lit_windows", campaign.slug) if asked else None


def _find_url(name, *arguments):
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None
