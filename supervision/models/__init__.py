from supervision.models.closing import Closing, Scorecard
from supervision.models.inspection import Draw, Inspection
from supervision.models.rollup import Rollup

__all__ = ["Closing", "Draw", "Inspection", "Rollup", "Scorecard"]
