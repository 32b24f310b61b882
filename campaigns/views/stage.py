"""The stages on a line: what must be true to enter and to leave, what is, and what is missing (T05)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns import actions
from campaigns.forms.stages import EnterStageForm
from campaigns.models import Campaign, Stage
from campaigns.permissions import can_run_campaign
from campaigns.queries.stages import stage_states, unmet_before
from common.dates import today


def stage_list(request, slug):
    """The timeline, for everybody who takes part."""
    campaign = get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related("organisation", "scheme_version"),
        slug=slug,
    )
    states = stage_states(campaign, campaign.plan, today=today())
    following = next((state for state in states if state.stage.starts_on > today()), None)
    context = {
        "on": campaign,
        "states": states,
        "today": today(),
        "following": following,
        "unmet": unmet_before(states, following.stage) if following else [],
        "form": EnterStageForm(),
        "can_run": can_run_campaign(request.user, campaign) and not campaign.concluded_at,
    }
    return render(request, "campaigns/stage_list.html", context)


def _run_by(request, pk):
    campaigns = Campaign.objects.visible_to(request.user)
    stages = Stage.objects.filter(campaign__in=campaigns)
    stage = get_object_or_404(stages.select_related("campaign__organisation"), pk=pk)
    if not can_run_campaign(request.user, stage.campaign):
        raise PermissionDenied
    return stage


@require_POST
def stage_enter(request, pk):
    stage = _run_by(request, pk)
    form = EnterStageForm(request.POST)
    states = stage_states(stage.campaign, stage.campaign.plan, today=today())
    unmet = [check.condition.text for check in unmet_before(states, stage)]
    try:
        if not form.is_valid():
            raise actions.StageRefused("理由太长了，请写在 300 字以内。")
        actions.enter_stage(
            stage,
            unmet=unmet,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
            today=today(),
        )
    except actions.StageRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已转入“{stage.name}”。")
    return redirect("campaigns:stage_list", stage.campaign.slug)


@require_POST
def stage_confirm(request, pk):
    """The committee says that a condition without a figure is met."""
    stage = _run_by(request, pk)
    part = next((one for one in stage.campaign.plan.stages if one.key == stage.key), None)
    texts = [one.text for one in (*part.entry, *part.exit)] if part else []
    text = request.POST.get("text", "")
    if text in texts:
        actions.confirm_condition(stage, text, by=request.user, at=timezone.now(), today=today())
        messages.success(request, f"已认定：{text}。")
    else:
        messages.error(request, "方案里没有这一条，请刷新后再试。")
    return redirect("campaigns:stage_list", stage.campaign.slug)
