"""Sort keys and account names from Chinese names."""

import re

from branches.models import Person

# Characters that are read differently when they are a surname; dictionaries give the common reading.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "区": "ou", "仇": "qiu", "查": "zha", "盖": "ge",
    "朴": "piao", "翟": "zhai", "缪": "miao", "任": "ren", "华": "hua", "燕": "yan", "纪": "ji",
    "宁": "ning", "冼": "xian", "尉": "wei", "乐": "yue", "员": "yun", "贠": "yun", "种": "chong",
    "秘": "bi", "折": "she", "祭": "zhai", "洗": "xian", "繁": "po", "逄": "pang", "万": "wan",
    "覃": "qin", "晟": "cheng", "卜": "bu", "牟": "mu", "曲": "qu", "葛": "ge", "阚": "kan",
    "句": "gou", "召": "shao", "郝": "hao", "佴": "nai", "令": "ling", "柏": "bai", "薄": "bo",
    "车": "che", "重": "chong", "都": "du", "干": "gan", "谷": "gu", "过": "guo", "黑": "he",
    "季": "ji", "会": "gui", "隗": "wei", "宓": "mi", "那": "na", "能": "nai", "乜": "nie",
    "邱": "qiu", "瞿": "qu", "撒": "sa", "石": "shi", "沈": "shen", "殳": "shu", "眭": "sui",
    "钭": "tou", "危": "wei", "相": "xiang", "洪": "hong", "幸": "xing", "应": "ying", "於": "yu",
    "臧": "zang", "占": "zhan", "长": "zhang", "仉": "zhang", "郗": "xi", "祝": "zhu", "俞": "yu",
    "尹": "yin", "夏": "xia", "谌": "chen", "呙": "guo", "郇": "xun", "芮": "rui", "褚": "chu",
}  # fmt: skip
DOUBLE_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu",
    "夏侯": "xia hou", "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge",
    "令狐": "ling hu", "皇甫": "huang fu", "宇文": "yu wen", "慕容": "mu rong", "公孙": "gong sun",
    "鲜于": "xian yu", "独孤": "du gu", "南宫": "nan gong", "东方": "dong fang",
    "司徒": "si tu", "呼延": "hu yan", "完颜": "wan yan", "赫连": "he lian", "钟离": "zhong li",
}  # fmt: skip


def pinyin_key(name):
    """How a name sorts: 单于飞 -> "chan yu fei", 曾一 -> "zeng yi"; at most 120 characters."""
    return " ".join(_syllables(name))[:120]


def _syllables(name):
    for surnames, length in ((DOUBLE_SURNAMES, 2), (SURNAMES, 1)):
        reading = surnames.get(name[:length])
        if reading and len(name) > length:
            return [*reading.split(), *_plain(name[length:])]
    return _plain(name)


def _plain(text):
    from pypinyin import lazy_pinyin  # noqa: PLC0415  (its dictionary takes 55 MB: only on use)

    return [part.strip().lower() for part in lazy_pinyin(text) if part.strip()]


def username_stem(key):
    """The account name that a pinyin key makes, before it is looked at who has it."""
    return re.sub(r"[^a-z0-9]", "", key)[:60] or "user"


def new_username(name):
    """The name in pinyin, with a number when somebody has it already: zhangwei, zhangwei2 …"""
    stem = username_stem(pinyin_key(name))
    taken = set(Person.objects.filter(username__startswith=stem).values_list("username", flat=True))
    if stem not in taken:
        return stem
    return next(f"{stem}{n}" for n in range(2, len(taken) + 3) if f"{stem}{n}" not in taken)
