from campaigns.models.branch_plan import BranchPlan
from campaigns.models.calendar import WorkdayException
from campaigns.models.campaign import Campaign, Period, Stage
from campaigns.models.choice import CampaignChoice
from campaigns.models.draft import SchemeDraft
from campaigns.models.duty import Duty
from campaigns.models.scheme import Family, Item, Scheme, SchemeVersion

__all__ = [
    "BranchPlan",
    "Campaign",
    "CampaignChoice",
    "Duty",
    "Family",
    "Item",
    "Period",
    "Scheme",
    "SchemeDraft",
    "SchemeVersion",
    "Stage",
    "WorkdayException",
]
