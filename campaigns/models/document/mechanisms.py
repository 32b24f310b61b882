"""The portal's vocabulary: what an item of a plan can be made of, and its settings."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from campaigns.models.document.parts import (
    Count,
    Days,
    Entry,
    FamilyRole,
    Key,
    Label,
    Name,
    Named,
    Number,
    Part,
    Percent,
    Subject,
    Text,
)

Visibility = Literal["self", "branch", "organisation", "public"]
PrintForm = Literal["badge", "service_card", "desk_sign", "board", "zone", "poster", "screen"]
CardField = Literal[
    "name", "unit", "post", "photo", "motto", "phone", "party_member", "emblem", "duties", "zone"
]


class Settings(Part):
    """No settings beyond a free remark."""

    about: Text | None = None


class IdentityCardSettings(Settings):
    forms: tuple[PrintForm, ...] = ("badge", "board")
    fields: tuple[CardField, ...] = ("name", "unit", "post", "photo")
    qr: bool = True
    non_members: bool = False
    window_parts: tuple[Label, ...] = ()
    approval: bool = False  # of a window's words: a third signature before they are shown
    zones: tuple[Label, ...] = ()


class DutySignSettings(Settings):
    modes: tuple[Literal["person", "window"], ...] = ("person", "window")
    fields: tuple[Label, ...] = ()


# what a card of a service item has a place for: the eight disclosures, then what plans add
DISCLOSURE_KEYS = (
    "matter", "basis", "preconditions", "procedure", "fee_basis", "fee", "time_limit", "handler",
    "service_standard", "materials",
)  # fmt: skip


class ServiceItemSettings(Settings):
    disclosures: tuple[Named, ...] = ()
    required_for: tuple[Key, ...] = ()
    track_time_cut: bool = False
    fast_track: Label | None = None
    one_time_notice: bool = False
    approval: bool = False  # a third signature before it is shown (提出 → 审核 → 审批)


class PledgeSettings(Settings):
    owners: tuple[Literal["person", "branch", "window"], ...] = ("person", "branch")
    baseline_required: bool = True
    shown_at: tuple[Label, ...] = ()
    use_window_template: bool = False
    per_person_max: Count = 5


class PlaqueSettings(Settings):
    plaques: tuple[Label, ...] = ()
    honour_roll: bool = False
    media: tuple[Label, ...] = ()
    approval: bool = False


class PublishedCommentsSettings(Settings):
    source: Key | None = None
    visibility: Visibility = "organisation"


class PublishedResultsSettings(Settings):
    of: tuple[Key, ...] = ()
    places: tuple[Label, ...] = ()
    min_respondents: Count = 5


class ContestQuestion(Named):
    """One thing the judges mark; weights are per cent and stand on all questions or on none."""

    weight: Percent | None = None


class Prize(Part):
    name: Name
    places: Count = 1


class ContestSettings(Settings):
    """How a contest is judged and ranked; `scoring` does the arithmetic."""

    series: tuple[Label, ...] = ()
    subjects: tuple[Subject, ...] = ("person",)
    teams: bool = False
    certificate: bool = False
    questions: tuple[ContestQuestion, ...] = ()
    full: Annotated[int, Field(ge=1, le=1000)] = 100
    judges_min: Count = 1
    rule: Literal["mean", "trimmed", "coefficients"] = "mean"
    trim_highest: Annotated[int, Field(ge=0, le=9)] = 1
    trim_lowest: Annotated[int, Field(ge=0, le=9)] = 1
    digits: Annotated[int, Field(ge=0, le=4)] = 2
    tie_digits: Annotated[int, Field(ge=0, le=6)] = 3
    tie_order: tuple[Key, ...] = ()
    tied_prize: Literal["share", "lower", "committee"] = "committee"
    prizes: tuple[Prize, ...] = ()
    series_by: Literal["points", "sum", "mean"] = "points"
    series_points: tuple[Count, ...] = (10, 8, 6, 5, 4, 3, 2, 1)
    series_tie: Literal["firsts", "last", "shared"] = "firsts"

    @model_validator(mode="after")
    def _questions_add_up(self) -> "ContestSettings":
        weights = [question.weight for question in self.questions]
        if any(weight is None for weight in weights) and any(weights):
            raise ValueError("评分项的权重要么都写，要么都不写")
        if any(weights) and sum(weight or 0 for weight in weights) != 100:
            raise ValueError("评分项的权重合计应为 100")
        if list(self.series_points) != sorted(self.series_points, reverse=True):
            raise ValueError("series_points 应从第一名往下写，不能越往后越多")
        unknown = set(self.tie_order) - {question.key for question in self.questions}
        if unknown:
            raise ValueError(f"tie_order 里的“{'、'.join(sorted(unknown))}”不是评分项")
        return self


class Measure(Named):
    unit: Label | None = None
    better: Literal["more", "less"] = "more"


class IndicatorSettings(Settings):
    subjects: tuple[Subject, ...] = ("window", "person", "branch")
    measures: tuple[Measure, ...] = ()
    compare: tuple[Literal["horizontal", "vertical"], ...] = ("horizontal", "vertical")
    pairing: bool = False


class StreakSettings(Settings):
    subjects: tuple[Subject, ...] = ("person",)
    unit: Label = "次"
    thresholds: tuple[Count, ...] = ()
    names: tuple[Label, ...] = ()


class ActivitySettings(Settings):
    kinds: tuple[Label, ...] = ()
    tags: tuple[Key, ...] = ()
    organisers: tuple[Label, ...] = ()
    attendance: bool = False


class ChecklistSettings(Settings):
    questionnaire: Key
    visibility: Visibility = "branch"
    opens_rectification: bool = True


class FormSettings(Settings):
    """A review that is answered on one of the scheme's questionnaires."""

    questionnaire: Key
    rater_class: Key | None = None


