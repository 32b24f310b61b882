"""What citizens wrote: followed by receipt code, answered by the window's branch (P06, P09)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from common import throttle
from common.dates import today
from evaluations.actions.ratings import answer_feedback, hash_receipt
from evaluations.forms.reviews import FeedbackAnswerForm, ReceiptForm
from evaluations.models import Feedback
from evaluations.permissions.reviews import can_answer_feedback

GUESSES = 20
WINDOW_SECONDS = 600
PAGE = 20


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
        answered = answer_feedback(
            feedback,
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=timezone.now(),
            today=today(),
        )
        if answered:
            messages.success(request, "已答复，群众凭回执码能看到。")
        else:
            messages.info(request, "这条意见已经有人答复过了。")
        return redirect("evaluations:feedback_list")
    return render(request, "evaluations/feedback_answer.html", {"form": form, "feedback": feedback})
