import json
import zlib
from datetime import timedelta

from django.utils import timezone

from branches.actions import token_of
from branches.models import Upload
from common import vault
from common.downloads import XLSX
from tests.policy import (
    FAR_SECRETARY,
    RULERS,
    SECRETARY,
    SECRETARY2,
    SIGNED_IN,
    Row,
)

IMPORTERS = SECRETARY | SECRETARY2 | RULERS | FAR_SECRETARY
OTHERS = SIGNED_IN - IMPORTERS
COLUMN = {"letter": "A", "heading": "姓名", "field": "name", "key": "姓名", "samples": ["林小满"]}


def upload_of(person, organisation):
    content = {"rows": [], "columns": [COLUMN], "notices": [], "data": []}
    at = timezone.now()
    return Upload.objects.create(
        kind="roster",
        organisation=organisation,
        by=person,
        state=Upload.State.READY,
        file_name="名册.xlsx",
        digest="d" * 64,
        preview=vault.keep(zlib.compress(json.dumps(content).encode())),
        corrections=vault.keep(b"PK"),
        fingerprint="f" * 64,
        counts={"added": 1, "changed": 0, "out": 1},
        created_at=at,
        expires_at=at + timedelta(hours=24),
    )


def uploads(world):
    """Nobody opens another's, not even who sees the branch."""
    return {
        "own": {"pk": upload_of(world.secretary, world.north).pk},
        "sibling": {"pk": upload_of(world.secretary2, world.south).pk},
        "foreign": {"pk": upload_of(world.far_secretary, world.far).pk},
    }


MINE = {"own": SECRETARY, "sibling": SECRETARY2, "foreign": FAR_SECRETARY}


def token(world, position):
    person = {
        "own": world.secretary,
        "sibling": world.secretary2,
        "foreign": world.far_secretary,
    }[position]
    return {"token": token_of(Upload.objects.filter(by=person).latest("created_at"), person)}


def kind_row(name, **changes):
    return Row(
        name,
        objects=lambda world: {"own": {"kind": "roster"}},
        allowed={"own": IMPORTERS},
        forbidden=dict.fromkeys(("own", "missing"), OTHERS),
        **changes,
    )


def upload_row(name, **changes):
    return Row(name, objects=uploads, allowed=MINE, **changes)


ROWS = [
    Row("branches:import_list", allowed=IMPORTERS, marker="先看每一行会怎样"),
    kind_row(
        "branches:import_add",
        methods="GET POST",
        marker="导入党员名册",
        data=lambda world: {},
        post_status=200,
        note="without a file it stays on the page; uploads: tests/branches/test_imports.py",
    ),
    kind_row("branches:import_template", content_type=XLSX),
    upload_row("branches:import_detail", marker="预览：名册.xlsx"),
    upload_row(
        "branches:import_columns",
        methods="GET POST",
        marker="更正列",
        data=lambda world: {"column0": ""},
    ),
    upload_row("branches:import_errors", content_type=XLSX),
    upload_row("branches:import_apply", methods="POST", data=token),
    upload_row(
        "branches:import_undo",
        methods="POST",
        data=lambda world: {},
        note="not applied yet: the page says so",
    ),
    upload_row("branches:import_discard", methods="POST", data=lambda world: {}),
]