class PeerReviewSettings(FormSettings):
    within: Literal["branch", "group", "organisation"] = "branch"
    roll: Literal["members", "participants"] = "members"
    grades_probationary: bool = False
    occasions: tuple[Label, ...] = ()


class BranchReviewSettings(FormSettings):
    everyone: bool = True


class LeaderReviewSettings(FormSettings):
    occasions: tuple[Label, ...] = ()
    about_pledges: bool = False
    follow_up: bool = False


class MeetingReviewSettings(Settings):
    questionnaire: Key | None = None
    kinds: tuple[Label, ...] = ()
    visibility: Visibility = "organisation"


class PublicRatingSettings(FormSettings):
    channels: tuple[Key, ...] = ()
    subjects: tuple[Subject, ...] = ("window",)
    paper_forms: tuple[Label, ...] = ()


class PanelSettings(FormSettings):
    raters: tuple[Key, ...] = ()
    subject: Subject = "unit"
    occasions: tuple[Label, ...] = ()


class SurveySettings(FormSettings):
    sample: Literal["open", "sampled"] = "open"


class SuggestionBoxSettings(Settings):
    anonymous: bool = True
    answer_within_working_days: Days = 10
    public_answer: bool = True


class TitleSettings(Settings):
    titles: tuple[Key, ...]


class TargetSettings(Settings):
    subjects: tuple[Subject, ...] = ("window",)
    standard: Text | None = None
    measure: Text | None = None
    evidence: tuple[Label, ...] = ()
    criteria: tuple[Key, ...] = ()
    everybody: bool = False


class Track(Named):
    """One direction of developing people: from whom, by which steps."""

    of: Literal["members", "others", "anyone"] = "anyone"
    steps: tuple[Label, ...] = Field(min_length=1)


class DevelopmentSettings(Settings):
    """双向培养 (G11): tracks, each with steps that a record goes through."""

    tracks: tuple[Track, ...] = ()


class InspectionSettings(Settings):
    methods: tuple[Key, ...] = ()
    checklists: tuple[Key, ...] = ()


class RectificationSettings(Settings):
    sources: tuple[Key, ...] = ()


class RegisterSettings(Settings):
    registers: tuple[Key, ...] = ()


class ListSettings(Settings):
    entries: tuple[Entry, ...] = ()


