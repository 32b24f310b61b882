from django.db import IntegrityError, transaction

from campaigns.actions import fulfil, stays_open
from common import audit, notices
from evaluations.models import Review

ACTS = {Review.Kind.BRANCH: "branch_review", Review.Kind.LEADER: "leader_review"}


class ReviewRefused(Exception):
    """The text says why and what to do."""


@transaction.atomic
def write_review(  # noqa: PLR0913 (a review is all of this)
    *, period, kind, author, person, organisation, occasion, texts, levels, at, today
):
    """Store a named review and fulfil the duty to give it. Server time counts; a late one says so (D7)."""
    if not stays_open(period):
        raise ReviewRefused("本期已结算，不能再点评。")
    review = Review(
        campaign=period.campaign,
        period=period,
        kind=kind,
        author=author,
        person=person,
        organisation=organisation,
        occasion=occasion,
        texts=texts,
        levels=levels,
        written_at=at,
        is_late=today > period.ends_on,
    )
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:
        raise ReviewRefused("本期您已点评过这位同志。要修改请打开原点评，选“更正”。") from None
    _tell(review, at=at)
    _fulfil(review, at=at)
    audit.record("点评", review, by=author, at=at, path=organisation.path)
    return review


@transaction.atomic
def correct_review(review, *, texts, levels, by, at):
    """A new version; the old one stays readable beside it."""
    is_open = stays_open(review.period)
    old = Review.objects.select_for_update().get(pk=review.pk)
    if old.superseded_by_id or not is_open:
        raise ReviewRefused("这份点评已有更新的版本或本期已结算，请刷新再看。")
    newer = Review(
        campaign_id=old.campaign_id,
        period_id=old.period_id,
        kind=old.kind,
        author_id=old.author_id,
        person_id=old.person_id,
        organisation_id=old.organisation_id,
        occasion=old.occasion,
        texts=texts,
        levels=levels,
        version=old.version + 1,
        written_at=at,
        is_late=old.is_late,
    )
    _swap(old, newer)
    audit.record("更正点评", newer, by=by, at=at, path=newer.organisation.path)
    return newer


def identical_texts(review):
    """How many of the author's other current reviews of the period say the same (D7)."""
    return (
        Review.objects.current()
        .filter(period=review.period_id, author=review.author_id, texts=review.texts)
        .exclude(pk=review.pk)
        .count()
    )


def _swap(old, newer):
    """Only one current version may exist at any moment, so the old one steps back first."""
    old.superseded_by = old  # out of the way of the unique constraint, inside this transaction
    old.save(update_fields=["superseded_by"])
    newer.save()
    old.superseded_by = newer
    old.save(update_fields=["superseded_by"])


def _tell(review, *, at):
    notices.post(
        [review.person],
        event=f"review:{review.pk}",
        title=f"{review.author} 对您作了{review.get_kind_display()}",
        url=f"/reviews/{review.pk}",
        at=at,
    )


def _fulfil(review, *, at):
    """About this person, or (a leader's quarter clock, P15) the author's own duty without a subject."""
    fulfil(
        campaign=review.campaign,
        period=review.period,
        act=ACTS[review.kind],
        by=review.author,
        at=at,
        about_person=review.person,
    )
