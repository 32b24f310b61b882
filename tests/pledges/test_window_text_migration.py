"""What windows showed before the gate was built goes on hanging, without invented signatures (L03, Q17)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from branches.models import Window
from pledges.models import WindowText
from tests.factories import WindowTextFactory

migration = import_module("pledges.migrations.0015_sign_over_window_texts")


class OldApps:
    """The real models, and the table of headings that is gone."""

    def __init__(self, parts):
        self.parts = parts

    def get_model(self, app, name):
        return self.parts if name == "WindowPart" else apps.get_model(app, name)


class NoParts:
    """An old table; `objects.order_by().iterator()` is all the migration asks of it."""

    def __init__(self, rows):
        self.objects, self.rows = self, rows

    def order_by(self, _):
        return self

    def iterator(self):
        return iter(self.rows)


class OldPart:
    def __init__(self, window, name, text):
        self.window_id, self.name, self.text = window.pk, name, text


def test_texts_and_headings_go_on_hanging(world):
    Window.objects.filter(pk=world.window.pk).update(procedure="受理、审查")
    parts = NoParts([OldPart(world.window2, "收费公示", "一律不收费")])

    migration.take_over(OldApps(parts), None)

    first, second = WindowText.objects.order_by("window")
    assert (first.state, first.procedure, first.taken_over) == ("live", "受理、审查", True)
    assert first.checked_by is None
    assert second.part("收费公示") == "一律不收费"
    assert not WindowText.objects.filter(window=world.far_window).exists()


def test_nothing_else_hangs_without_a_signature(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        WindowTextFactory(window=world.window, checked_by=None)


def test_a_new_version_of_what_was_taken_over_needs_signatures(world):
    text = WindowTextFactory(window=world.window, taken_over=True, checked_by=None)

    assert not text.next_version(by=world.secretary, at=text.written_at).taken_over
