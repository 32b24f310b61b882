"""支部实施方案 (G08): every branch says how it carries out the campaign's plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from branches.models import Organisation, scope_paths
from campaigns import actions
from campaigns.excel import BRANCH_PLANS
from campaigns.forms.campaigns import BranchPlanForm, DecideForm
from campaigns.models import BranchPlan, Campaign
from campaigns.permissions import can_decide_branch_plan, can_write_branch_plan
from campaigns.queries.branch_plans import lines_for, plans_of, unit_type_of
from common import downloads


def branch_plan_list(request, slug):
    """The branches one may look into, and how far their plans are."""
    campaign = _campaign(request, slug)
    states = plans_of(campaign, request.user)
    if downloads.is_asked(request):
        return downloads.listing(
            request, "支部实施方案", BRANCH_PLANS, states, period=campaign.name
        )
    context = {
        "on": campaign,
        "states": [
            (one, can_write_branch_plan(request.user, campaign, one.organisation)) for one in states
        ],
        "approved": sum(1 for one in states if one.plan and one.plan.status == "approved"),
    }
    return render(request, "campaigns/branch_plan_list.html", context)


def branch_plan_mine(request):
    """From 今天要办: the form of the branch one is secretary of."""
    if request.campaign is None:
        return redirect("campaigns:campaign_list")
    own = Organisation.objects.branches().filter(
        path__in=scope_paths(request.user, "secretary"),
        path__startswith=request.campaign.organisation.path,
    )
    branch = own.order_by("path").first()
    if branch is None:
        return redirect("campaigns:branch_plan_list", request.campaign.slug)
    return redirect("campaigns:branch_plan_write", request.campaign.slug, branch.pk)


def branch_plan_write(request, slug, pk):
    """Derived from the scheme: each of its items with standard, carrier, measures."""
    campaign = _campaign(request, slug)
    branch = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not can_write_branch_plan(request.user, campaign, branch):
        raise PermissionDenied
    plan = campaign.branch_plans.filter(organisation=branch).first()
    unit_type = unit_type_of(branch)
    form = BranchPlanForm(
        request.POST or None, scheme=campaign.plan, plan=plan, unit_type=unit_type
    )
    if request.method == "POST" and form.is_valid():
        submit = request.POST.get("do") == "submit"
        try:
            plan = actions.write_branch_plan(
                campaign,
                branch,
                goal=form.cleaned_data["goal"],
                lines=form.lines,
                revision=form.cleaned_data["revision"],
                submit=submit,
                by=request.user,
                at=timezone.now(),
            )
        except actions.BranchPlanRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已报送，等党委批准。" if submit else "已存为草稿。")
            return redirect("campaigns:branch_plan_detail", plan.pk)
    context = {"on": campaign, "branch": branch, "written": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "campaigns/branch_plan_write.html", context, status=status)


def branch_plan_detail(request, pk):
    """The plan as written; committee and office approve it here or give it back."""
    plan = get_object_or_404(
        BranchPlan.objects.visible_to(request.user).select_related(
            "campaign__organisation", "campaign__scheme_version", "organisation", "written_by",
            "decided_by",
        ),
        pk=pk,
    )  # fmt: skip
    may_decide = can_decide_branch_plan(request.user, plan)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(request, plan, form):
        return redirect("campaigns:branch_plan_detail", plan.pk)
    context = {
        "on": plan.campaign,
        "written": plan,
        "chapters": lines_for(plan.campaign.plan, plan, unit_type=unit_type_of(plan.organisation)),
        "form": form if may_decide and plan.status == BranchPlan.Status.SUBMITTED else None,
        "may_write": plan.may_be_written
        and can_write_branch_plan(request.user, plan.campaign, plan.organisation),
    }
    status = 422 if form.errors else 200
    return render(request, "campaigns/branch_plan_detail.html", context, status=status)


def _decide(request, plan, form):
    """Whether it was decided; else the form says why not."""
    try:
        actions.decide_branch_plan(
            plan,
            approve=request.POST.get("do") == "approve",
            remark=form.cleaned_data["remark"],
            by=request.user,
            at=timezone.now(),
        )
    except actions.BranchPlanRefused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "已记下审批结果，支部会收到消息。")
    return True


def _campaign(request, slug):
    return get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related("organisation", "scheme_version"),
        slug=slug,
    )
