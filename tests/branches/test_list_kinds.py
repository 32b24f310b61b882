"""A kind of import that another app would bring: own columns, plan and write, and about one thing."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from branches import actions
from branches.actions.list_import import RowIntent, refuse_doubles, save_rows
from branches.excel import kinds
from branches.excel.list_kinds import list_kind
from branches.excel.listing import ListColumn
from branches.models import Organisation, Upload
from tests.branches.imports import applied, page, previewed, read, sent
from tests.excel.books import book_bytes

pytestmark = pytest.mark.django_db

COLUMNS = (
    ListColumn("branch", "支部", r"支部(名称)?", required=True),
    ListColumn("short", "简称", r"简称", required=True, longest=20),
)
HEADING = ["支部", "简称"]


def plan(rows, *, scope, about, today):
    """Short names of branches; `about` says for which of two books they are."""
    known = {each.name: each for each in Organisation.objects.below(scope)}
    intents = []
    for row in rows:
        intent = RowIntent(row, target=known.get(row.values["branch"]))
        if intent.target is None:
            intent.refusal = "没有此支部，或不在导入范围内"
        else:
            intent.values = {"short_name": f"{row.values['short']}{about}"}
            intent.compare({"short_name": "简称"})
        intents.append(intent)
    refuse_doubles(intents, lambda intent: intent.target.pk, "与第 {row} 行是同一支部")
    return intents


def write(intents, *, undo, by, at):
    save_rows(Organisation, intents, undo=undo)


@pytest.fixture
def short_names(monkeypatch):
    """Registered for one test."""
    kind = list_kind(
        key="short_names",
        label="简称",
        noun="支部",
        hint="一行一个支部。",
        roles=("secretary",),
        scopes=("branch",),
        columns=COLUMNS,
        plan=plan,
        write=write,
        url="branches:organisation_list",
        abouts=lambda by: [("甲", "甲册"), ("乙", "乙册")],
        about_label="哪一册",
    )
    monkeypatch.setitem(kinds.KINDS, kind.key, kind)
    return kind


def test_what_it_is_about_is_asked_shown_and_handed_on(world, as_person, short_names):
    client = as_person(world.secretary)
    url = reverse("branches:import_add", args=["short_names"])
    assertContains(client.get(url + "?about=乙"), '<option value="乙" selected>乙册</option>')
    data = book_bytes([HEADING, [world.north.name, "北"]])

    client.post(url, sent(data, world.north) | {"about": "乙"})
    upload = read(Upload.objects.get())
    assertContains(page(client, upload), "简称（乙册）")
    upload = applied(upload, world.secretary)

    assert upload.counts["changed"] == 1
    world.north.refresh_from_db()
    assert world.north.short_name == "北乙"


def test_what_is_not_offered_is_refused_by_the_page_and_by_the_job(world, as_person, short_names):
    client = as_person(world.secretary)
    data = book_bytes([HEADING, [world.north.name, "北"]])
    url = reverse("branches:import_add", args=["short_names"])

    response = client.post(url, sent(data, world.north) | {"about": "丙"})
    assert response.status_code == 200
    assert not Upload.objects.exists()
    upload = previewed(world, data, by=world.secretary, kind="short_names", about="丙")

    assert (upload.state, upload.message) == (
        Upload.State.REFUSED,
        "您现在没有在这个范围导入的权限。",
    )


def test_rows_of_others_and_doubles_stay_out_and_undo_puts_back(world, short_names):
    before = world.north.short_name
    rows = [[world.north.name, "北"], [world.south.name, "南"], [world.north.name, "北二"]]
    upload = previewed(
        world, book_bytes([HEADING, *rows]), by=world.secretary, kind="short_names", about="甲"
    )
    assert (upload.counts["changed"], upload.counts["out"]) == (1, 2)

    upload = applied(upload, world.secretary)
    world.north.refresh_from_db()
    assert world.north.short_name == "北甲"
    again = previewed(
        world, book_bytes([HEADING, rows[0]]), by=world.secretary, kind="short_names", about="甲"
    )
    assert again.message == "都已经在系统中，没有要导入的内容。"
    actions.undo_upload(upload, by=world.secretary, at=timezone.now())

    world.north.refresh_from_db()
    assert world.north.short_name == before
