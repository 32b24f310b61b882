"""Points by hand and sanctions as sources of a recipe, and as lines under a scorecard."""

from decimal import Decimal

from django.db.models import Count, Sum

from campaigns.models.document.parts import plain_number
from supervision.models import PointEntry

FIELDS = {"person": "person", "window": "window", "branch": "organisation"}


def _counting(period, kind, subject):
    """(subject pk) of signed entries of one kind; a branch has those about itself only."""
    field = FIELDS[subject]
    entries = PointEntry.objects.counting().filter(period=period, kind=kind)
    if subject == "branch":
        return entries.filter(person=None, window=None).values_list(field)
    return entries.filter(**{f"{field}__isnull": False}).values_list(field)


def _points(kind):
    def read(period, subject):
        rows = _counting(period, kind, subject).annotate(points=Sum("points")).order_by()
        return {pk: plain_number(Decimal(points).normalize()) for pk, points in rows}

    return read


def _sanctions(period, subject):
    return dict(_counting(period, "discipline", subject).annotate(n=Count("pk")).order_by())


FEEDS = {
    "plus_points": _points("plus"),
    "minus_points": _points("minus"),
    "discipline": _sanctions,
}


def entries_of(card, *, reader):
    """The signed entries behind a scorecard that this reader may see, when its recipe reads any."""
    recipe = card.period.plan.scoring_recipes[card.subject]
    if not set(FEEDS) & set(recipe.sources):
        return []
    about = {"person": card.person_id, "window": card.window_id}
    if card.subject == "branch":
        about |= {"organisation": card.organisation_id}
    entries = PointEntry.objects.visible_to(reader).counting().filter(period=card.period, **about)
    return list(entries.select_related("decided_by", "entered_by").order_by("happened_on", "pk"))
