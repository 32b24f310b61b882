"""Broken schemes: a valid one with one thing spoilt. The line to be named carries the mark `#!`."""

from pathlib import Path

SMALL = (Path(__file__).parent / "schemes" / "small.yaml").read_text()
MARK = "#!"

# name: (text of the valid scheme, what stands there instead, part of the reason)
SPOILT = {
    "unknown key": ("short_name: 两亮一评", "short_nam: 两亮一评 #!", "不认识的键“short_nam”；是不是想写“short_name”"),
    "unknown key deep inside": ("min_n: 3}", "min_m: 3} #!", "不认识的键“min_m”"),
    "unknown section": ("format: 1", "scoring: {} #!\nformat: 1", "不认识的键“scoring”"),
    "key missing": ("- key: show\n  name: 两亮\n", "- key: show #!\n", "缺少“name”"),
    "format of the future": ("format: 1", "format: 2 #!", "只能是 1"),
    "name is a number": ("name: 小方案", "name: 2016 #!", "应是文字"),
    "name is empty": ("name: 小方案", 'name: "" #!', "不能为空"),
    "name is a list": ("name: 小方案", "name: [小, 方案] #!", "应是文字"),
    "list is a word": ("participants: [members, windows, branches]", "participants: members #!", "应是列表"),
    "mapping is a word": ("thresholds: {histogram: 6}", "thresholds: high #!", "应是一组"),
    "slug with capitals": ("slug: small-plan", "slug: Small Plan #!", "只能用小写字母"),
    "key in Chinese": ("- key: second", "- key: 第二 #!", "代号只能用小写字母"),
    "control character": ("name: 小方案", 'name: "小\\a方案" #!', "控制字符"),
    "control character in a recipe": ("label: 兑现", 'label: "兑\\0现"', "控制字符"),
    "control character in a key": ("thresholds: {histogram: 6}", 'thresholds: {"his\\0": 6} #!', "控制字符"),
    "participant unknown": ("[members, windows, branches]", "[members, robots] #!", "“robots”不在可选之列"),
    "family role unknown": ("  role: show", "  role: shine #!", "“shine”不在可选之列"),
    "mechanism unknown": ("mechanism: pledge", "mechanism: pledg #!", "没有机制“pledg”；是不是想写“pledge”"),
    "item without mechanism": ("  - key: promise\n    name: 亮承诺\n    mechanism: pledge\n    settings:\n      owners: [person]", "  - key: promise #!\n    name: 亮承诺", "没有写机制"),
    "setting unknown": ("      owners: [person]", "      owner: [person] #!", "不认识的键“owner”"),
    "setting of a wrong type": ("      owners: [person]", "      owners: [everybody] #!", "“everybody”不在可选之列"),
    "setting points nowhere": ("      questionnaire: peer", "      questionnaire: pear #!", "没有问卷“pear”；是不是想写“peer”"),
    "disclosure that no card has": ("  - key: promise\n", "  - key: cards\n    name: 明白卡\n    mechanism: service_item\n    settings:\n      disclosures:\n      - {key: matter, name: 事项}\n      - {key: fees, name: 收费} #!\n  - key: promise\n", "明白卡上没有“fees”这一项；是不是想写“fee”"),
    "item key twice": ("  - key: promise\n", "  - key: identity #!\n", "“identity”在方案里重复"),
    "family key twice": ("- key: review\n", "- key: show #!\n", "“show”重复"),
    "emphasis on no family": ("emphasis: [show]}", "emphasis: [shine]} #!", "没有部分“shine”"),
    "stage ends before it starts": ("  ends_on: 2026-03-31", "  ends_on: 2025-03-31 #!", "结束日期早于开始日期"),
    "stages overlap": ("  starts_on: 2026-04-01", "  starts_on: 2026-03-01 #!", "日期重叠或次序颠倒"),
    "no such day": ("  ends_on: 2026-03-31", "  ends_on: 2026-02-30 #!", "应是日期"),
    "stage of an unknown item": ("items: [{item: promise, name: 亮诺言}]", "items: [{item: promises}] #!", "没有项目“promises”"),
    "condition on an unknown rule": ("rule: write_pledge, at_least", "rule: nothing, at_least", "没有节奏规则“nothing”"),
    "peers without an account": ("source: peers, min_n: 3}", "source: peers, accountless: true} #!", "都有账号"),
    "nobody belongs to a rater class": ("accountless: true, subjects: [window]}", "accountless: true, subjects: [window]}\n- {key: panel, name: 代表, source: panel} #!", "没有人属于这个评议主体"),
    "nobody to rate": ("  - key: peer_ballot\n    name: 互评\n    mechanism: peer_review", "  - key: peer_ballot #!\n    name: 单位互评\n    mechanism: branch_review", "无人可评：评议主体里没有 source 为 branch 的一类"),
    "scale out of order": ("{key: fair, name: 中, value: 70}", "{key: fair, name: 中, value: 90} #!", "由好到差"),
    "scale without values": ("questionnaires:\n", "- {key: yes, name: 是否, levels: [{key: y, name: 是, value: 1}]} #!\nquestionnaires:\n", "至少要有两档有分值"),
    "level value is a word": ("value: 85.5}", "value: 八十} #!", "应是数字"),
    "level twice": ("{key: poor, name: 差, value: 50}", "{key: fair, name: 差, value: 50} #!", "“fair”重复"),
    "question without a scale": ("{key: style, name: 作风, scale: four}", "{key: style, name: 作风} #!", "请写明用哪个量表"),
    "question on an unknown scale": ("{key: style, name: 作风, scale: four}", "{key: style, name: 作风, scale: fore} #!", "没有量表“fore”"),
    "quota of an unknown level": ("levels: [excellent], at_most", "levels: [best], at_most", "没有“best”这一档"),
    "quota without a number": ("at_most: {share: 1/3, minimum: 1}", "at_most: {minimum: 1}", "count 或 share"),
    "quota above everybody": ("share: 1/3", "share: 4/3", "不超过 1"),
    "quota share by zero": ("share: 1/3", "share: 1/0", "应写成分数或百分数"),
    "open channel counts in full": ("weight: 1, at_most: 20%}", "weight: 1} #!", "at_most"),
    "votes are scored": ("kind: open, weight: 1, at_most: 20%}", "kind: vote, weight: 1} #!", "仅供参考"),
    "level both good and bad": ("  bad: [poor]", "  bad: [good] #!", "同一档只能算一处"),
    "threshold lowered": ("thresholds: {histogram: 6}", "thresholds: {histogram: 4} #!", "不能小于 5"),
    "act unknown": ("act: write_pledge", "act: write_pledges", "没有动作“write_pledges”；是不是想写“write_pledge”"),
    "act does not fit the item": ("act: peer_ballot, item: peer_ballot", "act: peer_ballot, item: promise", "机制不是 peer_review"),
    "no item for the act": ("frequency: monthly, due: {day: -5}, unit", "frequency: monthly, due: {day: -5}}\n- {key: meet, name: 例会, act: meeting, who: [secretary], frequency: monthly, due: {day: 5}} #!\n- {key: more, name: 补评, act: peer_ballot, item: peer_ballot, who: [members], frequency: monthly, due: {day: -5}, unit", "方案里没有“召开会议”要用的项目"),
    "frequency unknown": ("frequency: monthly", "frequency: daily", "“daily”不在可选之列"),
    "day that does not exist": ("due: {day: -5}", "due: {day: 32}", "“每月”里没有这一天"),
    "day zero": ("due: {day: -5}", "due: {day: 0}", "没有这一天"),
    "month in a month": ("due: {day: -5}", "due: {day: -5, month: 2}", "只有 1 个月"),
    "due day missing": (", due: {day: -5}", "", "缺少“due”"),
    "duty for the public": ("who: [members], frequency: monthly", "who: [public], frequency: monthly", "不能给群众派任务"),
    "duty for people outside": ("who: [members], frequency: monthly", "who: [staff], frequency: monthly", "里没有 staff"),
    "rule for an unknown unit type": ("unit_types: [approval]", "unit_types: [approvals]", "没有单位类型“approvals”"),
    "weights do not add up": ("      parts:\n      - {key: peers, label: 互评, weight: 60%", "      parts: #!\n      - {key: peers, label: 互评, weight: 50%", "权重之和应为 100%，现为 90%"),
    "bands overlap": ("    - {label: 好, from: 90}\n    - {label: 差, below: 90}", "    - {label: 好, from: 90} #!\n    - {label: 差, below: 95}", "“差”与“好”重叠"),
    "bands leave a gap": ("    - {label: 好, from: 90}\n    - {label: 差, below: 90}", "    - {label: 好, from: 90} #!\n    - {label: 差, below: 89}", "之间有空档"),
    "leaf without a source": ("kind: fulfilment, source: pledges}", "kind: fulfilment} #!", "缺少“source”"),
    "leaf of an unknown source": ("kind: fulfilment, source: pledges}", "kind: fulfilment, source: promises} #!", "没有数据来源“promises”"),
    "recipe of an unknown kind": ("kind: fulfilment", "kind: magic", "magic"),
    "recipe on an unknown questionnaire": ("questions: peer, minimum_n", "questions: pear, minimum_n", "pear"),
    "emphasis for an unknown unit type": ("      approval: {peers", "      approvals: {peers", "没有单位类型“approvals”"),
    "two recipes for persons": ("titles:\n", "- {subject: person, name: 又一份, formula: {score: {kind: constant, value: 1}}} #!\ntitles:\n", "“person”重复"),
    "title by unknown criteria": ("criteria: [five]}", "criteria: [six]} #!", "没有标准“six”"),
    "title of an unknown cycle": ("cycle: yearly", "cycle: sometimes", "“sometimes”不在可选之列"),
    "key twice": ("slug: small-plan", "slug: small-plan\nslug: other-plan #!", "键“slug”重复：第 2 行已经写过"),
    "anchor": ("name: 小方案", "name: &a 小方案 #!", "不允许锚点"),
    "alias": ("name: 小方案", "name: &a 小方案\ngoals: [*a] #!", "不允许引用"),
    "merge key": ("thresholds: {histogram: 6}", "thresholds:\n  <<: {histogram: 6} #!", "不允许合并键"),
    "python object": ("name: 小方案", "name: !!python/object/apply:os.system [ls] #!", "不允许标签"),
    "tab for indent": ("  name: 两亮\n", "\tname: 两亮 #!\n", "YAML 写法有误"),
    "two documents": ("format: 1", "format: 1\n--- #!\nformat: 1", "一个文件只能写一个方案"),
    "levels and a range": ("- key: four\n  name: 四档", "- key: four #!\n  name: 四档\n  lowest: 0", "不能两样都写"),
    "range without an end": ("questionnaires:\n", "- {key: ten, name: 十分, lowest: 0} #!\nquestionnaires:\n", "请列出各档"),
    "range upside down": ("questionnaires:\n", "- {key: ten, name: 十分, lowest: 10, highest: 0} #!\nquestionnaires:\n", "最高分应大于最低分"),
    "step of zero": ("questionnaires:\n", "- {key: ten, name: 十分, lowest: 0, highest: 10, step: 0} #!\nquestionnaires:\n", "步长应大于 0"),
    "too many levels": ("questionnaires:\n", "- {key: many, name: 多档, levels: [" + ", ".join(f"{{key: l{n}, name: 档{n}, value: {40 - n}}}" for n in range(9)) + "]} #!\nquestionnaires:\n", "最多 8 项"),
    "written answer with a scale": ("kind: text, required", "kind: text, scale: four, required", "只有打分题才有量表"),
    "quota without a limit": (", at_most: {share: 1/3, minimum: 1}}", "}", "名额请写 at_most"),
    "quota of nothing": ("levels: [excellent], at_most", "at_most", "限的是哪几档"),
    "quota of an unknown question": ("question: style, levels", "question: words, levels", "问卷里没有这道打分题"),
    "satisfaction by an unknown form": ("  questionnaire: public\n", "  questionnaire: publik #!\n", "没有问卷“publik”"),
    "satisfaction by an unknown question": ("  question: overall", "  question: total #!", "问卷里没有打分题“total”"),
    "satisfaction by an unknown level": ("  bad: [poor]", "  bad: [awful] #!", "没有“awful”这一档"),
    "channel above everybody": ("at_most: 20%", "at_most: 120%", "不超过 1"),
    "settings without a mechanism": ("    mechanism: pledge\n    settings:", "    items: [{key: inner, name: 内, mechanism: pledge}]\n    settings: #!", "没有机制的项目不能有设置"),
    "items too deep": ("    settings: {forms: [badge]}", "    items: [{key: a, name: 一, items: [{key: b, name: 二, items: [{key: c, name: 三, mechanism: pledge}]}]}] #!", "项目最多 3 层"),
    "alias of nothing": ("stages:\n", "aliases: [{name: 别名, same_as: nothing}] #!\nstages:\n", "不是部分、项目或评议主体"),
    "a secretary without an account": ("rater_classes:\n- {key: peers, name: 党员, source: peers", "rater_classes:\n- {key: others, name: 外人, source: branch, accountless: true} #!\n- {key: peers, name: 党员, source: peers", "都有账号"),
    "share of no rule": ("rule: write_pledge, at_least: 100", "at_least: 100", "请写明说的是"),
    "an alias for a key": ("thresholds: {histogram: 6}", "*a : 1 #!", "不允许引用"),
    "title picked nowhere": ("mechanism: identity_card\n    settings: {forms: [badge]}", "mechanism: title\n    settings: {titles: [star]} #!", "没有称号“star”"),
    "weight below zero": ("weight: 1, at_most: 20%", "weight: -1, at_most: 20%", "不能小于 0"),
    "number too long": ("value: 85.5", "value: 85.5555555555555555", "位数太多"),
    "key twice deep inside": ("{histogram: 6}", "{histogram: 6, histogram: 7} #!", "键“histogram”重复"),
    "family without items": ("    settings: {questionnaire: public, channels: [qr]}\n", "    settings: {questionnaire: public, channels: [qr]}\n- {key: empty, name: 空, role: attain} #!\n", "缺少“items”"),
    "a key that is a list": ("thresholds: {histogram: 6}", "? [a, b] #!\n: 1", "键只能是文字"),
}  # fmt: skip


