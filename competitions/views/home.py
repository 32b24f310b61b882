"""比与创: what the plan compares and honours, item by item, with what was done so far."""

from django.shortcuts import render

from competitions.queries.items import items_with_evidence
from competitions.views.pages import tabs_of


def compare_home(request):
    """The items of the plan that are compared or attained, and the evidence of each (B10)."""
    context = {
        "families": items_with_evidence(request.period) if request.period else [],
        "tabs": tabs_of(request),
    }
    return render(request, "competitions/compare_home.html", context)
