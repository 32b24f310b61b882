import hashlib
import json
from datetime import date

import factory

from campaigns.models import Campaign, Duty, Period, Scheme, SchemeVersion, Stage
from common.dates import quarter_dates, quarter_of, today
from tests.factories.branches import OrganisationFactory, PersonFactory, moment
from tests.factories.document import plan


def this_quarter():
    return quarter_dates(*quarter_of(today()))


class SchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scheme

    slug = factory.Sequence(lambda n: f"scheme-{n}")
    name = "测试活动方案"


class SchemeVersionFactory(factory.django.DjangoModelFactory):
    """`SchemeVersionFactory(document=plan(cadence=[]))`; families and items are not made into rows."""

    class Meta:
        model = SchemeVersion

    scheme = factory.SubFactory(SchemeFactory)
    number = 1
    document = factory.LazyFunction(plan)
    digest = factory.LazyAttribute(
        lambda version: hashlib.sha256(json.dumps(version.document).encode()).hexdigest()
    )
    created_at = factory.LazyFunction(moment)


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    slug = factory.Sequence(lambda n: f"campaign-{n}")
    name = factory.Sequence(lambda n: f"测试活动{n}")
    organisation = factory.SubFactory(OrganisationFactory, kind="committee", name="测试党委")
    scheme_version = factory.SubFactory(SchemeVersionFactory)
    starts_on = factory.LazyFunction(lambda: date(today().year - 1, 1, 1))
    ends_on = factory.LazyFunction(lambda: date(today().year + 1, 12, 31))


class StageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stage

    campaign = factory.SubFactory(CampaignFactory)
    key = factory.Sequence(lambda n: f"stage-{n}")
    name = factory.Sequence(lambda n: f"第{n}阶段")
    starts_on = factory.SelfAttribute("campaign.starts_on")
    ends_on = factory.SelfAttribute("campaign.ends_on")
    order = factory.Sequence(lambda n: n)


class PeriodFactory(factory.django.DjangoModelFactory):
    """This quarter, open. A closed one: `PeriodFactory(state="closed", closed_at=…, key=…)`."""

    class Meta:
        model = Period

    campaign = factory.SubFactory(CampaignFactory)
    scheme_version = factory.SelfAttribute("campaign.scheme_version")
    starts_on = factory.LazyFunction(lambda: this_quarter()[0])
    ends_on = factory.LazyFunction(lambda: this_quarter()[1])
    key = factory.LazyAttribute(lambda p: f"{p.starts_on.year}-Q{quarter_of(p.starts_on)[1]}")
    name = factory.LazyAttribute(
        lambda p: f"{p.starts_on.year}年第{quarter_of(p.starts_on)[1]}季度"
    )


class DutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Duty

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    rule = factory.Sequence(lambda n: f"rule_{n}")
    act = "write_pledge"
    title = "提出承诺"
    organisation = factory.SubFactory(OrganisationFactory)
    assignee = factory.LazyAttribute(lambda duty: PersonFactory(organisation=duty.organisation))
    starts_on = factory.SelfAttribute("period.starts_on")
    due_on = factory.SelfAttribute("period.ends_on")
