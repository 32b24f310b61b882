"""Every template compiles: a tag that nobody loaded is found here, not by the first reader of a rare page."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.mark.parametrize("start", range(0, len(NAMES), 60))
def test_every_template_compiles(start):
    for name in NAMES[start : start + 60]:
        get_template(name)
