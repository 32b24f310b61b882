"""党员名册 as offices keep it; numbers are masked unless they may be shown and were asked for."""

from branches.models import mask_id_number, mask_phone, open_id_number
from common.downloads import numbered

LENGTHS = {"year": 4, "month": 7}


def roster_columns(opened):
    """`opened(person)` says whether this person's numbers are written whole."""
    return numbered(
        [
            ("姓名", lambda person: person.name),
            ("性别", lambda person: person.get_gender_display()),
            ("民族", lambda person: person.ethnicity),
            ("出生日期", lambda person: _dated(person, "birth")),
            ("学历", lambda person: person.education),
            ("公民身份号码", lambda person: _id_number(person, opened(person))),
            ("人员类别", _category),
            ("加入党组织日期", lambda person: _dated(person, "joined")),
            ("转为正式党员日期", lambda person: _dated(person, "regular")),
            ("所属党支部", lambda p: "、".join(s.organisation.name for s in p.belonging)),
            ("党内职务", lambda person: person.party_position),
            ("工号", lambda person: person.work_no),
            (
                "手机号",
                lambda person: person.phone if opened(person) else mask_phone(person.phone),
            ),
        ]
    )


def _id_number(person, is_open):
    if not person.id_number_sealed:
        return ""
    number = open_id_number(person.id_number_sealed)
    return number if is_open else mask_id_number(number)


def _category(person):
    return "、".join(stretch.get_status_display() for stretch in person.belonging)


def _dated(person, name):
    """As much of the date as is known: 1990-05 is no 1990-05-01."""
    day = getattr(person, f"{name}_on")
    return str(day)[: LENGTHS.get(getattr(person, f"{name}_precision"), 10)] if day else ""
