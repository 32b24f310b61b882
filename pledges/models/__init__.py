from pledges.models.figure import PublishedFigure
from pledges.models.pledge import Pledge, PledgeProgress, PledgeVersion

__all__ = ["Pledge", "PledgeProgress", "PledgeVersion", "PublishedFigure"]
