"""Three steps in the browser: what is shown, what is applied, what is taken back, who is refused."""

import json

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from branches import actions
from branches.actions.uploads import SALT
from branches.models import Affiliation, ImportMapping, Organisation, Person, Role, Upload, Window
from common import jobs, vault
from common.models import AuditEvent, Job, Notice
from tests.branches.imports import (
    HEADING,
    LIN,
    TAN,
    applied,
    begin,
    page,
    previewed,
    read,
    row,
    sent,
    two_people,
)
from tests.dump import dump
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

    told = json.dumps(_rows(upload), ensure_ascii=False)
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


# Columns, files ----------------------------------------------------------------------------------


def test_a_corrected_column_is_remembered_for_the_organisation(world, as_person):
    heading = ["同志", "身份证", "政治面貌", "党龄起算", "党支部"]
    data = roster_bytes(heading, [["林小满", LIN, "正式党员", "2011-07-01", world.north.name]])
    upload = previewed(world, data, by=world.secretary)
    assert upload.state == Upload.State.REFUSED
    client = as_person(world.secretary)
    url = reverse("branches:import_columns", args=[upload.pk])
    form = client.get(url).context["form"]
    chosen = {
        f"column{place}": {"同志": "name", "党龄起算": "join_date"}.get(
            column["heading"], column["field"] or ""
        )
        for place, column in enumerate(form.columns)
    }

    client.post(url, chosen)
    upload = read(upload)

    assert upload.state == Upload.State.READY
    assert (
        dict(ImportMapping.objects.values_list("heading", "field")).items()
        >= {
            "同志": "name",
            "党龄起算": "join_date",
        }.items()
    )
    again = previewed(world, data, by=world.officer, organisation=world.north)
    assert again.state == Upload.State.READY
    applied(again, world.officer)
    assert people_named("林小满").get().joined_on.isoformat() == "2011-07-01"


def test_the_refused_rows_come_back_as_a_workbook(world, as_person):
    data = roster_bytes(HEADING, [row("林小满", LIN, world.north.name), row("谭一", TAN, "别处")])
    upload = previewed(world, data, by=world.secretary)
    client = as_person(world.secretary)

    response = client.get(reverse("branches:import_errors", args=[upload.pk]))

    assert response.status_code == 200
    assert response.content.startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]


def test_an_unreadable_file_says_why(world, as_person):
    upload = previewed(world, b"%PDF-1.4 nothing", by=world.secretary)

    assertContains(page(as_person(world.secretary), upload), "这是 PDF 文件，不是表格")


def test_what_waits_for_a_preview_shows_no_number_in_clear(world, settings, as_person):
    upload = previewed(world, two_people(world), by=world.secretary)

    client = as_person(world.secretary)
    pages = [page(client, upload), client.get(reverse("branches:import_columns", args=[upload.pk]))]

    assert LIN not in str(dump())
    assert not [each for each in pages if LIN in each.content.decode()]
    assertContains(pages[1], f"999****{LIN[-4:]}")
    kept = [path.read_bytes() for path in settings.UPLOADS_DIR.iterdir()]
    assert kept
    assert not [data for data in kept if LIN.encode() in data]
    assert upload.file not in upload.file_name


