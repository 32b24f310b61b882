"""Totals of paper slips as a kind of import: one typist's figures, a row a pile (P05)."""

import re

from branches.excel.headings import plain_heading
from branches.excel.kinds import register
from branches.excel.list_kinds import list_kind
from branches.excel.listing import ListColumn
from branches.excel.readers import whole_of
from evaluations.actions.paper_import import (
    plan_papers,
    slots_of,
    subject_of,
    things_to_type,
    write_papers,
)
from evaluations.permissions.paper import TYPISTS

FIRST = (
    ListColumn(
        "name", "评的是谁", r"评的是谁|(被|评议|评价)?(评)?(对象|窗口|单位|人)(名称)?|姓名|名称",
        required=True, longest=120, guide="窗口名称，或评议名单里的人、单位；同名的写成“窗口（支部名）”。",
    ),
    ListColumn(
        "pile", "第几叠", r"第几叠|叠|(批次|编号|叠号)", required=True, longest=40,
        guide="日期或编号；两个人录同一叠要写得一样。",
    ),
    ListColumn("slips", "张数", r"(这一叠有?)?(几张|张数|份数|收回(份|张)?数)", required=True, read=whole_of),
)  # fmt: skip


def columns(scope, about):
    """Window or subject, pile, slips, and a column for each level of each question."""
    if not about:
        return FIRST
    subject = subject_of(about)
    form = ListColumn(
        "form", "哪一种表", r"(哪一种)?表(名|格)?|表的名称", choices=subject.form.names,
        guide="只有一种表时可不填。",
    )  # fmt: skip
    rater = ListColumn(
        "rater", "评议主体", r"评议主体|主体|(评议|参评)人(员)?(类别|身份)", guide="只有一种时可不填。",
        choices=tuple(subject.raters),
    )  # fmt: skip
    return (
        *FIRST,
        form,
        *((rater,) if subject.raters else ()),
        *(
            ListColumn(slot.key, slot.label, _pattern(slot.label), read=whole_of)
            for slot in slots_of(subject.form)
        ),
    )


def _pattern(label):
    parts = [re.escape(plain_heading(part)) for part in label.split("·")]
    return rf"{'[^0-9A-Z一-鿿]*'.join(parts)}(票数|票|人数)?"


PAPERS = register(
    list_kind(
        key="papers",
        label="纸质表票数",
        noun="叠",
        hint="一行一叠纸质表的合计。导入算您一个人录的一遍；另一个人还要再录（或导入他自己的）一遍，两次一致才计入。",
        roles=TYPISTS,
        scopes=("committee", "general_branch", "branch", "unit", "department"),
        columns=columns,
        plan=plan_papers,
        write=write_papers,
        url="evaluations:paper_list",
        abouts=things_to_type,
        about_label="哪一次",
    )
)
