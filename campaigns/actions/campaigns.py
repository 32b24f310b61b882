"""A campaign begins, and its periods open one after the other."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.models import Campaign, Period, SchemeVersion, Stage
from common import audit
from common.dates import ONE_DAY, period_key, period_name, range_of


class CampaignRefused(Exception):
    """The campaign cannot be started as asked; the text says what to change."""


@transaction.atomic
def start_campaign(  # noqa: PLR0913 (everything a campaign is)
    version, *, slug, name, organisation, starts_on, ends_on, by, at, previous=None
):
    """Run a scheme over an organisation's tree: its stages, and every period begun by today."""
    if ends_on <= starts_on:
        raise CampaignRefused("活动的结束日期要晚于开始日期。")
    campaign = Campaign(
        slug=slug,
        name=name,
        organisation=organisation,
        scheme_version=version,
        starts_on=starts_on,
        ends_on=ends_on,
        previous=previous,
    )
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as error:
        raise CampaignRefused(f"代号“{slug}”已经有别的活动在用，请换一个。") from error
    Stage.objects.bulk_create(_stages(campaign))
    today = timezone.localdate(at)
    open_next_period(campaign, today=max(today, starts_on), at=at)
    while open_next_period(campaign, today=today, at=at):
        pass
    audit.record("启动活动", campaign, by=by, at=at, path=organisation.path)
    return campaign


@transaction.atomic
def open_next_period(campaign, *, today, at):
    """The period after the last one, once its first day has come; None while there is nothing to open."""
    last = campaign.periods.order_by("-ends_on").first()
    starts_on = last.ends_on + ONE_DAY if last else campaign.starts_on
    if starts_on > min(today, campaign.ends_on) or campaign.concluded_at:
        return None
    if campaign.next_version_id:
        _take_version(campaign, starts_on=starts_on, at=at)
    kind = campaign.plan.periods.kind
    period, _ = Period.objects.get_or_create(
        campaign=campaign,
        key=period_key(kind, starts_on),
        defaults={
            "scheme_version_id": campaign.scheme_version_id,
            "name": period_name(kind, starts_on),
            "starts_on": starts_on,
            "ends_on": min(range_of(kind, starts_on)[1], campaign.ends_on),
        },
    )
    SchemeVersion.objects.filter(pk=campaign.scheme_version_id, locked_at=None).update(locked_at=at)
    return period


def _take_version(campaign, *, starts_on, at):
    """The wording chosen for from now on; the periods before keep theirs."""
    version = campaign.next_version
    campaign.scheme_version, campaign.next_version = version, None
    campaign.save(update_fields=["scheme_version", "next_version"])
    there = {stage.key: stage for stage in campaign.stages.all()}
    for order, part in enumerate(version.plan.stages, start=1):
        dates = part.starts_on, part.ends_on
        if part.key in there:
            if there[part.key].ends_on >= starts_on:
                Stage.objects.filter(pk=there[part.key].pk).update(name=part.name, order=order)
            continue
        first, last = dates if _inside(campaign, *dates) else (starts_on, campaign.ends_on)
        campaign.stages.create(
            key=part.key, name=part.name, starts_on=first, ends_on=last, order=order
        )
    detail = {"版本": version.number, "起": str(starts_on)}
    path = campaign.organisation.path
    audit.record("换用方案版本", campaign, by=None, at=at, path=path, detail=detail)


def _stages(campaign):
    """The plan's stages on the plan's days; if these do not fit, in equal shares of the campaign."""
    stages = campaign.plan.stages
    dates = [(stage.starts_on, stage.ends_on) for stage in stages]
    if not all(_inside(campaign, *days) for days in dates):
        dates = _shares(campaign, len(stages))
    return [
        Stage(
            campaign=campaign,
            key=stage.key,
            name=stage.name,
            starts_on=first,
            ends_on=last,
            order=order,
        )
        for order, (stage, (first, last)) in enumerate(zip(stages, dates, strict=True), start=1)
    ]


def _inside(campaign, first, last):
    return bool(first and last and campaign.starts_on <= first <= last <= campaign.ends_on)


def _shares(campaign, count):
    days = (campaign.ends_on - campaign.starts_on).days + 1
    edges = [campaign.starts_on + timedelta(days=days * place // count) for place in range(count)]
    ends = [edge - ONE_DAY for edge in edges[1:]] + [campaign.ends_on]
    return list(zip(edges, ends, strict=True))
