"""Every page is named where a link is made: in a template, or where code makes addresses (issue 9).

The crawl of the demonstration (tests/demo/test_joins.py) follows links that a day has; this finds pages that no day
would ever lead to.
"""

from pathlib import Path

from tests.policies import ROWS

BASE = Path(__file__).resolve().parent.parent
CODE = (
    "branches",
    "campaign_portal",
    "campaigns",
    "common",
    "competitions",
    "evaluations",
    "pledges",
    "supervision",
)
NO_LINK = {"healthz": "for the machine", "metrics": "for the machine"}


def sources():
    for path in (BASE / "templates").rglob("*.html"):
        yield path.read_text("utf-8")
    for app in CODE:
        for path in (BASE / app).rglob("*.py"):
            if "migrations" not in path.parts and "urls" not in path.name:
                yield path.read_text("utf-8")


def test_every_page_is_named_where_a_link_is_made():
    text = "\n".join(sources())
    names = {row.name for row in ROWS if "GET" in row.methods.split()}

    lost = {name for name in names if f"'{name}'" not in text and f'"{name}"' not in text}

    assert lost - set(NO_LINK) == set()
    assert set(NO_LINK) - lost == set(), "has a link now"
