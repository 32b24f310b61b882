"""Lists of any kind on their way in: what each row would do, and writing exactly what was shown.

A kind brings `plan(rows, scope=, about=, today=)`, which decides and writes nothing, and
`write(intents, undo=, by=, at=)`. Here is what they have in common.
"""

from dataclasses import dataclass, field
from datetime import time

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from branches.actions.roster_plan import Change, PlanMoved, fingerprint_of
from branches.actions.undo import Undo
from common import audit

LONGEST_SHOWN = 60


@dataclass(slots=True)
class RowIntent:
    """One row and what becomes of it: something new, changes of `target`, or a refusal in Chinese.

    `values` are what will be written; `hints` go to the person beside the row and refuse nothing.
    """

    row: object
    target: models.Model | None = None
    values: dict = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    refusal: str = ""
    hints: list[str] = field(default_factory=list)

    @property
    def is_new(self):
        return self.target is None

    def compare(self, labels):
        """Note each labelled field in which `target` differs; blank cells never erase."""
        for name, label in labels.items():
            if name in self.values:
                before = getattr(self.target, name)
                if before != self.values[name]:
                    self.changes.append(Change(label, shown(before), shown(self.values[name])))


def shown(value):
    """A value as the preview tells it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = "空" if value is None or value == "" else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def refuse_doubles(intents, key, message):
    """Refuse each row whose `key(intent)` an earlier row has; `{row}` in the message is that row."""
    first = {}
    for intent in intents:
        if not intent.refusal:
            earlier = first.setdefault(key(intent), intent)
            if earlier is not intent:
                intent.refusal = message.format(row=earlier.row.row)


def accepted(intents):
    return [intent for intent in intents if not intent.refusal]


def fingerprint(intents):
    """The same for two plans that would write the same."""
    return fingerprint_of(
        [
            intent.row.sheet,
            intent.row.row,
            str(intent.target.pk) if intent.target else "",
            sorted((name, str(value)) for name, value in intent.values.items()),
            intent.changes,
        ]
        for intent in accepted(intents)
    )


def counts(intents):
    let_in = accepted(intents)
    return {
        "added": sum(intent.is_new for intent in let_in),
        "changed": sum(bool(intent.changes) for intent in let_in if not intent.is_new),
        "unchanged": sum(not i.is_new and not i.changes for i in let_in),
    }


def save_rows(model, intents, *, undo):
    """The plain way to write: a new row of `model` for each new intent, the changed fields of others."""
    new = [model(**intent.values) for intent in intents if intent.is_new]
    undo.add(model, [row.pk for row in model._base_manager.bulk_create(new)])
    for intent in intents:
        if intent.changes and not intent.is_new:
            change_row(intent.target, intent.values, undo=undo)


def change_row(row, values, *, undo):
    """Write the values that differ, and what an undo needs to put them back."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    names = [row._meta.get_field(name).attname for name in changed]
    before = {name: getattr(row, name) for name in names}
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    undo.change(row, before)


def write_list(rows, *, kind, plan, write, scope, about, digest, by, at, expected):  # noqa: PLR0913 (what, how, where, who, when)
    """Plan anew and write it; PlanMoved when that is no longer what was previewed."""
    try:
        with transaction.atomic():
            intents = plan(rows, scope=scope, about=about, today=timezone.localdate(at))
            refused = any(intent.refusal for intent in intents)
            if refused or fingerprint(intents) != expected:
                raise PlanMoved
            undo = Undo()
            write(intents, undo=undo, by=by, at=at)
            detail = {"digest": digest, **counts(intents)}
            audit.record(f"导入{kind}", by=by, at=at, path=scope.path, detail=detail)
    except IntegrityError as error:  # somebody wrote the same at the same moment
        raise PlanMoved from error
    return counts(intents), undo
