import factory

from campaigns.actions.drafts import plain
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.models import SchemeDraft
from tests.campaigns.broken import SMALL
from tests.factories.branches import OrganisationFactory, PersonFactory, moment


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
