import factory

from pledges.models import PrintBatch, Zone, ZoneHolder
from tests.factories.branches import OrganisationFactory, PersonFactory, moment


class ZoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Zone

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "责任区"
    name = factory.Sequence(lambda n: f"{n}号责任区")
    responsibility = "保持窗口整洁，主动引导"
    starts_on = factory.LazyFunction(lambda: moment().date())


class ZoneHolderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ZoneHolder

    zone = factory.SubFactory(ZoneFactory)
    person = factory.SubFactory(PersonFactory)
    starts_on = factory.SelfAttribute("zone.starts_on")


class PrintBatchFactory(factory.django.DjangoModelFactory):
    """Ordered, not made yet."""

    class Meta:
        model = PrintBatch

    kind = "badge"
    layout = "sheet"
    organisation = factory.SubFactory(OrganisationFactory)
    requested_by = factory.SubFactory(PersonFactory)
    requested_at = factory.LazyFunction(moment)
