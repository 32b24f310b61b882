from django.shortcuts import get_object_or_404, render

from branches.models import visible_paths
from campaigns.models import Campaign
from common.dates import today
from supervision.queries.lit import LABELS, asked_of, lights


def lit_windows(request, slug):
    """How many windows are lit, and what the others lack; by name only where one may look."""
    campaign = get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related("organisation", "scheme_version"),
        slug=slug,
    )
    found = lights(campaign, today=today())
    paths = visible_paths(request.user)
    seen = [one for one in found if one.window.organisation.path.startswith(tuple(paths))]
    context = {
        "on": campaign,
        "total": len(found),
        "lit": sum(1 for one in found if one.is_lit),
        "lights": seen,
        "asked": [LABELS[key] for key in asked_of(campaign.plan).parts],
    }
    partial = bool(request.headers.get("HX-Request"))
    name = "_lit_windows" if partial else "lit_windows"
    return render(request, f"supervision/{name}.html", context)
