"""The portal with a mutant in it, for the web processes that a test starts."""

import os

import pytest

from campaign_portal.wsgi import application
from tests.mutants.table import MUTANTS

MUTANTS[os.environ["MUTANT"]].function(pytest.MonkeyPatch())

__all__ = ["application"]
