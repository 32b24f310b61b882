"""The demonstration, built once and rolled back after this folder's tests."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """What the command said."""
    output = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("demo", stdout=output)
        yield output.getvalue()
        transaction.set_rollback(True)
