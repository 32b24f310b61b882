"""Taking an import back, while nothing depends on what it brought."""

import json
from dataclasses import dataclass, field

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from branches.models import Person

SHOWN = 5


class UndoRefused(Exception):
    """Something stands on what was imported; the text is Chinese and says what."""


@dataclass
class Undo:
    """Which rows an import added, and what the rows it changed held before and hold now.

    Added rows are listed in the order in which they can be deleted.
    """

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    kept: list = field(default_factory=list)  # in words, what can never be taken back

    def add(self, model, keys):
        if keys:
            self.added.append([model._meta.label_lower, list(keys)])

    def change(self, row, before):
        """`row` holds the new values already."""
        after = {
            name: None if isinstance(getattr(row, name), bytes) else getattr(row, name)
            for name in before
        }
        self.changed.append([row._meta.label_lower, row.pk, before, after])

    def keep(self, reason):
        """What came in has had its effect (votes counted): the whole import stays."""
        self.kept.append(reason)

    def as_bytes(self):
        return json.dumps([self.added, self.changed, self.kept], cls=DjangoJSONEncoder).encode()

    @classmethod
    def from_bytes(cls, data):
        return cls(*json.loads(data))


@transaction.atomic
def take_back(undo):
    """Delete what was added and put back what was changed, or UndoRefused and nothing at all."""
    reasons = [*undo.kept, *_dependants(undo), *_changed_since(undo)]
    if reasons:
        more = f"等 {len(reasons)} 处" if len(reasons) > SHOWN else ""
        raise UndoRefused(f"{'；'.join(reasons[:SHOWN])}{more}。")
    for label, keys in undo.added:
        apps.get_model(label).objects.filter(pk__in=keys).delete()
    for label, key, before, _ in undo.changed:
        model = apps.get_model(label)
        model.objects.filter(pk=key).update(**_restored(model, before))


def _dependants(undo):
    """In words, what refers to the added rows and did not come with them."""
    own = {}
    for label, keys in undo.added:
        own.setdefault(label, set()).update(keys)
    for label, keys in own.items():
        model = apps.get_model(label)
        for relation in model._meta.get_fields(include_hidden=True):
            if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
                continue
            other = relation.related_model
            rows = other._base_manager.filter(**{f"{relation.field.name}__in": keys})
            rows = rows.exclude(pk__in=own.get(other._meta.label_lower, ()))
            count = rows.count()
            if count:
                yield f"已有 {count} 条“{other._meta.verbose_name}”与导入的{model._meta.verbose_name}有关"
        if model is Person and (
            seen := Person.objects.filter(pk__in=keys, last_login__isnull=False)
        ):
            yield f"已有 {seen.count()} 人登录过"


def _changed_since(undo):
    """In words, rows that no longer hold what the import wrote."""
    for label, key, _, after in undo.changed:
        model = apps.get_model(label)
        now = model.objects.select_for_update().filter(pk=key).order_by("pk").first()
        names = [name for name, value in after.items() if value is not None]
        wanted = {name: model._meta.get_field(name).to_python(after[name]) for name in names}
        if now is None or any(getattr(now, name) != wanted[name] for name in names):
            yield f"{now or '有一条记录'}在导入之后又改过"


def _restored(model, before):
    return {name: model._meta.get_field(name).to_python(value) for name, value in before.items()}
