"""What the plan lists: families, their items, stages with their own names, other names."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, JsonValue

from campaigns.models.document.mechanisms import MECHANISMS, Mechanism, Settings
from campaigns.models.document.parts import FamilyRole, Key, Label, Named, Part, Percent, Row, Text


class Item(Named):
    """One entry of a family; names a mechanism with settings, or holds items, or both."""

    mechanism: Key | None = None
    settings: dict[str, JsonValue] = {}
    unit_types: tuple[Key, ...] = ()
    items: tuple["Item", ...] = ()

    @property
    def machinery(self) -> Mechanism | None:
        return MECHANISMS.get(self.mechanism or "")

    @cached_property
    def options(self) -> Any:
        """The settings as the mechanism's own class, defaults filled in."""
        settings_class = self.machinery.settings if self.machinery else Settings
        return settings_class.model_validate(self.settings)

    @property
    def enabled(self) -> bool:
        """Built in this release; a holder of items is when one of them is."""
        if self.machinery:
            return self.machinery.enabled
        return any(item.enabled for item in self.items)

    def walk(self) -> Iterator["Item"]:
        """This item and everything below it, in the plan's order."""
        yield self
        for item in self.items:
            yield from item.walk()


class Family(Named):
    """A chapter of the plan and the role it plays, whatever the plan calls it."""

    role: FamilyRole
    items: tuple[Item, ...]

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()


class StageItem(Part):
    """An item that belongs to a stage, under the stage's own name for it."""

    item: Key
    name: Label | None = None


# What a condition may be measured by besides a cadence rule: key -> what is counted. The apps above
# say how (`campaigns.queries.stages.measure`).
MEASURES = {
    "pledges_published": "承诺已公示的份数",
    "pledges_concluded": "到期承诺有结论的件数",
    "rounds_closed": "互评已计票的轮数",
    "periods_closed": "已满的周期里结算了的",
    "problems_sorted": "台账里定了措施的问题",
    "problems_due_closed": "台账到期事项里销号的",
    "problems_closed": "台账事项里销号的",
    "feedback_answered": "群众意见里答复了的",
    "branch_plans_approved": "支部实施方案里批准的",
}


class Condition(Part):
    """What must be true to enter or leave a stage.

    The portal checks it by a cadence rule or a measure; else the committee confirms it.
    """

    text: Text
    rule: Key | None = None
    measure: Key | None = None
    at_least: Percent | None = None
    at_most: Annotated[int, Field(ge=0, le=100_000)] | None = None

    @property
    def is_measured(self) -> bool:
        return bool(self.rule or self.measure)

    def is_met(self, done: int, total: int) -> bool:
        """`at_least` is a share of all, `at_most` how many may be left; all of them when neither."""
        if self.at_most is not None:
            return total - done <= self.at_most
        return (
            bool(total) and done * 100 >= (100 if self.at_least is None else self.at_least) * total
        )


class Stage(Named):
    goal: Text | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    entry: tuple[Condition, ...] = ()
    exit: tuple[Condition, ...] = ()
    items: tuple[StageItem, ...] = ()


class Alias(Part):
    """Another word of the plan for an item or a rater class."""

    name: Label
    same_as: Key
    rows: tuple[Row, ...] = ()


class Remark(Part):
    """A rule of conduct or an explanation that no item carries."""

    text: Text
    rows: tuple[Row, ...] = ()
