import factory

from campaigns.actions.drafts import plain
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import BranchPlan, SchemeDraft
from tests.campaigns.broken import SMALL
from tests.factories.branches import OrganisationFactory, PersonFactory, moment
from tests.factories.campaigns import CampaignFactory


class SchemeDraftFactory(factory.django.DjangoModelFactory):
    """A draft of a new scheme with the small plan of `tests/campaigns/schemes/small.yaml`."""

    class Meta:
        model = SchemeDraft

    slug = factory.Sequence(lambda n: f"draft-{n}")
    name = "小方案"
    organisation = factory.SubFactory(OrganisationFactory, kind="committee")
    document = factory.LazyAttribute(
        lambda draft: plain(read_scheme(SMALL)) | {"slug": draft.slug, "name": draft.name}
    )
    updated_at = factory.LazyFunction(moment)
    updated_by = factory.SubFactory(PersonFactory)


class BranchPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BranchPlan

    campaign = factory.SubFactory(CampaignFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    goal = "群众满意"
    lines = factory.LazyFunction(lambda: {"pledge": {"measures": "月月对账"}})
    written_at = factory.LazyFunction(moment)
    written_by = factory.SubFactory(PersonFactory)
