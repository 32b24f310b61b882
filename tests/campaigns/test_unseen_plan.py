"""A plan nobody has seen before, entered in the browser's forms alone, and run (issue 3)."""

from django.urls import reverse

from campaigns.actions import make_duties
from campaigns.models import Campaign, SchemeDraft, SchemeVersion
from common.dates import today
from tests.campaigns.test_draft_part import part_url, save, section_url
from tests.factories.branches import moment


def enter(client, draft, place, **typed):
    """One new page of the workshop, filled in as a committee would."""
    response = save(client, part_url(draft, place), **typed)
    assert response.status_code == 302, (place, response.context["form"].errors)


def start_of(client, world):
    sent = {"name": "“四看五评”活动方案", "short_name": "四看五评", "organisation": world.root.pk}
    client.post(reverse("campaigns:scheme_new"), sent)
    return SchemeDraft.objects.get()


def write_plan(client, draft):
    write_questions(client, draft)
    write_deeds(client, draft)


def write_questions(client, draft):
    enter(client, draft, "families/0", name="四看", role="review")
    enter(client, draft, "rater_classes/0", name="同支部党员", source="peers", min_n="3")
    enter(
        client, draft, "scales/0", name="四档",
        **{"levels-0-name": "好", "levels-0-value": "100", "levels-1-name": "较好",
           "levels-1-value": "85.5"},
    )  # fmt: skip
    enter(
        client, draft, "questionnaires/0", name="看担当表", subject="person",
        **{"questions-0-name": "敢不敢担当", "questions-0-scale": "si_dang",
           "questions-1-name": "举一件事", "questions-1-kind": "text", "questions-1-required": None},
    )  # fmt: skip


def write_deeds(client, draft):
    enter(client, draft, "families/0/items/0", name="看担当", mechanism="peer_review")
    settings = {"settings-questionnaire": "kan_dan_dang_biao"}
    enter(client, draft, "families/0/items/0", **settings)
    enter(
        client, draft, "cadence/0", name="月月看", act="peer_ballot", item="kan_dan_dang",
        who=["members"], frequency="monthly",
        **{"due-day": "-3", "due-working_days": "on"},
    )  # fmt: skip
    enter(client, draft, "recipes/0", subject="person", name="担当分")
    place = "recipes/0/formula/score"
    chosen = part_url(draft, place) + "?kind=reviews"
    assert "?kind=reviews" in client.get(part_url(draft, place)).content.decode()
    save(
        client, chosen, label="互评", source="tong_zhi_bu_dang_yuan", questions="kan_dan_dang_biao"
    )
    enter(
        client, draft, "recipes/0",
        **{"formula-bands-0-label": "敢担当", "formula-bands-0-from": "90",
           "formula-bands-1-label": "还要看", "formula-bands-1-below": "90"},
    )  # fmt: skip
    save(client, section_url(draft, "basics"), **{"periods-kind": "month", "goals": "人人担当"})


def test_an_unseen_plan_is_entered_and_run(world, as_person):
    client = as_person(world.committee_member)
    draft = start_of(client, world)
    write_plan(client, draft)
    draft.refresh_from_db()
    checked = client.get(reverse("campaigns:draft_check", args=[draft.pk]))
    assert checked.context["total"] == 0, checked.context["found"]

    sent = {"revision": draft.revision}
    client.post(reverse("campaigns:draft_publish", args=[draft.pk]), sent)
    version = SchemeVersion.objects.get(scheme__slug=draft.slug)
    client.post(
        reverse("campaigns:campaign_new"),
        {
            "version": version.pk,
            "organisation": world.root.pk,
            "name": "四看五评",
            "starts_on": today().replace(day=1),
            "ends_on": today().replace(year=today().year + 1, day=1),
        },
    )

    campaign = Campaign.objects.get(scheme_version=version)
    period = campaign.periods.get()
    make_duties(period, today=today(), at=moment())
    duties = period.duties.filter(assignee=world.member)
    assert [duty.title for duty in duties] == ["月月看"]
