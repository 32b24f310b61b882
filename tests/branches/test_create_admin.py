import pytest
from django.core.management import CommandError, call_command

from branches.models import Organisation, Person
from tests.factories import OrganisationFactory


def test_the_first_account_of_an_empty_house(db, capsys):
    call_command(
        "create_admin", "system_admin", "韩系统", "--org", "DW", "--org-name", "县直机关党委"
    )

    person = Person.objects.get()
    assert person.roles.get().kind == "system_admin"
    assert not person.has_usable_password()
    assert Organisation.objects.get().name == "县直机关党委"
    assert "激活码" in capsys.readouterr().out


def test_an_unknown_organisation_is_named(db):
    with pytest.raises(CommandError, match="没有代码为 DW 的组织"):
        call_command("create_admin", "system_admin", "韩系统", "--org", "DW")


def test_a_committee_is_reused(db):
    OrganisationFactory(code="DW", kind="committee")

    call_command("create_admin", "audit_admin", "朱审计", "--org", "DW")
    call_command("create_admin", "security_admin", "杨安全", "--org", "DW")

    assert Organisation.objects.count() == 1
    assert Person.objects.count() == 2
