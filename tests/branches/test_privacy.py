"""/privacy names every stored field about a person, neither more nor less (PIPL 17)."""

import pytest
from django.apps import apps
from django.urls import reverse
from pytest_django.asserts import assertContains

from branches import models
from branches.models import seal_id_number
from branches.models.inventory import FIELDS
from tests.dump import dump
from tests.factories import PersonFactory

NAMES = sorted({kept.model for kept in FIELDS})
MODELS = [
    "Person", "Affiliation", "Post", "Role", "ActivationCode", "CorrectionRequest", "Upload",
    "Card", "ZoneHolder", "PrintRecord", "SelfExamination", "Whereabouts", "FirstAsked",
]  # fmt: skip
NUMBER = "320123199001011237"


@pytest.mark.parametrize("name", MODELS)
def test_every_stored_field_is_listed_once(name):
    (model,) = (model for model in apps.get_models() if model.__name__ == name)
    stored = {field.name for field in model._meta.concrete_fields}
    listed = [field for kept in FIELDS if kept.model == name for field in kept.fields]

    assert sorted(listed) == sorted(stored)


def test_nothing_else_is_listed():
    assert sorted(MODELS) == NAMES


def test_anybody_may_read_it(client, db):
    response = client.get(reverse("branches:privacy"))

    for kept in FIELDS:
        assertContains(response, kept.why)


def test_an_id_number_is_nowhere_in_clear(as_person, db):
    person = PersonFactory(
        id_number_sealed=seal_id_number(NUMBER), id_number_hash=models.hash_id_number(NUMBER)
    )

    page = as_person(person).get(reverse("branches:me")).content.decode()

    assert NUMBER not in str(dump())
    assert NUMBER not in page
    assert "320123********1237" in page
