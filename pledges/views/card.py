"""One's own card, and the zones and posts that members answer for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Organisation, scope_paths, under
from campaigns.models import Period
from common import downloads
from common.dates import today
from common.paging import page_of
from pledges import actions, queries
from pledges.excel import ZONES
from pledges.forms import CardForm, ZoneForm
from pledges.models import Zone
from pledges.permissions import KEEPERS, can_edit_zone


@require_http_methods(["GET", "HEAD", "POST"])
def card(request):
    """What is on one's own card; looking it over and pressing the button is the deed (L04, L09)."""
    day = today()
    person = queries.person_with_card(request.user.pk, today=day)
    form = CardForm(
        request.POST or None,
        instance=queries.card_of(person),
        initial={"motto": person.motto},
        shown=_switches(person, day),
    )
    if request.method == "POST" and form.is_valid():
        shown = {name: value for name, value in form.cleaned_data.items() if name != "motto"}
        actions.confirm_card(
            person,
            shown=shown,
            motto=form.cleaned_data["motto"],
            periods=Period.objects.visible_to(request.user)
            .filter(state=Period.State.OPEN)
            .containing(day)
            .select_related("campaign"),
            today=day,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "身份牌已核对。公示栏和新印的牌证按这个显示。")
        return redirect("pledges:card")
    return render(request, "pledges/card.html", _card_context(person, form))


def _switches(person, day):
    """Switches for what the plans over the person's organisation show; all of them where none runs."""
    home = person.belonging[0].organisation if person.belonging else None
    plans = [period.plan for period in queries.periods_over(home, today=day)] if home else []
    fields = queries.member_fields(plans)
    wanted = {f"shows_{name}" for name in ("party", "motto", "duties", "zones", "phone")
              if queries.asks_for(fields, name)}  # fmt: skip
    if queries.asks_for(fields, "joined"):
        wanted.add("shows_joined_on")
    if any("phone" in card.fields for plan in plans for card in queries.printables(plan).values()):
        wanted.add("shows_phone")
    return wanted


def _card_context(person, form):
    unit = (
        queries.unit_of(person, queries.units(person.belonging[0].organisation))
        if (person.belonging)
        else ""
    )
    return {
        "person": person,
        "form": form,
        "card": queries.card_of(person),
        "unit": unit,
        "post": queries.post_of(person),
        "organisation": person.belonging[0].organisation if person.belonging else None,
    }


@require_safe
def zone_list(request):
    """Who answers for what, in the organisations one may look into (L08)."""
    zones = (
        Zone.objects.visible_to(request.user)
        .filter(ends_on=None)
        .select_related("organisation")
        .prefetch_related("holders__person")
        .order_by("organisation__path", "kind", "pk")
    )
    asked = request.GET.get("q", "").strip()[:60]
    if asked:
        zones = zones.filter(name__contains=asked)
    if downloads.is_asked(request):
        return downloads.listing(request, "责任区和先锋岗", ZONES, zones)
    page = page_of(request, zones)
    for zone in page:
        zone.is_kept = can_edit_zone(request.user, zone.organisation)
    context = {
        "page": page,
        "asked": asked,
        "add_to": _kept(request.user)[:12],
    }
    return render(request, "pledges/zone_list.html", context)


def _kept(person):
    """Branches for which the person keeps zones."""
    return Organisation.objects.active().branches().filter(under(scope_paths(person, *KEEPERS)))


@require_http_methods(["GET", "HEAD", "POST"])
def zone_add(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not can_edit_zone(request.user, organisation):
        raise PermissionDenied
    return _zone_page(request, Zone(organisation=organisation))


@require_http_methods(["GET", "HEAD", "POST"])
def zone_edit(request, pk):
    zone = _zone(request, pk)
    return _zone_page(request, zone)


@require_POST
def zone_end(request, pk):
    zone = _zone(request, pk)
    actions.end_zone(zone, today=today(), by=request.user, at=timezone.now())
    messages.success(request, f"{zone.name}已撤销。")
    return redirect("pledges:zone_list")


def _zone(request, pk):
    """A zone one may change; a colleague of the branch sees it and is refused."""
    zones = Zone.objects.visible_to(request.user).filter(ends_on=None)
    zone = get_object_or_404(zones.select_related("organisation"), pk=pk)
    if not can_edit_zone(request.user, zone.organisation):
        raise PermissionDenied
    return zone


def _zone_page(request, zone):
    day = today()
    periods = queries.periods_over(zone.organisation, today=day)
    kinds = queries.zone_kinds([period.plan for period in periods])
    form = ZoneForm(
        request.POST or None,
        instance=zone,
        kinds=kinds or queries.DEFAULT_ZONES,
        people=queries.people_to_pledge_for(zone.organisation, today=day),
    )
    if request.method == "POST" and form.is_valid():
        zone = form.save(commit=False)
        actions.save_zone(
            zone,
            holders=form.cleaned_data["holders"],
            today=day,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, f"{zone.name}已保存。")
        return redirect("pledges:zone_list")
    return render(request, "pledges/zone_edit.html", {"form": form, "zone": zone})
