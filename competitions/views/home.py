"""比与创: what the plan compares and honours, item by item, with what was done so far."""

from django.http import Http404
from django.shortcuts import render

from competitions.queries.items import evidence_of, items_with_evidence, kinds_of
from competitions.views.pages import tabs_of


def compare_home(request):
    """The items of the plan that are compared or attained, and the evidence of each (B10)."""
    context = {
        "families": items_with_evidence(request.period) if request.period else [],
        "tabs": tabs_of(request),
    }
    return render(request, "competitions/compare_home.html", context)


def item_detail(request, item):
    """Everything recorded under one item of the plan (B09, B10, C01)."""
    plan = request.period.plan if request.period else None
    found = next((one for one in plan.items() if one.key == item), None) if plan else None
    if found is None:
        raise Http404
    context = {
        "item": found,
        "family": plan.family_of(item),
        "evidence": evidence_of(request.period, item),
        "kinds": kinds_of(request.period, found) if found.mechanism else [],
    }
    return render(request, "competitions/item_detail.html", context)
