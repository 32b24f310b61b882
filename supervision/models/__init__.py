from supervision.models.archive import Archive
from supervision.models.closing import Closing, Scorecard
from supervision.models.inspection import Draw, Inspection
from supervision.models.recheck import RecheckDraw
from supervision.models.rectification import Rectification, Step
from supervision.models.robot import Robot, RobotMessage
from supervision.models.rollup import Rollup
from supervision.models.urge import Urge

__all__ = [
    "Archive",
    "Closing",
    "Draw",
    "Inspection",
    "RecheckDraw",
    "Rectification",
    "Robot",
    "RobotMessage",
    "Rollup",
    "Scorecard",
    "Step",
    "Urge",
]
