from django.db import transaction

from campaigns.actions import fulfil, stays_open
from common import audit
from evaluations.models import SelfReview


class PeriodIsOver(Exception):
    """The period was closed in the meantime; nothing was stored."""


@transaction.atomic
def save_self_review(period, organisation, *, answers, by, at):
    """Write one's self-review, or change it while the period is open; this fulfils the duty."""
    if not stays_open(period):
        raise PeriodIsOver
    review, is_new = SelfReview.objects.select_for_update().get_or_create(
        period=period,
        person=by,
        defaults={
            "campaign_id": period.campaign_id,
            "organisation": organisation,
            "written_at": at,
            **answers,
        },
    )
    if not is_new:
        for name, value in answers.items():
            setattr(review, name, value)
        review.changed_at = at
        review.save(update_fields=[*answers, "changed_at"])
    fulfil(
        campaign=period.campaign, period=period, act="self_review", by=by, about_person=by, at=at
    )
    audit.record(
        "写自评" if is_new else "改自评", review, by=by, at=at, path=review.organisation.path
    )
    return review
