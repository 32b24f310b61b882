"""H04, H05, B13: models are spread, warnings stay inside without names, the stronger help the weaker."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from campaigns.actions.schemes import load_scheme
from campaigns.forms.scheme_yaml import read_scheme
from common.dates import today
from common.models import Notice
from competitions.actions import cases as actions
from competitions.actions.contests import Refused
from competitions.models import Case, Pair, Spread
from tests.factories import CampaignFactory, ScorecardFactory
from tests.factories.competitions import CaseFactory, CasePictureFactory

SCHEMES = Path(settings.BASE_DIR) / "campaigns" / "schemes"


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def add(client, fair, **data):
    given = {
        "kind": "model", "organisation": fair.north.pk, "name": "一次办结", "text": "从三次跑到一次办结",
        "lesson": "先把材料清单写明白",
    }  # fmt: skip
    return client.post(url("case_add"), given | data, follow=True)


def test_a_model_is_written_spread_and_made_public_by_a_second_person(fair, as_person, client):
    add(as_person(fair.secretary), fair)
    case = Case.objects.get()
    deed = {
        "way": "宣讲报告",
        "spread_on": today().isoformat(),
        "where": "全市推进会",
        "reached": 120,
    }
    as_person(fair.secretary).post(url("case_deed", case.pk, "spread"), deed)
    page = as_person(fair.member).get(url("case_detail", case.pk)).content.decode()
    listed = as_person(fair.member).get(url("case_list")).content.decode()
    secretary = as_person(fair.secretary)
    secretary.post(url("case_deed", case.pk, "propose"))
    own = secretary.get(url("case_deed", case.pk, "judge")).status_code
    client.logout()
    before = client.get(url("honours", fair.campaign.slug)).content.decode()
    hidden = client.get(url("case_public", case.pk)).status_code
    as_person(fair.committee_member).post(
        url("case_deed", case.pk, "judge"), {"verdict": "yes", "note": ""}
    )
    client.logout()
    after = client.get(url("honours", fair.campaign.slug)).content.decode()
    public = client.get(url("case_public", case.pk)).content.decode()

    assert "宣讲报告1次" in "".join(page.split())
    assert "全市推进会" in page
    assert "推广情况：宣讲报告 1 次、120 人。" in listed
    assert own == 403  # nobody checks what he proposed
    assert "一次办结" not in before
    assert hidden == 404
    assert "一次办结" in after
    assert "从三次跑到一次办结" in public
    assert Notice.objects.filter(
        title="您提出的典型《一次办结》已公开", recipient=fair.secretary
    ).exists()


def test_the_gate_stops_private_numbers_and_sends_back_with_a_reason(fair, as_person):
    add(as_person(fair.secretary), fair, text="联系人手机13800138000，随叫随到")
    case = Case.objects.get()
    stopped = as_person(fair.secretary).post(url("case_deed", case.pk, "propose")).content.decode()
    change = {"name": "一次办结", "text": "随叫随到", "lesson": ""}
    as_person(fair.secretary).post(url("case_deed", case.pk, "change"), change)
    as_person(fair.secretary).post(url("case_deed", case.pk, "propose"))
    locked = as_person(fair.secretary).get(url("case_deed", case.pk, "change")).status_code
    silent = as_person(fair.officer).post(
        url("case_deed", case.pk, "judge"), {"verdict": "no", "note": ""}
    )
    as_person(fair.officer).post(
        url("case_deed", case.pk, "judge"), {"verdict": "no", "note": "写具体些"}
    )

    case.refresh_from_db()
    page = as_person(fair.secretary).get(url("case_detail", case.pk)).content.decode()
    assert "里有手机号138…00，请删去" in stopped
    assert "请写明原因" in silent.content.decode()
    assert locked == 403
    assert case.state == "returned"
    assert "退回修改：写具体些" in page


def test_taken_down_the_address_says_why_and_it_is_checked_anew(fair, as_person, client):
    case = live(fair)
    as_person(fair.secretary).post(url("case_deed", case.pk, "withdraw"), {"reason": "数字有误"})
    client.logout()
    gone = client.get(url("case_public", case.pk))
    as_person(fair.secretary).post(url("case_deed", case.pk, "rework"))

    case.refresh_from_db()
    assert (gone.status_code, "数字有误" in gone.content.decode()) == (410, True)
    assert (case.state, case.checked_by, case.down_reason) == ("draft", None, "")
    assert client.get(url("case_public", case.pk)).status_code == 404


def test_pictures_are_made_anew_described_and_follow_the_case(fair, as_person, client):
    add(as_person(fair.secretary), fair)
    case = Case.objects.get()
    photo = SimpleUploadedFile("a.png", png(), content_type="image/png")
    secretary = as_person(fair.secretary)
    silent = secretary.post(
        url("case_deed", case.pk, "picture"), {"photo": photo, "caption": "窗口前"}
    )
    photo.seek(0)
    given = {"photo": photo, "caption": "窗口前的引导员", "agreed": "on"}
    secretary.post(url("case_deed", case.pk, "picture"), given)
    bad = secretary.post(
        url("case_deed", case.pk, "picture"),
        {"photo": SimpleUploadedFile("a.jpg", b"nothing"), "caption": "坏的", "agreed": "on"},
    )
    picture = case.pictures.get()
    client.logout()
    hidden = client.get(url("case_picture", picture.pk)).status_code
    Case.objects.filter(pk=case.pk).update(
        state="live",
        proposed_by=fair.secretary,
        checked_by=fair.officer,
        published_at=timezone.now(),
    )
    shown = client.get(url("case_picture", picture.pk))
    public = client.get(url("case_public", case.pk)).content.decode()
    locked = as_person(fair.secretary).get(url("picture_remove", picture.pk)).status_code

    assert "id_agreed_error" in silent.content.decode()
    assert "这个文件打不开" in bad.content.decode()
    assert hidden == 404
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert 'alt="窗口前的引导员"' in public
    assert locked == 403


def test_a_warning_has_no_pictures_and_there_are_six_at_most(fair):
    warning = CaseFactory(campaign=fair.campaign, organisation=fair.north, kind="warning")
    full = CaseFactory(campaign=fair.campaign, organisation=fair.north)
    for _ in range(6):
        CasePictureFactory(case=full)
    given = {
        "photo": ContentFile(b"x", name="x.jpg"), "caption": "再来一张", "by": fair.secretary,
        "at": timezone.now(),
    }  # fmt: skip

    with pytest.raises(Refused, match="警示案例不放照片"):
        actions.add_picture(warning, **given)
    with pytest.raises(Refused, match="最多 6 张"):
        actions.add_picture(full, **given)


def live(fair):
    return CaseFactory(
        campaign=fair.campaign, organisation=fair.north, state="live", proposed_by=fair.secretary,
        checked_by=fair.officer, published_at=timezone.now(),
    )  # fmt: skip


def png():
    held = BytesIO()
    Image.new("RGB", (400, 300), "red").save(held, "PNG")
    return held.getvalue()


def test_a_warning_names_nobody_and_never_leaves_the_house(fair, as_person, client):
    named = add(as_person(fair.secretary), fair, kind="warning", text="钱一 上班时间玩手机")
    assert "警示案例不能写真实姓名，请改掉：钱一" in named.content.decode()
    add(as_person(fair.secretary), fair, kind="warning", text="某窗口人员上班时间玩手机")

    case = Case.objects.get()
    refused = as_person(fair.secretary).get(url("case_deed", case.pk, "propose")).status_code
    client.logout()
    assert refused == 403
    assert "玩手机" not in client.get(url("honours", fair.campaign.slug)).content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="proposed")


def test_a_pair_has_a_plan_and_visits(fair, as_person):
    data = {
        "stronger": fair.north.pk, "weaker": fair.south.pk, "plan": "每月走访一次",
        "starts_on": fair.period.starts_on.isoformat(), "ends_on": fair.period.ends_on.isoformat(),
    }  # fmt: skip
    client = as_person(fair.committee_member)
    same = client.post(url("pair_add"), data | {"weaker": fair.north.pk}).content.decode()
    client.post(url("pair_add"), data)
    pair = Pair.objects.get()
    visit = {"visited_on": today().isoformat(), "text": "一起理了一遍台账"}
    as_person(fair.secretary2).post(url("pair_deed", pair.pk, "visit"), visit)

    page = as_person(fair.member).get(url("pair_detail", pair.pk)).content.decode()
    assert "自己不能帮自己" in same
    assert "一起理了一遍台账" in page
    assert as_person(fair.secretary).get(url("pair_add")).status_code == 403


def test_who_rose_most_between_two_closed_periods_is_shown(fair, as_person):
    from campaigns.models import Period  # noqa: PLC0415

    Period.objects.filter(pk=fair.period.pk).update(
        state="closed", closed_at=fair.closed_period.closed_at
    )
    for period, north, south in (
        (fair.closed_period, "80.00", "85.00"),
        (fair.period, "88.50", "86.00"),
    ):
        for branch, score in ((fair.north, north), (fair.south, south)):
            ScorecardFactory(
                period=period, subject="branch", subject_id=branch.pk, subject_name=branch.name,
                organisation=branch, shown=score,
            )  # fmt: skip

    page = as_person(fair.member).get(url("pair_list")).content.decode()

    assert page.index("进步最快的支部：第一支部，比上一期 +8.50") < page.index(
        "进步最快的支部：第二支部，比上一期 +1.00"
    )


def test_the_four_ways_are_offered_where_the_plan_names_something_else(fair, as_person):
    plan = read_scheme((SCHEMES / "county-service-centre.yaml").read_bytes())
    version = load_scheme(plan, by=None, at=timezone.now())
    campaign = CampaignFactory(organisation=fair.root, scheme_version=version)
    case = CaseFactory(campaign=campaign, organisation=fair.north)
    client = as_person(fair.secretary)

    form = client.get(url("case_deed", case.pk, "spread")).context["form"]
    for way, where in (("实地观摩", "二楼大厅"), ("媒体宣传", "县报"), ("媒体宣传", "公众号")):
        data = {"way": way, "spread_on": today().isoformat(), "where": where}
        client.post(url("case_deed", case.pk, "spread"), data)
    page = client.get(url("case_detail", case.pk))

    offered = [way for way, _ in form.fields["way"].choices]
    assert offered[-4:] == ["媒体宣传", "经验交流", "实地观摩", "宣讲报告"]
    assert page.context["ways"] == [("媒体宣传", 2), ("实地观摩", 1)]


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_and_a_case_cost_the_same_with_many(
    fair, as_person, django_assert_num_queries, count
):
    author = fair.people["secretary"]
    Case.objects.bulk_create(
        CaseFactory.build(campaign=fair.campaign, organisation=fair.north, written_by=author)
        for _ in range(count)
    )
    case = Case.objects.order_by("pk").first()
    Spread.objects.bulk_create(
        Spread(case=case, way="经验交流", spread_on=today(), where="推进会", noted_by=author)
        for _ in range(count)
    )
    client = as_person(fair.member)
    client.get(url("case_list"))

    with django_assert_num_queries(8):
        client.get(url("case_list"))
    with django_assert_num_queries(8):
        client.get(url("case_detail", case.pk))
