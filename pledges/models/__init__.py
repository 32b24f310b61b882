from pledges.models.figure import PublishedFigure
from pledges.models.pledge import Pledge, PledgeProgress, PledgeVersion
from pledges.models.service_item import DISCLOSURES, MORE_DISCLOSURES, ServiceItem

__all__ = [
    "DISCLOSURES",
    "MORE_DISCLOSURES",
    "Pledge",
    "PledgeProgress",
    "PledgeVersion",
    "PublishedFigure",
    "ServiceItem",
]
