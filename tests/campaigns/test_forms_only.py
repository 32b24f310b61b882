"""Whole plans typed into the forms from nothing, page by page, no YAML: what comes out is the same document (issue 3)."""

from pathlib import Path

import pytest
from django.urls import reverse

from campaigns.actions.drafts import plain
from campaigns.actions.scheme_text import as_yaml
from campaigns.forms.scheme_yaml import read_scheme
from campaigns.forms.workshop.form import PartForm
from campaigns.forms.workshop.node_fields import Node
from campaigns.forms.workshop.shapes import model_at
from campaigns.models import SchemeDraft
from campaigns.models.document.editing import value_at
from campaigns.queries.workshop import SECTIONS
from tests.campaigns.test_draft_part import SCHEMES, every_page, part_url, section_url, typed

SAMPLES = sorted((Path(__file__).parent / "schemes").glob("*.yaml"))
ROUNDS = 5  # a page may offer a choice only once the other page has been written


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_a_plan_leaves_as_text_and_comes_back_the_same(file):
    document = read_scheme(file.read_bytes())

    text = as_yaml(document)

    assert read_scheme(text.encode()) == document
    assert as_yaml(read_scheme(text.encode())) == text


def pages_of(target):
    """[(path, only)] in the order of the workshop's menu, the sections' own fields first."""
    paths = list(every_page(target.document))
    for section in SECTIONS:
        yield (), section
        for path in paths:
            if path[0] in {*section.fields, *getattr(section, "lists", ())}:
                yield path, section


def wanted(target, path, section):
    model, raw = model_at(target.document, path)
    only = section.fields if not path else None
    form = PartForm(draft=target, path=path, model=model, raw=raw, only=only)
    sent = typed(form) | {  # a key that is fixed by now was free when its row was new
        bound.html_name: bound.value() for bound in form if bound.field.disabled and bound.value()
    }
    texts = {name: text for name, text in sent.items() if name.endswith("rest") and text}
    assert not texts, (path, texts)  # nothing has to be written as text
    return sent, raw["kind"] if issubclass(model, Node) else ""


def send(client, draft, target, path, section):
    sent, kind = wanted(target, path, section)
    draft.refresh_from_db()
    if path and value_at(draft.document, path[:-1]) is None and isinstance(path[-1], int):
        holder = value_at(draft.document, path[:-2])
        if holder is None:
            return None
    url = part_url(draft, "/".join(map(str, path))) if path else section_url(draft, section.key)
    if kind and value_at(draft.document, path) is None:
        url += f"?kind={kind}"
    sent |= {"revision": draft.revision, "do": "save"}
    answer = client.post(url, sent)
    if answer.status_code == 302:
        return {}
    errors = answer.context["form"].errors
    later = {name: value for name, value in sent.items() if name not in errors}
    client.post(url, later)  # what cannot be chosen yet is left for the next round
    return errors


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_plan_is_entered_through_the_forms_alone(file, world, as_person):
    document = read_scheme(file.read_bytes())
    client = as_person(world.committee_member)
    target = SchemeDraft(document=plain(document), organisation=world.root, revision=1)
    first = {
        "name": document.name, "short_name": document.short_name, "slug": document.slug,
        "organisation": world.root.pk,
    }  # fmt: skip
    client.post(reverse("campaigns:scheme_new"), first)
    draft = SchemeDraft.objects.get()

    for _ in range(ROUNDS):
        refused = []
        for path, section in pages_of(target):
            errors = send(client, draft, target, path, section)
            refused += [(path, section.key, errors)] if errors != {} else []
        draft.refresh_from_db()
        if draft.document == target.document:
            break

    assert refused == []
    assert list(differences(told(draft), told(target))) == []


def told(draft):
    """The document with the settings as they are read: what is left out is the default."""
    document = draft.plan
    for item in document.items():
        item.settings.update(item.options.model_dump(mode="json"))
    return plain(document)


def differences(one, other, at=""):
    """Where two documents part, so that a failure names the field."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from differences(one.get(key), other.get(key), f"{at}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{at}[{place}]")
    elif one != other:
        yield at, one, other
