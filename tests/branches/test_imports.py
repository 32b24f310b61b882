"""Three steps in the browser: what is shown, what is applied, what is taken back, who is refused."""

import json

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from branches import actions
from branches.actions.uploads import SALT
from branches.models import Affiliation, Person, Role, Upload
from common import jobs
from common.models import AuditEvent, Job, Notice
from tests.branches.imports import (
    HEADING,
    LIN,
    TAN,
    applied,
    page,
    previewed,
    read,
    row,
    rows_of,
    sent,
    two_people,
)
from tests.excel.books import roster_bytes

pytestmark = pytest.mark.django_db


def people_named(*names):
    return Person.objects.filter(name__in=names)


def apply_url(upload):
    return reverse("branches:import_apply", args=[upload.pk])


def test_upload_preview_apply_undo_in_the_browser(world, as_person):
    client = as_person(world.secretary)
    url = reverse("branches:import_add", args=["roster"])

    response = client.post(url, sent(two_people(world), world.north))
    upload = Upload.objects.get()
    assertRedirects(response, reverse("branches:import_detail", args=[upload.pk]))
    assertContains(page(client, upload), "正在读取")
    upload = read(upload)
    shown = page(client, upload, "?fate=in")
    assertContains(shown, "林小满")
    assert people_named("林小满").count() == 0

    client.post(apply_url(upload), {"token": shown.context["token"]})
    upload = read(upload)

    assert upload.state == Upload.State.APPLIED
    assert upload.counts["added"] == 2
    assert people_named("林小满", "谭一").count() == 2
    assertContains(page(client, upload), "撤销导入")
    assert Notice.objects.get(recipient=world.secretary).title == "已导入：新增 2，更新 0"

    client.post(reverse("branches:import_undo", args=[upload.pk]))

    assert people_named("林小满", "谭一").count() == 0
    assert Upload.objects.get().state == Upload.State.UNDONE
    assert [event.verb for event in AuditEvent.objects.order_by("number")] == [
        "导入名册",
        "撤销导入",
    ]


def test_every_row_has_a_fate_and_a_reason(world, as_person):
    data = roster_bytes(
        HEADING,
        [
            row("林小满", LIN, world.north.name),
            row("谭一", TAN, "不存在的支部"),
            row("", "", ""),
            ["合计", "2人"],
            row("陆三", "", world.north.name, phone="123"),
        ],
    )
    upload = previewed(world, data, by=world.secretary)

    counts = {key: upload.counts[key] for key in ("in", "warned", "out", "skipped")}
    assert counts == {"in": 1, "warned": 1, "out": 2, "skipped": 2}
    client = as_person(world.secretary)
    assertContains(page(client, upload, "?fate=out"), "不存在的支部")
    assertContains(page(client, upload, "?fate=warned"), "是 3 位，应为 11 位")
    assertContains(page(client, upload, "?fate=skipped"), "小计、合计行")


def test_a_change_is_shown_old_and_new_and_undone_to_the_old(world, as_person):
    applied(previewed(world, two_people(world), by=world.secretary), world.secretary)
    data = roster_bytes(HEADING, [row("林小满", LIN, world.north.name, phone="13900000002")])

    upload = previewed(world, data, by=world.secretary)
    shown = page(as_person(world.secretary), upload)
    assertContains(shown, "<del>139****0001</del> → <ins>13900000002</ins>")
    applied(upload, world.secretary)
    assert people_named("林小满").get().phone == "13900000002"

    actions.undo_upload(Upload.objects.get(pk=upload.pk), by=world.secretary, at=timezone.now())

    assert people_named("林小满").get().phone == "13900000001"


def test_a_probationer_promoted_by_an_import_is_one_again_after_undo(world):
    data = roster_bytes(HEADING, [row("林小满", LIN, world.north.name, category="预备党员")])
    applied(previewed(world, data, by=world.secretary), world.secretary)
    person = people_named("林小满").get()
    person.affiliations.update(starts_on="2026-01-01")
    before = list(Affiliation.objects.filter(person=person).values())
    again = roster_bytes(HEADING, [row("林小满", LIN, world.north.name)])
    upload = applied(previewed(world, again, by=world.secretary), world.secretary)
    assert Affiliation.objects.filter(person=person).count() == 2

    actions.undo_upload(upload, by=world.secretary, at=timezone.now())

    assert list(Affiliation.objects.filter(person=person).values()) == before


def test_undo_says_what_stands_on_the_import(world, as_person):
    upload = applied(previewed(world, two_people(world), by=world.secretary), world.secretary)
    actions.issue_code(people_named("谭一").get(), by=world.secretary, at=timezone.now())

    response = as_person(world.secretary).post(
        reverse("branches:import_undo", args=[upload.pk]), follow=True
    )

    assertContains(response, "已有 1 条“账号激活码”与导入的人员有关")
    assert people_named("林小满", "谭一").count() == 2


def test_undo_refuses_when_somebody_changed_the_person_since(world):
    applied(previewed(world, two_people(world), by=world.secretary), world.secretary)
    data = roster_bytes(HEADING, [row("林小满", LIN, world.north.name, phone="13900000002")])
    upload = applied(previewed(world, data, by=world.secretary), world.secretary)
    people_named("林小满").update(phone="13900000003")

    with pytest.raises(actions.UndoRefused, match="林小满在导入之后又改过"):
        actions.undo_upload(upload, by=world.secretary, at=timezone.now())


