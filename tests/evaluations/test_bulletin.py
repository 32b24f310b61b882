"""Results and comments are published by choice, signed by another, shown with n, taken down with a reason (L25, L26, R11)."""

from copy import deepcopy

import pytest
from django.urls import reverse

from common.models import Notice
from evaluations.models import AppraisalSheet, RatingCount, Review
from evaluations.queries.bulletins import result_rows
from pledges.models import Bulletin
from tests.factories import DutyFactory
from tests.factories.branches import moment

ADD = reverse("evaluations:bulletin_add")
COMMENTS = reverse("evaluations:comment_bulletin_add")


def rate(world, window, **levels):
    for level, count in levels.items():
        RatingCount.objects.create(
            campaign=world.campaign, window=window, channel="open", question="overall",
            level=level, day=world.period.starts_on, count=count,
        )  # fmt: skip


def review(world, person, text="态度好"):
    return Review.objects.create(
        campaign=world.campaign, period=world.period, kind="branch", author=world.secretary,
        person=person, organisation=world.north, texts={"achievements": text}, levels={},
        written_at=moment(),
    )  # fmt: skip


def publish(client, url=ADD, chosen=("0",), **changes):
    data = {
        "title": "三季度评议结果公示", "intro": "", "visibility": "public", "shown_until": "",
        "chosen": list(chosen), "propose": "1", **changes,
    }  # fmt: skip
    return client.post(url, data, follow=True)


def judge(client, verdict="agree", note=""):
    url = reverse("pledges:shown_judge", args=["bulletin", Bulletin.objects.get().pk])
    return client.post(url, {"verdict": verdict, "note": note}, follow=True)


def public(client):
    client.logout()
    code = Bulletin.objects.get().code
    return client.get(reverse("pledges:shown_public", args=["bulletin", code]))


def test_results_go_from_the_figures_to_the_hall_with_n_and_interval(world, as_person, client):
    rate(world, world.window, very_satisfied=9, unsatisfied=1)
    duty = DutyFactory(
        period=world.period, act="publish_results", assignee=world.secretary, rule="publish"
    )
    secretary = as_person(world.secretary)

    page = secretary.get(ADD).content.decode()
    said = publish(secretary).content.decode()
    own = judge(secretary)
    hidden = public(client)
    done = judge(as_person(world.officer)).content.decode()

    assert "婚姻登记窗口 · 服务对象：满意率 90.00%，10 份" in page
    assert "等另一位同志审核" in said
    assert (own.status_code, hidden.status_code) == (403, 404)
    assert "已公示" in done
    text = " ".join(public(client).content.decode().split())
    for words in ("满意率 90.00%", "95% 区间", "非常满意 9", "满意率为（"):
        assert words in text
    for place in ("window_board", "organisation_board"):
        code = world.window.code if place == "window_board" else world.north.code
        board = client.get(reverse(f"pledges:{place}", args=[code]) + "?fresh=1").content.decode()
        assert "三季度评议结果公示" in board
    duty.refresh_from_db()
    assert duty.done_by == world.secretary


def test_the_halls_screen_shows_published_results(world, as_person, client):
    rate(world, world.window, very_satisfied=9, unsatisfied=1)
    publish(as_person(world.secretary))
    judge(as_person(world.officer))

    page = client.get(reverse("pledges:organisation_wall", args=[world.north.code]))

    assert "满意率 90.00%" in page.content.decode()
    assert "10 份" in page.content.decode()


def test_too_few_answers_are_said_to_be_too_few(world, as_person, client):
    version = world.period.scheme_version
    version.document = deepcopy(version.document)
    item = next(one for one in version.document["families"][0]["items"] if one["key"] == "results")
    item["settings"] = {"min_respondents": 12}
    version.digest = "twelve"
    version.save(update_fields=["document", "digest"])
    rate(world, world.window, very_satisfied=11)

    page = as_person(world.secretary).get(ADD)
    publish(as_person(world.secretary))
    judge(as_person(world.officer))

    assert page.context["rows"][0]["note"] == "人数不足，不公示"
    assert "bars" not in page.context["rows"][0]
    text = public(client).content.decode()
    assert "人数不足" in text
    assert "满意率" not in text


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [
        ("self", {"member"}),
        ("branch", {"member", "member2"}),
        ("organisation", {"member", "member2", "neighbour1"}),
        ("public", {"member", "member2", "neighbour1", None}),
    ],
)
def test_comments_reach_whom_they_were_published_for(world, as_person, client, visibility, seen):
    review(world, world.member)
    publish(as_person(world.secretary), COMMENTS, visibility=visibility)
    judge(as_person(world.officer))
    bulletin = Bulletin.objects.get()
    detail = reverse("pledges:shown_detail", args=["bulletin", bulletin.pk])

    for name in ("member", "member2", "neighbour1"):
        response = as_person(getattr(world, name)).get(detail)
        assert (response.status_code == 200) == (name in seen), name
        assert ("态度好" in response.content.decode()) == (name in seen)
    assert (public(client).status_code == 200) == (None in seen)
    notice = Notice.objects.get(recipient=world.member, title__startswith="对您的点评已公开")
    assert bulletin.get_visibility_display() in notice.title


