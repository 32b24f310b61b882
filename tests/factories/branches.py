from datetime import date, datetime
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from branches.models import Affiliation, Organisation, Person, Post, Role, UnitType, Window

PASSWORD = "Demo-2026"
LONG_AGO = date(2020, 1, 1)


@cache
def hashed(password):
    """One hash for everybody: hashing is the slowest thing a test could do."""
    return make_password(password)


def moment(day=LONG_AGO, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


class UnitTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UnitType
        django_get_or_create = ["key"]

    key = factory.Sequence(lambda n: f"unit_type_{n}")
    name = factory.Sequence(lambda n: f"单位类型{n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A root without `parent=`, else a child of it."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"第{n}党支部")
    code = factory.Sequence(lambda n: f"ORG{n:04d}")
    kind = Organisation.Kind.BRANCH

    @classmethod
    def _create(cls, model_class, *args, parent=None, **fields):
        if parent is None:
            return model_class.objects.add_root(fields)
        return model_class.objects.add_child(parent, fields)


class PersonFactory(factory.django.DjangoModelFactory):
    """`PersonFactory(organisation=branch, role="secretary")` is a member of the branch and its secretary."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"测试人{n}")
    name_pinyin = factory.LazyAttribute(lambda person: person.username)
    political_status = Person.Political.MEMBER
    password = factory.LazyFunction(lambda: hashed(PASSWORD))

    @factory.post_generation
    def organisation(self, create, organisation, **extra):
        if organisation is not None:
            is_member = self.political_status == Person.Political.MEMBER
            extra.setdefault("status", "member" if is_member else "staff")
            AffiliationFactory(person=self, organisation=organisation, **extra)

    @factory.post_generation
    def role(self, create, kind, **extra):
        if kind is not None:
            if "organisation" not in extra:
                extra["organisation"] = self.affiliations.get().organisation
            RoleFactory(person=self, kind=kind, **extra)


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = LONG_AGO


class RoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Role

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = Role.Kind.SECRETARY
    starts_on = LONG_AGO
    granted_at = factory.LazyFunction(moment)


class WindowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Window

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"{n}号窗口")
    number = factory.Sequence(lambda n: f"{n}")


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = "窗口受理岗"
    duties = "受理、初审、一次性告知"
    starts_on = LONG_AGO
