"""The portal with a mutant in it, for the web processes of test_mutants.py."""

from campaign_portal.wsgi import application
from tests.evaluations import mutant_plugin

mutant_plugin.apply()

__all__ = ["application"]
