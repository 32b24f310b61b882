"""减负体检 of the campaign: forms, minutes, duplicates, what nobody used (S11)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from supervision.permissions import can_see_archives
from supervision.queries.burden import burden_of


def burden_detail(request):
    campaign = request.campaign
    if campaign is None or not can_see_archives(request.user, campaign):
        raise PermissionDenied
    return render(request, "supervision/burden_detail.html", {"burden": burden_of(campaign)})
