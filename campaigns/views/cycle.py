"""A campaign starts, takes another wording, ends, and is followed by the next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns import actions
from campaigns.forms.campaigns import CampaignForm, ConcludeForm, VersionForm
from campaigns.models import Campaign
from campaigns.permissions import can_load_scheme, can_run_campaign
from campaigns.queries.schemes import newest_versions, ruled, visible_versions
from common.dates import ONE_DAY

ENDED = "本轮已结束，经验已存下。可以以它为基础开下一轮。"
WRITTEN = "经验已存下，还可以再改；各期都结算以后，再来结束本轮。"


def campaign_new(request):
    """Run a published plan over one's organisation, beside whatever runs there already."""
    if not can_load_scheme(request.user):
        raise PermissionDenied
    form = CampaignForm(
        request.POST or None,
        versions=newest_versions(request.user),
        organisations=ruled(request.user),
        initial={"version": request.GET.get("version")},
    )
    if request.method == "POST" and form.is_valid():
        campaign = _try(form, _start, request)
        if campaign:
            return redirect("campaigns:campaign_detail", campaign.slug)
    status = 422 if form.errors else 200
    return render(request, "campaigns/campaign_new.html", {"form": form}, status=status)


def _start(request, said):
    return actions.start_campaign(said.pop("version"), **said, by=request.user, at=timezone.now())


def _try(form, act, request):
    """The campaign, or None with the reason on the form."""
    try:
        campaign = act(request, dict(form.cleaned_data))
    except actions.CampaignRefused as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, f"“{campaign.name}”已启动。")
    return campaign


def _run_by(request, slug):
    campaign = get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related(
            "organisation", "scheme_version", "next_version"
        ),
        slug=slug,
    )
    if not can_run_campaign(request.user, campaign):
        raise PermissionDenied
    return campaign


def campaign_version(request, slug):
    """Which wording counts from the next period on."""
    campaign = _run_by(request, slug)
    versions = visible_versions(request.user).filter(scheme=campaign.scheme_version.scheme_id)
    form = VersionForm(
        request.POST or None,
        versions=versions.exclude(pk=campaign.scheme_version_id).defer("document"),
        initial={"version": campaign.next_version_id},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["version"]
        try:
            actions.choose_version(campaign, chosen, by=request.user, at=timezone.now())
        except actions.CampaignRefused as error:
            form.add_error(None, str(error))
        else:
            said = f"下一期起用第 {chosen.number} 版" if chosen else "下一期照旧"
            messages.success(request, f"{said}；本期和已结算的各期不变。")
            return redirect("campaigns:campaign_detail", campaign.slug)
    context = {"on": campaign, "form": form, "last": campaign.periods.order_by("-ends_on").first()}
    status = 422 if form.errors else 200
    return render(request, "campaigns/campaign_version.html", context, status=status)


def cycle_summary(request, pk):
    """From the duty, which knows the campaign by its number, to its page of lessons."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), pk=pk)
    if not can_run_campaign(request.user, campaign):
        raise PermissionDenied
    name = "campaign_follow" if campaign.concluded_at else "campaign_conclude"
    return redirect(f"campaigns:{name}", campaign.slug)


def campaign_conclude(request, slug):
    """Write the lessons down, and end the cycle with them (G09)."""
    campaign = _run_by(request, slug)
    said = {"lessons": campaign.lessons, "archive_note": campaign.archive_note}
    form = ConcludeForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        ends = request.POST.get("do") == "end"
        act = actions.conclude_campaign if ends else actions.write_lessons
        try:
            act(campaign, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.CampaignRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, ENDED if ends else WRITTEN)
            return redirect("campaigns:campaign_detail", campaign.slug)
    context = {"on": campaign, "form": form, "open": campaign.periods.filter(state="open")}
    status = 422 if form.errors else 200
    return render(request, "campaigns/campaign_conclude.html", context, status=status)


def campaign_follow(request, slug):
    """The next cycle on the ground of this one, its lessons at hand."""
    campaign = _run_by(request, slug)
    length = campaign.ends_on - campaign.starts_on
    form = CampaignForm(
        request.POST or None,
        versions=visible_versions(request.user)
        .filter(scheme=campaign.scheme_version.scheme_id)
        .defer("document")
        .order_by("-number"),
        organisations=None,
        initial={
            "name": f"{campaign.name}（下一轮）",
            "starts_on": campaign.ends_on + ONE_DAY,
            "ends_on": campaign.ends_on + ONE_DAY + length,
        },
    )
    if request.method == "POST" and form.is_valid():
        after = _try(form, lambda request, said: _follow(request, campaign, said), request)
        if after:
            return redirect("campaigns:campaign_detail", after.slug)
    status = 422 if form.errors else 200
    context = {"on": campaign, "form": form}
    return render(request, "campaigns/campaign_follow.html", context, status=status)


def _follow(request, campaign, said):
    version = said.pop("version")
    return actions.follow_campaign(campaign, version, **said, by=request.user, at=timezone.now())