def spoilt(name):
    """The broken text and the line that must be named (None: any line will do)."""
    valid, broken, _ = SPOILT[name]
    assert SMALL.count(valid) >= 1, f"{name}: the valid text has changed"
    text = SMALL.replace(valid, broken, 1)
    before, mark, _ = text.partition(MARK)
    line = before.count("\n") + 1 if mark else SMALL[: SMALL.index(valid)].count("\n") + 1
    return text, line


def _laughs():
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for number in range(1, 10):
        before = ", ".join([f"*a{number - 1}"] * 9)
        lines.append(f"a{number}: &a{number} [{before}]")
    return "\n".join(lines).encode()


# name: (the whole file, part of the reason)
WHOLE = {
    "empty": (b"", "文件是空的"),
    "only a comment": ("# 方案\n".encode(), "文件是空的"),
    "a list": (b"- a\n- b\n", "应是一组"),
    "ten megabytes": (b"# " + b"x" * 10_000_000, "超过 1 MB"),
    "billion laughs": (_laughs(), "不允许锚点"),
    "cycle": (b"slug: &a [*a]\n", "不允许引用"),
    "too deep": (b"slug: " + b"[" * 5000, "嵌套太深"),
    "too much": (b"goals: [" + b"a," * 70_000 + b"]", "内容太多"),
    "GBK": ("name: 方案\n".encode("gbk"), "不是 UTF-8"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00", ""),
    "a page": (b"<html><body>404</body></html>", "应是一组"),
    "nul": (b"name: \x00\n", "控制字符"),
    "bracket left open": (b"slug: a\ngoals: [a, b\n", "YAML 写法有误"),
    "quote left open": ('name: "方案\n'.encode(), "YAML 写法有误"),
    "no colon": (b"slug: a\nname\nshort_name: b\n", "YAML 写法有误"),
}
