"""提出 many at once: what lists brought in is read, then handed in with one press (L03, L12)."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from common import notices
from common.publishing import NotReady, StepTaken
from pledges.actions.shown import NotFirst, propose_shown, save_shown
from pledges.queries.shown import KINDS, first_text, next_signers, own_drafts, wordless_windows

MOST = 200  # in one press; the next press takes the next


@transaction.atomic
def propose_drafts(kind, organisations, *, by, at):
    """Hand in one's own drafts of this kind: (how many, {name: why not}). What is not ready stays a draft.

    Windows to which a list gave words and which nobody has begun get their first draft here. Whoever signs
    next gets one message, whatever the number; each text is still read and signed by itself.
    """
    if kind == "window":
        _begin_texts(organisations, by=by, at=at)
    handed_in, refused = [], {}
    for shown in own_drafts(kind, organisations, by=by).select_for_update(of=("self",))[:MOST]:
        try:
            propose_shown(shown, by=by, at=at, calls=False)
            handed_in.append(shown)
        except (NotReady, StepTaken) as stopped:
            refused[str(shown)] = str(stopped)
    _call_signers(kind, handed_in, by=by, at=at)
    return len(handed_in), refused


def _begin_texts(organisations, *, by, at):
    for window in wordless_windows(organisations).order_by("pk")[:MOST]:
        try:
            save_shown(first_text(window), by=by, at=at)
        except NotFirst:  # somebody began it this moment: it is his
            continue


def _call_signers(kind, handed_in, *, by, at):
    """One message a signer; those of one unit have the same signers."""
    waiting, people, of_unit = Counter(), {}, {}
    for shown in handed_in:
        unit = shown.organisation_id
        if unit not in of_unit:
            of_unit[unit] = next_signers(shown, today=timezone.localdate(at))
        for person in of_unit[unit]:
            waiting[person.pk] += 1
            people[person.pk] = person
    noun = KINDS[kind][0]._meta.verbose_name
    for pk, number in waiting.items():
        notices.post(
            [people[pk]],
            event=f"shown-proposed:{kind}:by{by.pk}:{at:%Y%m%d%H%M%S}",
            title=f"有 {number} 份{noun}等您审核",
            url="/shows/desk",
            at=at,
        )
