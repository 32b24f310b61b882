"""What the stages' conditions are measured by (T05): counted here, asked for by campaigns."""

from django.db.models import Count, Q
from django.urls import reverse

from campaigns.models import BranchPlan, Period
from campaigns.queries.stages import Counted, measure
from evaluations.models import Feedback, Round
from pledges.models import Pledge
from supervision.models import Rectification

WRITTEN = Pledge.Status.DRAFT, Pledge.Status.SUBMITTED, Pledge.Status.RETURNED
CONCLUDED = Pledge.Status.KEPT, Pledge.Status.UNKEPT


def _counted(rows, done, url):
    found = rows.aggregate(total=Count("pk"), done=Count("pk", filter=done))
    return Counted(found["done"], found["total"], url)


@measure("pledges_published")
def pledges_published(campaign, stage, *, today):
    asked = Pledge.objects.filter(campaign=campaign, period__starts_on__lte=stage.ends_on)
    rows = asked.exclude(status=Pledge.Status.WITHDRAWN)
    return _counted(
        rows, ~Q(status__in=WRITTEN), f"{reverse('pledges:pledge_list')}?status=submitted"
    )


@measure("pledges_concluded")
def pledges_concluded(campaign, stage, *, today):
    due = Pledge.objects.filter(campaign=campaign, due_on__lt=today)
    rows = due.exclude(status__in=(*WRITTEN, Pledge.Status.WITHDRAWN))
    return _counted(rows, Q(status__in=CONCLUDED), reverse("pledges:pledge_list"))


@measure("rounds_closed")
def rounds_closed(campaign, stage, *, today):
    held = Round.objects.filter(campaign=campaign, period__starts_on__lte=stage.ends_on)
    rows = held.exclude(state=Round.State.VOID)
    return _counted(rows, Q(state=Round.State.CLOSED), reverse("evaluations:round_list"))


@measure("periods_closed")
def periods_closed(campaign, stage, *, today):
    rows = Period.objects.filter(campaign=campaign, ends_on__lt=today, ends_on__lte=stage.ends_on)
    return _counted(rows, Q(state=Period.State.CLOSED), reverse("supervision:period_close"))


def _problems(campaign):
    return Rectification.objects.filter(campaign=campaign)


@measure("problems_sorted")
def problems_sorted(campaign, stage, *, today):
    url = reverse("supervision:ledger_list")
    return _counted(_problems(campaign), ~Q(state=Rectification.State.FOUND), url)


@measure("problems_due_closed")
def problems_due_closed(campaign, stage, *, today):
    url = reverse("supervision:ledger_list")
    done = Q(state=Rectification.State.SIGNED_OFF)
    return _counted(_problems(campaign).filter(due_on__lte=today), done, url)


@measure("problems_closed")
def problems_closed(campaign, stage, *, today):
    url = reverse("supervision:ledger_list")
    return _counted(_problems(campaign), Q(state=Rectification.State.SIGNED_OFF), url)


@measure("feedback_answered")
def feedback_answered(campaign, stage, *, today):
    rows = Feedback.objects.filter(campaign=campaign)
    return _counted(rows, Q(answered_on__isnull=False), reverse("evaluations:feedback_list"))


@measure("branch_plans_approved")
def branch_plans_approved(campaign, stage, *, today):
    rows = BranchPlan.objects.filter(campaign=campaign)
    url = reverse("campaigns:branch_plan_list", args=[campaign.slug])
    return _counted(rows, Q(status=BranchPlan.Status.APPROVED), url)
