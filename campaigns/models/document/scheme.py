"""The scheme document: the whole plan, typed, for reading at run time."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

import scoring
from campaigns.models.document.cadence import ACTS, CadenceRule, PeriodRules
from campaigns.models.document.families import Alias, Family, Item, Remark, Stage
from campaigns.models.document.mechanisms import MECHANISMS, TAKES_FIGURES
from campaigns.models.document.oversight import (
    CheckList,
    Classification,
    Criteria,
    InspectionRules,
    RectificationRules,
    Register,
    Rule,
    Title,
)
from campaigns.models.document.parts import Label, Name, Named, Part, Row, Slug, Text
from campaigns.models.document.people import (
    LeadingGroup,
    OrganisationKind,
    Participant,
    PledgeRules,
    RaterClass,
    UnitType,
)
from campaigns.models.document.questions import (
    Channel,
    Question,
    Questionnaire,
    Satisfaction,
    Scale,
    Thresholds,
)
from campaigns.models.document.recipes import RecipePart

FORMAT = 1


def _named(parts: Iterable[Named], key: str, kind: str) -> Named:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(f"方案里没有{kind}“{key}”")


class SchemeDocument(Part):
    """A plan as data. docs/schemes.md explains every key with Chinese examples."""

    format: Literal[1] = FORMAT
    slug: Slug
    name: Label
    short_name: Name
    issued_by: Label | None = None
    goals: tuple[Text, ...] = ()
    slogans: tuple[Label, ...] = ()
    rows: tuple[Row, ...] = ()
    periods: PeriodRules = PeriodRules()
    participants: tuple[Participant, ...] = Field(min_length=1)
    organisation_kinds: tuple[OrganisationKind, ...] = ()
    unit_types: tuple[UnitType, ...] = ()
    leading_group: LeadingGroup | None = None
    families: tuple[Family, ...] = Field(min_length=1)
    aliases: tuple[Alias, ...] = ()
    stages: tuple[Stage, ...] = ()
    pledges: PledgeRules = PledgeRules()
    rater_classes: tuple[RaterClass, ...] = ()
    scales: tuple[Scale, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    channels: tuple[Channel, ...] = ()
    satisfaction: Satisfaction | None = None
    thresholds: Thresholds = Thresholds()
    cadence: tuple[CadenceRule, ...] = ()
    recipes: tuple[RecipePart, ...] = ()
    titles: tuple[Title, ...] = ()
    criteria: tuple[Criteria, ...] = ()
    inspections: InspectionRules | None = None
    rectification: RectificationRules | None = None
    classification: Classification | None = None
    registers: tuple[Register, ...] = ()
    rules: tuple[Rule, ...] = ()
    notes: tuple[Remark, ...] = ()

    # -- families and items

    def items(self) -> Iterator[Item]:
        """Every item of every family, headings included, in the plan's order."""
        for family in self.families:
            yield from family.walk()

    def item(self, key: str) -> Item:
        return _named(self.items(), key, "项目")

    def family(self, key: str) -> Family:
        return _named(self.families, key, "部分")

    def family_of(self, item_key: str) -> Family:
        for family in self.families:
            if any(item.key == item_key for item in family.walk()):
                return family
        raise KeyError(f"方案里没有项目“{item_key}”")

    def items_with(self, mechanism: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items() if item.mechanism == mechanism)

    def item_with(self, mechanism: str) -> Item | None:
        """The first item that uses this mechanism, or None when the plan does not ask for it."""
        return next(iter(self.items_with(mechanism)), None)

    def stage(self, key: str) -> Stage:
        return _named(self.stages, key, "阶段")

    def item_name(self, key: str, *, stage: str | None = None) -> str:
        """The item's name, in the stage's own wording when it has one."""
        if stage is not None:
            for entry in self.stage(stage).items:
                if entry.item == key and entry.name:
                    return entry.name
        return self.item(key).name

    def items_in(self, stage: str) -> tuple[Item, ...]:
        """The items of a stage; a stage that lists none has them all."""
        listed = {entry.item for entry in self.stage(stage).items}
        return tuple(item for item in self.items() if not listed or item.key in listed)

    # -- what is asked

    def questionnaire(self, key: str) -> Questionnaire:
        return _named(self.questionnaires, key, "问卷")

    def questionnaire_for(self, mechanism: str) -> Questionnaire | None:
        """The questionnaire of the first item with this mechanism."""
        item = self.item_with(mechanism)
        key = getattr(item.options, "questionnaire", None) if item else None
        return self.questionnaire(key) if key else None

    def scale(self, key: str) -> Scale:
        return _named(self.scales, key, "量表")

    def scale_of(self, question: Question) -> Scale:
        return self.scale(question.scale or "")

    def level_values(self, scale: str) -> dict[str, Decimal | None]:
        """Level key -> value in the scale's order; None is 不了解."""
        return self.scale(scale).values

    def rater_class(self, key: str) -> RaterClass:
        return _named(self.rater_classes, key, "评议主体")

    def rater_classes_from(self, source: str) -> tuple[RaterClass, ...]:
        return tuple(rater for rater in self.rater_classes if rater.source == source)

    def channel(self, key: str) -> Channel:
        return _named(self.channels, key, "评价渠道")

    # -- when, how much, to what end

    def rule(self, key: str) -> CadenceRule:
        return _named(self.cadence, key, "节奏规则")

    def rules_for(self, act: str) -> tuple[CadenceRule, ...]:
        return tuple(rule for rule in self.cadence if rule.act == act)

    def is_built(self, item: Item) -> bool:
        """Whether this release can run the item as this scheme sets it."""
        if not item.enabled:
            return False
        if item.mechanism in TAKES_FIGURES:
            return True
        key = getattr(item.options, "questionnaire", None)
        asked = self.questionnaire(key).scale_questions if key else ()
        return not any(self.scale_of(question).is_numeric for question in asked)

    def is_enabled(self, rule: CadenceRule) -> bool:
        """Whether this release can carry out the rule: its act and its item are both built."""
        act = ACTS[rule.act]
        if not act.enabled or (act.mechanism and not MECHANISMS[act.mechanism].enabled):
            return False
        return rule.item is None or self.is_built(self.item(rule.item))

    def not_built(self) -> tuple[Item, ...]:
        """Items to be shown as 未启用."""
        return tuple(item for item in self.items() if item.mechanism and not self.is_built(item))

    def recipe(self, subject: str) -> RecipePart | None:
        """The recipe for person, window, branch or unit; None when the plan scores no such thing."""
        return next((recipe for recipe in self.recipes if recipe.subject == subject), None)

    def formula(self, subject: str) -> dict[str, Any]:
        """The recipe as scoring reads it: with the scheme's scales and questionnaires in it."""
        part = self.recipe(subject)
        if part is None:
            raise KeyError(f"方案没有给“{subject}”计分的办法")
        return self.formula_of(part)

    def formula_of(self, part: RecipePart) -> dict[str, Any]:
        """One recipe completed with what the scheme says elsewhere."""
        named = {"name": part.name} | dict(part.formula)
        scales = {scale.key: scale.as_data() for scale in self.scales if scale.levels}
        asked = {
            questionnaire.key: questionnaire.as_data(known=scales)
            for questionnaire in self.questionnaires
        }
        named["scales"] = scales | dict(named.get("scales") or {})
        named["questionnaires"] = asked | dict(named.get("questionnaires") or {})
        return named

    @cached_property
    def scoring_recipes(self) -> dict[str, scoring.Recipe]:
        """Subject -> checked recipe, parsed once per document."""
        return {part.subject: scoring.parse_recipe(self.formula_of(part)) for part in self.recipes}

    def title(self, key: str) -> Title:
        return _named(self.titles, key, "称号")

    def criteria_list(self, key: str) -> Criteria:
        return _named(self.criteria, key, "标准")

    def register(self, key: str) -> Register:
        return _named(self.registers, key, "登记簿")

    def checklist(self, key: str) -> CheckList:
        return _named(self.inspections.checklists if self.inspections else (), key, "检查表")

    # -- people

    def unit_type(self, key: str) -> UnitType:
        return _named(self.unit_types, key, "单位类型")

    def pledge_themes(self, owner: str) -> tuple[str, ...]:
        """Themes for person, branch or window, in the plan's order."""
        return tuple(
            theme for part in self.pledges.themes if part.owner == owner for theme in part.themes
        )

    def pledge_owners(self) -> frozenset[str]:
        """Whose pledges the plan asks for, of several items together; all where it names no pledge (L14, L15, L16)."""
        items = self.items_with("pledge")
        named = frozenset(owner for item in items for owner in item.options.owners)
        return named if items else frozenset({"person", "branch", "window"})

    @property
    def includes_non_members(self) -> bool:
        """Whether window staff take part who are not party members."""
        return "staff" in self.participants
