"""How figures come about: one recipe per kind of subject, written in the format of scoring."""

from functools import cached_property
from typing import Literal

from pydantic import JsonValue

import scoring
from campaigns.models.document.parts import Label, Part, Row, Text


class RecipePart(Part):
    """The recipe of one kind of subject; `formula` is what docs/scoring.md describes."""

    subject: Literal["person", "window", "branch", "unit"]
    name: Label
    rank_within: Literal["campaign", "unit_type", "organisation"] = "campaign"
    formula: dict[str, JsonValue]
    note: Text | None = None
    rows: tuple[Row, ...] = ()

    @cached_property
    def parsed(self) -> scoring.Recipe:
        return scoring.parse_recipe(self.formula)
