"""When things are due: acts, frequencies, days inside a period."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from campaigns.models.document.parts import Days, Key, Named, Part

Frequency = Literal["weekly", "monthly", "quarterly", "half_yearly", "yearly", "once", "irregular"]
FREQUENCY_LABELS = {
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half_yearly": "每半年",
    "yearly": "每年",
    "once": "一次",
    "irregular": "不定期",
}
Who = Literal[
    "participants", "members", "staff", "secretary", "leader", "committee", "office", "inspector",
    "public",
]  # fmt: skip
About = Literal[
    "none", "self", "each_member", "each_participant", "each_window", "each_branch", "own_branch",
    "own_window",
]  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One kind of duty and the mechanism it needs (None: always there); `enabled` when built."""

    key: str
    label: str
    mechanism: str | None
    minutes: int
    enabled: bool = False
    makes_duties: bool = True


ACTS: dict[str, Act] = {
    act.key: act
    for act in (
        Act("update_card", "更新身份信息", "identity_card", 5, enabled=True),
        Act("update_sign", "更新职责台签", "duty_sign", 5, enabled=True),
        Act("update_service_items", "更新服务事项", "service_item", 20, enabled=True),
        Act("write_pledge", "提出承诺", "pledge", 15, enabled=True),
        Act("review_pledges", "审核承诺", "pledge", 10, enabled=True),
        Act("report_pledge", "报告承诺进展", "pledge", 5, enabled=True),
        Act("publish_comments", "公开点评", "published_comments", 5, enabled=True),
        Act("publish_results", "公示评议结果", "published_results", 3, enabled=True),
        Act("contest", "组织竞赛", "contest", 30, enabled=True),
        Act("record_indicator", "填报指标", "indicator", 10, enabled=True),
        Act("record_streak", "登记班次", "streak", 2, enabled=True),
        Act("study", "组织学习", "activity", 10, enabled=True),
        Act("activity", "记录活动", "activity", 10, enabled=True),
        Act("checklist", "对照自查", "checklist", 10, enabled=True),
        Act("self_review", "个人自评", "self_review", 15, enabled=True),
        Act("peer_ballot", "互评投票", "peer_review", 15, enabled=True),
        Act("branch_review", "逐人讲评", "branch_review", 5, enabled=True),
        Act("leader_review", "领导点评", "leader_review", 10, enabled=True),
        Act("meeting", "召开会议", "meeting_review", 60, enabled=True),
        Act("rate_window", "服务评价", "public_rating", 1, enabled=True, makes_duties=False),
        Act("panel_review", "代表评议", "panel", 15, enabled=True),
        Act("survey", "满意度调查", "survey", 5, enabled=True),
        Act("select_title", "组织评选", "title", 30, enabled=True),
        Act("verify_target", "认定创建目标", "target", 20, enabled=True),
        Act("inspect", "开展督查", "inspection", 60, enabled=True),
        Act("rectify", "落实整改", "rectification", 15, enabled=True),
        Act("recheck", "开展复查", "rectification", 20, enabled=True),
        Act("classify", "分类定级", "classification", 20, enabled=True),
        Act("fill_register", "填写登记簿", "register", 3, enabled=True),
        Act("write_branch_plan", "制定支部实施方案", "branch_plan", 60, enabled=True),
        Act("close_period", "结算本期", None, 5, enabled=True),
        Act("close_cycle", "总结本轮活动", "cycle_close", 30, enabled=True),
    )
}


LONGEST_AFTER = timedelta(days=92)


class Due(Part):
    """A day inside a period: 1 is its first day, -1 its last; `month` counts inside the period.

    With `working_days` only working days are counted, with `after_period` those after its end.
    """

    day: Annotated[int, Field(ge=-366, le=366)]
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    working_days: bool = False
    after_period: bool = False

    def within(
        self, starts_on: date, ends_on: date, is_working_day: Callable[[date], bool]
    ) -> date:
        """The due date in the given period, or so many days after it; never further."""
        if self.after_period:
            first = ends_on + timedelta(days=1)
            return self._counted(first, first + LONGEST_AFTER, is_working_day)
        return self._counted(*self._month_of(starts_on, ends_on), is_working_day)

    def _counted(
        self, starts_on: date, ends_on: date, is_working_day: Callable[[date], bool]
    ) -> date:
        step = timedelta(days=1 if self.day > 0 else -1)
        current = starts_on if self.day > 0 else ends_on
        left = abs(self.day)
        last = current
        while starts_on <= current <= ends_on:
            if not self.working_days or is_working_day(current):
                left -= 1
                last = current
            if not left:
                return current
            current += step
        return last

    def _month_of(self, starts_on: date, ends_on: date) -> tuple[date, date]:
        if self.month is None:
            return starts_on, ends_on
        first = _add_months(starts_on.replace(day=1), self.month - 1)
        last = _add_months(first, 1) - timedelta(days=1)
        return max(first, starts_on), min(last, ends_on)


def _add_months(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


class CadenceRule(Named):
    """Who does what, about whom, how often, by when."""

    act: Key
    item: Key | None = None
    who: tuple[Who, ...] = Field(min_length=1)
    about: About = "none"
    frequency: Frequency
    due: Due | None = None
    unit_types: tuple[Key, ...] = ()
    stages: tuple[Key, ...] = ()
    remind_days: tuple[Days, ...] = ()
    escalate_days: tuple[Days, ...] = ()


class PeriodRules(Part):
    """What a period of this campaign is and when it is closed."""

    kind: Literal["month", "quarter", "half", "year"] = "quarter"
    close_after_working_days: Days = 5
