from competitions.models.about import KINDS, About, InsideQuerySet
from competitions.models.contest import ORDER, Contest, Entrant, Judge, Mark

__all__ = ["KINDS", "ORDER", "About", "Contest", "Entrant", "InsideQuerySet", "Judge", "Mark"]
