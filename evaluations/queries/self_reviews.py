from branches.models import Affiliation
from campaigns.models import Period
from evaluations.models import Review


def period_before(period):
    return (
        Period.objects.filter(campaign=period.campaign_id, ends_on__lt=period.starts_on)
        .order_by("-ends_on")
        .first()
    )


def advice_for(person, period):
    """Last period's advice to the person, from every review that stands: 改了没有？"""
    before = period_before(period)
    if before is None:
        return []
    reviews = (
        Review.objects.current()
        .filter(period=before, person=person)
        .select_related("author")
        .order_by("pk")
    )
    return [
        {
            "review": one.pk,
            "whose": f"{one.author.name}（{one.get_kind_display()}）",
            "advice": one.texts["advice"],
        }
        for one in reviews
        if one.texts.get("advice")
    ]


def home_of(person, *, today):
    """The organisation whose member the person is today; None for nobody's."""
    affiliation = (
        Affiliation.objects.current(today=today)
        .filter(person=person)
        .select_related("organisation")
        .first()
    )
    return affiliation.organisation if affiliation else None
