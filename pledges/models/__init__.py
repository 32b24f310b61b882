from pledges.models.pledge import Pledge, PledgeProgress, PledgeVersion

__all__ = ["Pledge", "PledgeProgress", "PledgeVersion"]
