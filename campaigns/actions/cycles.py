"""A running campaign gets another wording, ends with its lessons, and is followed by the next."""

from django.db import transaction

from campaigns.actions.campaigns import CampaignRefused, start_campaign
from campaigns.actions.duties import fulfil
from campaigns.models import Campaign
from common import audit


@transaction.atomic
def choose_version(campaign, version, *, by, at):
    """From the next period on this wording; None takes the choice back."""
    campaign = _locked(campaign)
    _refuse_concluded(campaign)
    if version is not None and version.scheme_id != campaign.scheme_version.scheme_id:
        raise CampaignRefused("只能换成同一份方案的另一版；别的方案请另起一个活动。")
    if version is not None and version.pk == campaign.scheme_version_id:
        version = None
    campaign.next_version = version
    campaign.save(update_fields=["next_version"])
    detail = {"下一期起": version.number if version else None}
    path = campaign.organisation.path
    audit.record("选定方案版本", campaign, by=by, at=at, path=path, detail=detail)
    return campaign


@transaction.atomic
def write_lessons(campaign, *, lessons, archive_note, by, at):
    """Sum the cycle up while it still runs (G09); ending it is a step of its own."""
    campaign = _locked(campaign)
    _refuse_concluded(campaign)
    campaign.lessons, campaign.archive_note = lessons, archive_note
    campaign.save(update_fields=["lessons", "archive_note"])
    last = campaign.periods.order_by("-ends_on").first()
    if last:
        fulfil(campaign=campaign, period=last, act="close_cycle", by=by, at=at)
    path = campaign.organisation.path
    audit.record("写下本轮经验", campaign, by=by, at=at, path=path, detail={"字数": len(lessons)})
    return campaign


@transaction.atomic
def conclude_campaign(campaign, *, lessons, archive_note, by, at):
    """End the cycle: every period settled, lessons written down, nothing opens any more."""
    campaign = _locked(campaign)
    _refuse_concluded(campaign)
    waiting = campaign.periods.filter(state="open").order_by("starts_on").first()
    if waiting:
        raise CampaignRefused(f"“{waiting.name}”还没有结算，请先结算再结束本轮。")
    last = campaign.periods.order_by("-ends_on").first()
    campaign.lessons, campaign.archive_note = lessons, archive_note
    campaign.concluded_at, campaign.concluded_by = at, by
    campaign.next_version = None
    campaign.save()
    if last:
        fulfil(campaign=campaign, period=last, act="close_cycle", by=by, at=at)
    audit.record("结束本轮", campaign, by=by, at=at, path=campaign.organisation.path)
    return campaign


@transaction.atomic
def follow_campaign(campaign, version, *, slug, name, starts_on, ends_on, by, at):  # noqa: PLR0913
    """The next cycle over the same tree; it knows the one before and its lessons."""
    if starts_on <= campaign.starts_on:
        raise CampaignRefused("下一轮要在这一轮开始之后开始。")
    return start_campaign(
        version,
        slug=slug,
        name=name,
        organisation=campaign.organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        previous=campaign,
        by=by,
        at=at,
    )


def _locked(campaign):
    campaigns = Campaign.objects.select_for_update(of=("self",))
    return campaigns.select_related("scheme_version", "organisation").get(pk=campaign.pk)


def _refuse_concluded(campaign):
    if campaign.concluded_at:
        raise CampaignRefused("这一轮已经结束，不能再改；可以以它为基础开下一轮。")
