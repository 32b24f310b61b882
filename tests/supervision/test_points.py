"""Points by hand and sanctions on file as sources of a recipe: entered by one, signed by another (issue 3, S07)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

import scoring
from supervision.actions.closing import close_period
from supervision.actions.points import EntryRefused, add_entry, decide_entry
from supervision.models import PointEntry, Scorecard
from supervision.queries.points import FEEDS
from tests.evaluations.test_ballot_figures import runs
from tests.factories.document import plan
from tests.factories.supervision import PointEntryFactory
from tests.supervision.gathered import inputs_of

FORMULA = {
    "score": {
        "kind": "veto",
        "rules": [
            {"label": "受纪律处分", "when": {"source": "discipline", "is": True}, "band": "不合格"}
        ],
        "of": {
            "kind": "deduction", "label": "扣分后", "cap": 10,
            "parts": [{"kind": "value", "label": "扣分", "source": "minus_points"}],
            "of": {
                "kind": "capped_bonus", "label": "加分后", "cap": 5,
                "parts": [{"kind": "value", "label": "加分", "source": "plus_points"}],
                "of": {"kind": "constant", "label": "基础分", "value": 80},
            },
        },
    },
    "figures": {
        "sanctions": {"kind": "count", "label": "处分", "source": "discipline", "each": 3}
    },
    "bands": [{"label": "合格", "from": 60}, {"label": "不合格", "below": 60}],
}  # fmt: skip


def of_points(world):
    recipes = plan()["recipes"]
    recipes[0]["formula"] = FORMULA
    return runs(world, plan(recipes=recipes))


def signed(world, **told):
    return PointEntryFactory(
        period=world.period, organisation=world.north, person=world.member,
        entered_by=world.officer, decided_by=world.committee_member, decided_at=timezone.now(),
        state="signed", **told,
    )  # fmt: skip


def result_for(world, person):
    given = inputs_of(world.period, "person").get(person.pk, {})
    recipe = world.period.plan.scoring_recipes["person"]
    return scoring.score(recipe, given), given


def test_points_count_up_to_the_cap_of_the_recipe(world):
    of_points(world)
    signed(world, points="3.5")
    signed(world, points=4)
    signed(world, kind="minus", name="通报批评", points="1.5")

    result, given = result_for(world, world.member)

    assert given == {"plus_points": "7.5", "minus_points": "1.5"}
    assert (result.value, result.band) == (scoring.numbers.exact("83.5"), "合格")


def test_a_sanction_on_file_is_a_veto_and_a_leaf(world):
    of_points(world)
    signed(world, kind="discipline", name="党内警告", points=None)

    result, given = result_for(world, world.member)

    assert given == {"discipline": 1}
    assert result.band == "不合格"
    assert result.figures["sanctions"] == 3
    assert "受纪律处分" in str(result.explanation)


def test_what_waits_or_was_refused_does_not_count(world):
    of_points(world)
    signed(world, points=3)
    PointEntryFactory(period=world.period, organisation=world.north, person=world.member, points=9)
    PointEntryFactory(
        period=world.period, organisation=world.north, person=world.member, points=9,
        state="refused", decided_by=world.officer, decided_at=timezone.now(), remark="材料不全",
    )  # fmt: skip

    assert result_for(world, world.member)[1] == {"plus_points": 3}
    assert result_for(world, world.member2)[1] == {}


def typed(world, **changed):
    return {
        "kind": "plus", "about": "person", "who": "钱一", "name": "市级先进", "points": "2",
        "happened_on": world.period.starts_on.isoformat(), "reason": "表彰", "evidence": "1号文",
    } | changed  # fmt: skip


def test_one_enters_and_another_signs_in_the_browser(world, as_person):
    of_points(world)
    url = reverse("supervision:point_add")
    sent = as_person(world.officer).post(url, typed(world))
    entry = PointEntry.objects.get()
    decide = reverse("supervision:point_decide", args=[entry.pk])

    own = as_person(world.officer).post(decide, {"accept": "yes"})
    other = as_person(world.committee_member).post(decide, {"accept": "yes"})

    assert (sent.status_code, own.status_code, other.status_code) == (302, 403, 302)
    entry.refresh_from_db()
    assert (entry.person, entry.organisation) == (world.member, world.north)
    assert (entry.state, entry.decided_by) == ("signed", world.committee_member)
    listed = as_person(world.committee_member).get(reverse("supervision:point_list"))
    assert "个人季度得分计入加分、扣分、纪律处分" in listed.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"who": "没有这人"}, "没有找到"),
        ({"points": ""}, "要写分值"),
        ({"points": "-2"}, "分值写正数"),
        ({"happened_on": "1999-01-01"}, "日期要在"),
        ({"evidence": ""}, "请填写依据"),
        ({"about": "window", "who": "钱一"}, "没有找到"),
    ],
)
def test_bad_entries_are_refused_with_what_was_typed(world, as_person, changed, said):
    of_points(world)

    page = as_person(world.officer).post(reverse("supervision:point_add"), typed(world, **changed))

    assert (page.status_code, PointEntry.objects.count()) == (422, 0)
    assert said in page.content.decode()
    assert "市级先进" in page.content.decode()


def test_windows_and_branches_have_entries_too(world, as_person):
    of_points(world)
    client = as_person(world.officer)
    url = reverse("supervision:point_add")
    client.post(url, typed(world, about="window", who="NORTH2"))
    client.post(url, typed(world, about="branch", who="第一支部", kind="minus"))
    PointEntry.objects.update(
        state="signed", decided_by=world.committee_member, decided_at=timezone.now()
    )

    assert FEEDS["plus_points"](world.period, "window") == {world.window.pk: 2}
    assert FEEDS["minus_points"](world.period, "branch") == {world.north.pk: 2}
    assert FEEDS["plus_points"](world.period, "branch") == {}


def test_nobody_signs_twice_nor_for_himself_nor_behind_a_closing(world):
    of_points(world)
    how = {"accept": True, "remark": "", "at": timezone.now()}
    about = {"person": world.member, "organisation": world.north}
    told = {
        "kind": "plus", "name": "先进", "points": 2, "happened_on": world.period.starts_on,
        "reason": "表彰", "evidence": "1号文", "at": timezone.now(),
    }  # fmt: skip
    entry = add_entry(world.period, subject=about, by=world.officer, **told)
    with pytest.raises(EntryRefused, match="自己登记的"):
        decide_entry(entry, by=world.officer, **how)
    with pytest.raises(EntryRefused, match="写明理由"):
        decide_entry(entry, by=world.leader, **how | {"accept": False})
    decide_entry(entry, by=world.leader, **how)
    with pytest.raises(EntryRefused, match="已经有人"):
        decide_entry(entry, by=world.committee_member, **how)
    with pytest.raises(EntryRefused, match="不能给自己"):
        add_entry(world.period, subject=about, by=world.member, **told)
    with pytest.raises(EntryRefused, match="已经结算"):
        add_entry(world.closed_period, subject=about, by=world.officer, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointEntry.objects.filter(pk=entry.pk).update(decided_by=world.officer)


def test_the_scorecard_names_the_entry_to_whom_it_is_about(world, as_person):
    of_points(world)
    signed(world, reason="全市窗口之星")
    close_period(world.period, by=world.committee_member, at=timezone.now())
    card = Scorecard.objects.get(person=world.member, period=world.period)
    url = reverse("supervision:scorecard_detail", args=[card.pk])

    own = as_person(world.member).get(url).content.decode()
    branch = as_person(world.secretary).get(url).content.decode()

    assert "全市窗口之星" in own
    assert "82" in own
    assert "全市窗口之星" not in branch
