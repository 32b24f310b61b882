"""Titles, criteria, supervision, rectification, classification and registers of a scheme."""

from typing import Annotated, Literal

from pydantic import Field

from campaigns.models.document.cadence import Frequency
from campaigns.models.document.parts import (
    Count,
    Days,
    Entry,
    Key,
    Label,
    Named,
    Number,
    Part,
    Row,
    Subject,
    Text,
)


class Title(Named):
    """An honour: who may get it, how often, by which steps."""

    subject: Subject
    cycle: Frequency
    places: Count | None = None
    travelling: bool = False
    by: Literal["selection", "declaration"] = "selection"
    public_nomination: bool = False
    publicity_working_days: Days = 5
    steps: tuple[Label, ...] = ()
    criteria: tuple[Key, ...] = ()
    evidence: tuple[Label, ...] = ()


class Criteria(Named):
    """A list of standards; placeholders wait for the official wording."""

    subject: Literal["person", "window", "branch", "unit"]
    entries: tuple[Entry, ...] = Field(min_length=1)


class Category(Named):
    """A kind of problem with the types the plan names."""

    types: tuple[Label, ...] = ()


class Escalation(Part):
    """Overdue or repeated items go up; the outcome is recorded."""

    after_overdue_working_days: Days = 5
    after_repeats: Count = 2
    to: Literal["committee", "leader"] = "committee"
    rows: tuple[Row, ...] = ()


class Recheck(Part):
    """回头看: closed items are looked at again with these questions."""

    name: Label
    questions: tuple[Named, ...] = Field(min_length=1)
    after_working_days: Days = 60
    may_reopen: bool = True
    rows: tuple[Row, ...] = ()


class RectificationRules(Part):
    sources: tuple[Named, ...] = Field(min_length=1)
    categories: tuple[Category, ...] = ()
    deadline_working_days: Annotated[int, Field(ge=1, le=366)] = 15
    public_answer: bool = False
    call_back: bool = False
    escalation: Escalation | None = None
    recheck: Recheck | None = None
    rows: tuple[Row, ...] = ()


class InspectionMethod(Named):
    random_draw: bool = False


class CheckPoint(Named):
    """One line of an inspection: met or not met."""

    name: Label


class CheckList(Named):
    subject: Subject
    points: tuple[CheckPoint, ...] = Field(min_length=1)


class InspectionRules(Part):
    methods: tuple[InspectionMethod, ...] = Field(min_length=1)
    checklists: tuple[CheckList, ...] = ()
    findings_open_rectification: bool = False
    rows: tuple[Row, ...] = ()

    def method(self, key: str) -> InspectionMethod:
        return next(method for method in self.methods if method.key == key)

    def checklist(self, key: str) -> CheckList:
        return next(checklist for checklist in self.checklists if checklist.key == key)


class ClassCondition(Part):
    """One limit on a figure of the closed period; a figure that is missing meets no condition."""

    figure: Literal["score", "place", "bad", "overdue", "reopened", "people", "duty_rate"]
    at_least: Number | None = None
    at_most: Number | None = None


class Class(Named):
    """One class of branches: when it is proposed, how it is treated, what it is shown.

    Classes stand best first. The worst is looked at first; one without conditions takes the rest.
    """

    proposed_when: Text | None = None
    conditions: tuple[ClassCondition, ...] = ()
    needs: Literal["all", "any"] = "all"
    treatment: Text
    sees: Text | None = None


class Classification(Part):
    subject: Literal["branch", "window", "unit"] = "branch"
    classes: tuple[Class, ...] = ()  # two at least, one after the other in the workshop
    decided_by: Literal["committee", "leader"] = "committee"
    rows: tuple[Row, ...] = ()

    def class_of(self, key: str) -> Class | None:
        return next((one for one in self.classes if one.key == key), None)


class Register(Named):
    """A book the plan wants kept, with its columns."""

    kept_by: Literal["window", "branch", "office"] = "window"
    columns: tuple[Label, ...] = Field(min_length=1)
    public: bool = False


class Rule(Named):
    """A standing rule with its text, shown as a page of its own."""

    text: Text
    placeholder: bool = False
    registers: tuple[Key, ...] = ()
