import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import SchemeVersion
from common.models import AuditEvent
from tests.factories.document import plan


def text(**changes):
    return yaml.safe_dump(plan(**changes), allow_unicode=True, sort_keys=False)


def upload(as_person, person, content):
    file = SimpleUploadedFile(
        "plan.yaml", content if isinstance(content, bytes) else content.encode()
    )
    return as_person(person).post(reverse("campaigns:scheme_load"), {"file": file})


def test_the_committee_brings_in_a_plan(world, as_person):
    response = upload(as_person, world.committee_member, text(slug="new-plan", name="新方案"))

    version = SchemeVersion.objects.get(scheme__slug="new-plan")
    assert response.headers["Location"] == reverse("campaigns:scheme_detail", args=[version.pk])
    assert (version.number, version.created_by) == (1, world.committee_member)


def test_a_changed_plan_is_a_new_version(world, as_person):
    upload(as_person, world.officer, text(slug="new-plan"))
    upload(as_person, world.officer, text(slug="new-plan"))
    upload(as_person, world.officer, text(slug="new-plan", name="改了名"))

    numbers = SchemeVersion.objects.filter(scheme__slug="new-plan").values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (text().replace("frequency: quarterly", "frequency: sometimes", 1), "第"),
        ("slug: [", "第 2 行"),
        ("", "文件是空的"),
        (b"\xff\xfe\x00", "不是 UTF-8"),
        ("a: 1\n" * 300_000, "超过 1 MB"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason(world, as_person, content, told):
    before, events = SchemeVersion.objects.count(), AuditEvent.objects.count()

    response = upload(as_person, world.committee_member, content)

    assert response.status_code in {200, 422}
    assert told in response.content.decode()
    assert SchemeVersion.objects.count() == before
    assert AuditEvent.objects.count() == events


def test_the_line_is_that_of_the_mistake(world, as_person):
    content = text().replace("frequency: quarterly", "frequency: sometimes", 1)
    line = content[: content.index("sometimes")].count("\n") + 1

    response = upload(as_person, world.committee_member, content)

    assert response.status_code == 422
    assert f"第 {line} 行" in response.content.decode()


def test_secretaries_are_refused(world, as_person):
    assert upload(as_person, world.secretary, text(slug="new-plan")).status_code == 403
    assert not SchemeVersion.objects.filter(scheme__slug="new-plan").exists()


def test_what_is_downloaded_can_be_uploaded_again(world, as_person):
    upload(as_person, world.officer, text(slug="new-plan"))
    version = SchemeVersion.objects.get(scheme__slug="new-plan")

    file = as_person(world.officer).get(reverse("campaigns:scheme_download", args=[version.pk]))
    upload(as_person, world.officer, file.content)

    assert file.headers["Content-Disposition"] == 'attachment; filename="new-plan-v1.yaml"'
    assert SchemeVersion.objects.filter(scheme__slug="new-plan").count() == 1