def test_an_import_can_be_undone_for_seven_days(world):
    upload = applied(previewed(world, two_people(world), by=world.secretary), world.secretary)

    with pytest.raises(actions.UndoRefused, match="超过 7 天"):
        actions.undo_upload(
            upload, by=world.secretary, at=upload.applied_at + timezone.timedelta(days=8)
        )


# F17, F18 --------------------------------------------------------------------------------------


def test_a_second_apply_says_that_it_is_done(world, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)
    token = actions.token_of(upload, world.secretary)
    applied(upload, world.secretary)

    response = as_person(world.secretary).post(apply_url(upload), {"token": token}, follow=True)

    assertContains(response, "已导入，不会重复导入")
    assert people_named("林小满", "谭一").count() == 2
    assert Job.objects.filter(kind="apply_upload").count() == 1


def test_a_killed_worker_leaves_nothing_or_all(world, monkeypatch):
    upload = previewed(world, two_people(world), by=world.secretary)
    token = actions.token_of(upload, world.secretary)
    upload = actions.start_apply(upload, token=token, by=world.secretary, at=timezone.now())

    def killed(*_args, **_keywords):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("branches.actions.uploads.notices.post", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.run(upload.job_id)
    assert people_named("林小满", "谭一").count() == 0

    Job.objects.update(lease_until=timezone.now() - timezone.timedelta(seconds=1))
    assert read(upload).state == Upload.State.APPLIED
    assert people_named("林小满", "谭一").count() == 2


def test_another_files_token_is_refused(world, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)
    other = previewed(
        world, roster_bytes(HEADING, [row("别人", TAN, world.north.name)]), by=world.secretary
    )
    client = as_person(world.secretary)

    stolen = client.post(apply_url(upload), {"token": actions.token_of(other, world.secretary)})
    forged = client.post(apply_url(upload), {"token": "x:y"})
    of_another = client.post(apply_url(upload), {"token": actions.token_of(upload, world.officer)})
    strange = signing.Signer(salt=SALT).sign_object("text")
    odd = client.post(apply_url(upload), {"token": strange})

    assert [answer.status_code for answer in (stolen, forged, of_another, odd)] == [403] * 4
    assert Upload.objects.get(pk=upload.pk).state == Upload.State.READY


def test_a_token_of_an_older_preview_asks_to_look_again(world, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)
    token = actions.token_of(upload, world.secretary)
    Upload.objects.update(fingerprint="another")

    response = as_person(world.secretary).post(apply_url(upload), {"token": token}, follow=True)

    assertContains(response, "预览已经更新")


def test_what_moved_since_the_preview_is_shown_again_before_it_is_written(world, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)
    applied(previewed(world, two_people(world), by=world.secretary), world.secretary)

    upload = applied(upload, world.secretary)

    assert upload.state == Upload.State.REFUSED
    assert "没有要导入的内容" in upload.message
    assert people_named("林小满").count() == 1


def test_a_changed_record_stops_the_apply_and_shows_the_new_preview(world, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)
    actions.add_person(
        organisation=world.north,
        starts_on=timezone.localdate(),
        by=world.secretary,
        at=timezone.now(),
        name="林小满",
        phone="13911111111",
        political_status="member",
    )

    upload = applied(upload, world.secretary)

    assert upload.state == Upload.State.READY
    shown = page(as_person(world.secretary), upload, "?fate=changed")
    assertContains(shown, "预览之后系统中的资料有变动")
    assertContains(shown, "<del>139****1111</del>")


# A7 --------------------------------------------------------------------------------------------


def test_a_secretary_brings_nobody_into_another_branch(world, as_person):
    client = as_person(world.secretary)
    url = reverse("branches:import_add", args=["roster"])

    response = client.post(url, sent(two_people(world), world.south))
    assertContains(response, "请从所列的选项里选")
    data = roster_bytes(HEADING, [row("林小满", LIN, world.south.name)])
    upload = previewed(world, data, by=world.secretary)

    assert upload.state == Upload.State.REFUSED
    assert Upload.objects.count() == 1


def test_of_people_elsewhere_nothing_is_told(world):
    Person.objects.filter(pk=world.stranger.pk).update(work_no="G1")
    data = roster_bytes(
        ["姓名", "性别", "工号", "党支部"],
        [["远方人", "男", "G1", world.north.name], ["别名", "男", "G1", world.north.name]],
    )
    upload = previewed(world, data, by=world.secretary)

    told = json.dumps(rows_of(upload), ensure_ascii=False)
    assert "此人现在属于别的组织" in told
    assert "远方支部" not in told


def test_nobody_becomes_an_officer_by_import(world):
    roles = Role.objects.count()
    data = roster_bytes(
        [*HEADING, "角色", "党内职务", "账号"],
        [[*row("林小满", LIN, world.north.name), "安全管理员", "书记", "admin"]],
    )

    applied(previewed(world, data, by=world.secretary), world.secretary)

    person = people_named("林小满").get()
    assert (Role.objects.count(), person.username) == (roles, "linxiaoman")


def test_rights_are_asked_again_when_the_job_runs(world):
    upload = previewed(world, two_people(world), by=world.secretary)
    token = actions.token_of(upload, world.secretary)
    upload = actions.start_apply(upload, token=token, by=world.secretary, at=timezone.now())
    Role.objects.filter(person=world.secretary).update(ends_on="2020-12-31")

    upload = read(upload)

    assert (upload.state, people_named("林小满").count()) == (Upload.State.REFUSED, 0)
    assert "没有在这个范围导入的权限" in upload.message


def test_nobody_opens_the_upload_of_another(world, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)

    for person in (world.officer, world.secretary2, world.member):
        assert page(as_person(person), upload).status_code == 404
