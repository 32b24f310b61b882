from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from branches.queries import at_place, place_asked
from common import downloads
from supervision.excel import SCORES
from supervision.models import Scorecard
from supervision.permissions import can_see_point_entries
from supervision.queries import scorecards as queries
from supervision.queries.card_sources import sources_of
from supervision.queries.points import entries_of

PAGE = 50


def scorecard_list(request):
    """Ranking within like units, for the subjects one may see."""
    subject = request.GET.get("subject", "branch")
    if subject not in Scorecard.Subject.values:
        subject = "branch"
    periods = _periods(request)
    key = request.GET.get("period") or (periods[0].key if periods else "")
    named = request.GET.get("q", "").strip()[:40]
    place = place_asked(request)
    cards = at_place(_cards(request, subject, key, named), place)
    if downloads.is_asked(request):
        name = next((period.name for period in periods if period.key == key), "")
        label = f"{Scorecard.Subject(subject).label}得分"
        return downloads.listing(request, label, SCORES, cards, period=name)
    context = {
        "reopened": next((one for one in periods if one.key == key and one.is_open), None),
        "page": Paginator(cards, PAGE).get_page(request.GET.get("page")),
        "subject": subject,
        "subjects": Scorecard.Subject.choices,
        "periods": periods,
        "key": key,
        "place": place,
        "q": named,
        "sees_points": bool(
            request.campaign and can_see_point_entries(request.user, request.campaign)
        ),
    }
    return render(request, "supervision/scorecard_list.html", context)


def _cards(request, subject, key, named):
    """The newest card of each subject of this kind in the period, in the order of places."""
    cards = (
        Scorecard.objects.visible_to(request.user)
        .latest()
        .filter(subject=subject, period__campaign=request.campaign, period__key=key)
        .select_related("organisation", "period")
        .order_by("group", "rank", "subject_id")
    )
    return cards.filter(subject_name__contains=named) if named else cards


def scorecard_detail(request, pk):
    """Every figure opens to the inputs it came from."""
    cards = Scorecard.objects.visible_to(request.user).select_related(
        "period__scheme_version", "period__campaign", "organisation", "person", "closing"
    )
    card = get_object_or_404(cards, pk=pk)
    history = list(queries.neighbours(card))
    context = {
        "card": card,
        "explanation": queries.explain(card),
        "channels": queries.channels_of(card),
        "history": history,
        "sources": sources_of(card),
        "versions": queries.versions_of(card),
        "entries": entries_of(card, reader=request.user),
        "change": queries.change_since(card, history),
    }
    return render(request, "supervision/scorecard_detail.html", context)


def scorecard_mine(request):
    """My newest card, or what to expect when there is none yet."""
    card = (
        Scorecard.objects.latest()
        .filter(person=request.user)
        .order_by("-period__ends_on", "-pk")
        .first()
    )
    if card:
        return redirect("supervision:scorecard_detail", card.pk)
    return render(request, "supervision/scorecard_none.html")


def _periods(request):
    if not request.campaign:
        return []
    closed = request.campaign.periods.filter(~Q(state="open") | ~Q(reopen_reason=""))
    return list(closed.order_by("-starts_on"))  # a reopened one shows its last version meanwhile
