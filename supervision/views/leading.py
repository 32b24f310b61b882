"""领导小组 and its office: a page per campaign, appointments, letters to print (R01 to R03)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.models import Campaign
from common import downloads
from common.dates import today
from common.print.certificates import certificates_response
from supervision.actions import leading as actions
from supervision.excel import SEATS
from supervision.excel.letters import appointment
from supervision.forms import SeatEndForm, SeatForm
from supervision.models import Seat
from supervision.permissions import can_appoint_seat
from supervision.queries.leading import places, seats_by_group


def leading_list(request, slug):
    """Everybody whom the campaign concerns may know who leads it."""
    campaign = _campaign(request, slug)
    told = campaign.plan.leading_group
    groups = seats_by_group(campaign, today=today())
    if downloads.is_asked(request):
        seats = [seat for _, now, earlier in groups for seat in (*now, *earlier)]
        return downloads.listing(request, "领导小组", SEATS, seats, period=campaign.name)
    context = {
        "campaign": campaign,
        "groups": groups,
        "co_organisers": told.co_organisers if told else (),
        "can_appoint": can_appoint_seat(request.user, campaign),
    }
    return render(request, "supervision/leading_list.html", context)


def seat_add(request, slug):
    campaign = _to_appoint(request, slug)
    form = SeatForm(
        request.POST or None,
        places=places(campaign.plan),
        root=campaign.organisation,
        initial={"starts_on": today()},
    )
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            actions.appoint(
                campaign,
                cleaned["who"],
                form.chosen,
                remark=cleaned["remark"],
                document=cleaned["document"],
                starts_on=cleaned["starts_on"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.AppointmentRefused as refused:
            form.add_error("who", str(refused))
        else:
            messages.success(request, "任命已登记，本人会收到消息。")
            return redirect("supervision:leading_list", slug)
    return render(request, "supervision/seat_add.html", {"form": form, "campaign": campaign})


def seat_end(request, pk):
    seat = _seat(request, pk)
    form = SeatEndForm(request.POST or None, initial={"ends_on": today()})
    if form.is_valid():
        try:
            actions.end_seat(seat, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.AppointmentRefused as refused:
            form.add_error("ends_on", str(refused))
        else:
            messages.success(request, "任职已结束，记录保留。")
            return redirect("supervision:leading_list", seat.group.campaign.slug)
    return render(request, "supervision/seat_end.html", {"form": form, "seat": seat})


def seat_letters(request, slug):
    """Letters of appointment of all who sit now, or of one (`?seat=`), as a PDF."""
    campaign = _to_appoint(request, slug)
    seats = Seat.objects.current(today=today()).filter(group__campaign=campaign)
    if number := request.GET.get("seat", ""):
        seats = seats.filter(pk=number) if number.isdecimal() else seats.none()
    found = list(seats.select_related("person", "group").order_by("group__kind", "position", "pk"))
    if not found:
        raise Http404
    letters = [appointment(campaign, seat) for seat in found]
    return certificates_response(letters, f"任职通知书_{campaign.slug}")


def _campaign(request, slug):
    return get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related("organisation", "scheme_version"),
        slug=slug,
    )


def _to_appoint(request, slug):
    campaign = _campaign(request, slug)
    if not can_appoint_seat(request.user, campaign):
        raise PermissionDenied
    return campaign


def _seat(request, pk):
    seats = Seat.objects.filter(
        group__campaign__in=Campaign.objects.visible_to(request.user)
    ).select_related("person", "group__campaign__organisation")
    seat = get_object_or_404(seats, pk=pk)
    if not can_appoint_seat(request.user, seat.group.campaign):
        raise PermissionDenied
    return seat
