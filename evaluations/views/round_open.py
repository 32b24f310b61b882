"""Opening rounds: for many branches at once, and for those too small for sealed ballots (P10)."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Organisation, scope_paths
from campaigns.models import Period
from common.dates import today
from common.models import Job
from common.tasks import ring
from evaluations.actions.rounds import (
    LEAST_OPEN,
    RoundRefused,
    open_joint_round,
    open_round,
    open_rounds,
)
from evaluations.forms.peer import RoundOpenForm, SmallRoundForm
from evaluations.permissions.peer import ORGANISERS
from evaluations.queries import rounds
from evaluations.tasks import KIND, request_opening

AT_ONCE = 5  # more are opened in the background


def round_open(request, pk):
    """Open rounds for many branches at once; those too small are led to what else they can do."""
    period, scopes = _period(request, pk)
    candidates = rounds.candidates(period, scopes, today=today())
    form = RoundOpenForm(
        request.POST or None,
        organisations=_among(candidates, lambda one: one.is_ready),
        occasions=rounds.occasions(period.plan),
        initial={"closes_at": _usual_close(period)},
    )
    if form.is_valid():
        return _open(request, period, form.cleaned_data)
    context = {
        "period": period,
        "form": form,
        "candidates": candidates,
        "ready": sum(one.is_ready for one in candidates),
        "too_few": [one for one in candidates if one.is_small],
        "chosen": set(form["organisations"].value() or []),
    }
    return render(request, "evaluations/round_open.html", context)


def _period(request, pk):
    scopes = scope_paths(request.user, *ORGANISERS)
    period = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    if not scopes:
        raise PermissionDenied
    return period, scopes


def _how(request, data):
    return {
        "closes_at": data["closes_at"],
        "occasion": data["occasion"],
        "by": request.user,
        "at": timezone.now(),
    }


def _among(candidates, wanted):
    chosen = [one.organisation.pk for one in candidates if wanted(one)]
    return Organisation.objects.filter(pk__in=chosen).order_by("path")


def _open(request, period, data):
    chosen = list(data["organisations"])
    how = _how(request, data)
    if len(chosen) > AT_ONCE:
        job = request_opening(period, chosen, **how)
        ring(job)
        return redirect("common:job_detail", job.pk)
    opened, refused = open_rounds(period, chosen, **how)
    for text in refused:
        messages.error(request, text)
    if not opened:
        return redirect("evaluations:round_open", period.pk)
    messages.success(request, f"已开启 {len(opened)} 个互评，并通知了名册上的人。")
    return redirect("evaluations:round_list")


@require_safe
def round_opening(request, pk):
    """What became of a bulk opening: how many, which not, and why."""
    jobs = Job.objects.visible_to(request.user).filter(kind=KIND, state=Job.State.DONE)
    context = {"job": get_object_or_404(jobs, pk=pk)}
    return render(request, "evaluations/round_opening.html", context)


def round_small(request, pk):
    """Joint, by name, or on paper, for branches below the scheme's threshold."""
    period, scopes = _period(request, pk)
    candidates = rounds.candidates(period, scopes, today=today())
    free = [one for one in candidates if one.is_ready or one.is_small]
    form = SmallRoundForm(
        request.POST or None,
        organisations=_among(free, lambda one: True),
        occasions=rounds.occasions(period.plan),
        initial={"closes_at": _usual_close(period), "way": "joint"},
    )
    if form.is_valid():
        done = _open_small(request, period, form)
        if done:
            return done
    context = {
        "period": period,
        "form": form,
        "candidates": free,
        "least": period.plan.thresholds.peer_round,
        "too_few": sum(one.is_small for one in free),
        "chosen": set(form["organisations"].value() or []),
    }
    return render(request, "evaluations/round_small.html", context)


def _open_small(request, period, form):
    """The next page, or None when something was refused and the form stays."""
    data = form.cleaned_data
    chosen = list(data["organisations"])
    how = _how(request, data)
    opened = 0
    try:
        if data["way"] == "joint":
            round = open_joint_round(period, chosen, **how)
            messages.success(request, f"已开启{round.way}，{round.roll_size} 人同在一个名册上。")
            return redirect("evaluations:round_detail", round.pk)
        for one in chosen:
            round = open_round(period, one, form=data["way"], **how)
            opened += 1
    except RoundRefused as refused:
        form.add_error(None, str(refused))
        if not opened:
            return None
        messages.error(request, str(refused))
    messages.success(request, f"已开启 {opened} 个{round.way}，并通知了名册上的人。")
    return redirect("evaluations:round_list")


def _usual_close(period):
    """18:00 of the day the scheme names, or three days from now."""
    day = rounds.last_due_day(period)
    usual = timezone.make_aware(datetime.combine(day, time(18))) if day else None
    if usual is None or usual < timezone.now() + LEAST_OPEN:
        usual = timezone.make_aware(datetime.combine(today() + timedelta(days=3), time(18)))
    return usual
