import factory
from django.core.files.base import ContentFile

from competitions.models import (
    Activity,
    ActivityPicture,
    Case,
    CasePicture,
    Contest,
    Entrant,
    Growth,
    Judge,
    Milestone,
    Nomination,
    Pair,
    Selection,
    Shift,
    Streak,
    Target,
)
from tests.factories.branches import OrganisationFactory, PersonFactory, moment
from tests.factories.campaigns import CampaignFactory, PeriodFactory


class ContestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contest

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    item = "skill_contest"
    name = factory.Sequence(lambda n: f"技能竞赛{n}")
    subject = "team"
    rules = factory.LazyFunction(lambda: {"rule": "mean", "digits": 2, "tie_digits": 3})
    held_on = factory.SelfAttribute("period.starts_on")
    state = "judging"
    made_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(moment)


class EntrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entrant

    contest = factory.SubFactory(ContestFactory)
    number = factory.Sequence(lambda n: n + 1)
    label = factory.Sequence(lambda n: f"第{n}代表队")


class JudgeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Judge

    contest = factory.SubFactory(ContestFactory)
    person = factory.SubFactory(PersonFactory)


class StreakFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Streak

    campaign = factory.SubFactory(CampaignFactory)
    item = "faultless_shifts"
    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.LazyAttribute(lambda one: PersonFactory(organisation=one.organisation))
    subject_key = factory.LazyAttribute(lambda one: f"person:{one.person.pk}")


class ShiftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Shift

    streak = factory.SubFactory(StreakFactory)
    number = factory.Sequence(lambda n: n + 1)
    worked_on = factory.LazyFunction(lambda: moment().date())
    noted_at = factory.LazyFunction(moment)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    shift = factory.SubFactory(ShiftFactory)
    streak = factory.SelfAttribute("shift.streak")
    threshold = 100
    name = "百班无错"
    reached_on = factory.LazyFunction(lambda: moment().date())


class SelectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Selection

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    title = "pacesetter"
    name = "活动标兵"
    subject = "person"
    closes_on = factory.SelfAttribute("period.ends_on")
    made_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(moment)


class NominationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Nomination

    selection = factory.SubFactory(SelectionFactory)
    organisation = factory.SelfAttribute("selection.organisation")
    person = factory.LazyAttribute(lambda one: PersonFactory(organisation=one.organisation))
    subject_key = factory.LazyAttribute(lambda one: f"person:{one.person.pk}")
    made_at = factory.LazyFunction(moment)


class ActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Activity

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    item = "quality"
    kind = "学业务"
    name = "窗口业务学习"
    held_on = factory.SelfAttribute("period.starts_on")
    made_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(moment)


class TargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Target

    period = factory.SubFactory(PeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    organisation = factory.SubFactory(OrganisationFactory)
    branch = factory.SelfAttribute("organisation")
    item = "first_service"
    name = "创一流服务"
    standard = "满意率 98% 以上"
    due_on = factory.SelfAttribute("period.ends_on")
    aimed_by = factory.SubFactory(PersonFactory)
    aimed_at = factory.LazyFunction(moment)


class CaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Case

    campaign = factory.SubFactory(CampaignFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = "model"
    name = "一次办结的窗口"
    text = "从三次跑到一次办结"
    written_by = factory.SubFactory(PersonFactory)
    written_at = factory.LazyFunction(moment)


class CasePictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CasePicture

    case = factory.SubFactory(CaseFactory)
    image = factory.LazyFunction(lambda: ContentFile(b"not a photo", name="case.jpg"))
    caption = "窗口前的引导员"
    added_by = factory.SubFactory(PersonFactory)
    added_at = factory.LazyFunction(moment)


class ActivityPictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActivityPicture

    activity = factory.SubFactory(ActivityFactory)
    image = factory.LazyFunction(lambda: ContentFile(b"not a photo", name="activity.jpg"))
    caption = "新流程学习现场"
    added_by = factory.SubFactory(PersonFactory)
    added_at = factory.LazyFunction(moment)


class GrowthFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Growth

    campaign = factory.SubFactory(CampaignFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    item = "two_way"
    track = "to_backbone"
    name = "把党员培养成工作骨干"
    steps = factory.LazyFunction(lambda: ["安排导师", "岗位考核"])
    person = factory.LazyAttribute(lambda one: PersonFactory(organisation=one.organisation))
    mentor = factory.LazyAttribute(lambda one: PersonFactory(organisation=one.organisation))
    goal = "能独立值一线窗口"
    starts_on = factory.SelfAttribute("campaign.starts_on")
    due_on = factory.SelfAttribute("campaign.ends_on")
    made_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(moment)


class PairFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pair

    campaign = factory.SubFactory(CampaignFactory)
    organisation = factory.SelfAttribute("campaign.organisation")
    stronger = factory.SubFactory(OrganisationFactory)
    weaker = factory.SubFactory(OrganisationFactory)
    plan = "每月走访一次，帮建台账"
    starts_on = factory.SelfAttribute("campaign.starts_on")
    ends_on = factory.SelfAttribute("campaign.ends_on")
    made_by = factory.SubFactory(PersonFactory)
    made_at = factory.LazyFunction(moment)
