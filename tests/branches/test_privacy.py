"""/privacy names every stored field of every app about a person, neither more nor less (PIPL 17)."""

import pytest
from django.apps import apps
from django.urls import reverse
from pytest_django.asserts import assertContains

from branches import models
from branches.models import seal_id_number
from common import personal
from tests.dump import dump
from tests.factories import PersonFactory

NUMBER = "320123199001011237"


def stored():
    """{label: names of fields} of every model of every app, those of libraries too."""
    return {
        model._meta.label: {
            field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        }
        for model in apps.get_models()
    }


def mentions_a_person(model):
    return any(
        field.is_relation and field.related_model is models.Person
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
    )


@pytest.fixture(scope="module")
def listed():
    """{label: fields, as often as they are listed} of everything that is told."""
    told = {}
    for inventory in personal.inventories():
        for label, field in inventory.fields_of():
            told.setdefault(label, []).append(field)
    return told


@pytest.fixture(scope="module")
def impersonal():
    return [label for inventory in personal.inventories() for label in inventory.impersonal()]


def test_every_model_is_listed_or_named_as_impersonal(listed, impersonal):
    assert sorted([*listed, *impersonal]) == sorted(stored())


@pytest.mark.parametrize("label", sorted(stored()))
def test_every_stored_field_is_listed_once(label, listed):
    if label in listed:
        assert sorted(listed[label]) == sorted(stored()[label])


def test_what_is_called_impersonal_points_at_nobody(impersonal):
    assert [label for label in impersonal if mentions_a_person(apps.get_model(label))] == []


def test_every_impersonal_model_has_a_reason():
    assert all(
        reason
        for inventory in personal.inventories()
        for reason in inventory.nothing_personal.values()
    )


def test_anybody_may_read_it(client, db):
    response = client.get(reverse("branches:privacy"))

    for inventory in personal.inventories():
        for kept in inventory.kept:
            for text in (kept.label, kept.why, kept.seen_by, kept.until):
                assertContains(response, text)
        for reason in inventory.reasons():
            assertContains(response, reason)


def test_an_id_number_is_nowhere_in_clear(as_person, db):
    person = PersonFactory(
        id_number_sealed=seal_id_number(NUMBER), id_number_hash=models.hash_id_number(NUMBER)
    )

    page = as_person(person).get(reverse("branches:me")).content.decode()

    assert NUMBER not in str(dump())
    assert NUMBER not in page
    assert "320123********1237" in page
