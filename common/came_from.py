"""The way back to a list as one left it, without script: the address one came from tells the filter.

Only the query is taken, and only onto the very address that the link has anyway: nobody is led elsewhere (issue 9, point 4).
static/js/portal.js remembers over more than one step; this is for browsers without it.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

SWITCHES = {"campaign", "type", "export"}  # of the frame, and files
LONGEST = 1000


def as_left(request, url):
    """`url` with the filter the reader had there when he came straight from it."""
    came = request.headers.get("Referer", "") if request else ""
    if not came or len(came) > LONGEST or "?" in url:
        return url
    try:
        parts = urlsplit(came)
    except ValueError:
        return url
    if parts.netloc != request.get_host() or parts.path != url:
        return url
    kept = [pair for pair in parse_qsl(parts.query) if _is_filter(*pair)]
    return f"{url}?{urlencode(kept)}" if kept else url


def _is_filter(key, value):
    """Campaign and period are the session's; a list over all periods is a filter."""
    return key not in SWITCHES and (key != "period" or value == "all")
