from django.shortcuts import get_object_or_404, render

from branches.models import Organisation, visible_paths
from campaigns.models import Campaign
from campaigns.queries.rhythm import year_of
from common.dates import today


def campaign_rhythm(request, slug):
    """一年节奏 (S11): each month's asks and what came of them, of all one may see or of one branch."""
    campaign = get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related("organisation", "scheme_version"),
        slug=slug,
    )
    branches = (
        Organisation.objects.visible_to(request.user)
        .below(campaign.organisation)
        .filter(kind=Organisation.Kind.BRANCH)
        .order_by("path")
    )
    chosen = None
    if request.GET.get("branch", "").isdecimal():
        chosen = branches.filter(pk=int(request.GET["branch"][:9])).first()
    years = range(campaign.starts_on.year, campaign.ends_on.year + 1)
    year = _year(request.GET.get("year", ""), years)
    paths = [chosen.path] if chosen else visible_paths(request.user)
    context = {
        "on": campaign,
        "years": years,
        "branches": branches,
        "chosen": chosen,
        "rhythm": year_of(campaign, campaign.plan, year=year, paths=paths, today=today()),
    }
    return render(request, "campaigns/campaign_rhythm.html", context)


def _year(asked, years):
    """The year asked for, else this one, inside the campaign."""
    wanted = int(asked) if asked.isdecimal() and len(asked) == 4 else today().year
    return min(max(wanted, years[0]), years[-1])
