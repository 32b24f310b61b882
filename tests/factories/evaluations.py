import hashlib
from datetime import timedelta

import factory
from django.utils import timezone

from common.dates import today
from evaluations.models import Feedback, RatingCount, Review, RollEntry, Round, SelfReview
from tests.factories.branches import OrganisationFactory, PersonFactory, WindowFactory, moment
from tests.factories.campaigns import CampaignFactory, PeriodFactory


class RoundFactory(factory.django.DjangoModelFactory):
    """An open round as a row only: no key file lies behind it. Use the action for a real one."""

    class Meta:
        model = Round

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    questionnaire = factory.LazyAttribute(
        lambda r: r.period.plan.questionnaire("peer_form").model_dump(mode="json")
    )
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    public_key = b"\x00" * 32
    key_fingerprint = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    ballot_bytes = 4096
    marks = b"\x00"
    roll_size = 8


class RollEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RollEntry

    round = factory.SubFactory(RoundFactory)
    period = factory.SelfAttribute("round.period")
    position = factory.Sequence(lambda n: n)
    person = factory.SubFactory(PersonFactory)


class SelfReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SelfReview

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.LazyAttribute(lambda r: PersonFactory(organisation=r.organisation))
    levels = factory.LazyFunction(lambda: {"overall": "good"})
    texts = factory.LazyFunction(lambda: {"done": "承诺已完成"})
    written_at = factory.LazyFunction(moment)


class ReviewFactory(factory.django.DjangoModelFactory):
    """A leader's review of a member; `kind="branch"` for the secretary's."""

    class Meta:
        model = Review

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    kind = Review.Kind.LEADER
    organisation = factory.SubFactory(OrganisationFactory)
    author = factory.SubFactory(PersonFactory)
    person = factory.LazyAttribute(lambda r: PersonFactory(organisation=r.organisation))
    texts = factory.LazyFunction(
        lambda: {
            "achievements": "业务熟练",
            "problems": "创新不足",
            "advice": "多学习",
            "direction": "争当标兵",
        }
    )
    levels = factory.LazyFunction(lambda: {"overall": "good"})
    written_at = factory.LazyFunction(moment)


class RatingCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RatingCount

    campaign = factory.SubFactory(CampaignFactory)
    window = factory.SubFactory(WindowFactory)
    day = factory.LazyFunction(today)
    channel = "qr"
    question = "overall"
    level = "satisfied"
    count = 1


class FeedbackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Feedback

    campaign = factory.SubFactory(CampaignFactory)
    window = factory.SubFactory(WindowFactory)
    week_on = factory.LazyFunction(lambda: today() - timedelta(days=today().weekday()))
    text = "等候时间有点长"
    receipt_hash = factory.Sequence(lambda n: hashlib.sha256(f"r{n}".encode()).hexdigest())
