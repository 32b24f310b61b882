import factory

from common import audit
from common.models import AuditEvent, Job, Notice
from tests.factories.branches import PersonFactory, moment


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    kind = "test"
    key = factory.Sequence(lambda n: f"job-{n}")
    label = "结算三季度"
    requested_by = factory.SubFactory(PersonFactory)
    created_at = factory.LazyFunction(moment)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(PersonFactory)
    event = factory.Sequence(lambda n: f"event-{n}")
    title = factory.Sequence(lambda n: f"消息{n}")
    created_at = factory.LazyFunction(moment)


class AuditEventFactory(factory.Factory):
    """Through the front door, so that the chain holds."""

    class Meta:
        model = AuditEvent

    verb = "改动"
    by = factory.SubFactory(PersonFactory)
    at = factory.LazyFunction(moment)

    @classmethod
    def _create(cls, model_class, *args, verb, by, at, **fields):
        return audit.record(verb, by=by, at=at, **fields)
