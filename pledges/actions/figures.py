from pledges.models import PublishedFigure


def publish_figures(figures):
    """Put figures on the boards of windows and organisations; the newest replaces the older.

    One statement for the windows' and one for the organisations', however many there are.
    """
    shown = ["label", "value", "n", "part", "interval", "definition", "note", "as_of"]
    for place in ("window", "organisation"):
        PublishedFigure.objects.bulk_create(
            [figure for figure in figures if getattr(figure, f"{place}_id")],
            update_conflicts=True,
            unique_fields=["period", place, "key"],
            update_fields=shown,
            batch_size=1000,
        )
