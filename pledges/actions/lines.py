"""A window's pledge in ready lines, and the public's word on each (L16)."""

from django.db.models import F

from pledges.models import PledgeLine


def add_lines(pledge, texts):
    """The scheme's lines, once."""
    if not texts or pledge.lines.exists():
        return
    PledgeLine.objects.bulk_create(
        PledgeLine(pledge=pledge, position=position, name=name, text=text)
        for position, (name, text) in enumerate(texts, 1)
    )


def rate_lines(pledge, verdicts):
    """{line's id: kept or not} of one form; one counter up for each, nothing of who or when."""
    for kept, column in ((True, "kept_count"), (False, "unkept_count")):
        chosen = [number for number, verdict in verdicts.items() if verdict is kept]
        if chosen:
            PledgeLine.objects.filter(pledge=pledge, pk__in=chosen).update(
                **{column: F(column) + 1}
            )
