"""Headings and kinds in lists of party organisations."""

from __future__ import annotations

import re

from branches.excel.headings import LONGEST, plain_heading
from branches.excel.text import folded

PATTERNS = {
    "code": r"(党?组织|支部|党组织|机构)?(编号|编码|代码)",
    "name": r"(党?组织|党支部|支部|党组织|机构)(名称|全称)",
    "name_else": r"名称|党组织|党?组织|党?支部|单位名称",
    "kind": r"(党?组织|支部|党组织|机构)?(类别|类型|级别|层级)|组织形式",
    "parent": r"(直接|所属)?上级(党)?(组织|党委|党总支|党组织|单位|名称)?(名称|全称|编号|编码|代码)?",
    "parent_else": r"(隶属|所属|主管)(于)?(党)?(组织|党委|党总支|总支|党组织)?(名称|全称)?",
    "unit_type": r"单位(类型|类别|性质)|所在单位(类型|类别|性质)|业务类型|窗口类型",
    "secretary": r"(党?组织|支部|党支部|党组织)?书记(姓名)?|负责人",
    "domain": r"(所属)?(领域|行业|党组织领域)",
    "founded": r"(建立|成立|批准|组建|批准建立)(日期|时间|年月)",
}
COMPILED = {field: re.compile(pattern) for field, pattern in PATTERNS.items()}
KINDS = (
    ("党小组", r"党小组"),
    ("临时党支部", r"临时(党)?支部"),
    ("联合党支部", r"联合(党)?支部"),
    ("党总支", r"总支(部|部委员会|委)?"),
    ("党支部", r"支部(委员会)?"),
    ("党工委", r"工作委员会|党?工委"),
    ("党组", r"党组$"),
    ("党委", r"党委|委员会|直属党委|机关党委"),
    ("单位", r"单位|(局|中心|公司|医院|学校)$"),
    ("科室", r"科室|(科|处|室|股)$"),
)


LABELS = {
    "name": "组织名称",
    "code": "组织编号",
    "kind": "组织类别",
    "parent": "上级组织",
    "unit_type": "单位类型",
    "secretary": "书记",
    "domain": "领域",
    "founded": "成立日期",
}


def organisation_columns(
    texts: list[tuple[int, str]], meanings: dict[str, str | None] | None = None
) -> dict[str, int]:
    """Field → column of a row of headings; 组织名称 and 上级组织 go before looser words."""
    columns: dict[str, int] = {}
    for column, text in texts:
        plain = plain_heading(text) if len(text) <= LONGEST else ""
        if meanings and plain in meanings:
            if meanings[plain]:
                columns[meanings[plain]] = column
            continue
        for field, pattern in COMPILED.items():
            if plain and pattern.fullmatch(plain):
                columns.setdefault(field, column)
    for field in ("name", "parent"):
        fallback = columns.pop(f"{field}_else", None)
        if fallback and fallback not in columns.values():
            columns.setdefault(field, fallback)
    return columns


def kind_of(stated: str | None, name: str) -> str | None:
    """The stated kind as it is written; without one, what the name says."""
    if stated:
        return stated if any(re.search(pattern, folded(stated)) for _, pattern in KINDS) else None
    return next((kind for kind, pattern in KINDS if re.search(pattern, folded(name))), None)
