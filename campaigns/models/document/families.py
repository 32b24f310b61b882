"""What the plan lists: families, their items, stages with their own names, other names."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import JsonValue

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


class Condition(Part):
    """What must be true to enter or leave a stage; checkable when it names a cadence rule."""

    text: Text
    rule: Key | None = None
    at_least: Percent | None = None


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
