"""The editor: whatever a plan says can be read in a form and saved again without a change."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from campaigns.actions.drafts import plain
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.forms.workshop.form import PartForm
from campaigns.forms.workshop.labels import LABELS
from campaigns.forms.workshop.rendering import page_of
from campaigns.forms.workshop.shapes import model_at
from campaigns.models import SchemeDraft
from campaigns.models.document.parts import Part
from campaigns.queries.workshop import SECTIONS
from tests.factories.drafts import SchemeDraftFactory

SCHEMES = sorted((Path(settings.BASE_DIR) / "campaigns" / "schemes").glob("*.yaml"))
SCHEMES += sorted((Path(__file__).parent / "schemes").glob("*.yaml"))


@pytest.fixture
def draft(world):
    return SchemeDraftFactory(organisation=world.root, updated_by=world.committee_member)


@pytest.fixture
def client(world, as_person):
    return as_person(world.committee_member)


def part_url(draft, place):
    return reverse("campaigns:draft_part", args=[draft.pk, place])


def section_url(draft, key):
    return reverse("campaigns:draft_section", args=[draft.pk, key])


def typed(form):
    """What a browser would send back: every value of the form as shown."""
    sent = {}
    for bound in form:
        value = bound.value()
        if bound.field.disabled or value in (None, False):
            continue
        sent[bound.html_name] = "on" if value is True else value
    return sent


def querydict(sent):
    query = QueryDict(mutable=True)
    for key, value in sent.items():
        values = value if isinstance(value, list | tuple) else [value]
        query.setlist(key, [str(one) for one in values])
    return query


def save(client, url, **changes):
    """Open, change, send."""
    sent = typed(client.get(url).context["form"]) | {"do": "save"} | changes
    return client.post(url, {key: value for key, value in sent.items() if value is not None})


def stored(draft):
    return SchemeDraft.objects.get(pk=draft.pk).document


def every_page(data, at=()):
    value = data
    for step in at:
        value = value[step]
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in entries:
        path = (*at, step)
        if page_of(data, path) == path:
            yield path
        if isinstance(inner, dict | list):
            yield from every_page(data, path)


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_saving_every_page_unchanged_changes_nothing(file, world):
    document = read_scheme(file.read_bytes())
    draft = SchemeDraftFactory(
        slug=document.slug, document=plain(document), organisation=world.root
    )
    pages = [(path, None) for path in every_page(draft.document)]
    pages += [((), section.fields) for section in SECTIONS]
    assert len(pages) > 20

    for path, only in pages:
        model, raw = model_at(draft.document, path)
        part = {"draft": draft, "path": path, "model": model, "raw": raw, "only": only}
        form = PartForm(querydict(typed(PartForm(**part))), **part)
        assert form.is_valid(), (path, form.errors)
        assert plain(form.document) == draft.document, path


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_every_section_opens_and_saves(section, draft, client):
    before = stored(draft)
    shown = client.get(section_url(draft, section.key))

    assert section.title in shown.content.decode()
    if shown.context["form"] is not None:
        assert save(client, section_url(draft, section.key)).status_code == 302
    assert stored(draft) == before


def parts(kind=Part):
    for below in kind.__subclasses__():
        yield below
        yield from parts(below)


def test_every_field_has_a_label():
    fields = {name for part in parts() for name in part.model_fields}

    assert fields - set(LABELS) == set()
