from pledges.models.appearance import Appearance
from pledges.models.bulletin import Bulletin, grouped
from pledges.models.card import Card
from pledges.models.figure import PublishedFigure
from pledges.models.honour import PublishedHonour
from pledges.models.image import Brand, Plaque, StandingText, Story
from pledges.models.pledge import Pledge, PledgeLine, PledgeProgress, PledgeVersion, ProgressFile
from pledges.models.print import PrintBatch, PrintRecord
from pledges.models.register import FirstAsked, RegisterLine, ServiceReport, Whereabouts
from pledges.models.self_examination import SelfExamination
from pledges.models.service_item import DISCLOSURES, MORE_DISCLOSURES, ServiceItem
from pledges.models.window_text import WindowText
from pledges.models.zone import Zone, ZoneHolder

__all__ = [
    "DISCLOSURES",
    "MORE_DISCLOSURES",
    "Appearance",
    "Brand",
    "Bulletin",
    "Card",
    "FirstAsked",
    "Plaque",
    "Pledge",
    "PledgeLine",
    "PledgeProgress",
    "PledgeVersion",
    "PrintBatch",
    "PrintRecord",
    "ProgressFile",
    "PublishedFigure",
    "PublishedHonour",
    "RegisterLine",
    "SelfExamination",
    "ServiceItem",
    "ServiceReport",
    "StandingText",
    "Story",
    "Whereabouts",
    "WindowText",
    "Zone",
    "ZoneHolder",
    "grouped",
]
