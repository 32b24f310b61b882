"""What is shown of candidates and honours, inside and in public."""

from django.db.models import Count, F, Prefetch, Q, Sum

from competitions.models import Award, Case, Milestone, Recommendation, Selection, Spread

MOST_CASES, MOST_MILESTONES = 15, 15


def nominations_of(selection, *, whole=False):
    """Candidates with the reasons that may be read and the advisory number of recommendations.

    Those not yet reviewed are only for who reviews (`whole`).
    """
    rows = selection.nominations.select_related("person", "window", "branch", "organisation")
    if not whole:
        rows = rows.filter(state__in=["candidate", "chosen"])
    shown = Recommendation.objects.filter(is_shown=True).order_by("pk")
    return (
        rows.annotate(
            votes=Count("recommendations"),
            unread=Count("recommendations", filter=Q(recommendations__is_shown=False)),
        )
        .prefetch_related(Prefetch("recommendations", shown, to_attr="said"))
        .order_by("state", "pk")
    )


def spread_of(campaign):
    """[(way, how often, how many people)] of the campaign's models, the most used first (H04)."""
    rows = Spread.objects.filter(case__campaign=campaign).values_list("way")
    rows = rows.annotate(times=Count("pk"), people=Sum("reached")).order_by("-times", "way")
    return [(way, times, people or 0) for way, times, people in rows]


def honours_of(campaign, *, today):
    """The public page: holders now, the flag's history, open nominations, publicity, streaks, models."""
    awards = (
        Award.objects.filter(campaign=campaign, revoked_reason="")
        .with_subjects()
        .select_related("period")
    )
    selections = Selection.objects.filter(campaign=campaign).select_related("organisation")
    return {
        "awards": awards.order_by(F("ended_on").desc(nulls_first=True), "-granted_on", "-pk"),
        "nominating": selections.filter(state="nominating", public=True).order_by("closes_on", "pk"),
        "publicised": selections.filter(state="publicised").order_by("objections_until", "pk"),
        "milestones": Milestone.objects.filter(streak__campaign=campaign)
        .select_related("streak__person", "streak__window", "streak__branch")
        .order_by("-reached_on", "-pk")[:MOST_MILESTONES],
        "cases": Case.objects.public(today=today).filter(campaign=campaign).order_by("-published_at", "-pk")[:MOST_CASES],
    }  # fmt: skip
