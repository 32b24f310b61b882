"""Test data for all models, a module an app; whoever changes a model mends its factory.

`tests/world.py` has a whole small county made of it.
"""

from tests.factories.branches import (
    PASSWORD,
    AffiliationFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    RoleFactory,
    UnitTypeFactory,
    WindowFactory,
)
from tests.factories.campaigns import (
    CampaignFactory,
    DutyFactory,
    PeriodFactory,
    SchemeFactory,
    SchemeVersionFactory,
    StageFactory,
)
from tests.factories.common import AuditEventFactory, JobFactory, NoticeFactory
from tests.factories.competitions import ContestFactory, EntrantFactory, JudgeFactory
from tests.factories.evaluations import (
    FeedbackFactory,
    RatingCountFactory,
    ReviewFactory,
    RollEntryFactory,
    RoundFactory,
    SelfReviewFactory,
)
from tests.factories.identity import PrintBatchFactory, ZoneFactory, ZoneHolderFactory
from tests.factories.pledges import (
    FirstAskedFactory,
    PledgeFactory,
    PledgeProgressFactory,
    PledgeVersionFactory,
    ServiceItemFactory,
    ServiceReportFactory,
    WindowTextFactory,
)
from tests.factories.supervision import (
    ClosingFactory,
    InspectionFactory,
    RollupFactory,
    ScorecardFactory,
)

__all__ = [
    "PASSWORD",
    "AffiliationFactory",
    "AuditEventFactory",
    "CampaignFactory",
    "ClosingFactory",
    "ContestFactory",
    "DutyFactory",
    "EntrantFactory",
    "FeedbackFactory",
    "FirstAskedFactory",
    "InspectionFactory",
    "JobFactory",
    "JudgeFactory",
    "NoticeFactory",
    "OrganisationFactory",
    "PeriodFactory",
    "PersonFactory",
    "PledgeFactory",
    "PledgeProgressFactory",
    "PledgeVersionFactory",
    "PostFactory",
    "PrintBatchFactory",
    "RatingCountFactory",
    "ReviewFactory",
    "RoleFactory",
    "RollEntryFactory",
    "RollupFactory",
    "RoundFactory",
    "SchemeFactory",
    "SchemeVersionFactory",
    "ScorecardFactory",
    "SelfReviewFactory",
    "ServiceItemFactory",
    "ServiceReportFactory",
    "StageFactory",
    "UnitTypeFactory",
    "WindowFactory",
    "WindowTextFactory",
    "ZoneFactory",
    "ZoneHolderFactory",
]
