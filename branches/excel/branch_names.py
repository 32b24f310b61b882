"""Which known branch a text names. Near is not enough: a near name is only suggested."""

# ruff: noqa: RUF001 — the signs people type instead of others are what this module is about

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from branches.excel.text import folded, tidy

LONGEST_LINE = 200  # patterns are not let loose on whole paragraphs
ORGANISATION = re.compile(
    r"(党支部|支部委员会|支部|党小组|总支部委员会|党总支|总支|党委|委员会|党工委|党组)$"
)
ENDING = r"(?:党支部|支部委员会|支部|总支部委员会|党总支|党委|委员会|党工委)"
INSIDE = re.compile(rf"[一-鿿0-9A-Za-z·]{{0,60}}?{ENDING}(?:[（(][^）)]{{1,6}}[)）])?")
LEAD = re.compile(
    r"^(?:附件?[0-9一二三四五六七八九十]*[:.、]?|[0-9]{4}年?度?(?:[0-9]{1,2}月份?)?|截至|关于|填报单位|填表单位|单位名称|单位"
    r"|党支部名称|党支部|支部名称|支部|党组织名称|党组织|所属支部|所在支部|名称|[(（][^)）]{1,8}[)）]|[:：_.、-])+"
)
NUMBERING = re.compile(
    r"^(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?[、.．:：)）]|[★☆●○◎◆◇■□▲△▼▽►➤※#>【\[《〖]+)+"
)
COUNT = re.compile(
    r"[(（,，:：-]*(?:共|合计|党员)?[0-9一二三四五六七八九十]+(?:人|名)?(?:党员)?[)）]*$"
)
TAIL = re.compile(
    r"(?:党员)?(?:基本)?(?:信息|情况)?(?:花名册|名册|名单|汇总表|统计表|一览表|登记表|明细表|台账|信息表|情况表|表)$"
)
NUMERALS = "一二三四五六七八九十"
PREPARING = re.compile(r"^[（(](?:筹|筹备|拟)[^）)]*[)）]")


class BranchNames:
    """The branches there are, by their folded names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {folded(name): name for name in names}
        self._longest_first = sorted(self._names, key=len, reverse=True)
        self._cache: dict[str, str | None] = {}

    def exact(self, text: str) -> str | None:
        return self._names.get(folded(text))

    def nearest(self, text: str) -> str | None:
        wanted = folded(text)
        if len(self._longest_first) <= 2000:
            near = difflib.get_close_matches(wanted, self._longest_first, n=1, cutoff=0.6)
            if near:
                return self._names[near[0]]
        ending = [name for name in self._longest_first if name.endswith(wanted) or wanted in name]
        return self._names[ending[-1]] if ending else None

    def named_in(self, text: str) -> str | None:
        """The known branch whose whole name stands in a title, a section line, a sheet's name."""
        line = folded(text)[:LONGEST_LINE]
        if line not in self._cache:
            self._cache[line] = self._search(line)
        return self._cache[line]

    def _search(self, line: str) -> str | None:
        for name in self._longest_first:
            at = line.find(name)
            if at < 0:
                continue
            before, after = line[:at], line[at + len(name) :]
            if PREPARING.match(after):
                return None
            if not before or not re.search(r"[一-鿿]$", LEAD.sub("", NUMBERING.sub("", before))):
                return self._names[name]
            if before.endswith(("中共", "关于", "年度", "年", "月")):
                return self._names[name]
        return None

    def by_short_name(self, text: str, around: str) -> str | None:
        """The one branch that ends like the short name, or the one that `around` completes."""
        short = short_name(text)
        if len(short) < 3 or not ORGANISATION.search(short):
            return None
        ending = [name for name in self._longest_first if name.endswith(short)]
        ending = ending or self._loosely_ending(short)
        if len(ending) > 1:
            context = folded(around)
            ending = [name for name in ending if name.removesuffix(short) in context]
        return self._names[ending[0]] if len(ending) == 1 else None

    def _loosely_ending(self, short: str) -> list[str]:
        """一支部 and 第1支部 mean 第一党支部, and not 第十一党支部."""
        wanted = loose(short)
        pattern = re.compile(rf"(.*[^{NUMERALS}])?{re.escape(wanted)}")
        if not wanted or wanted[0] not in NUMERALS:
            return []
        return [name for name in self._longest_first if pattern.fullmatch(loose(name))]


def loose(text: str) -> str:
    """第一党支部, 第一支部, 一支部 and 1支部 alike."""
    plain = re.sub(rf"第(?=[{NUMERALS}0-9])", "", text)
    plain = re.sub(r"[0-9]{1,2}(?=党?支部|党小组)", lambda match: in_chinese(int(match[0])), plain)
    return plain.replace("党支部", "支部")


def in_chinese(number: int) -> str:
    """7 → 七, 21 → 二十一."""
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else NUMERALS[tens - 1]) + ("十" if tens else "")
    return head + (NUMERALS[ones - 1] if ones else "")


def short_name(text: str) -> str:
    """“一、第一党支部（12人）” → “第一党支部”."""
    line = NUMBERING.sub("", folded(text)[:LONGEST_LINE])
    return COUNT.sub("", TAIL.sub("", COUNT.sub("", line))).strip(":：()（）【】[]《》〖〗 ")


def organisation_in(text: str) -> str | None:
    """What looks like a branch's name in a line that names no known one."""
    line = LEAD.sub("", NUMBERING.sub("", folded(text)[:LONGEST_LINE]))
    found = [match[0] for match in INSIDE.finditer(line)]
    named = [name for name in found if len(name) > 3 and "支部" in name]
    return tidy(max(named, key=len)) if named else None
