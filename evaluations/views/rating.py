"""A citizen rates a window: no login, no name, three taps (P07)."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from branches.models import Window
from common import throttle
from common.dates import today
from evaluations.actions.ratings import AlreadyRated, answer_feedback, hash_receipt, rate_window
from evaluations.forms.rating import RatingForm, new_nonce
from evaluations.forms.reviews import FeedbackAnswerForm, ReceiptForm
from evaluations.models import Feedback
from evaluations.permissions.reviews import can_answer_feedback
from evaluations.queries import ratings as queries

PER_ADDRESS = 60  # a hall's wireless network is one address
GUESSES = 20
WINDOW_SECONDS = 600
PAGE = 20


@login_not_required
@never_cache
@sensitive_post_parameters()
def window_rate(request, code):
    windows = Window.objects.open().select_related("organisation")
    window = get_object_or_404(windows, code=code.upper())
    period = queries.running_period(window, today=today())
    asked = _asked(period.plan) if period else None
    if asked is None:
        return render(request, "evaluations/window_rate_closed.html", {"window": window})
    questionnaire, channel, overall = asked
    form = RatingForm(
        request.POST or None,
        plan=period.plan,
        questionnaire=questionnaire,
        overall=overall,
        initial={"nonce": new_nonce()},
    )
    if form.is_valid():
        if not throttle.allow(request, f"rate:{window.code}", PER_ADDRESS, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        return _thank(request, window, _rate(form, window, period, channel))
    return render(request, "evaluations/window_rate.html", _rate_page(form, window))


def _asked(plan):
    """(questionnaire, channel, overall question) or None when the scheme has no public rating."""
    questionnaire = plan.questionnaire_for("public_rating")
    channel = queries.open_channel(plan)
    if questionnaire is None or channel is None:
        return None
    overall = plan.satisfaction.question if plan.satisfaction else questionnaire.questions[0].key
    return questionnaire, channel, overall


def _rate(form, window, period, channel):
    """Count the form. A doubled or replayed one is thanked and not counted again."""
    definition = period.plan.satisfaction
    level = form.answers.get(form.overall)
    try:
        return rate_window(
            campaign=period.campaign,
            window=window,
            channel=channel.key,
            answers=form.answers,
            comment=form.cleaned_data["comment"].strip(),
            is_bad=bool(definition and level in definition.bad),
            nonce=form.cleaned_data["nonce"],
            today=today(),
        )
    except AlreadyRated:
        return None


def _thank(request, window, receipt):
    """`receipt` is a code, "" without a comment, or None when this form was counted before."""
    context = {"window": window, "receipt": receipt, "again": receipt is None}
    return render(request, "evaluations/window_rate_done.html", context)


def _rate_page(form, window):
    fields = [(form[f"q_{q.key}"], q) for q in form.questions]
    first = next(field for field, question in fields if question.key == form.overall)
    others = [field for field, question in fields if question.key != form.overall]
    if form.errors.get("nonce"):
        form.data = form.data.copy()
        form.data["nonce"] = new_nonce()
    return {"form": form, "window": window, "overall": first, "others": others}


@login_not_required
@never_cache
def feedback_follow(request):
    """The sender reads the answer with his receipt code."""
    form = ReceiptForm(request.POST or None)
    feedback = None
    if form.is_valid():
        if not throttle.allow(request, "receipt", GUESSES, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        feedback = (
            Feedback.objects.filter(receipt_hash=hash_receipt(form.cleaned_data["code"]))
            .select_related("window")
            .first()
        )
        if feedback is None:
            form.add_error("code", "没有找到这个回执码，请对照回执再输一次。")
    context = {"form": form, "feedback": feedback}
    return render(request, "evaluations/feedback_follow.html", context)


def feedback_list(request):
    feedback = (
        Feedback.objects.visible_to(request.user)
        .select_related("window", "answered_by")
        .order_by("-week_on", "id")
    )
    state = request.GET.get("state", "")
    if state in Feedback.State.values:
        feedback = feedback.filter(state=state)
    page = Paginator(feedback, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": Feedback.State.choices}
    return render(request, "evaluations/feedback_list.html", context)


def feedback_answer(request, pk):
    visible = Feedback.objects.visible_to(request.user).select_related("window__organisation")
    feedback = get_object_or_404(visible, pk=pk)
    if not can_answer_feedback(request.user, feedback):
        raise PermissionDenied
    form = FeedbackAnswerForm(request.POST or None)
    if form.is_valid():
        answer_feedback(
            feedback,
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=timezone.now(),
            today=today(),
        )
        return redirect("evaluations:feedback_list")
    return render(request, "evaluations/feedback_answer.html", {"form": form, "feedback": feedback})