def test_each_reads_only_what_was_said_of_himself(world, as_person):
    review(world, world.member, "态度好")
    review(world, world.member2, "业务精")
    publish(as_person(world.secretary), COMMENTS, ("0", "1"), visibility="self")
    judge(as_person(world.officer))
    detail = reverse("pledges:shown_detail", args=["bulletin", Bulletin.objects.get().pk])

    page = as_person(world.member).get(detail).content.decode()

    assert "态度好" in page
    assert "业务精" not in page


def test_a_comment_with_a_number_is_kept_back_and_can_be_left_out(world, as_person):
    review(world, world.member, "请打13812345678")
    review(world, world.member2)
    secretary = as_person(world.secretary)

    said = publish(secretary, COMMENTS, ("0", "1")).content.decode()
    bulletin = Bulletin.objects.get()
    state, whole = bulletin.state, len(bulletin.rows)
    place = next(at for at, row in enumerate(bulletin.rows) if row["person"] == world.member2.pk)
    edit = reverse("pledges:shown_edit", args=["bulletin", bulletin.pk])
    publish(secretary, edit, (str(place),))

    assert "手机号138…78" in said
    assert (state, whole) == ("draft", 2)
    bulletin.refresh_from_db()
    assert (bulletin.state, len(bulletin.rows)) == ("proposed", 1)
    assert list(bulletin.named.all()) == [world.member2]


def test_taken_down_it_says_why(world, as_person, client):
    rate(world, world.window, very_satisfied=9, unsatisfied=1)
    publish(as_person(world.secretary))
    judge(as_person(world.officer))
    url = reverse("pledges:shown_take_down", args=["bulletin", Bulletin.objects.get().pk])
    as_person(world.secretary).post(url, {"reason": "数据有误，更正后再公示"})

    page = public(client)

    assert page.status_code == 410
    assert "数据有误" in page.content.decode()
    board = client.get(reverse("pledges:organisation_board", args=[world.north.code]) + "?fresh=1")
    assert "三季度评议结果公示" not in board.content.decode()


def test_nobody_publishes_without_the_right_or_for_another_branch(world, as_person):
    rate(world, world.window2, very_satisfied=9)

    assert publish(as_person(world.member)).status_code == 403
    assert publish(as_person(world.inspector)).status_code == 403
    assert publish(as_person(world.secretary), organisation=world.south.pk).status_code == 403
    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"chosen": []}, "请至少选一条"),
        ({"chosen": ["9"]}, "请从所列的选项里选"),
        ({"title": "好" * 300}, "80"),
        ({"intro": "有事打13812345678"}, "手机号"),
        ({"visibility": "self"}, "请从所列的选项里选"),
    ],
)
def test_bad_input_is_told_and_nothing_is_stored(world, as_person, changes, said):
    rate(world, world.window, very_satisfied=9, unsatisfied=1)

    page = publish(as_person(world.secretary), **changes).content.decode()

    assert said in page
    assert not Bulletin.objects.exists()


def test_an_empty_period_says_so(world, as_person):
    assert "还没有可以公示的结果" in as_person(world.secretary).get(ADD).content.decode()
    assert "还没有可以公开的点评" in as_person(world.secretary).get(COMMENTS).content.decode()


def test_grades_are_published_as_numbers_without_names(world, as_person):
    """L26: 民主评议's outcome by branch, from where it is decided; too few people give no numbers."""
    for home, count in ((world.north, 6), (world.south, 2)):
        sheet = AppraisalSheet.objects.create(
            period=world.period, organisation=home, decided_by=world.officer, decided_at=moment()
        )
        for person in world.members(home)[:count]:
            sheet.grades.create(person=person, grade="qualified", decided_by=world.officer)
    client = as_person(world.officer)

    assert ADD in client.get(reverse("evaluations:appraisal_list")).content.decode()
    page = client.get(ADD, {"organisation": world.root.pk}).content.decode()

    rows = result_rows(world.period, world.root)
    found = [
        (row["subject"], row["n"], row.get("bars")) for row in rows if row["group"] == "民主评议"
    ]
    numbers = [["优秀", 0], ["合格", 6], ["基本合格", 0], ["不合格", 0]]
    assert found == [("第一支部", 6, numbers), ("第二支部", 2, None)]
    assert "组织评定" in page
    assert "钱一" not in page


def test_the_secretary_finds_the_way_from_reviews_to_publishing(world, as_person):
    where = reverse("evaluations:review_list")

    assert COMMENTS in as_person(world.secretary).get(where).content.decode()
    assert COMMENTS not in as_person(world.member).get(where).content.decode()
