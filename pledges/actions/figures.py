from pledges.models import PublishedFigure


def publish_figure(*, period, key, at, window=None, organisation=None, **shown):
    """Put a figure on the board of a window or an organisation; the newest replaces the older.

    `shown` takes label, value, n, interval, definition, note.
    """
    figure, _created = PublishedFigure.objects.update_or_create(
        period=period,
        window=window,
        organisation=organisation,
        key=key,
        defaults={**shown, "as_of": at},
    )
    return figure