class CoverageSettings(Settings):
    """Which windows count as lit (G10): those that have every one of `parts`."""

    parts: tuple[Literal["post", "board", "badge", "sign", "services", "pledge", "member"], ...] = (
        "post", "board", "badge", "pledge",
    )  # fmt: skip
    target_percent: Number | None = None


@dataclass(frozen=True)
class Mechanism:
    """One thing the portal can do; `enabled` says it is built in this release."""

    key: str
    label: str
    family: FamilyRole | Literal["supervise"]
    minutes: int
    settings: type[Settings] = Settings
    enabled: bool = False

    @property
    def setting_names(self) -> tuple[str, ...]:
        return tuple(self.settings.model_fields)


MECHANISMS: dict[str, Mechanism] = {
    mechanism.key: mechanism
    for mechanism in (
        Mechanism("identity_card", "身份牌", "show", 5, IdentityCardSettings, enabled=True),
        Mechanism("duty_sign", "职责台签", "show", 5, DutySignSettings, enabled=True),
        Mechanism("service_item", "服务事项明白卡", "show", 20, ServiceItemSettings, enabled=True),
        Mechanism("pledge", "公开承诺", "show", 15, PledgeSettings, enabled=True),
        Mechanism("plaque", "挂牌与光荣榜", "show", 10, PlaqueSettings, enabled=True),
        Mechanism("published_comments", "点评公开", "show", 5, PublishedCommentsSettings, True),
        Mechanism("published_results", "评议结果公示", "show", 3, PublishedResultsSettings, True),
        Mechanism("contest", "竞赛", "compare", 30, ContestSettings, enabled=True),
        Mechanism("service_brand", "服务品牌", "show", 20, enabled=True),
        Mechanism("indicator", "指标对比", "compare", 10, IndicatorSettings, True),
        Mechanism("streak", "连续无差错", "compare", 2, StreakSettings, True),
        Mechanism("activity", "活动记录", "compare", 10, ActivitySettings, enabled=True),
        Mechanism("checklist", "对照自查", "compare", 10, ChecklistSettings, True),
        Mechanism("benchmark", "对标先进", "compare", 10, ListSettings, enabled=True),
        Mechanism("case_library", "典型案例", "compare", 20, ListSettings, enabled=True),
        Mechanism("self_review", "个人自评", "review", 15, FormSettings, enabled=True),
        Mechanism("peer_review", "互评", "review", 15, PeerReviewSettings, enabled=True),
        Mechanism("branch_review", "支部讲评", "review", 5, BranchReviewSettings, enabled=True),
        Mechanism("leader_review", "领导点评", "review", 10, LeaderReviewSettings, enabled=True),
        Mechanism("meeting_review", "会议点评", "review", 60, MeetingReviewSettings, enabled=True),
        Mechanism("public_rating", "群众评价", "review", 1, PublicRatingSettings, enabled=True),
        Mechanism("panel", "代表评议", "review", 15, PanelSettings, enabled=True),
        Mechanism("survey", "满意度调查", "review", 5, SurveySettings, enabled=True),
        Mechanism("suggestion_box", "意见箱", "review", 5, SuggestionBoxSettings, enabled=True),
        Mechanism("title", "评选命名", "attain", 30, TitleSettings, enabled=True),
        Mechanism("target", "创建目标", "attain", 20, TargetSettings, enabled=True),
        Mechanism("development", "培养记录", "attain", 10, DevelopmentSettings, enabled=True),
        Mechanism("inspection", "督查", "supervise", 60, InspectionSettings, enabled=True),
        Mechanism(
            "rectification", "整改台账", "supervise", 15, RectificationSettings, enabled=True
        ),
        Mechanism("classification", "分类定级", "supervise", 20, enabled=True),
        Mechanism("register", "登记簿", "supervise", 3, RegisterSettings, enabled=True),
        Mechanism("coverage", "覆盖面统计", "supervise", 2, CoverageSettings, enabled=True),
        Mechanism("branch_plan", "支部实施方案", "supervise", 60, enabled=True),
        Mechanism("cycle_close", "总结与延续", "supervise", 30, enabled=True),
    )
}
# Sheets on which a figure may be written instead of a level chosen.
TAKES_FIGURES = frozenset({"peer_review", "self_review", "branch_review", "leader_review", "panel"})
