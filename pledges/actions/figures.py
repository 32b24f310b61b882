from common import sql
from pledges.models import PublishedFigure

CELLS = {
    "value": "text",
    "n": "number",
    "part": "number",
    "interval": "text",
    "definition": "text",
    "note": "text",
}


def publish_figures(period, *, key, label, at, windows, organisations):  # noqa: PLR0913 (one figure's parts)
    """Put a figure on the boards of windows and organisations; the newest replaces the older.

    Both come as rows (place, *CELLS). One statement for the windows' and one for the organisations', however many.
    """
    same = {
        "period_id": period.pk,
        "key": key,
        "label": label,
        "as_of": at,
    }
    for place, other, rows in (
        ("window_id", "organisation_id", windows),
        ("organisation_id", "window_id", organisations),
    ):
        sql.put(
            PublishedFigure,
            {place: "number", **CELLS},
            rows,
            same={**same, other: None},
            unique=["period_id", place, "key"],
        )


def withdraw_figures(period, *, keys, windows, organisations):
    """Take figures off the boards again."""
    figures = PublishedFigure.objects.filter(period=period, key__in=keys)
    figures.filter(window__in=windows).delete()
    figures.filter(organisation__in=organisations).delete()
