"""What a window's board says under the plan's own headings (L03)."""

from django.db import transaction

from common import audit
from pledges.models import WindowPart


@transaction.atomic
def write_window_parts(window, *, texts, by, at):
    """`texts` is {heading: text}; an emptied heading goes."""
    kept = {name: text.strip() for name, text in texts.items() if text.strip()}
    WindowPart.objects.filter(window=window, name__in=set(texts) - set(kept)).delete()
    for name, text in kept.items():
        WindowPart.objects.update_or_create(window=window, name=name, defaults={"text": text})
    detail = {"栏目": sorted(texts)}
    audit.record("写公示栏栏目", window, by=by, at=at, path=window.organisation.path, detail=detail)
