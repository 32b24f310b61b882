"""Answering a panel, survey or vote without an account: by one-time code or by open link."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from common import throttle
from common.dates import today
from evaluations.actions.codes import hash_code
from evaluations.actions.polls import PollRefused, answer_poll, draw_pass, hash_pass, one_pass
from evaluations.actions.ratings import AlreadyRated, one_form
from evaluations.forms.polls import PollAnswerForm
from evaluations.forms.rating import new_nonce
from evaluations.models import Poll, PollPass, Supervisor
from evaluations.queries import polls as queries

GUESSES, PER_ADDRESS, SECONDS = 20, 60, 600
WITH = ("period__scheme_version", "campaign", "organisation")


@login_not_required
@never_cache
@sensitive_post_parameters()
def poll_answer(request, code):
    """By one-time code: looking burns nothing, sending does."""
    if not throttle.allow(request, "pass", GUESSES, SECONDS):
        return render(request, "429.html", status=429)
    passes = PollPass.objects.select_related(*(f"poll__{name}" for name in WITH))
    held = get_object_or_404(passes, digest=hash_pass(code))
    if held.is_used:
        return _thank(request, held.poll, again=True)
    return _page(request, held.poll, held.rater_class, held)


@login_not_required
@never_cache
@sensitive_post_parameters()
def poll_open(request, slug):
    """By the public link of an open survey or vote."""
    polls = Poll.objects.filter(access=Poll.Access.OPEN).select_related(*WITH)
    return _page(request, get_object_or_404(polls, slug=slug.upper()), queries.ANYBODY, None)


@sensitive_variables()
def _page(request, poll, rater_class, held):
    if not poll.is_running(today()):
        return render(request, "evaluations/poll_over.html", {"poll": poll})
    plan, offer = poll.period.plan, queries.offer_of(poll)
    form = PollAnswerForm(
        request.POST or None,
        plan=plan,
        questionnaire=offer.questionnaire,
        subjects=list(poll.subjects.order_by("position")),
        by_code=held is not None,
        initial={"nonce": new_nonce()},
    )
    if form.is_valid():
        if not throttle.allow(request, f"poll:{poll.pk}", PER_ADDRESS, SECONDS):
            return render(request, "429.html", status=429)
        once = one_pass(held.digest) if held else one_form(form.cleaned_data["nonce"])
        return _count(request, poll, rater_class, form, once)
    if form.errors.get("nonce"):
        form.data = form.data.copy()
        form.data["nonce"] = new_nonce()
    context = {"poll": poll, "form": form, "rater": dict(offer.classes).get(rater_class, "")}
    return render(request, "evaluations/poll_answer.html", context)


@sensitive_variables()
def _count(request, poll, rater_class, form, once):
    try:
        answer_poll(
            poll,
            rater_class=rater_class,
            answers=form.answers,
            remark=form.cleaned_data["remark"].strip(),
            once=once,
            today=today(),
        )
    except AlreadyRated:
        return _thank(request, poll, again=True)
    except PollRefused:
        return render(request, "evaluations/poll_over.html", {"poll": poll})
    return _thank(request, poll, again=False)


def _thank(request, poll, *, again):
    return render(request, "evaluations/poll_done.html", {"poll": poll, "again": again})


@login_not_required
@never_cache
def supervisor_today(request, code):
    """A supervisor's own to-do: his letter, what runs for his class, a code for each (R06)."""
    if not throttle.allow(request, "supervisor", GUESSES, SECONDS):
        return render(request, "429.html", status=429)
    people = Supervisor.objects.select_related("campaign", "organisation")
    supervisor = get_object_or_404(people, digest=hash_code("supervisor", code))
    serving = supervisor.starts_on <= today() <= supervisor.ends_on
    polls = queries.for_supervisor(supervisor, today=today()) if serving else []
    drawn, problem = None, ""
    if request.method == "POST" and serving:
        chosen = next((p for p, _ in polls if str(p.pk) == request.POST.get("poll")), None)
        try:
            drawn = draw_pass(chosen, supervisor) if chosen else None
        except PollRefused as refused:
            problem = str(refused)
    context = {
        "supervisor": supervisor, "serving": serving, "polls": polls, "drawn": drawn,
        "problem": problem,
    }  # fmt: skip
    return render(request, "evaluations/supervisor_today.html", context)
