"""Jobs of evaluations. common.jobs runs them; each is safe to run twice."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation, Person, scope_paths, under
from campaigns.models import Period
from common import jobs
from common.jobs import job
from evaluations.actions.rounds import open_rounds
from evaluations.models import Round
from evaluations.permissions.peer import ORGANISERS

KIND = "open_rounds"


@job(KIND)
def open_rounds_job(task, report):
    """What an earlier attempt has opened is counted, not refused; rights are those of the day of the work."""
    data = task.arguments
    by = Person.objects.get(pk=data["by"])
    period = Period.objects.select_related("campaign", "scheme_version").get(pk=data["period"])
    chosen = Organisation.objects.filter(pk__in=data["organisations"]).order_by("path")
    chosen = chosen.filter(under(scope_paths(by, *ORGANISERS)))
    earlier = Round.objects.filter(period=period, opened_by=by, opens_at=task.created_at)
    done = set(earlier.values_list("organisation_id", flat=True))
    opened, refused = open_rounds(
        period,
        [one for one in chosen if one.pk not in done],
        closes_at=datetime.fromisoformat(data["closes_at"]),
        occasion=data.get("occasion", ""),
        by=by,
        at=task.created_at,
        report=report,
    )
    return {
        "url": reverse("evaluations:round_opening", args=[task.pk]),
        "opened": len(opened) + len(done),
        "refused": refused,
    }


def request_opening(period, organisations, *, closes_at, by, at, occasion=""):  # noqa: PLR0913 (as open_rounds)
    return jobs.request(
        KIND,
        key=f"{period.pk}:{by.pk}",
        label=f"开启 {len(organisations)} 个{period.name}互评",
        arguments={
            "period": period.pk,
            "organisations": [one.pk for one in organisations],
            "closes_at": timezone.localtime(closes_at).isoformat(),
            "occasion": occasion,
            "by": by.pk,
        },
        by=by,
        at=at,
    )
