"""What a campaign brings about month by month (S11): counted here, shown by campaigns' 一年节奏."""

from collections import Counter

from django.db.models.functions import ExtractMonth

from branches.models import under
from campaigns.queries.rhythm import evidence
from competitions.models import Activity
from evaluations.models import Feedback
from pledges.models import Pledge
from supervision.models import Inspection, Rectification


def _monthly(rows, field, year, paths):
    rows = rows.filter(under(paths, "organisation__path"), **{f"{field}__year": year})
    return Counter(rows.values_list(ExtractMonth(field), flat=True))


@evidence("承诺有了结论")
def pledges_concluded(campaign, year, paths):
    rows = Pledge.objects.filter(campaign=campaign, concluded_at__isnull=False)
    return _monthly(rows, "concluded_at", year, paths)


@evidence("问题销号")
def problems_closed(campaign, year, paths):
    rows = Rectification.objects.filter(campaign=campaign, signed_off_at__isnull=False)
    return _monthly(rows, "signed_off_at", year, paths)


@evidence("群众意见答复")
def feedback_answered(campaign, year, paths):
    rows = Feedback.objects.filter(campaign=campaign, answered_on__isnull=False)
    rows = rows.filter(under(paths, "window__organisation__path"), answered_on__year=year)
    return Counter(rows.values_list(ExtractMonth("answered_on"), flat=True))


@evidence("实地督查")
def inspected(campaign, year, paths):
    rows = Inspection.objects.filter(period__campaign=campaign)
    return _monthly(rows, "inspected_at", year, paths)


@evidence("办成的活动")
def activities_held(campaign, year, paths):
    return _monthly(Activity.objects.filter(campaign=campaign), "held_on", year, paths)
