"""Scores of a contest as a kind of import: for the organiser who has the paper sheets."""

import re

from branches.excel.headings import plain_heading
from branches.excel.kinds import register
from branches.excel.list_kinds import list_kind
from branches.excel.listing import ListColumn
from competitions.actions.score_import import (
    contests_to_fill,
    plan_scores,
    slots_of,
    write_scores,
)
from competitions.excel.sheets import NAME, NUMBER, mark_reader
from competitions.models import Contest
from competitions.permissions import RUNNERS
from competitions.queries.ranking import full_of

NAMES = r"参赛者|姓名|名称|参赛单位|参赛人"


def columns(scope, about):
    """The entrant, and a column for every mark this contest asks for."""
    contest = Contest.objects.filter(pk=int(about)).first() if about else None
    if contest is None:
        return (ListColumn("name", NAME, NAMES, required=True, longest=120),)
    full = full_of(contest.rules)
    entrants = tuple(contest.entrants.order_by("number").values_list("label", flat=True))
    return (
        ListColumn("number", NUMBER, r"序号|编号|号码"),
        ListColumn(
            "name", NAME, NAMES, required=True, longest=120, choices=entrants,
            guide="与参赛名单一致，一行一个参赛者。",
        ),
        *(
            ListColumn(
                slot.key, slot.label, _pattern(slot.label), read=mark_reader(full),
                guide=f"评委 {slot.judge}，0 到 {full} 分。",
            )
            for slot in slots_of(contest)
        ),
    )  # fmt: skip


def _pattern(label):
    """“张三·理论” is also 张三 over 理论; “评委张三”, “张三得分” are the judge's column."""
    parts = [re.escape(plain_heading(part)) for part in label.split("·")]
    return rf"(评委)?{'[^0-9A-Z一-鿿]*'.join(parts)}(评委)?((得|打|评)?分)?"


SCORES = register(
    list_kind(
        key="scores",
        label="竞赛成绩",
        noun="参赛者",
        hint="纸质评分表由主办方录入：一行一个参赛者，每位评委每项一列；评委的分录全了就算交表，定名次以前可以撤销。",
        roles=RUNNERS,
        scopes=("committee", "general_branch", "branch"),
        columns=columns,
        plan=plan_scores,
        write=write_scores,
        url="competitions:contest_list",
        abouts=contests_to_fill,
        about_label="哪项竞赛",
    )
)
