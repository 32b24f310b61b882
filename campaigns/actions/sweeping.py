"""What the sweeper asks of this app every minute; each step looks for what is due and not done."""

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone

from branches.models import Affiliation, Organisation, Post, Role, Window
from campaigns.actions.campaigns import open_next_period
from campaigns.actions.making import make_duties
from campaigns.actions.reminders import remind_due, withdraw_stale_mail
from campaigns.models import Campaign, Period, WorkdayException

ONE_DAY_SECONDS = 24 * 3600


def open_due_periods(*, at):
    """Open every period whose first day has come."""
    today = timezone.localdate(at)
    opened = 0
    running = Campaign.objects.filter(starts_on__lte=today).annotate(until=Max("periods__ends_on"))
    for campaign in running.select_related("scheme_version").defer("scheme_version__document"):
        if campaign.until is None or campaign.until < min(today, campaign.ends_on):
            while open_next_period(campaign, today=today, at=at):
                opened += 1
    return opened


def make_due_duties(*, at):
    """Duties of all open periods, when people, roles, windows or the day have changed since last time.

    The cache only saves work: without it the same rows are looked at once more and nothing changes.
    """
    today = timezone.localdate(at)
    mark = f"{today} {_fingerprint()}"
    made = 0
    periods = Period.objects.filter(state=Period.State.OPEN, starts_on__lte=today)
    for period in periods.select_related("campaign__organisation", "scheme_version").defer(
        "scheme_version__document"
    ):
        key = f"duties-made:{period.pk}"
        if cache.get(key) != mark:
            made += make_duties(period, today=today, at=at)
            cache.set(key, mark, ONE_DAY_SECONDS)
    return made


def send_reminders(*, at):
    withdraw_stale_mail()
    return remind_due(at=at, today=timezone.localdate(at))


def _fingerprint():
    """Changes when somebody comes or goes, a role or a post changes hands, a window opens or closes."""
    counted = [
        (Affiliation, "ends_on"),
        (Role, "ends_on"),
        (Post, "ends_on"),
        (Window, "closed_on"),
        (Organisation, "dissolved_on"),
        (WorkdayException, "name"),
    ]
    return [
        tuple(model.objects.aggregate(Max("pk"), Count("pk"), Count(ended), Max(ended)).values())
        for model, ended in counted
    ]
