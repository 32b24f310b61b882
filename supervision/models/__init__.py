from supervision.models.closing import Closing, Scorecard
from supervision.models.inspection import Draw, Inspection
from supervision.models.rectification import Rectification, Step
from supervision.models.rollup import Rollup

__all__ = [
    "Closing",
    "Draw",
    "Inspection",
    "Rectification",
    "Rollup",
    "Scorecard",
    "Step",
]
