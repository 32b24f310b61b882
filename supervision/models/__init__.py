from supervision.models.archive import Archive
from supervision.models.checking import Checking
from supervision.models.closing import Closing, Scorecard
from supervision.models.inspection import Draw, Inspection
from supervision.models.leading import LeadingGroup, Seat
from supervision.models.points import PointEntry
from supervision.models.recheck import RecheckDraw
from supervision.models.rectification import Rectification, Step
from supervision.models.robot import Robot, RobotMessage
from supervision.models.rollup import Rollup
from supervision.models.standing import GuideVisit, Standing
from supervision.models.urge import Urge

__all__ = [
    "Archive",
    "Checking",
    "Closing",
    "Draw",
    "GuideVisit",
    "Inspection",
    "LeadingGroup",
    "PointEntry",
    "RecheckDraw",
    "Rectification",
    "Robot",
    "RobotMessage",
    "Rollup",
    "Scorecard",
    "Seat",
    "Standing",
    "Step",
    "Urge",
]
