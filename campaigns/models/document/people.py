"""Who takes part: organisation kinds, unit types, raters, the leading group, pledge owners."""

from typing import Literal

from pydantic import Field

from campaigns.models.document.parts import (
    Count,
    Entry,
    Key,
    Label,
    Name,
    Named,
    Part,
    Role,
    Row,
    Subject,
    Text,
)

Participant = Literal["members", "staff", "windows", "branches", "units"]


class OrganisationKind(Part):
    """A level of the organisation tree under the plan's own name for it."""

    kind: Literal["committee", "general_branch", "branch", "group", "unit", "department"]
    name: Label
    examples: tuple[Label, ...] = ()
    rows: tuple[Row, ...] = ()


class UnitType(Named):
    """A type of unit and the families it must put first."""

    emphasis: tuple[Key, ...] = ()
    must_disclose: tuple[Key, ...] = ()


class RaterClass(Named):
    """Raters that are counted together. Without an account they use a code, a ticket or paper."""

    source: Literal[
        "self", "peers", "branch", "leaders", "public", "panel", "units", "inspectors", "members"
    ]
    accountless: bool = False
    min_n: Count = 1
    subjects: tuple[Subject, ...] = ("person",)
    drawn_from: tuple[Label, ...] = ()


class GroupRole(Named):
    """A seat in the leading group; `grants` is the portal role that goes with it."""

    grants: Role | None = None
    held_by: Text | None = None


class LeadingGroup(Part):
    name: Label
    roles: tuple[GroupRole, ...] = ()
    office: GroupRole | None = None
    co_organisers: tuple[Label, ...] = ()
    rows: tuple[Row, ...] = ()


class PledgeThemes(Part):
    """Themes offered to one kind of owner."""

    owner: Literal["person", "branch", "window"]
    themes: tuple[Name, ...] = Field(min_length=1)
    rows: tuple[Row, ...] = ()


class TemplateLine(Named):
    """One ready line of a window's pledge; the public may rate it kept or not kept."""

    explanation: Text | None = None


# What a pledge says when it says nothing; a plan may name its own.
EMPTY_WORDS = (
    "加强", "进一步", "努力", "认真", "积极", "不断", "切实", "大力", "全力以赴", "尽最大努力",
    "扎实推进", "高度重视", "狠抓", "力争", "全心全意", "更上一层楼",
)  # fmt: skip


class PledgeRules(Part):
    themes: tuple[PledgeThemes, ...] = ()
    window_template: tuple[TemplateLine, ...] = ()
    review_points: tuple[Entry, ...] = ()
    empty_words: tuple[Name, ...] = EMPTY_WORDS
    rows: tuple[Row, ...] = ()
