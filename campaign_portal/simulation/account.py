"""What a simulated year came to, without numbers that hang on the database it ran in; its digest is the same each time."""

import hashlib
import json

from django.db.models import Count, Sum

from campaign_portal.simulation.year import name_of
from campaigns.models import Duty
from competitions.models import Award
from evaluations.models import Feedback, PeerTally, RatingCount, Review, SelfReview
from pledges.models import Pledge
from supervision.models import Inspection, Rectification, Scorecard, Standing


def account_of(year):
    """Plain data of the whole campaign, sorted."""
    campaign = year.campaign
    return {
        "scorecards": _cards(campaign),
        "duties": _duties(campaign),
        "pledges": _counts(Pledge, campaign, "period__key", "organisation__code", "status"),
        "tallies": _tallies(campaign),
        "ratings": _ratings(campaign),
        "feedback": _counts(Feedback, campaign, "week_on", "window__code", "state", "text"),
        "reviews": _counts(Review, campaign, "period__key", "kind", "organisation__code"),
        "self_reviews": _counts(SelfReview, campaign, "period__key", "organisation__code"),
        "inspections": _counts(Inspection, campaign, "period__key", "organisation__code", "found"),
        "ledger": _counts(Rectification, campaign, "organisation__code", "state", "problem"),
        "awards": _counts(
            Award, campaign, "period__key", "name", "person__work_no", "window__code"
        ),
        "standings": _standings(campaign),
        "refused": dict(sorted(year.refused.items())),
    }


def digest_of(account):
    text = json.dumps(account, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _counts(model, campaign, *fields):
    rows = model.objects.filter(campaign=campaign).values_list(*fields).annotate(n=Count("pk"))
    return sorted([str(value) for value in row] for row in rows.order_by())


def _cards(campaign):
    cards = Scorecard.objects.filter(period__campaign=campaign).latest()
    cards = cards.select_related("period", "person", "window", "organisation")
    return sorted(
        [one.period.key, one.subject, _subject(one), one.shown, str(one.score), one.band, str(one.rank)]
        for one in cards
    )  # fmt: skip


def _subject(card):
    if card.person:
        return name_of(card.person)
    return card.window.code if card.window else card.organisation.code


def _duties(campaign):
    rows = Duty.objects.filter(campaign=campaign).exclude(rule__startswith="ledger-")
    return sorted(
        [*map(str, row)]
        for row in rows.values_list(
            "period__key", "rule", "assignee__work_no", "due_on", "done_at", "is_late", "waived_reason"
        )
    )  # fmt: skip


def _tallies(campaign):
    rows = PeerTally.objects.filter(round__campaign=campaign).values_list(
        "round__period__key", "person__work_no", "question", "shown", "grade",
        *(f"level_{number}" for number in range(1, 9)),
    )  # fmt: skip
    return sorted([*map(str, row)] for row in rows)


def _ratings(campaign):
    rows = RatingCount.objects.filter(campaign=campaign).values_list(
        "window__code", "day", "channel", "question", "level"
    )
    return sorted([*map(str, row)] for row in rows.annotate(n=Sum("count")).order_by())


def _standings(campaign):
    rows = Standing.objects.filter(period__campaign=campaign).values_list(
        "period__key", "organisation__code", "window__code", "proposed", "decided"
    )
    return sorted([*map(str, row)] for row in rows)
