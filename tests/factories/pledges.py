from copy import deepcopy

import factory

from pledges.models import (
    FirstAsked,
    Pledge,
    PledgeProgress,
    PledgeVersion,
    ServiceItem,
    ServiceReport,
    WindowText,
)
from tests.factories.branches import OrganisationFactory, PersonFactory, WindowFactory, moment
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


class ServiceItemFactory(factory.django.DjangoModelFactory):
    """A complete draft (8/8); `live=True` for one on the window's page."""

    class Meta:
        model = ServiceItem

    class Params:
        live = factory.Trait(
            state="live",
            proposed_by=factory.SelfAttribute("written_by"),
            proposed_at=factory.LazyFunction(moment),
            checked_by=factory.SubFactory(PersonFactory),
            checked_at=factory.LazyFunction(moment),
            published_at=factory.LazyFunction(moment),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"ITEM{n:04d}")
    matter = factory.Sequence(lambda n: f"服务事项{n}")
    basis = "《婚姻登记条例》第四条"
    preconditions = "双方自愿，符合法定条件"
    materials = "身份证\n户口簿\n近期免冠照片"
    procedure = "受理\n审查\n登记\n发证"
    charges = "free"
    limit_days = 3
    legal_days = 10
    handler_unit = "民政局婚姻登记处"
    handler_name = "钱一"
    contact = "0518-81234567"
    written_by = factory.LazyAttribute(lambda item: PersonFactory(organisation=item.organisation))
    written_at = factory.LazyFunction(moment)


class WindowTextFactory(factory.django.DjangoModelFactory):
    """What hangs at a window, signed by two."""

    class Meta:
        model = WindowText

    window = factory.SubFactory(WindowFactory)
    organisation = factory.SelfAttribute("window.organisation")
    code = factory.SelfAttribute("window.code")
    services = "结婚登记\n离婚登记"
    procedure = "受理、审查、登记、发证"
    flow = "取号\n受理\n领证"
    state = "live"
    written_by = factory.LazyAttribute(lambda text: PersonFactory(organisation=text.organisation))
    written_at = factory.LazyFunction(moment)
    proposed_by = factory.SelfAttribute("written_by")
    proposed_at = factory.LazyFunction(moment)
    checked_by = factory.SubFactory(PersonFactory)
    checked_at = factory.LazyFunction(moment)
    published_at = factory.LazyFunction(moment)


class FirstAskedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FirstAsked

    organisation = factory.SubFactory(OrganisationFactory)
    asked_on = factory.LazyFunction(lambda: moment().date())
    visitor = "张先生"
    matter = "怎样补领结婚证"
    first_by = factory.LazyAttribute(lambda entry: PersonFactory(organisation=entry.organisation))
    due_on = factory.SelfAttribute("asked_on")
    written_by = factory.SelfAttribute("first_by")
    written_at = factory.LazyFunction(moment)


class ServiceReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceReport

    item = factory.SubFactory(ServiceItemFactory, live=True)
    kind = "overtime"
    text = "第六天才办好"
    week_on = factory.LazyFunction(lambda: moment().date())
    receipt_hash = factory.Sequence(lambda n: f"{n:064d}")


def ask_owners(period, *owners):
    """The plan of the period asks pledges of these kinds of owners only (L14, L15, L16)."""
    version = period.scheme_version
    version.document = deepcopy(version.document)
    items = [item for family in version.document["families"] for item in family["items"]]
    item = next(item for item in items if item.get("mechanism") == "pledge")
    item["settings"] = {"owners": list(owners)}
    version.digest = "-".join(("owners", *owners))
    version.save(update_fields=["document", "digest"])
