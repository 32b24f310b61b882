"""What this app knows of a candidate for an honour: scorecards, and the reviews behind them (P24)."""

from django.urls import reverse

from competitions.queries.evidence import Evidence, add_source
from evaluations.models import Review
from supervision.models import Scorecard

MOST = 8


@add_source
def scorecards(campaign, kind, pk):
    rows = (
        Scorecard.objects.filter(period__campaign=campaign, subject=kind, subject_id=pk)
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
