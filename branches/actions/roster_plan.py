"""What importing a roster would do to the people there are: decided before anything is written."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from branches.models import Affiliation, Organisation, Person, hash_id_number

GENDERS = {"男": Person.Gender.MALE, "女": Person.Gender.FEMALE}
POLITICAL = {"正式党员": Person.Political.MEMBER, "预备党员": Person.Political.PROBATIONARY}
LABELS = {
    "work_no": "工号",
    "gender": "性别",
    "ethnicity": "民族",
    "education": "学历",
    "political_status": "政治面貌",
    "birth_on": "出生日期",
    "joined_on": "入党日期",
    "regular_on": "转正日期",
    "party_position": "党内职务",
    "phone": "手机号",
}
DATES = (("birth_date", "birth"), ("join_date", "joined"), ("regular_date", "regular"))
PRECISIONS = ("year", "month", "day")


class PlanMoved(Exception):
    """The records are no longer what the preview saw."""


class Change(NamedTuple):
    """What one field was and what it becomes, in words."""

    label: str
    before: str
    after: str

    def __str__(self):
        return f"{self.label}：{self.before} → {self.after}"


@dataclass(slots=True)
class Intent:
    """One row of the roster and what becomes of it: a new person, changes, or a refusal."""

    row: object
    organisation: Organisation | None = None
    person: Person | None = None
    affiliation: Affiliation | None = None
    values: dict = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    refusal: str = ""
    id_number: str | None = None
    id_hash: str | None = None
    is_new: bool = True


class RosterPlan:
    """Matches rows by ID hash, by work number, then by name within the branch.

    Of people outside `scope` nothing is told but that they are there (reliability A7, H6).
    """

    def __init__(self, rows, *, organisations, today, scope=None):
        self.today, self._scope = today, scope
        self._organisations = defaultdict(list)
        for organisation in organisations:
            self._organisations[organisation.name].append(organisation)
        self.intents = [self._begin(row) for row in rows]
        self._load()
        taken = {}
        for intent in self.intents:
            if not intent.refusal:
                self._match(intent)
            if not intent.refusal and intent.person:
                first = taken.setdefault(intent.person.pk, intent)
                if first is not intent:
                    intent.refusal = f"与第 {first.row.row} 行对应系统中的同一个人"
            if not intent.refusal:
                self._compare(intent)

    @property
    def accepted(self):
        return [intent for intent in self.intents if not intent.refusal]

    @property
    def fingerprint(self):
        """The same for two plans that would write the same."""
        return fingerprint_of(
            [
                intent.row.sheet,
                intent.row.row,
                intent.person.pk if intent.person else 0,
                intent.organisation.pk,
                intent.changes,
            ]
            for intent in self.accepted
        )

    def _begin(self, row):
        intent = Intent(row, values=values_of(row), id_number=row.id_number)
        intent.id_hash = hash_id_number(row.id_number) if row.id_number else None
        places = self._organisations[row.branch]
        if len(places) == 1:
            intent.organisation = places[0]
        else:
            intent.refusal = f"有 {len(places)} 个党支部叫“{row.branch}”，请先改名区分"
        return intent

    def _load(self):
        """Everybody the rows could mean, in two queries whatever their number."""
        hashes = [intent.id_hash for intent in self.intents if intent.id_hash]
        numbers = [
            intent.values["work_no"] for intent in self.intents if "work_no" in intent.values
        ]
        places = {intent.organisation.pk for intent in self.intents if intent.organisation}
        here = Affiliation.objects.filter(organisation__in=places, ends_on=None)
        people = Person.objects.filter(
            Q(id_number_hash__in=hashes) | Q(work_no__in=numbers) | Q(pk__in=here.values("person"))
        )
        self._by_hash, self._by_number = {}, {}
        self._by_name = defaultdict(list)
        found = {person.pk: person for person in people}
        self._current = {
            affiliation.person_id: affiliation
            for affiliation in Affiliation.objects.filter(
                person__in=people, ends_on=None
            ).select_related("organisation")
        }
        for person in found.values():
            self._by_hash[person.id_number_hash] = person
            self._by_number[person.work_no] = person
            current = self._current.get(person.pk)
            if current:
                self._by_name[person.name, current.organisation_id].append(person)

    def _match(self, intent):
        by_hash = self._by_hash.get(intent.id_hash) if intent.id_hash else None
        number = intent.values.get("work_no")
        by_number = self._by_number.get(number) if number else None
        if by_hash and by_number and by_hash != by_number:
            intent.refusal = "身份证号和工号分别属于系统中的两个人"
            return
        person = by_hash or by_number or self._namesake(intent)
        if not person or intent.refusal:
            return
        if person.name != intent.row.name:
            whose = "身份证号" if by_hash else "工号"
            owner = f"“{person.name}”" if self._may_tell(person) else "另一个人"
            intent.refusal = f"{whose}在系统中属于{owner}，姓名不一致"
        elif intent.id_hash and person.id_number_hash not in (None, intent.id_hash):
            intent.refusal = "与系统中同一工号的人身份证号不一致"
        else:
            self._place(intent, person)

    def _namesake(self, intent):
        """Without a number in common, the one of that name in the branch, if nothing speaks against it."""
        people = self._by_name[intent.row.name, intent.organisation.pk]
        birth = intent.values.get("birth_on")
        alike = [
            person
            for person in people
            if not (intent.id_hash and person.id_number_hash)
            and not (birth and person.birth_on and not _agree(intent.values, person))
        ]
        if len(alike) > 1:
            intent.refusal = "本支部有几个同名的人，请补填身份证号或工号"
        return alike[0] if len(alike) == 1 else None

    def _place(self, intent, person):
        intent.person, intent.is_new = person, False
        intent.affiliation = self._current.get(person.pk)
        current = intent.affiliation
        if current is None:
            intent.refusal = "系统中有此人但已离开，请先在人员页面恢复组织关系"
        elif current.organisation_id != intent.organisation.pk:
            place = f"“{current.organisation.name}”" if self._may_tell(person) else "别的组织"
            intent.refusal = f"此人现在属于{place}，导入不会转移组织关系，请先办理转接"

    def _may_tell(self, person):
        current = self._current.get(person.pk)
        if self._scope is None:
            return True
        return bool(current) and current.organisation.path.startswith(self._scope.path)

    def _compare(self, intent):
        """Blank cells never erase, and a month never replaces a day of that month."""
        person = intent.person
        if person is None:
            return
        for _, stem in DATES:
            if f"{stem}_on" in intent.values and _is_coarser(intent.values, person, stem):
                intent.values.pop(f"{stem}_on")
                intent.values.pop(f"{stem}_precision")
        for name, value in intent.values.items():
            before = getattr(person, name)
            if before != value and name in LABELS:
                intent.changes.append(Change(LABELS[name], shown(before), shown(value)))
        if intent.id_hash and not person.id_number_hash:
            intent.changes.append(Change("身份证号", "空", "已填"))


def fingerprint_of(lines):
    return hashlib.sha256(json.dumps(list(lines), ensure_ascii=False).encode()).hexdigest()


def values_of(row):
    """A row's filled cells as fields of a person; the ID number stays apart."""
    values = {
        "name": row.name,
        "gender": GENDERS.get(row.gender),
        "ethnicity": row.ethnicity and row.ethnicity[:20],
        "education": row.education and row.education[:40],
        "political_status": POLITICAL.get(row.category),
        "party_position": row.party_position and row.party_position[:60],
        "phone": row.phone,
        "work_no": row.work_no and row.work_no[:40],
    }
    for source, stem in DATES:
        found = getattr(row, source)
        if found:
            values[f"{stem}_on"] = found.first
            values[f"{stem}_precision"] = found.precision
    return {name: value for name, value in values.items() if value}


def shown(value):
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "label", value) or "空")


def _is_coarser(values, person, stem):
    known, offered = getattr(person, f"{stem}_precision"), values[f"{stem}_precision"]
    if not known or PRECISIONS.index(offered) >= PRECISIONS.index(known):
        return False
    before, after = getattr(person, f"{stem}_on"), values[f"{stem}_on"]
    return before.year == after.year and (offered == "year" or before.month == after.month)


def _agree(values, person):
    before, after = person.birth_on, values["birth_on"]
    precisions = (person.birth_precision or "day", values["birth_precision"])
    depth = min(PRECISIONS.index(precision) for precision in precisions) + 1
    wholes = ((day.year, day.month, day.day)[:depth] for day in (before, after))
    return len(set(wholes)) == 1
