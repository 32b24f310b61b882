import hashlib

import factory
from django.utils import timezone

from common.dates import today
from supervision.models import Closing, Inspection, PointEntry, Rollup, Scorecard, Urge
from tests.factories.branches import OrganisationFactory, PersonFactory, moment
from tests.factories.campaigns import PeriodFactory


class ClosingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Closing

    period = factory.SubFactory(
        PeriodFactory, state="closed", closed_at=factory.LazyFunction(moment)
    )
    closed_at = factory.LazyFunction(moment)
    digest = hashlib.sha256(b"").hexdigest()


class ScorecardFactory(factory.django.DjangoModelFactory):
    """A person's card; for a branch `subject="branch", person=None, organisation=branch`."""

    class Meta:
        model = Scorecard

    closing = factory.SubFactory(ClosingFactory)
    period = factory.SelfAttribute("closing.period")
    subject = Scorecard.Subject.PERSON
    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.LazyAttribute(lambda card: PersonFactory(organisation=card.organisation))
    subject_id = factory.LazyAttribute(lambda card: (card.person or card.organisation).pk)
    subject_name = factory.LazyAttribute(lambda card: str(card.person or card.organisation))
    score = "87.4"
    shown = "87.40"
    band = "合格"
    rank = 1
    group_size = 1


class InspectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Inspection

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    method = "spot_check"
    found = "窗口工作人员在岗，台签齐全"
    inspected_at = factory.LazyFunction(moment)
    inspected_by = factory.SubFactory(PersonFactory)


class PointEntryFactory(factory.django.DjangoModelFactory):
    """Waiting; a signed one: `PointEntryFactory(state="signed", decided_by=…, decided_at=…)`."""

    class Meta:
        model = PointEntry

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    kind = "plus"
    name = "市级先进个人"
    points = 2
    happened_on = factory.SelfAttribute("period.starts_on")
    reason = "年度表彰"
    evidence = "2026年1号文"
    entered_at = factory.LazyFunction(moment)
    entered_by = factory.SubFactory(PersonFactory)


class RollupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rollup

    period = factory.SubFactory(PeriodFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    path = factory.SelfAttribute("organisation.path")
    as_of = factory.LazyFunction(timezone.now)


class UrgeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Urge

    period = factory.SubFactory(PeriodFactory)
    rule = "quarterly_pledge"
    title = "每季承诺"
    due_on = factory.LazyFunction(today)
    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.LazyAttribute(lambda urge: PersonFactory(organisation=urge.organisation))
    day = factory.LazyFunction(today)
    urged_by = factory.SubFactory(PersonFactory)
    urged_at = factory.LazyFunction(timezone.now)
