"""What a column heading means, in the many words offices use."""

# ruff: noqa: RUF001 — the signs people type instead of others are what this module is about

from __future__ import annotations

import re
from functools import lru_cache

from branches.excel.text import folded

_DATE = r"(的?(日期|时间|年月日?|年月份|年份|年))"
_ORGANISATION = r"(党支部|支部|党组织|基层党组织|基层党支部)"
PATTERNS = {
    "seq": r"序号?|编号|号|顺序号?|排序|NO\.?|序列号?|行号",
    "name": r"(党员|本人|人员|职工|员工|干部|同志|成员|教职工|学生)?(姓名|名字)|党员名单|人名",
    "surname": r"姓|姓氏",
    "given_name": r"名",
    "gender": r"性别|男/女",
    "ethnicity": r"民族|族别|族",
    "birth_date": rf"出生{_DATE}?|生日|出身年月日?|生年月日",
    "id_number": r"(党员|本人|个人)?(居民|公民)?((身份|证件)(号码?|编号)|(身份证|身份证件)(号码?|编号)?)|身份证号码?\(18位\)|居民身份证"
    r"|公民身份证号码?|ID(号码?|CARD)?|身份证明号码?",
    "education": r"(最高|全日制|现有?|第一|目前|在职|个人|最后)?(学历|文化程度|教育程度|文化水平|学历层次|学历学位|全日制教育|受教育程度)(情况)?",
    "degree": r"(最高|全日制)?学位",
    "category": r"政治面貌|(党员|人员|身份|党员身份|党籍)(类别|类型|性质)|类别|党员身份|正式/预备|是否正式党员/预备党员",
    "apply_date": rf"(申请入党|入党申请|递交(入党)?申请书?|提出申请|提交入党申请书?){_DATE}?",
    "join_date": rf"(加入|入)(中国共产党|中共|党组织|共产党|党){_DATE}?|(接收|吸收|发展|成为|列为|接收为|吸收为|发展为|确定为|批准为|转为)?预备党员(接收|批准)?{_DATE}"
    rf"|(接收|吸收|发展)(入党|党员){_DATE}|党组织接收{_DATE}|批准入党{_DATE}|支部大会接收{_DATE}",
    "regular_date": rf"(按期|预备党员|正式|批准|党员)?转正{_DATE}?|(转为|成为|批准为|转|按期转为)?(中共)?正式党员{_DATE}|预备期满{_DATE}",
    "upper": r"(所在|所属|上级)?(党委|党总支|总支|党工委|上级党组织|上级组织|总支部)(名称)?",
    "branch": rf"(现|目前)?(所在|所属|隶属|归属|所在的|现所在)?{_ORGANISATION}(名称|全称)?"
    rf"|(党员)?(组织关系|党组织关系|党组织关系现|组织关系现)(所在|所属){_ORGANISATION}?(名称)?|所在支部组织",
    "group": r"(所在|所属)?(党小组|小组)(名称)?",
    "party_position": r"(现任|现|所任|担任|兼任)?(党内|党组织|党务|支部|支委|党支部|支部委员会|党委|支委会|党内所任|支部班子)(内)?(担任|任)?(的)?(职务|任职|分工|职位)(情况|名称)?|党职|委员分工|班子职务",
    "phone": r"(本人|个人|党员)?(手机|联系|移动|常用|手机联系)?(电话|手机|手机号码?|电话号码?|联系方式|方式|移动电话号码?)(号码?)?|联系手机|手机",
    "tel": r"(固定|办公|住宅|家庭|单位|座机)(电话|座机)(号码?)?|座机|固话|宅电",
    "work_no": r"(职工|员工|教工|人员|教职工|个人|干部|工作)?(工号|职工号|员工号|员工编号|职工编号|人员编号|工作证号|教工号)|警号|学号",
    "dept": r"(企业|行政|所在|工作)?(行政)?(部门|科室|处室|单位)(名称)?|工作单位|所在单位|工作部门|单位及职务|工作单位及职务|班级|所在班级|院系|专业",
    "title": r"(现任|行政|工作|岗位|现|所任|现任行政)?(职务|岗位|职位|职务职级)|岗位职务|职称|职级|个人身份|职业|从事职业|工作岗位",
    "address": r"(现|家庭|常住|居住|户籍|户口|通讯|现居住|详细)?(住址|地址|住所|所在地|居住地|户籍地)",
    "membership_status": r"党籍状态|党籍情况|组织关系状态|在册状态|党员状态",
    "lost_contact": r"(是否)?(为)?失联(党员)?",
    "lost_date": rf"(失去联系|失联){_DATE}",
    "mobile_member": r"(是否)?(为)?流动(党员)?",
    "mobile_to": r"外出流向|流动去向|流入地|流出地",
    "party_age": r"党龄|入党年限",
    "age": r"年龄|周岁|年纪",
    "native_place": r"籍贯|出生地|户籍所在地|户口所在地|籍贯地",
    "photo": r"(登记|一寸|个人)?(照片|相片|证件照)",
    "remark": r"备注|说明|附注|备考|其他|其它",
    "national_code": r"(全国)?党员(编码|编号|代码)|党员证号",
    "introducer": r"(入党)?介绍人|培养联系人|联系人",
    "marriage": r"婚姻(状况)?|健康状况|联系邮箱|邮箱|微信号?|QQ号?|参加工作时间|工作时间|是否.{1,10}",
}
COMPILED = {field: re.compile(pattern) for field, pattern in PATTERNS.items()}
EVIDENCE = frozenset((
    "gender", "ethnicity", "birth_date", "id_number", "education", "category", "join_date",
    "regular_date", "party_position", "phone", "work_no",
))  # fmt: skip
OTHERS = re.compile(r"家庭|配偶|子女|亲属|介绍人|联系人|父母|社会关系|主要成员|谈话人|培养人|紧急")
VAGUE = re.compile(rf"{_DATE}|号码?|情况|名称|类别|是否|有无")
BRACKETS = re.compile(r"[（(\[【<〔][^（()）\[\]【】<>〔〕]*[)）\]】>〕]")
ORNAMENTS = re.compile(r"[*★☆※#＊:：?？\"'“”]+")
NUMBERED = re.compile(r"^[0-9]{1,2}[.、．)）]|^[①-⑳]")
WHEN = re.compile(r"^(在|于)?(何年何月何?日?|何时|什么时间|哪年哪月)(?=.{2})")
LATIN = re.compile(r"[A-Z.'/]+")
LONGEST = 40


def plain_heading(text: str) -> str:
    """“*姓  名（必填）：” → “姓名”."""
    plain = NUMBERED.sub("", ORNAMENTS.sub("", BRACKETS.sub("", folded(text)))).upper()
    asked = WHEN.match(plain)  # 何年何月转为正式党员 asks for 转为正式党员时间
    return f"{plain[asked.end() :]}时间" if asked else plain


@lru_cache(maxsize=4096)
def field_of(text: str) -> str | None:
    """The field that a heading names; None when it names none."""
    if len(text) > LONGEST:
        return None
    plain = plain_heading(text)
    if not plain:
        return None
    chinese = LATIN.sub("", plain)  # “Name 姓名”
    for wording in (plain, chinese) if len(chinese) > 1 else (plain,):
        for field, pattern in COMPILED.items():
            if pattern.fullmatch(wording):
                return field
    return None


def is_name_heading(text: str) -> bool:
    return field_of(text) in ("name", "surname")
