"""The county with a plan that compares: every mechanism of this app, one item each."""

import pytest

from campaigns.models import SchemeVersion
from tests.competitions.plan import FAMILIES, PARTS


@pytest.fixture
def fair(world):
    """`world` with items to compare and to attain."""
    version = SchemeVersion.objects.get(pk=world.period.scheme_version_id)
    document = version.document
    version.document = {
        **document,
        **PARTS,
        "families": [*document["families"], *FAMILIES],
        "questionnaires": [*document["questionnaires"], *PARTS.get("questionnaires", ())],
    }
    version.digest = "compares"  # plans are kept by digest
    version.save()
    return world
