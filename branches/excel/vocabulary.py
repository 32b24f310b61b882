"""The words rosters use for categories, posts, peoples and levels of education."""

from __future__ import annotations

import re

from branches.excel.text import NOTHING, chosen, folded, tidy, without_code

FULL_MEMBER, PROBATIONARY = "正式党员", "预备党员"
MEMBER_WORDS = {
    "正式党员": FULL_MEMBER, "正式": FULL_MEMBER, "中共党员": FULL_MEMBER, "党员": FULL_MEMBER,
    "中国共产党党员": FULL_MEMBER, "共产党员": FULL_MEMBER, "中共正式党员": FULL_MEMBER,
    "中国共产党正式党员": FULL_MEMBER, "中共党员(正式)": FULL_MEMBER, "在册党员": FULL_MEMBER,
    "预备党员": PROBATIONARY, "预备": PROBATIONARY, "中共预备党员": PROBATIONARY,
    "中国共产党预备党员": PROBATIONARY, "中共党员(预备)": PROBATIONARY, "预备期": PROBATIONARY,
}  # fmt: skip
NOT_MEMBERS = re.compile(
    r"发展对象|积极分子|申请人|入党申请|群众|团员|民[革盟建进]|农工|致公|九三|台盟|无党派|非党员|民主党派"
)
GONE = re.compile(r"转出|去世|死亡|病故|出党|除名|开除|退党|脱党|停止党籍|注销|历史党员")
ETHNICITIES = frozenset(
    f"{name}族"
    for name in [
        "汉",
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "高山",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "乌孜别克",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
    ]
)
POST = re.compile(
    r"(党(总)?支部|支部|党委|党总支|总支)?(第一)?"
    r"(副?书记|(组织|宣传|纪检|纪律检查|青年|统战|群工|群众|生活|文体|保密|妇女|安全|学习|检查)(兼.{2,4})?委员|支部委员|支委|委员"
    r"|党小组长|小组长|组织员|普通党员|无职务党员)"
)
EDUCATION = re.compile(
    r"(博士|硕士|研究生|大学|本科|专科|大专|中专|中技|中职|技校|高中|初中|小学|高职|职高|文盲|在职|普通|全日制|党校"
    r"|学士|函授|自考|肄业|毕业|结业|及以下|以上|教育|中等|高等|初级|高级|职业|技术|学校|学历|技工|第二学位|班)+"
)


class BadWord(ValueError):
    """A word that the column does not allow; the message says which."""


def read_category(text: str) -> str | None:
    whole = folded(without_code(chosen(tidy(text))))
    word = whole.strip("()")
    if folded(text) in NOTHING:
        return None
    if whole in MEMBER_WORDS:
        return MEMBER_WORDS[whole]
    if word in MEMBER_WORDS:
        return MEMBER_WORDS[word]
    if NOT_MEMBERS.search(word):
        raise BadWord(f"政治面貌是“{word}”，不是党员，未导入")
    if GONE.search(word):
        raise BadWord(f"人员类别是“{word}”，不在册，未导入")
    raise BadWord(f"“{word[:20]}”不是能识别的人员类别，请填“正式党员”或“预备党员”")


def is_category(text: str) -> bool:
    """Whether a line says of the people below what they are: 正式党员, 发展对象."""
    word = folded(text)
    return word in MEMBER_WORDS or bool(NOT_MEMBERS.fullmatch(word.removeprefix("入党")))


def read_gender(text: str) -> str | None:
    word = folded(without_code(chosen(tidy(text)))).strip("性()")
    if folded(text) in NOTHING:
        return None
    known = {"男": "男", "女": "女", "1": "男", "2": "女", "M": "男", "F": "女"}.get(word.upper())
    if not known:
        raise BadWord(f"性别“{word[:20]}”无法识别，请填“男”或“女”")
    return known


def ethnicity_of(text: str) -> str:
    """汉 and 01_汉族 are 汉族; what is not one of the 56 stays as written."""
    word = folded(without_code(chosen(tidy(text))))
    return f"{word}族" if f"{word}族" in ETHNICITIES else word


def read_post(text: str) -> str | None:
    word = without_code(chosen(tidy(text)))
    return None if folded(word) in NOTHING else word


def is_post(text: str) -> bool:
    return bool(POST.fullmatch(folded(text)))


def read_education(text: str) -> str | None:
    word = without_code(chosen(tidy(text)))
    return None if folded(word) in NOTHING else word


def field_of_option(text: str) -> tuple[str, str] | None:
    """Field and value when a column heading is itself a choice to be ticked."""
    word = folded(without_code(text))
    if word in ("正式党员", "预备党员", "中共党员", "中共预备党员"):
        return "category", MEMBER_WORDS[word]
    if NOT_MEMBERS.fullmatch(word):
        return "category", word
    if word in ("男", "女", "男性", "女性"):
        return "gender", word[0]
    if is_post(word) and word != "委员":
        return "party_position", tidy(text)
    return None