def test_files_go_when_their_day_is_over_or_when_discarded(
    world, as_person, django_capture_on_commit_callbacks
):
    upload = previewed(world, two_people(world), by=world.secretary)
    other = previewed(world, two_people(world), by=world.secretary)
    Upload.objects.filter(pk=upload.pk).update(expires_at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        as_person(world.secretary).post(reverse("branches:import_discard", args=[other.pk]))
        actions.drop_expired_uploads(at=timezone.now())

    assert set(Upload.objects.values_list("state", flat=True)) == {Upload.State.EXPIRED}
    for name in (upload.file, upload.preview, other.file, other.preview):
        with pytest.raises(vault.Gone):
            vault.fetch(name)
    assertContains(page(as_person(world.secretary), upload), "文件已经清除")


# Lists of organisations ----------------------------------------------------------------------------


def organisations(*rows):
    return roster_bytes(["组织名称", "组织类别", "上级组织", "组织编号"], [list(r) for r in rows])


def test_an_organisation_list_hangs_below_the_scope_and_comes_off_again(world):
    data = organisations(
        ("县直机关党委", "党委", "", ""),
        ("第三支部", "党支部", "县直机关党委", "T3"),
        ("第四支部", "党支部", "", "T4"),
    )
    upload = previewed(world, data, by=world.officer, kind="organisations", organisation=world.root)
    assert (upload.counts["added"], upload.counts["unchanged"]) == (2, 1)
    upload = applied(upload, world.officer)
    made = Organisation.objects.filter(code__in=["T3", "T4"])
    assert [each.path.startswith(world.root.path) for each in made] == [True, True]

    actions.undo_upload(upload, by=world.officer, at=timezone.now())

    assert made.all().count() == 0
    assert Organisation.objects.get(pk=world.root.pk).numchild == 2


def test_organisations_outside_the_scope_are_neither_touched_nor_told(world):
    data = organisations(
        ("新支部", "党支部", "另一党委", ""),
        ("又一支部", "党支部", "", "FAR"),
        ("好支部", "党支部", "", ""),
    )

    upload = previewed(world, data, by=world.officer, kind="organisations", organisation=world.root)

    told = json.dumps(_rows(upload), ensure_ascii=False)
    assert upload.counts["out"] == 2
    assert "已被使用" in told
    assert "远方支部" not in told


def test_a_secretary_makes_no_organisations(world, as_person):
    url = reverse("branches:import_add", args=["organisations"])

    assert as_person(world.secretary).get(url).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_uploads_costs_the_same(world, as_person, count, django_assert_num_queries):
    for _ in range(count):
        begin(world, two_people(world), by=world.secretary)
    client = as_person(world.secretary)
    url = reverse("branches:import_list")
    client.get(url)

    with django_assert_num_queries(7):
        response = client.get(url)
    assertContains(response, "名册.xlsx", count=count)
    assertNotContains(response, "导入党组织名录")


# Windows -------------------------------------------------------------------------------------------

WINDOW = ["所属支部", "窗口名称", "窗口号", "地点", "电话", "受理事项", "办理流程", "服务时间"]


def window_row(branch, name, hours="9:00-17:00"):
    return [
        branch,
        name,
        "3",
        "一楼大厅",
        "0518-81234567",
        "结婚登记\n离婚登记",
        "受理—审核",
        hours,
    ]


def windows(world, data, by, organisation=None):
    place = organisation or world.north
    return previewed(world, data, by=by, kind="windows", organisation=place)


def test_windows_come_in_change_and_go_back(world, as_person):
    north = world.north.name
    data = roster_bytes(WINDOW, [window_row(north, "社保窗口"), window_row(north, "婚姻登记窗口")])
    upload = windows(world, data, world.secretary)

    assert (upload.counts["added"], upload.counts["changed"]) == (1, 1)
    assertContains(page(as_person(world.secretary), upload, "?fate=changed"), "地点：<del>空</del>")
    upload = applied(upload, world.secretary)
    new = Window.objects.get(name="社保窗口")
    assert (new.number, new.opens_at.hour, new.closes_at.hour) == ("3", 9, 17)
    assert new.services == "结婚登记\n离婚登记"
    assert Window.objects.get(pk=world.window.pk).place == "一楼大厅"

    actions.undo_upload(upload, by=world.secretary, at=timezone.now())

    assert not Window.objects.filter(name="社保窗口").exists()
    assert Window.objects.get(pk=world.window.pk).place == ""


def test_windows_of_other_branches_doubles_and_odd_hours_stay_out(world):
    north = world.north.name
    data = roster_bytes(
        WINDOW,
        [
            window_row(world.south.name, "甲窗口"),
            window_row(north, "乙窗口"),
            window_row(north, "乙窗口"),
            window_row(north, "丙窗口", hours="全天"),
            window_row(north, "丁窗口", hours="上午8:30-12:00，下午14：00—17：30"),
            window_row("", "戊窗口"),
        ],
    )
    upload = windows(world, data, world.secretary)

    rows = {row["name"]: row for row in _rows(upload) if row["name"]}
    assert upload.counts["out"] == 3
    assert rows["戊窗口"]["fate"] == "in"
    assert "08:30 到 17:30" in rows["丁窗口"]["warnings"][0][1]
    assert "读不出起止时间" in rows["丙窗口"]["errors"][0][1]


def _rows(upload):
    from branches.excel.uploads import load_preview  # noqa: PLC0415

    return load_preview(upload)["rows"]
