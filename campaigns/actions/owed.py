"""One statement per cadence rule: everybody who owes something gets his row, whatever their number."""

from dataclasses import dataclass, field

from django.db import connection

from campaigns.actions.duties import SETTLED_FOR_ALL, SETTLED_FOR_ORGANISATION
from campaigns.actions.places import MEMBERS, ROLES
from campaigns.models.document import ACTS
from common.sql import rows_of, table_of

PLACES = {"place": "number", "holder": "number", "owner": "number"}
SLOTS = {"starts_on": "day", "due_on": "day", "as_of": "day", "title": "text"}
COLUMNS = (
    "campaign_id, period_id, rule, act, title, assignee_id, organisation_id, about_person_id,"
    " about_window_id, about_organisation_id, subject_key, starts_on, due_on, minutes, is_late,"
    " waived_reason"
)
IN_FORCE = "{0}.starts_on <= s.as_of AND ({0}.ends_on IS NULL OR {0}.ends_on >= s.as_of)"
NONE = "CAST(NULL AS bigint)"
PEOPLE_BELOW = {"each_member", "each_participant"}
EACH = {*PEOPLE_BELOW, "each_window", "each_branch"}
OWN_WINDOW, EACH_WINDOW = "own_window", "each_window"


@dataclass
class Source:
    """The FROM and WHERE that find who owes a rule, and about what."""

    places: list
    assignee: str = "p.holder"
    owner: str = "p.owner"
    tables: list = field(default_factory=list)
    conditions: list = field(default_factory=list)
    parameters: list = field(default_factory=list)
    subject: tuple = ()  # (kind, SQL of its id)

    def join(self, table, *conditions, parameters=()):
        self.tables.append(table)
        self.conditions += conditions
        self.parameters += parameters


def insert_owed(rule, who, period, tree, slots):
    """Rows for one rule and one kind of people; those that exist stay as they are. Returns their number."""
    source = _source(rule, who, tree)
    if not source.places or not slots:
        return 0
    asked = [(*slot[:3], _title(rule, slot)) for slot in slots]
    act = ACTS[rule.act]
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(source, act.key),
            [
                *(period.campaign_id, period.pk, rule.key, act.key, act.minutes, False),
                *(rows_of(source.places), rows_of(asked), *source.parameters),
                *(period.pk, rule.key),
                *([period.pk, rule.key] if _settled(source, act.key) else []),
            ],
        )
        return max(cursor.rowcount, 0)


def _title(rule, slot):
    return f"{rule.name}（{slot.label}）" if slot.label else rule.name


def _source(rule, who, tree):
    places = tree.places(rule)
    if who in ROLES:
        below = rule.about in EACH
        source = Source(tree.covering(who, places) if below else tree.own(who, places))
    else:
        source = _people(who, tree, places)
    _add_subject(source, rule, tree, is_branch={pk for pk, _, kind in places if kind == "branch"})
    return source


def _people(who, tree, places):
    statuses = tree.statuses(who)
    rows = [(pk, None, None) for pk, _, _ in places] if statuses else []
    source = Source(rows, assignee="a.person_id", owner="a.organisation_id")
    source.join("branches_affiliation a", "a.organisation_id = p.place", IN_FORCE.format("a"))
    source.conditions.append(f"a.status IN ({_marks(statuses)})")
    source.parameters += statuses
    return source


def _add_subject(source, rule, tree, *, is_branch):
    if rule.about in PEOPLE_BELOW:
        statuses = MEMBERS if rule.about == "each_member" else tree.statuses("participants")
        source.subject = ("person", "b.person_id")
        source.join(
            "branches_affiliation b",
            "b.organisation_id = p.place",
            f"b.person_id <> {source.assignee}",
            IN_FORCE.format("b"),
            f"b.status IN ({_marks(statuses)})",
            parameters=statuses,
        )
    elif rule.about == EACH_WINDOW:
        source.subject = ("window", "w.id")
        open_then = "(w.closed_on IS NULL OR w.closed_on > s.as_of)"
        source.join("branches_window w", "w.organisation_id = p.place", open_then)
    elif rule.about == OWN_WINDOW:
        source.subject = ("window", "o.window_id")
        at_window = f"o.person_id = {source.assignee} AND o.window_id IS NOT NULL"
        source.join("branches_post o", at_window, IN_FORCE.format("o"))
    elif rule.about in {"own_branch", "each_branch"}:
        source.subject = ("organisation", "p.place")
        if rule.about == "each_branch":
            source.places = [row for row in source.places if row[0] in is_branch]


def _statement(source, act):
    kind, subject = source.subject or ("", "")
    about = [subject if kind == name else NONE for name in ("person", "window", "organisation")]
    key = f"'{kind}:' || {subject}" if kind else "''"
    tables = ["p", "s", *source.tables]
    tables[0:2] = [f"{table_of(PLACES)} p", f"{table_of(SLOTS)} s"]
    grouped = [source.assignee, *([subject] if kind else []), "s.starts_on", "s.due_on", "s.title"]
    # The texts put together here are names from this module; every value is a parameter.
    return f"""
        INSERT INTO campaigns_duty ({COLUMNS})
        SELECT %s, %s, %s, %s, owed.title, owed.assignee, owed.owner, owed.person, owed.place,
               owed.organisation, owed.subject_key, owed.starts_on, owed.due_on, %s, %s, ''
        FROM (
            SELECT {source.assignee} AS assignee, MIN({source.owner}) AS owner,
                   {about[0]} AS person, {about[1]} AS place, {about[2]} AS organisation,
                   {key} AS subject_key, s.starts_on, s.due_on, s.title
            FROM {" CROSS JOIN ".join(tables)}
            WHERE {" AND ".join(source.conditions or ["1 = 1"])}
            GROUP BY {", ".join(grouped)}
        ) owed
        WHERE NOT EXISTS (
            SELECT 1 FROM campaigns_duty d
            WHERE d.period_id = %s AND d.rule = %s AND d.assignee_id = owed.assignee
              AND d.subject_key = owed.subject_key AND d.starts_on = owed.starts_on
        ) {_settled(source, act)}
        ON CONFLICT DO NOTHING
    """  # noqa: S608


def _settled(source, act):
    """Nobody has to do again what somebody else has done for this subject or organisation.

    What stands around `period_id` and `rule` keeps SQLite to the index of the subject.
    """
    kind, _ = source.subject or ("", "")
    if kind:
        same = f"d.about_{kind}_id = owed.{'place' if kind == 'window' else kind}"
        same += " AND +d.period_id = %s AND d.rule || '' = %s"
    elif act in SETTLED_FOR_ORGANISATION:
        same = "d.organisation_id = owed.owner AND d.period_id = %s AND d.rule || '' = %s"
    elif act in SETTLED_FOR_ALL:
        same = "d.period_id = %s AND d.rule = %s"
    else:
        return ""
    return f"""AND NOT EXISTS (
            SELECT 1 FROM campaigns_duty d
            WHERE {same} AND d.starts_on = owed.starts_on AND d.done_at IS NOT NULL
        )"""  # noqa: S608


def _marks(values):
    return ", ".join(["%s"] * len(values))
