from supervision.models.closing import Closing, Scorecard
from supervision.models.inspection import Inspection
from supervision.models.rollup import Rollup

__all__ = ["Closing", "Inspection", "Rollup", "Scorecard"]
