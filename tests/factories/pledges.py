import factory

from pledges.models import Pledge, PledgeProgress, PledgeVersion
from tests.factories.branches import OrganisationFactory, PersonFactory, moment
from tests.factories.campaigns import PeriodFactory


class PledgeFactory(factory.django.DjangoModelFactory):
    """A member's draft; `published=True` (or `status=` with it) for one on the board."""

    class Meta:
        model = Pledge

    class Params:
        published = factory.Trait(
            status="published",
            reviewed_at=factory.LazyFunction(moment),
            reviewed_by=factory.SubFactory(PersonFactory),
            published_at=factory.LazyFunction(moment),
        )
        of_window = factory.Trait(owner_person=None)
        of_organisation = factory.Trait(
            owner_person=None, owner_organisation=factory.SelfAttribute("organisation")
        )

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    owner_person = factory.LazyAttribute(
        lambda pledge: PersonFactory(organisation=pledge.organisation)
    )
    written_by = factory.LazyAttribute(
        lambda pledge: pledge.owner_person or PersonFactory(organisation=pledge.organisation)
    )
    theme = "服务群众"
    text = factory.Sequence(lambda n: f"承诺事项{n}")
    baseline = "平均办结 5 个工作日"
    target = "平均办结 3 个工作日"
    starts_on = factory.SelfAttribute("period.starts_on")
    due_on = factory.SelfAttribute("period.ends_on")
    written_at = factory.LazyFunction(moment)


class PledgeVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PledgeVersion

    pledge = factory.SubFactory(PledgeFactory, published=True)
    number = 1
    text = "原承诺"
    baseline = "5 天"
    target = "4 天"
    due_on = factory.SelfAttribute("pledge.due_on")
    reason = "时限调整"
    changed_at = factory.LazyFunction(moment)
    changed_by = factory.SelfAttribute("pledge.written_by")


class PledgeProgressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PledgeProgress

    pledge = factory.SubFactory(PledgeFactory, published=True)
    note = "已完成一半"
    noted_at = factory.LazyFunction(moment)
    noted_by = factory.SelfAttribute("pledge.written_by")
