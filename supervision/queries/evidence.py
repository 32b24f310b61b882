"""What this app knows of a candidate for an honour: scorecards, and the reviews behind them (P24)."""

from decimal import Decimal

from django.urls import reverse

from competitions.queries.evidence import Evidence, add_source
from competitions.queries.progress import Progress
from competitions.queries.progress import add_source as add_progress
from evaluations.models import Review
from supervision.models import Scorecard

MOST = 8


@add_source
def scorecards(campaign, kind, pk):
    rows = (
        Scorecard.objects.latest()
        .filter(period__campaign=campaign, subject=kind, subject_id=pk)
        .exclude(shown="")
        .select_related("period")
        .order_by("-period__starts_on", "-pk")[:MOST]
    )
    return Evidence(
        "得分卡",
        [
            (
                f"{one.period.name} {one.shown} 分{f'，{one.band}' if one.band else ''}",
                reverse("supervision:scorecard_detail", args=[one.pk]),
            )
            for one in rows
        ],
    )


@add_source
def reviews(campaign, kind, pk):
    """Named reviews; ballots never."""
    if kind != "person":
        return None
    rows = Review.objects.current().filter(period__campaign=campaign, person=pk)
    rows = rows.select_related("period", "author").order_by("-written_at", "pk")[:MOST]
    return Evidence(
        "点评",
        [
            (
                f"{one.period.name} {one.get_kind_display()} {one.author}",
                reverse("evaluations:review_detail", args=[one.pk]),
            )
            for one in rows
        ],
    )


@add_progress
def fastest(campaign):
    """The branches and windows whose scores rose most between the last two closed periods."""
    periods = campaign.periods.filter(state="closed").order_by("-starts_on")[:2]
    if len(periods) < 2:
        return []
    now, before = periods
    scores = {}
    for period in (now, before):
        cards = Scorecard.objects.latest().filter(period=period, subject__in=["branch", "window"])
        scores[period.pk] = {(card.subject, card.subject_id): card for card in cards.order_by("pk")}
    found = [
        (Decimal(card.shown) - Decimal(scores[before.pk][key].shown), card)
        for key, card in scores[now.pk].items()
        if card.shown and key in scores[before.pk] and scores[before.pk][key].shown
    ]
    found.sort(key=lambda one: (-one[0], one[1].pk))
    return [
        Progress(card.subject, card.subject_name, f"+{change}")
        for change, card in found[:3]
        if change > 0
    ]
